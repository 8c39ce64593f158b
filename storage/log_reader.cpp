// SPDX-License-Identifier: GPL-3.0-or-later
// Paging and counting.
#include "storage/log_reader.h"

#include "storage/data_files.h"
#include "storage/event_schema.h"
#include "storage/log_terms.h"
#include "storage/sql_connection.h"

#include <QFileInfo>

#include <sys/statvfs.h>

namespace facelatch::storage {

using core::CommittedEvent;
using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

constexpr core::milliseconds busyTimeout{2000};
/// Up to this many events a time window is read through the index on time and sorted; beyond it, the walk in sequence
/// order meets enough of them soon.
constexpr int narrowWindow = 5000;

qint64 ms(core::WallTime time) {
    return time.time_since_epoch().count();
}
QString codeText(std::string_view code) {
    return QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size()));
}

struct Where {
    QStringList terms;
    QVariantList values;
    void add(const QString& term, const QVariant& value) {
        terms << term;
        values << value;
    }
    QString clause() const {
        return terms.isEmpty() ? QString() : QStringLiteral(" WHERE ") + terms.join(QLatin1String(" AND "));
    }
};

bool isPersonal(const EventFilter& filter) {
    return filter.person || filter.personName;
}
bool hasWindow(const EventFilter& filter) {
    return filter.since || filter.until;
}
/// Terms whose index gives few rows, already in sequence order.
bool isSelective(const EventFilter& filter) {
    return isPersonal(filter) || filter.visit || filter.reason;
}

/// SQLite has no statistics here, so a unary + says which index not to use: the terms it can use are the good ones.
Where whereOf(const EventFilter& filter, bool byTime) {
    Where where;
    const QString time = byTime ? QStringLiteral("e.time") : QStringLiteral("+e.time");
    if (filter.since)
        where.add(time + QStringLiteral(" >= ?"), ms(*filter.since));
    if (filter.until)
        where.add(time + QStringLiteral(" < ?"), ms(*filter.until));
    if (filter.person)
        where.add(QStringLiteral("p.person = ?"), idBlob(filter.person->value));
    if (filter.personName)
        where.add(filter.person ? QStringLiteral("+p.name = ?") : QStringLiteral("p.name = ?"),
                  text(*filter.personName));
    if (filter.visit)
        where.add(isPersonal(filter) ? QStringLiteral("+e.visit = ?") : QStringLiteral("e.visit = ?"),
                  idBlob(*filter.visit));
    if (filter.reason)
        where.add(isPersonal(filter) || filter.visit || byTime ? QStringLiteral("+e.reason = ?")
                                                               : QStringLiteral("e.reason = ?"),
                  codeText(core::reasonRow(*filter.reason).code));
    if (filter.outcome)
        where.add(QStringLiteral("e.outcome = ?"), codeText(core::outcomeCode(*filter.outcome)));
    for (const SqlTerm& term : wordTerms(filter, QStringLiteral("e"))) {
        where.terms << term.sql;
        where.values << term.values;
    }
    return where;
}

/// CROSS JOIN keeps SQLite from turning the two around: the personal fields narrow first.
QString fromOf(const EventFilter& filter, bool byTime) {
    if (isPersonal(filter))
        return QStringLiteral(
            "event_personal p CROSS JOIN event e ON e.seq = p.seq LEFT JOIN snapshot s ON s.seq = e.seq");
    QString join = eventJoin();
    if (byTime)
        join.replace(QStringLiteral("event e "), QStringLiteral("event e INDEXED BY event_time "));
    return join;
}

/// On a read-only mount the write-ahead log's index can neither be made nor locked; a file that nobody can change may
/// be read without it.
bool isReadOnlyMount(const std::string& folder) {
    struct statvfs status {};
    return ::statvfs(folder.c_str(), &status) == 0 && (status.f_flag & ST_RDONLY) != 0;
}

} // namespace

LogReader::LogReader(std::string folder, std::unique_ptr<SqlConnection> db, bool withoutWal)
    : m_folder(std::move(folder)), m_db(std::move(db)), m_withoutWal(withoutWal) {}

LogReader::~LogReader() = default;

