// SPDX-License-Identifier: GPL-3.0-or-later
// Opening the database: create, check, migrate or rebuild.
#include "storage/database_opening.h"

#include "storage/data_files.h"
#include "storage/durable_file.h"
#include "storage/event_schema.h"
#include "storage/event_writer.h"
#include "storage/log_mark.h"
#include "storage/salvage.h"

#include <QtEndian>

#include <algorithm>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

namespace facelatch::storage {

using core::Done;
using core::Result;
using core::Status;

namespace {

// File format: https://www.sqlite.org/fileformat2.html#the_database_header
constexpr std::string_view sqliteMagic{"SQLite format 3\0", 16};
constexpr std::size_t headerSize = 100, userVersionAt = 60;

/// What is wrong with a database that is no other error; empty when nothing was found.
struct Inspection {
    std::string damage;
};

bool meansDamage(int code) {
    return code == sqlite::corrupt || code == sqlite::notADatabase;
}

/// SQLite's own words, without the sentence around them.
std::string damageText(const core::Error& error) {
    const auto colon = error.what.find(": ");
    return "SQLite says: " + (colon == std::string::npos ? error.what : error.what.substr(colon + 2));
}

Result<Inspection> inspectHeader(const std::string& file, int newest) {
    const UniqueFd fd(::open(file.c_str(), O_RDWR | O_CLOEXEC));
    if (!fd)
        return systemError("the database cannot be opened for writing", file, errno);
    char header[headerSize] = {};
    const ssize_t n = ::pread(fd.get(), header, sizeof header, 0);
    if (n < 0)
        return systemError("the database cannot be read", file, errno);
    if (n == 0)
        return Inspection{"it is empty (0 bytes)"};
    if (static_cast<std::size_t>(n) < sizeof header || std::string_view(header, sqliteMagic.size()) != sqliteMagic)
        return Inspection{"it does not begin as an SQLite database"};
    const auto version = qFromBigEndian<qint32>(header + userVersionAt);
    if (version > newest)
        return newerVersion(version, newest, file);
    return Inspection{};
}

/// Through a read-only connection, which changes nothing in the file.
Result<Inspection> inspectContent(const std::string& file, const StoreOptions& options, int newest, bool fully) {
    int code = 0;
    auto opened = SqlConnection::open(file, SqlConnection::Mode::ReadOnly, options.busyTimeout, &code);
    if (!opened && meansDamage(code))
        return Inspection{damageText(opened.error())};
    if (!opened)
        return opened.error();
    SqlConnection& db = **opened;
    const auto version = db.value(QStringLiteral("PRAGMA user_version"));
    if (version && version->toInt() > newest)
        return newerVersion(version->toInt(), newest, file);
    if (version && version->toInt() < 1)
        return Inspection{"it holds no Facelatch data"};
    std::vector<const char*> looks = {"SELECT value FROM meta WHERE key = 'log_id'",
                                      "SELECT hash FROM event ORDER BY seq DESC LIMIT 1", "SELECT count(*) FROM person",
                                      "SELECT count(*) FROM face_template"};
    if (fully)
        looks.push_back("PRAGMA quick_check(1)");
    for (const char* look : looks) {
        const auto seen = db.value(QLatin1String(look));
        if (!seen && (meansDamage(db.lastCode()) || db.lastCode() == 1)) // 1: a table is missing
            return Inspection{damageText(seen.error())};
        if (!seen)
            return seen.error();
        const bool isCheck = std::string_view(look).starts_with("PRAGMA");
        if (isCheck && seen->toString() != QLatin1String("ok"))
            return Inspection{"its check says: " + seen->toString().simplified().toStdString()};
        if (look == looks.front() && seen->toString().isEmpty())
            return Inspection{"its log id is missing"};
    }
    return Inspection{};
}

Result<Inspection> inspect(const std::string& folder, const StoreOptions& options, int newest) {
    const std::string file = inFolder(folder, databaseFile);
    auto header = inspectHeader(file, newest);
    if (!header || !header->damage.empty())
        return header;
    const bool fully = options.forceFullCheck || fileExists(inFolder(folder, suspectFile)) ||
                       fileSize(file) + std::max<std::int64_t>(fileSize(file + "-wal"), 0) <= options.fullCheckMaxBytes;
    return inspectContent(file, options, newest, fully);
}

Status pragma(SqlConnection& db, const char* statement) {
    if (auto done = db.value(QLatin1String(statement)); !done)
        return done.error();
    return Done{};
}

std::string newLogId(core::WallTime now) {
    std::array<std::uint8_t, 10> random{};
    fillRandom(random);
    return core::makeUuid7(now, random).text();
}

Status setMeta(SqlConnection& db, const char* key, const std::string& value) {
    if (auto done = db.run(QStringLiteral("INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)"),
                           {QLatin1String(key), text(value)});
        !done)
        return done.error();
    return Done{};
}

Result<std::string> meta(SqlConnection& db, const char* key) {
    const auto value = db.value(QStringLiteral("SELECT value FROM meta WHERE key = ?"), {QLatin1String(key)});
    if (!value)
        return value.error();
    return value->toString().toStdString();
}

Status checkKey(SqlConnection& db, const std::string& fingerprint) {
    const auto known = meta(db, "device_key");
    if (!known)
        return known.error();
    if (known->empty())
        return setMeta(db, "device_key", fingerprint);
    if (*known != fingerprint)
        return core::fail("the device key is not the one this database was made with", db.file(),
                          "Put the right key back (device.key in the data folder, or the systemd credential " +
                              std::string(credentialName) + "); with another one no template can be opened");
    return Done{};
}

/// A log behind its mark goes on under a new id, so that no number is given out twice under one.
Status checkMark(OpenedDatabase& opened, const std::string& folder, core::WallTime now) {
    const auto head = chainHead(*opened.db);
    if (!head)
        return head.error();
    const auto mark = readMark(folder);
    if (mark && mark->logId == opened.logId && mark->seq > head->seq) {
        const std::string id = newLogId(now);
        if (auto set = setMeta(*opened.db, "log_id", id); !set)
            return set;
        opened.logId = id;
        opened.report.newLogId = true;
        opened.report.notes.push_back("The log ends at event " + std::to_string(head->seq) + " although event " +
                                      std::to_string(mark->seq) +
                                      " had been acknowledged: an older copy was put back, or its write-ahead log was "
                                      "deleted. It goes on under a new "
                                      "log id.");
    }
    writeMark(folder, {opened.logId, head->seq});
    return Done{};
}

/// From a sound file to one of this version, under the right key and log id.
Status setUp(OpenedDatabase& opened, const std::string& folder, const StoreOptions& options,
             const std::string& keyFingerprint, std::span<const Migration> table) {
    if (auto fits = checkKey(*opened.db, keyFingerprint); !fits)
        return fits.error();
    const auto migrated = migrate(*opened.db, folder, table, options.now);
    if (!migrated)
        return migrated.error();
    if (!migrated->backup.empty()) {
        opened.report.migratedFrom = migrated->from;
        opened.report.backup = migrated->backup;
        opened.report.notes.push_back("The database was brought from schema " + std::to_string(migrated->from) +
                                      " to " + std::to_string(table.back().version) + "; a copy of the old one is " +
                                      migrated->backup + ".");
    }
    auto logId = meta(*opened.db, "log_id");
    if (!logId)
        return logId.error();
    opened.logId = *logId;
    return checkMark(opened, folder, options.now);
}

Status bringIntoPlace(const std::string& folder, const StoreOptions& options, const std::string& fingerprint,
                      std::span<const Migration> table, OpenReport& report) {
    const std::string file = inFolder(folder, databaseFile);
    auto finished = finishSalvage(folder, options.now, report.keptAside);
    if (!finished)
        return finished.error();
    if (*finished) {
        report.salvaged = report.newLogId = true;
        report.notes.push_back(
            "A rebuild of the damaged database, interrupted before, was completed. The damaged one is kept as " +
            report.keptAside + ".");
    }
    removeDatabaseFiles(file + ".new");
    if (!fileExists(file)) {
        report.created = true;
        const auto mark = readMark(folder);
        const bool lost = mark && mark->seq > 0;
        if (lost)
            report.notes.push_back("There was a log with " + std::to_string(mark->seq) +
                                   " events in this folder; its database is gone and a new one was started.");
        if (auto built =
                buildDatabase(file + ".new", folder, options, fingerprint, table, lost ? SetUp::Closed : SetUp::Open);
            !built)
            return built;
        return renameDurably(file + ".new", file);
    }
    const auto found = inspect(folder, options, table.back().version);
    if (!found)
        return found.error();
    if (!found->damage.empty()) {
        report.damage = found->damage;
        if (auto rebuilt = salvage(folder, options, fingerprint, table, report); !rebuilt)
            return rebuilt;
    }
    removeFile(inFolder(folder, suspectFile));
    return Done{};
}

} // namespace

void removeDatabaseFiles(const std::string& file) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal", ".tmp"})
        removeFile(file + suffix);
}

