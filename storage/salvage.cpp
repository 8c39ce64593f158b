// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a damaged database row by row.
#include "storage/salvage.h"

#include "storage/data_files.h"
#include "storage/database_opening.h"
#include "storage/durable_file.h"
#include "storage/event_writer.h"
#include "storage/log_mark.h"

#include <QtEndian>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>

namespace facelatch::storage {

using core::Done;
using core::Result;
using core::Status;

namespace {

// File format: https://www.sqlite.org/fileformat2.html#the_database_header
constexpr std::size_t pageSize = 4096, userVersionAt = 60, changeCounterAt = 24, validForAt = 92;
/// How far beyond the last row known to exist single rows are asked for, when the end of a table cannot be found.
constexpr std::int64_t reach = 10000;
/// No gap is searched row by row for longer than this: a key made of noise can be any number.
constexpr std::int64_t farthest = 1'000'000;

/// Where the events went: old number to new.
using SeqMap = std::map<std::int64_t, std::int64_t>;

struct Work {
    SqlConnection& from;
    SqlConnection& to;
    OpenReport& report;
    std::int64_t acknowledged = 0; ///< events there once were, by the mark
    SeqMap seqs;
};

bool beginsAsSqlite(const Bytes& file) {
    static constexpr char magic[] = "SQLite format 3";
    return file.size() >= 100 && std::equal(std::begin(magic), std::end(magic), file.begin());
}

/// Schema version of the damaged file, or the newest where it cannot be read.
int versionOf(const Bytes& firstPage, int newest) {
    if (!beginsAsSqlite(firstPage))
        return newest;
    const auto version = qFromBigEndian<qint32>(firstPage.data() + userVersionAt);
    return version >= 1 && version <= newest ? version : newest;
}

Result<Bytes> readFirstPage(const std::string& file) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"), &std::fclose);
    if (!in)
        return systemError("the damaged database cannot be read", file, errno);
    Bytes page(pageSize);
    page.resize(std::fread(page.data(), 1, page.size(), in.get()));
    return page;
}

/// A page of a database and its number, from 1 on.
struct NumberedPage {
    std::uint32_t number = 1;
    Bytes content;
};

/// The pages that say which tables there are and where: the first one, and those it points to.
Result<std::vector<NumberedPage>> readSchemaPages(const std::string& file) {
    // https://www.sqlite.org/fileformat2.html#b_tree_pages: the first page's own header is behind the file's.
    constexpr std::size_t header = 100, interiorHeader = 12;
    constexpr std::uint8_t interiorTable = 5;
    auto first = readFirstPage(file);
    if (!first)
        return first.error();
    std::vector<NumberedPage> pages{{1, *std::move(first)}};
    const Bytes& root = pages.front().content;
    if (root.size() < pageSize || root[header] != interiorTable)
        return pages;
    std::vector<std::uint32_t> children{qFromBigEndian<quint32>(root.data() + header + 8)};
    const auto cells = qFromBigEndian<quint16>(root.data() + header + 3);
    for (std::size_t i = 0; i < cells && header + interiorHeader + 2 * i + 2 <= root.size(); ++i) {
        const auto cell = qFromBigEndian<quint16>(root.data() + header + interiorHeader + 2 * i);
        if (cell + sizeof(quint32) <= root.size())
            children.push_back(qFromBigEndian<quint32>(root.data() + cell));
    }
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"), &std::fclose);
    for (const std::uint32_t number : children) {
        Bytes page(pageSize);
        const long at = static_cast<long>(pageSize) * (static_cast<long>(number) - 1);
        if (in && std::fseek(in.get(), at, SEEK_SET) == 0 &&
            std::fread(page.data(), 1, page.size(), in.get()) == page.size())
            pages.push_back({number, std::move(page)});
    }
    return pages;
}

/// Puts `page` at the start of the copy. Its count of pages is declared out of date, so that SQLite goes by the length
/// of the file and reads a cut one as far as it goes.
Status writePages(const std::string& copy, std::span<const NumberedPage> pages) {
    Bytes page = pages.front().content;
    page.resize(std::max(page.size(), pageSize));
    const auto counter = qFromBigEndian<quint32>(page.data() + changeCounterAt);
    qToBigEndian<quint32>(counter + 1, page.data() + validForAt);
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen(copy.c_str(), "r+b"), &std::fclose);
    bool written = out && std::fwrite(page.data(), 1, page.size(), out.get()) == page.size();
    for (const NumberedPage& more : pages.subspan(1)) {
        const long at = static_cast<long>(pageSize) * (static_cast<long>(more.number) - 1);
        written = written && std::fseek(out.get(), at, SEEK_SET) == 0 &&
                  std::fwrite(more.content.data(), 1, more.content.size(), out.get()) == more.content.size();
    }
    if (!written || std::fflush(out.get()) != 0)
        return systemError("the copy of the damaged database cannot be written", copy, errno);
    return Done{};
}

