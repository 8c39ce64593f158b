// SPDX-License-Identifier: GPL-3.0-or-later
// Opening the store, its connection and its health.
#include "storage/store.h"

#include "storage/backup.h"
#include "storage/backup_archive.h"
#include "storage/data_files.h"
#include "storage/database_opening.h"
#include "storage/durable_file.h"
#include "storage/event_writer.h"
#include "storage/snapshot_files.h"
#include "storage/store_guard.h"

#include <algorithm>
#include <set>
#include <sys/stat.h>

namespace facelatch::storage {

using core::Done;
using core::Result;
using core::Status;

namespace {
/// With less than this a write-ahead log and its index find no place.
constexpr std::int64_t leastRoom = std::int64_t{1} << 20;
} // namespace

Store::Store(const DataFolder& folder, StoreOptions options, const SecretKey& deviceKey)
    : m_folder(folder),
      m_options(std::move(options)),
      m_wrappingKey(deviceKey.derive("facelatch: people's keys")),
      m_pictureKey(deviceKey.derive("facelatch: pictures of unknown faces")),
      m_pinHasher(std::make_shared<const PinHasher>(deviceKey)),
      m_keyFingerprint(deviceKey.fingerprint()),
      m_snapshots(std::make_unique<SnapshotFiles>(folder.path())),
      m_latest(m_options.now) {}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const DataFolder& folder, const StoreOptions& options) {
    auto store = openOnce(folder, options);
    // Damage deeper in a large file than the quick look reaches: the second opening checks it all and rebuilds.
    if (!store && fileExists(folder.file(suspectFile)))
        store = openOnce(folder, options);
    // Opening takes a little room, too.
    if (!store && freeBytes(folder.path()) < leastRoom && fileSize(folder.file(ballastFile)) > 0 &&
        removeFile(folder.file(ballastFile)))
        store = openOnce(folder, options);
    return store;
}

Result<std::unique_ptr<Store>> Store::openReadOnly(const DataFolder& folder, const StoreOptions& options) {
    if (restoreIsReady(folder.path()))
        return core::fail("a restore waits to be put in place", folder.path(), "Make its folder writable");
    auto key = loadDeviceKey(folder.path(), options.credentialsDirectory, false);
    if (!key)
        return key.error();
    std::unique_ptr<Store> store(new Store(folder, options, *key));
    auto db = connectReader(folder.file(databaseFile), options.busyTimeout);
    if (!db)
        return db.error();
    store->m_db = std::move(*db);
    store->m_file = fileId(folder.file(databaseFile));
    store->m_readOnly = store->m_readsOnly = true;
    store->m_health.writable = false;
    if (auto seen = store->checkSeen(); !seen)
        return seen.error();
    return store;
}

/// What open() would have brought up to date must be so already.
Status Store::checkSeen() {
    const std::string& file = m_db->file();
    const auto version = m_db->value(QStringLiteral("PRAGMA user_version"));
    const auto known = m_db->value(QStringLiteral("SELECT value FROM meta WHERE key = 'device_key'"));
    const auto logId = m_db->value(QStringLiteral("SELECT value FROM meta WHERE key = 'log_id'"));
    for (const auto* read : {&version, &known, &logId})
        if (!*read)
            return read->error();
    if (version->toInt() > schemaVersion)
        return newerVersion(version->toInt(), schemaVersion, file);
    if (version->toInt() < schemaVersion)
        return core::fail("the database is of an older version and cannot be brought up to date", file,
                          "Make its folder writable");
    if (known->toString().toStdString() != m_keyFingerprint)
        return core::fail("the device key is not the one this database was made with", file,
                          "Put the right key back; with another one no template can be opened");
    m_logId = logId->toString().toStdString();
    const auto head = chainHead(*m_db);
    if (!head)
        return head.error();
    m_lastSeq = head->seq;
    return Done{};
}

Result<std::unique_ptr<Store>> Store::openOnce(const DataFolder& folder, const StoreOptions& options) {
    const auto restored = finishRestore(folder);
    if (!restored)
        return restored.error();
    sweepBackupWork(folder.path());
    const bool hasDatabase = folder.hasDatabase() || fileExists(folder.file(databaseFile) + ".salvaged");
    auto key = loadDeviceKey(folder.path(), options.credentialsDirectory, !hasDatabase);
    if (!key)
        return key.error();
    std::unique_ptr<Store> store(new Store(folder, options, *key));
    auto opened = openDatabase(folder.path(), store->m_options, store->m_keyFingerprint, migrations());
    if (!opened)
        return opened.error();
    store->m_db = std::move(opened->db);
    store->m_logId = std::move(opened->logId);
    store->m_report = std::move(opened->report);
    if (!restored->empty())
        store->m_report.notes.push_back("A backup was restored. What was there is kept in " + *restored +
                                        " until you delete it.");
    store->m_file = fileId(folder.file(databaseFile));
    if (auto prepared = store->prepareFiles(); !prepared) {
        store->noteFailure(Access::Read, prepared.error());
        return prepared.error();
    }
    return store;
}