Result<std::unique_ptr<SqlConnection>> connectWriter(const std::string& file, core::milliseconds busyTimeout) {
    auto db = SqlConnection::open(file, SqlConnection::Mode::ReadWrite, busyTimeout);
    if (!db)
        return db.error();
    const auto mode = (*db)->value(QStringLiteral("PRAGMA journal_mode=WAL"));
    if (!mode)
        return mode.error();
    if (mode->toString() != QLatin1String("wal"))
        return core::fail("the database cannot use a write-ahead log on this disk", file,
                          "Put the data folder on a local disk (ext4), not on a network share");
    // FULL: of 1500 crash states none lost an acknowledged event, NORMAL lost some in 1243 (measured).
    for (const char* statement : {"PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON", "PRAGMA secure_delete=ON",
                                  "PRAGMA recursive_triggers=ON", "PRAGMA journal_size_limit=16777216"})
        if (auto set = pragma(**db, statement); !set)
            return set.error();
    return db;
}

Result<std::unique_ptr<SqlConnection>> connectReader(const std::string& file, core::milliseconds busyTimeout) {
    auto db = SqlConnection::open(file, SqlConnection::Mode::ReadOnly, busyTimeout);
    // On a read-only mount the log's index can neither be made nor locked; a file that nobody changes needs none.
    if (!db && fileSize(file + "-wal") <= 0)
        db = SqlConnection::open(file, SqlConnection::Mode::Immutable, busyTimeout);
    return db;
}