/// A connection to a patched copy whose tables can be looked at; nullptr when not even that much is there.
/// `fresh` are the schema's pages of a new database: the same migrations put the same tables at the same pages. Its
/// first page comes first, then, since they hold the later tables, all of them.
Result<std::unique_ptr<SqlConnection>> openCopy(const std::string& file, const std::string& copy,
                                                std::span<const NumberedPage> fresh) {
    const auto ownPage = readFirstPage(file);
    if (!ownPage)
        return ownPage.error();
    const NumberedPage own{1, *ownPage};
    for (const auto& pages : {std::span(&own, 1), fresh.first(1), fresh}) {
        if (!beginsAsSqlite(pages.front().content))
            continue;
        removeDatabaseFiles(copy);
        if (auto copied = copyFile(file, copy); !copied)
            return copied.error();
        if (fileExists(file + "-wal"))
            if (auto copied = copyFile(file + "-wal", copy + "-wal"); !copied)
                return copied.error();
        if (auto patched = writePages(copy, pages); !patched)
            return patched.error();
        auto db = SqlConnection::open(copy, SqlConnection::Mode::ReadWrite, core::milliseconds(0));
        if (!db)
            continue;
        const bool events = bool((*db)->run(QStringLiteral("SELECT seq FROM event LIMIT 0")));
        const bool people = bool((*db)->run(QStringLiteral("SELECT id FROM person LIMIT 0")));
        if (events || people)
            return db;
    }
    return std::unique_ptr<SqlConnection>();
}

/// Whether any of some keys spread over (after, end) can be looked for: everything beyond the damage may be gone.
bool anyReadable(SqlConnection& db, const QString& from, std::int64_t after, std::int64_t end) {
    const std::int64_t step = std::max<std::int64_t>((end - after) / 1000, 1);
    for (std::int64_t key = after + 1; key < end; key += step)
        if (db.value(QStringLiteral("SELECT 1") + from + QStringLiteral("= ?"), {static_cast<qint64>(key)}))
            return true;
    return false;
}

/// Calls `take` with every row that can be read, in the order of `key`: upward to the damage, downward to it from the
/// other side, and between them key by key. Rows that are there and cannot be read are counted as lost.
/// `atLeast` is the largest key known from elsewhere. The values of `columns` come first in each row.
void eachReadableRow(Work& work, const QString& columns, const QString& table, const QString& key, std::int64_t atLeast,
                     const std::function<void(const QSqlQuery&)>& take) {
    // NOT INDEXED: an index may be damaged where the rows are not, and the other way round.
    const QString from = QStringLiteral(" FROM %1 NOT INDEXED WHERE %2 ").arg(table, key);
    std::int64_t last = 0;
    {
        auto rows = work.from.run(QStringLiteral("SELECT %1, %2").arg(key, columns) + from +
                                  QStringLiteral("> 0 ORDER BY %1").arg(key));
        while (rows && rows->next()) {
            last = rows->value(0).toLongLong();
            take(*rows);
        }
        if (rows && work.from.check(*rows))
            return;
    }
    std::vector<std::int64_t> beyond;
    {
        auto keys =
            work.from.run(QStringLiteral("SELECT %1").arg(key) + from + QStringLiteral("> ? ORDER BY %1 DESC").arg(key),
                          {static_cast<qint64>(last)});
        // A page of noise may pass for a page of keys: what is out of order is not one.
        while (keys && keys->next() && (beyond.empty() || keys->value(0).toLongLong() < beyond.back()))
            beyond.push_back(keys->value(0).toLongLong());
    }
    const auto takeOne = [&](std::int64_t value) {
        auto row = work.from.run(QStringLiteral("SELECT %1, %2").arg(key, columns) + from + QStringLiteral("= ?"),
                                 {static_cast<qint64>(value)});
        if (row && row->next()) {
            take(*row);
            return true;
        }
        return row && work.from.check(*row);
    };
    std::int64_t lost = 0;
    const std::int64_t end =
        beyond.empty() ? std::max(atLeast, last + reach) + 1 : std::min(beyond.back(), last + farthest);
    const bool hopeless = beyond.empty() && !anyReadable(work.from, from, last, end);
    for (std::int64_t value = last + 1; value < end && !hopeless; ++value)
        lost += takeOne(value) ? 0 : 1;
    for (auto value = beyond.rbegin(); value != beyond.rend(); ++value)
        lost += takeOne(*value) ? 0 : 1;
    // Beyond the last known row nobody knows how many there were.
    work.report.lostRows += beyond.empty() ? (lost > 0 || hopeless ? 1 : 0) : lost;
}