Result<std::unique_ptr<LogReader>> LogReader::open(const std::string& folder) {
    const std::string file = inFolder(folder, databaseFile);
    if (!QFileInfo::exists(text(file)))
        return Error{ErrorKind::NotFound, "there is no log yet", file,
                     "Start Facelatch once, or give its folder with --data"};
    auto db = SqlConnection::open(file, SqlConnection::Mode::ReadOnly, busyTimeout);
    bool withoutWal = false;
    if (!db && isReadOnlyMount(folder)) {
        db = SqlConnection::open(file, SqlConnection::Mode::Immutable, busyTimeout);
        withoutWal = true;
    }
    if (!db)
        return db.error();
    std::unique_ptr<LogReader> reader(new LogReader(folder, std::move(*db), withoutWal));
    const auto version = reader->m_db->value(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    if (version->toInt() > schemaVersion)
        return newerVersion(version->toInt(), schemaVersion, file);
    if (version->toInt() < schemaVersion)
        return core::fail("the log was written by an older version of Facelatch", file,
                          "Start Facelatch once: it makes a copy and brings it up to date");
    const auto logId = reader->m_db->value(QStringLiteral("SELECT value FROM meta WHERE key = 'log_id'"));
    if (!logId)
        return logId.error();
    reader->m_logId = logId->toString().toStdString();
    return reader;
}

Result<std::unique_ptr<LogReader>> LogReader::openCache(const std::string& file) {
    auto db = SqlConnection::open(file, SqlConnection::Mode::ReadOnly, busyTimeout);
    if (!db)
        return db.error();
    std::unique_ptr<LogReader> reader(new LogReader({}, *std::move(db), false));
    const auto logId = reader->m_db->value(QStringLiteral("SELECT value FROM meta WHERE key = 'log_id'"));
    if (!logId)
        return logId.error();
    reader->m_logId = logId->toString().toStdString();
    return reader;
}

Result<std::vector<CommittedEvent>> LogReader::page(const EventFilter& filter, const PageCursor& cursor, int limit) {
    if (limit < 1 || limit > maxPage)
        return Error{ErrorKind::Usage,
                     "a page has 1 to " + std::to_string(maxPage) + " events, not " + std::to_string(limit), "", ""};
    bool byTime = false;
    if (hasWindow(filter) && !isSelective(filter)) {
        EventFilter window;
        window.since = filter.since;
        window.until = filter.until;
        const Where narrow = whereOf(window, true);
        const auto inWindow =
            m_db->value(QStringLiteral("SELECT count(*) FROM (SELECT 1 FROM event e INDEXED BY event_time%1 LIMIT %2)")
                            .arg(narrow.clause())
                            .arg(narrowWindow),
                        narrow.values);
        if (!inWindow)
            return inWindow.error();
        byTime = inWindow->toInt() < narrowWindow;
    }
    Where where = whereOf(filter, byTime);
    const QString seq = isPersonal(filter) ? QStringLiteral("p.seq") : QStringLiteral("e.seq");
    if (cursor.afterSeq)
        where.add(seq + QStringLiteral(" > ?"), static_cast<qint64>(*cursor.afterSeq));
    if (cursor.beforeSeq)
        where.add(seq + QStringLiteral(" < ?"), static_cast<qint64>(*cursor.beforeSeq));
    auto rows = m_db->run(QStringLiteral("SELECT %1 FROM %2%3 ORDER BY %4 %5 LIMIT %6")
                              .arg(eventColumns(), fromOf(filter, byTime), where.clause(), seq,
                                   cursor.afterSeq ? QStringLiteral("ASC") : QStringLiteral("DESC"))
                              .arg(limit),
                          where.values);
    if (!rows)
        return rows.error();
    std::vector<CommittedEvent> events;
    while (rows->next()) {
        auto row = readEventRow(*rows);
        if (!row)
            return row.error();
        row->committed.logId = m_logId;
        events.push_back(std::move(row->committed));
    }
    if (auto ended = m_db->check(*rows); !ended)
        return ended.error();
    return events;
}

Result<std::int64_t> LogReader::count(const EventFilter& filter) {
    const bool byTime = hasWindow(filter) && !isSelective(filter);
    const Where where = whereOf(filter, byTime);
    const QString from = isPersonal(filter) ? QStringLiteral("event_personal p CROSS JOIN event e ON e.seq = p.seq")
                                            : QStringLiteral("event e");
    const auto counted =
        m_db->value(QStringLiteral("SELECT count(*) FROM %1%2").arg(from, where.clause()), where.values);
    if (!counted)
        return counted.error();
    return std::int64_t{counted->toLongLong()};
}

namespace {

Result<std::optional<CommittedEvent>> single(SqlConnection& db, const std::string& logId, const QString& term,
                                             const QVariant& value) {
    auto rows = db.run(QStringLiteral("SELECT %1 FROM %2 WHERE %3").arg(eventColumns(), eventJoin(), term), {value});
    if (!rows)
        return rows.error();
    if (!rows->next()) {
        if (auto ended = db.check(*rows); !ended)
            return ended.error();
        return std::optional<CommittedEvent>();
    }
    auto row = readEventRow(*rows);
    if (!row)
        return row.error();
    row->committed.logId = logId;
    return std::optional(std::move(row->committed));
}

} // namespace

Result<std::optional<CommittedEvent>> LogReader::bySeq(std::int64_t seq) {
    return single(*m_db, m_logId, QStringLiteral("e.seq = ?"), static_cast<qint64>(seq));
}

Result<std::optional<CommittedEvent>> LogReader::byId(const core::Uuid7& id) {
    return single(*m_db, m_logId, QStringLiteral("e.id = ?"), idBlob(id));
}

Result<std::int64_t> LogReader::lastSeq() {
    const auto last = m_db->value(QStringLiteral("SELECT coalesce(max(seq), 0) FROM event"));
    if (!last)
        return last.error();
    return std::int64_t{last->toLongLong()};
}

Result<std::optional<LogReader::LastBackup>> LogReader::lastBackup() {
    auto found = m_db->run(
        QStringLiteral("SELECT time, after FROM audit WHERE action = 'backup.write' ORDER BY number DESC LIMIT 1"));
    if (!found)
        return found.error();
    if (found->next())
        return std::optional(LastBackup{core::WallTime(core::milliseconds(found->value(0).toLongLong())),
                                        found->value(1).toString().toStdString()});
    if (const auto ended = m_db->check(*found); !ended)
        return ended.error();
    return std::optional<LastBackup>();
}

Result<std::string> LogReader::sqliteVersion() {
    const auto version = m_db->value(QStringLiteral("SELECT sqlite_version()"));
    if (!version)
        return version.error();
    return version->toString().toStdString();
}

} // namespace facelatch::storage