Status buildDatabase(const std::string& file, const std::string& folder, const StoreOptions& options,
                     const std::string& keyFingerprint, std::span<const Migration> table, SetUp setUp) {
    removeDatabaseFiles(file);
    if (auto empty = writeFileDurably(file, {}); !empty)
        return empty;
    {
        auto db = connectWriter(file, options.busyTimeout);
        if (!db)
            return db.error();
        if (auto named = pragma(**db, ("PRAGMA application_id=" + std::to_string(applicationId)).c_str()); !named)
            return named;
        if (auto migrated = migrate(**db, folder, table, options.now); !migrated)
            return migrated.error();
        if (setUp == SetUp::Closed && table.back().version >= 3)
            if (auto closed = pragma(**db, "UPDATE setup SET minutes_left = 0"); !closed)
                return closed;
        for (const auto& [key, value] :
             {std::pair{"log_id", newLogId(options.now)}, std::pair{"device_key", keyFingerprint}})
            if (auto set = setMeta(**db, key, value); !set)
                return set;
        if (auto moved = pragma(**db, "PRAGMA wal_checkpoint(TRUNCATE)"); !moved)
            return moved;
    }
    return syncFile(file);
}

Result<OpenedDatabase> openDatabase(const std::string& folder, const StoreOptions& options,
                                    const std::string& keyFingerprint, std::span<const Migration> table) {
    OpenedDatabase opened;
    if (auto there = bringIntoPlace(folder, options, keyFingerprint, table, opened.report); !there)
        return there.error();
    auto db = connectWriter(inFolder(folder, databaseFile), options.busyTimeout);
    if (!db)
        return db.error();
    opened.db = std::move(*db);
    auto ready = setUp(opened, folder, options, keyFingerprint, table);
    if (!ready && meansDamage(opened.db->lastCode()))
        (void)writeFileDurably(inFolder(folder, suspectFile), {});
    if (!ready)
        return ready.error();
    return opened;
}

} // namespace facelatch::storage