QStringList columnsOf(SqlConnection& db, const QString& table) {
    QStringList names;
    auto rows = db.run(QStringLiteral("SELECT name FROM pragma_table_info(?)"), {table});
    while (rows && rows->next())
        names << rows->value(0).toString();
    return names;
}

void copyEvents(Work& work) {
    ChainHead head;
    const auto hasNote = [](SqlConnection& db) {
        return columnsOf(db, QStringLiteral("event")).contains(QStringLiteral("note_hash"));
    };
    const bool readsNote = hasNote(work.from), writesNote = hasNote(work.to); // not before version 4
    std::int64_t highest = work.acknowledged;
    const std::int64_t lostBefore = work.report.lostRows;
    eachReadableRow(work, bareEventColumns(readsNote), QStringLiteral("event e"), QStringLiteral("e.seq"),
                    work.acknowledged, [&](const QSqlQuery& found) {
                        const std::int64_t seq = found.value(0).toLongLong();
                        auto row = readEventRow(found, 1);
                        if (!row || eventHash(*row) != row->hash)
                            return;
                        highest = std::max(highest, seq);
                        ChainHead next = head;
                        chain(*row, next);
                        if (!insertEvent(work.to, *row, writesNote))
                            return;
                        head = next;
                        work.seqs[seq] = head.seq;
                    });
    work.report.salvagedEvents = head.seq;
    // Events are numbered without gaps, so their loss is known exactly.
    work.report.lostRows = lostBefore + std::max<std::int64_t>(highest - head.seq, 0);
}

void copyTable(Work& work, const QString& table) {
    const QStringList known = columnsOf(work.from, table);
    QStringList columns = columnsOf(work.to, table);
    columns.removeIf([&known](const QString& name) { return !known.contains(name); });
    if (columns.isEmpty())
        return;
    // What is there already is a new database's own; the log id stays new, the rest (the key's fingerprint) is
    // restored.
    const bool isMeta = table == QLatin1String("meta");
    QString insert = QStringLiteral("INSERT OR %1 INTO %2(%3) VALUES(?%4)")
                         .arg(isMeta ? QStringLiteral("REPLACE") : QStringLiteral("IGNORE"), table,
                              columns.join(QLatin1String(", ")), QStringLiteral(", ?").repeated(columns.size() - 1));
    const qsizetype seqColumn = columns.indexOf(QStringLiteral("seq"));
    eachReadableRow(work, columns.join(QLatin1String(", ")), table, QStringLiteral("rowid"), 0,
                    [&](const QSqlQuery& found) {
                        QVariantList values;
                        for (int i = 1; i <= columns.size(); ++i)
                            values << found.value(i);
                        if (isMeta && values.contains(QStringLiteral("log_id")))
                            return;
                        if (seqColumn >= 0) {
                            const auto moved = work.seqs.find(values[seqColumn].toLongLong());
                            if (moved == work.seqs.end())
                                return; // counted with its event
                            values[seqColumn] = static_cast<qint64>(moved->second);
                        }
                        if (!work.to.run(insert, values))
                            ++work.report.lostRows;
                    });
}

Status dropOrphans(Work& work) {
    auto violations = work.to.run(QStringLiteral("SELECT DISTINCT \"table\", rowid FROM pragma_foreign_key_check"));
    if (!violations)
        return violations.error();
    std::vector<std::pair<QString, QVariant>> rows;
    while (violations->next())
        rows.emplace_back(violations->value(0).toString(), violations->value(1));
    violations->finish();
    for (const auto& [table, row] : rows) {
        if (auto gone = work.to.run(QStringLiteral("DELETE FROM %1 WHERE rowid = ?").arg(table), {row}); !gone)
            return gone.error();
        ++work.report.lostRows;
    }
    return Done{};
}