Status Store::prepareFiles() {
    const auto head = chainHead(*m_db);
    if (!head)
        return head.error();
    m_lastSeq = head->seq;
    const auto kept = keptPictures(-1);
    if (!kept)
        return kept.error();
    std::set<std::string> names;
    const std::vector<std::string> gone = m_snapshots->givenUp();
    const std::set<std::string> givenUp(gone.begin(), gone.end());
    for (const Picture& picture : *kept) {
        if (givenUp.contains(picture.name)) {
            m_givenUp.push_back(picture);
            continue;
        }
        names.insert(picture.name);
        m_health.snapshotBytes += picture.bytes;
    }
    if (m_report.newLogId || m_report.created) {
        const auto aside = m_snapshots->setAside(names, fileStamp(m_options.now));
        if (aside > 0)
            m_report.notes.push_back(
                std::to_string(aside) +
                " pictures belong to no event of this log; they were kept in a folder beside the others.");
    } else {
        m_snapshots->sweep(names);
    }
    restoreBallast();
    tellOfGivenUp();
    return Done{};
}

Store::FileId Store::fileId(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return {};
    return {status.st_dev, status.st_ino};
}

Status Store::ready(Access access) {
    const std::string file = m_folder.file(databaseFile);
    if (access == Access::Write && m_readOnly)
        return systemError("the data folder cannot be written", m_folder.path(), EROFS);
    if (access == Access::Write && m_readsOnly)
        m_db.reset(); // perhaps it can be written again
    // A connection to a deleted file writes happily to nowhere.
    const FileId database = fileId(file);
    if (database == FileId{})
        return systemError("the database is gone", file, ENOENT);
    if (database != m_file)
        m_db.reset();
    const FileId wal = fileId(file + "-wal");
    if (m_db && m_wal != FileId{} && wal != m_wal)
        leaveVanishedLog();
    m_wal = wal;
    return m_db ? Status(Done{}) : reconnect(access);
}

/// Somebody deleted the write-ahead log: what stands in it is reachable through this connection only. It goes into the
/// database before the next event is acknowledged, and a new connection makes a new log.
void Store::leaveVanishedLog() {
    (void)m_db->value(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
    m_db.reset();
}

Status Store::reconnect(Access access) {
    const std::string file = m_folder.file(databaseFile);
    auto connected = adopt(connectWriter(file, m_options.busyTimeout), false);
    // A disk that refuses writes may still be read.
    if (!connected && access == Access::Read)
        connected = adopt(connectReader(file, m_options.busyTimeout), true);
    return connected;
}

Status Store::adopt(Result<std::unique_ptr<SqlConnection>> db, bool readsOnly) {
    if (!db)
        return db.error();
    const std::string file = m_folder.file(databaseFile);
    const auto logId = (*db)->value(QStringLiteral("SELECT value FROM meta WHERE key = 'log_id'"));
    if (!logId)
        return logId.error();
    const auto head = chainHead(**db);
    if (!head)
        return head.error();
    if (logId->toString().toStdString() != m_logId || head->seq < m_lastSeq)
        return core::fail("the database was exchanged for another one while Facelatch runs", file,
                          "Restart Facelatch: it looks at the new one and says what it found");
    // After a failed fsync the kernel may have dropped pages that a read still shows. Copying the write-ahead log into
    // the database writes them once more before anything in it counts as there.
    if (!readsOnly)
        if (auto moved = (*db)->value(QStringLiteral("PRAGMA wal_checkpoint(FULL)")); !moved)
            return moved.error();
    m_db = std::move(*db);
    m_readsOnly = readsOnly;
    m_file = fileId(file);
    m_wal = fileId(file + "-wal");
    return Done{};
}

void Store::noteFailure(Access access, const core::Error& error) {
    const int code = m_db ? m_db->lastCode() : sqlite::ioError;
    if (code == 0 || code == sqlite::constraint)
        return; // the request was refused, the disk is well
    if (access == Access::Write) {
        m_health.writable = false;
        m_health.lastError = error.text();
    }
    if (code == sqlite::corrupt || code == sqlite::notADatabase)
        (void)writeFileDurably(m_folder.file(suspectFile), {});
    // These may leave the connection's view and the file apart: the next call starts afresh.
    if (code != sqlite::full && code != sqlite::busy && code != sqlite::locked)
        m_db.reset();
}

Status Store::checkpoint() {
    auto done = guarded(Access::Write, [this]() -> Status {
        if (auto moved = m_db->value(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")); !moved)
            return moved.error();
        return Done{};
    });
    restoreBallast();
    return done;
}

Status Store::integrityCheck() {
    return guarded(Access::Read, [this]() -> Status {
        const auto said = m_db->value(QStringLiteral("PRAGMA integrity_check(1)"));
        if (!said)
            return said.error();
        if (said->toString() != QLatin1String("ok")) {
            (void)writeFileDurably(m_folder.file(suspectFile), {});
            return sqliteError(sqlite::corrupt, said->toString().simplified().toStdString(), m_db->file());
        }
        return Done{};
    });
}

} // namespace facelatch::storage
