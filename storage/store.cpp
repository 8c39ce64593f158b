// SPDX-License-Identifier: GPL-3.0-or-later
// Opening the store, its connection and its health.
#include "storage/store.h"

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

Store::Store(const DataFolder& folder, StoreOptions options, const SecretKey& deviceKey)
    : m_folder(folder),
      m_options(std::move(options)),
      m_wrappingKey(deviceKey.derive("facelatch: people's keys")),
      m_pictureKey(deviceKey.derive("facelatch: pictures of unknown faces")),
      m_keyFingerprint(deviceKey.fingerprint()),
      m_snapshots(std::make_unique<SnapshotFiles>(folder.path())),
      m_latest(m_options.now) {}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const DataFolder& folder, const StoreOptions& options) {
    auto store = openOnce(folder, options);
    // Damage deeper in a large file than the quick look reaches: the second opening checks it all and rebuilds.
    if (!store && fileExists(folder.file(suspectFile)))
        store = openOnce(folder, options);
    return store;
}

Result<std::unique_ptr<Store>> Store::openOnce(const DataFolder& folder, const StoreOptions& options) {
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
    for (const Picture& picture : *kept) {
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
    return Done{};
}

Store::FileId Store::fileId(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return {};
    return {status.st_dev, status.st_ino};
}

Status Store::ready() {
    const std::string file = m_folder.file(databaseFile);
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
    return m_db ? Status(Done{}) : reconnect();
}

/// Somebody deleted the write-ahead log: what stands in it is reachable through this connection only. It goes into the
/// database before the next event is acknowledged, and a new connection makes a new log.
void Store::leaveVanishedLog() {
    (void)m_db->value(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
    m_db.reset();
}

Status Store::reconnect() {
    const std::string file = m_folder.file(databaseFile);
    auto db = connectWriter(file, m_options.busyTimeout);
    if (!db)
        return db.error();
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
    if (auto moved = (*db)->value(QStringLiteral("PRAGMA wal_checkpoint(FULL)")); !moved)
        return moved.error();
    m_db = std::move(*db);
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