Status copyAll(Work& work) {
    if (auto off = work.to.run(QStringLiteral("PRAGMA foreign_keys=OFF")); !off)
        return off.error();
    auto transaction = Transaction::begin(work.to);
    if (!transaction)
        return transaction.error();
    QStringList tables;
    {
        auto names = work.to.run(QStringLiteral(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'event'"));
        if (!names)
            return names.error();
        while (names->next())
            tables << names->value(0).toString();
    }
    copyEvents(work);
    bool rulesInDoubt = false;
    for (const QString& table : tables) {
        const std::int64_t lostBefore = work.report.lostRows;
        copyTable(work, table);
        if (table == QLatin1String("meta") || table == QLatin1String("access_rule"))
            rulesInDoubt = rulesInDoubt || work.report.lostRows > lostBefore;
    }
    if (auto dropped = dropOrphans(work); !dropped)
        return dropped;
    // Without any access rule everybody may enter. Rules that were lost must not come to that: see Store::access().
    if (rulesInDoubt && tables.contains(QStringLiteral("access_rule")))
        if (auto kept = work.to.run(
                QStringLiteral("INSERT OR IGNORE INTO meta(key, value) VALUES('access_rules', 'in force')"));
            !kept)
            return kept.error();
    for (auto [table, count] : {std::pair{"person", &work.report.salvagedPeople},
                                std::pair{"face_template", &work.report.salvagedTemplates}}) {
        const auto counted = work.to.value(QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(table)));
        if (!counted)
            return counted.error();
        *count = counted->toLongLong();
    }
    return transaction->commit();
}

/// Reads the damaged database into `fresh`, a new one.
Status fill(const std::string& folder, const std::string& fresh, const StoreOptions& options, OpenReport& report) {
    const std::string file = inFolder(folder, databaseFile), copy = file + ".salvage-copy";
    const auto schema = readSchemaPages(fresh);
    if (!schema)
        return schema.error();
    auto from = openCopy(file, copy, *schema);
    if (!from)
        return from.error();
    const auto mark = readMark(folder);
    if (*from) {
        auto to = connectWriter(fresh, options.busyTimeout);
        if (!to)
            return to.error();
        Work work{**from, **to, report, mark ? mark->seq : 0, {}};
        if (auto copied = copyAll(work); !copied)
            return copied;
        if (auto moved = (*to)->value(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")); !moved)
            return moved.error();
    } else {
        report.lostRows = mark ? mark->seq : 0;
    }
    from->reset();
    removeDatabaseFiles(copy);
    return syncFile(fresh);
}

} // namespace

Result<bool> finishSalvage(const std::string& folder, core::WallTime now, std::string& keptAside) {
    const std::string file = inFolder(folder, databaseFile), ready = file + ".salvaged";
    if (!fileExists(ready))
        return false;
    keptAside = freeName(file + ".damaged-" + fileStamp(now), "");
    removeFile(file + "-shm");
    if (fileSize(file + "-wal") == 0)
        removeFile(file + "-wal");
    for (const char* suffix : {"-wal", ""})
        if (fileExists(file + suffix))
            if (auto moved = renameDurably(file + suffix, keptAside + suffix); !moved)
                return moved.error();
    if (auto placed = renameDurably(ready, file); !placed)
        return placed.error();
    return true;
}

Status salvage(const std::string& folder, const StoreOptions& options, const std::string& keyFingerprint,
               std::span<const Migration> table, OpenReport& report) {
    const std::string file = inFolder(folder, databaseFile), fresh = file + ".new";
    const auto page = readFirstPage(file);
    if (!page)
        return page.error();
    const int version = versionOf(*page, table.back().version);
    const auto steps = table.first(static_cast<std::size_t>(version));
    const auto failed = [&](core::Error error) {
        for (const std::string& unfinished : {fresh, file + ".salvage-copy"})
            removeDatabaseFiles(unfinished);
        error.what = "the database is damaged (" + report.damage + ") and could not be rebuilt: " + error.what;
        return error;
    };
    if (auto built = buildDatabase(fresh, folder, options, keyFingerprint, steps, SetUp::Closed); !built)
        return failed(built.error());
    if (auto filled = fill(folder, fresh, options, report); !filled)
        return failed(filled.error());
    // From here on the new database is complete: a kill now is made good by finishSalvage() at the next opening.
    if (auto ready = renameDurably(fresh, file + ".salvaged"); !ready)
        return failed(ready.error());
    if (auto finished = finishSalvage(folder, options.now, report.keptAside); !finished)
        return finished.error();
    report.salvaged = report.newLogId = true;
    report.notes.push_back("The database was damaged: " + report.damage + ". It is kept as " + report.keptAside +
                           "; a new one was made from what could be read: " + std::to_string(report.salvagedPeople) +
                           " people, " + std::to_string(report.salvagedTemplates) + " templates, " +
                           std::to_string(report.salvagedEvents) + " events; at least " +
                           std::to_string(report.lostRows) + " rows were lost. The log goes on under a new log id.");
    return Done{};
}

} // namespace facelatch::storage
