// SPDX-License-Identifier: GPL-3.0-or-later
// The cache's own schema: the tables the log's reader reads, without the chain and the triggers of a door's log.
#include "storage/log_cache.h"

#include "storage/event_schema.h"
#include "storage/log_reader.h"
#include "storage/sql_connection.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace facelatch::storage {

using core::CommittedEvent;
using core::Error;
using core::ErrorKind;
using core::Result;
using core::Status;

namespace {

constexpr core::milliseconds busyTimeout{5000};
/// PRAGMA application_id of caches: "FLvc".
constexpr int cacheApplicationId = 0x464C7663;
constexpr const char* damagedSuffix = ".damaged";

// The columns of event_schema.cpp; hashes stay empty, for only the door can vouch for them.
constexpr const char* schema[] = {
    "CREATE TABLE meta(key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)",
    "CREATE TABLE event(seq INTEGER PRIMARY KEY CHECK(seq > 0), id BLOB NOT NULL, visit BLOB NOT NULL, "
    "door TEXT NOT NULL, time INTEGER NOT NULL, local TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, "
    "score REAL, margin REAL, live TEXT NOT NULL, model TEXT NOT NULL, source TEXT NOT NULL, snapshot TEXT, "
    "snapshot_sha256 BLOB, person_hash BLOB, name_hash BLOB, card_hash BLOB, note_hash BLOB, prev_hash BLOB, hash "
    "BLOB)",
    "CREATE INDEX event_time ON event(time)",
    "CREATE INDEX event_visit ON event(visit)",
    "CREATE INDEX event_reason ON event(reason)",
    "CREATE TABLE event_personal(seq INTEGER PRIMARY KEY, person BLOB, name TEXT, card TEXT, note TEXT, salt BLOB)",
    "CREATE INDEX event_personal_person ON event_personal(person, seq)",
    "CREATE INDEX event_personal_name ON event_personal(name, seq)",
    "CREATE TABLE snapshot(seq INTEGER PRIMARY KEY, bytes INTEGER NOT NULL, removed INTEGER)",
};

std::string fileIn(const std::string& folder) {
    return folder + '/' + LogCache::fileName;
}

void removeSideFiles(const std::string& file) {
    for (const char* suffix : {"-wal", "-shm", "-journal"})
        QFile::remove(text(file + suffix));
}

Status makeFolder(const std::string& folder) {
    if (QDir().mkpath(text(folder)) && ::chmod(folder.c_str(), 0700) == 0)
        return core::Done{};
    return core::fail("the folder of the viewer's copy of the log cannot be made", folder,
                      "Check who owns it and whether the disk is full");
}

/// An empty file is an empty database.
Status makeFile(const std::string& file) {
    const int fd = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return core::fail("the viewer's copy of the log cannot be made", file,
                          "Check who owns the folder and whether the disk is full");
    ::close(fd);
    return core::Done{};
}

enum class Found { Ours, Empty, Older, Damaged };

/// What lies there. Errors: NewerVersion; others are none of the file.
Result<Found> look(SqlConnection& db) {
    const auto damagedOr = [&db](const Error& error) -> Result<Found> {
        const int code = db.lastCode();
        if (code == sqlite::corrupt || code == sqlite::notADatabase)
            return Found::Damaged;
        return error;
    };
    const auto version = db.value(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return damagedOr(version.error());
    const auto application = db.value(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return damagedOr(application.error());
    const auto tables = db.value(QStringLiteral("SELECT count(*) FROM sqlite_schema"));
    if (!tables)
        return damagedOr(tables.error());
    if (tables->toInt() == 0 && version->toInt() == 0)
        return Found::Empty;
    if (application->toInt() != cacheApplicationId)
        return Found::Damaged;
    if (version->toInt() > cacheVersion)
        return newerVersion(version->toInt(), cacheVersion, db.file());
    if (version->toInt() < cacheVersion)
        return Found::Older;
    const auto sound = db.value(QStringLiteral("PRAGMA quick_check(1)"));
    if (!sound)
        return damagedOr(sound.error());
    return sound->toString() == u"ok" ? Found::Ours : Found::Damaged;
}

Status build(SqlConnection& db) {
    auto transaction = Transaction::begin(db);
    if (!transaction)
        return transaction.error();
    for (const char* statement : schema)
        if (auto done = db.run(QString::fromUtf8(statement)); !done)
            return done.error();
    for (const auto& pragma : {QStringLiteral("PRAGMA application_id=%1").arg(cacheApplicationId),
                               QStringLiteral("PRAGMA user_version=%1").arg(cacheVersion)})
        if (auto done = db.run(pragma); !done)
            return done.error();
    return transaction->commit();
}

Result<std::unique_ptr<SqlConnection>> connect(const std::string& file, int& code) {
    auto db = SqlConnection::open(file, SqlConnection::Mode::ReadWrite, busyTimeout, &code);
    if (!db)
        return db;
    for (const char* pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA secure_delete=ON"})
        if (auto done = (*db)->value(QLatin1String(pragma)); !done) {
            code = (*db)->lastCode();
            return done.error();
        }
    return db;
}

QVariant orNull(const std::string& value) {
    return value.empty() ? QVariant() : QVariant(text(value));
}
QVariant orNull(const std::optional<float>& value) {
    return value ? QVariant(static_cast<double>(*value)) : QVariant();
}
QString codeText(std::string_view code) {
    return QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size()));
}

Status allOf(const std::string& logId, const std::vector<CommittedEvent>& events) {
    if (logId.empty())
        return Error{ErrorKind::Usage, "the door named no log", {}, {}};
    for (std::size_t i = 0; i < events.size(); ++i) {
        const CommittedEvent& event = events[i];
        if (event.provisional || event.seq <= 0 || event.logId != logId)
            return Error{ErrorKind::Usage, "an event without a number, or of another log, cannot be kept", {}, {}};
        if (i > 0 && event.seq != events[i - 1].seq + 1)
            return Error{ErrorKind::Conflict, "the door's events are not in order", std::to_string(event.seq), {}};
    }
    return core::Done{};
}

} // namespace

LogCache::LogCache(std::string folder, std::unique_ptr<SqlConnection> db, const CacheOptions& options)
    : m_folder(std::move(folder)), m_db(std::move(db)), m_options(options) {}

LogCache::~LogCache() = default;

Result<std::unique_ptr<LogCache>> LogCache::open(const std::string& folder, const CacheOptions& options,
                                                 CacheReport& report) {
    const std::string file = fileIn(folder);
    if (auto made = makeFolder(folder); !made)
        return made.error();
    // Twice: what is damaged or old goes aside, and the second look meets an empty one.
    for (int attempt = 0; attempt < 3; ++attempt) {
        if (auto made = makeFile(file); !made)
            return made.error();
        int code = 0;
        auto db = connect(file, code);
        Result<Found> found = Found::Damaged;
        if (db)
            found = look(**db);
        else if (code != sqlite::corrupt && code != sqlite::notADatabase)
            return db.error();
        if (!found)
            return found.error();
        if (*found == Found::Ours || *found == Found::Empty) {
            if (*found == Found::Empty) {
                if (auto built = build(**db); !built)
                    return built.error();
                report.made = true;
            }
            std::unique_ptr<LogCache> cache(new LogCache(folder, *std::move(db), options));
            if (auto read = cache->readCursor(); !read)
                return read.error();
            return cache;
        }
        if (db)
            *db = nullptr; // closed before its file goes
        removeSideFiles(file);
        if (*found == Found::Damaged) {
            report.setAside = file + damagedSuffix;
            QFile::remove(text(report.setAside));
            QFile::rename(text(file), text(report.setAside));
        }
        QFile::remove(text(file));
    }
    return core::fail("the viewer's copy of the log is damaged and cannot be set aside", file,
                      "Remove the file by hand");
}

Status LogCache::readCursor() {
    const auto log = m_db->value(QStringLiteral("SELECT value FROM meta WHERE key = 'log_id'"));
    if (!log)
        return log.error();
    const auto seq = m_db->value(QStringLiteral("SELECT value FROM meta WHERE key = 'seq'"));
    if (!seq)
        return seq.error();
    if (log->isValid() && seq->isValid())
        m_cursor = CacheCursor{log->toString().toStdString(), seq->toLongLong()};
    return core::Done{};
}

bool LogCache::damaged() const {
    return m_db->lastCode() == sqlite::corrupt || m_db->lastCode() == sqlite::notADatabase;
}

Result<CacheAppended> LogCache::append(const std::string& logId, const std::vector<CommittedEvent>& events) {
    if (auto fine = allOf(logId, events); !fine)
        return fine.error();
    CacheAppended appended;
    appended.anotherLog = m_cursor && m_cursor->logId != logId;
    const bool continues = m_cursor && !appended.anotherLog;
    const std::int64_t known = continues ? m_cursor->seq : 0;
    if (events.empty() && !appended.anotherLog)
        return appended;
    if (continues && events.front().seq > known + 1)
        return Error{ErrorKind::Conflict,
                     "events are missing between what is kept and what came",
                     std::to_string(known) + " and " + std::to_string(events.front().seq),
                     {}};
    m_db->clearLastCode();
    auto transaction = Transaction::begin(*m_db);
    if (!transaction)
        return transaction.error();
    if (appended.anotherLog)
        if (auto gone = forgetAll(); !gone)
            return gone.error();
    const auto added = insertAfter(known, events);
    if (!added)
        return added.error();
    appended.added = *added;
    const CacheCursor now{logId, events.empty() ? 0 : std::max(known, events.back().seq)};
    if (auto done = forgetOld(now.seq); !done)
        return done.error();
    if (auto done = writeCursor(now); !done)
        return done.error();
    if (auto done = transaction->commit(); !done)
        return done.error();
    m_cursor = now;
    return appended;
}

Result<int> LogCache::insertAfter(std::int64_t known, const std::vector<CommittedEvent>& events) {
    int added = 0;
    for (const CommittedEvent& event : events)
        if (event.seq > known) {
            if (auto stored = store(event); !stored)
                return stored.error();
            ++added;
        }
    return added;
}

Status LogCache::store(const CommittedEvent& committed) {
    const core::Event event = storable(committed.event);
    const QVariant seq = static_cast<qint64>(committed.seq);
    auto done = m_db->run(
        QStringLiteral("INSERT INTO event(seq, id, visit, door, time, local, outcome, reason, score, margin, live, "
                       "model, source, snapshot) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {seq, idBlob(event.id), idBlob(event.visit), text(event.door),
         static_cast<qint64>(event.time.time_since_epoch().count()), text(event.local),
         codeText(core::outcomeCode(event.outcome)), codeText(core::reasonRow(event.reason).code), orNull(event.score),
         orNull(event.margin), codeText(core::livenessCode(event.live)), text(event.modelId),
         codeText(core::sourceCode(event.source)), orNull(committed.snapshot)});
    if (!done)
        return done.error();
    if (holdsPersonal(event)) {
        done =
            m_db->run(QStringLiteral("INSERT INTO event_personal(seq, person, name, card, note) VALUES(?, ?, ?, ?, ?)"),
                      {seq, event.person ? QVariant(idBlob(event.person->value)) : QVariant(), orNull(event.personName),
                       orNull(event.cardId), orNull(event.note)});
        if (!done)
            return done.error();
    }
    if (!committed.snapshot.empty()) {
        done = m_db->run(QStringLiteral("INSERT INTO snapshot(seq, bytes) VALUES(?, 0)"), {seq});
        if (!done)
            return done.error();
    }
    return core::Done{};
}

Status LogCache::forgetAll() {
    for (const char* table : {"event", "event_personal", "snapshot", "meta"})
        if (auto done = m_db->run(QStringLiteral("DELETE FROM %1").arg(QLatin1String(table))); !done)
            return done.error();
    return core::Done{};
}

Status LogCache::forgetOld(std::int64_t newest) {
    const qint64 last = newest - m_options.rows; // numbers have no gaps
    if (last <= 0)
        return core::Done{};
    for (const char* table : {"event", "event_personal", "snapshot"})
        if (auto done = m_db->run(QStringLiteral("DELETE FROM %1 WHERE seq <= ?").arg(QLatin1String(table)), {last});
            !done)
            return done.error();
    return core::Done{};
}

Status LogCache::writeCursor(const CacheCursor& cursor) {
    for (const auto& [key, value] : {std::pair(QStringLiteral("log_id"), text(cursor.logId)),
                                     std::pair(QStringLiteral("seq"), QString::number(cursor.seq))})
        if (auto done = m_db->run(QStringLiteral("INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)"), {key, value});
            !done)
            return done.error();
    return core::Done{};
}

Status LogCache::clear() {
    m_db->clearLastCode();
    auto transaction = Transaction::begin(*m_db);
    if (!transaction)
        return transaction.error();
    if (auto gone = forgetAll(); !gone)
        return gone.error();
    if (auto done = transaction->commit(); !done)
        return done.error();
    m_cursor.reset();
    return core::Done{};
}

Result<std::unique_ptr<LogReader>> LogCache::reader() const {
    return LogReader::openCache(fileIn(m_folder));
}

} // namespace facelatch::storage
