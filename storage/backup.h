// SPDX-License-Identifier: GPL-3.0-or-later
// Backup and restore: everything a door remembers, in one file that opens with a passphrase alone.
//
// Thread: any, one call at a time for a data folder (a lock file sees to it, also between processes); a
// QCoreApplication must exist. The calls block for seconds to minutes and are not for a store's thread: they read
// through connections of their own, so that the door goes on logging meanwhile. Errors change nothing.
//
// What is in the file: a consistent copy of the database, the key its templates and pictures are encrypted with, the
// settings changed at the screen, and the encrypted pictures of visits; sealed as storage/sealed_file.h says.
#pragma once

#include "core/result.h"
#include "core/time.h"
#include "storage/data_folder.h"

#include <cstdint>
#include <functional>
#include <string>

namespace facelatch::storage {

/// How dear one guess at the passphrase is (Argon2id). The default takes about half a second here, more on a Pi.
struct PassphraseCost {
    std::uint32_t passes = 4;
    std::uint64_t memory = std::uint64_t{128} << 20; ///< bytes
};

inline constexpr const char* backupSuffix = ".flbackup";

/// People, templates, access rules and principals are always in it.
struct BackupParts {
    bool settings = true;
    bool log = true;      ///< events and the audit
    bool pictures = true; ///< only with the log
};

struct BackupSummary {
    core::WallTime created{};
    std::string program; ///< version that wrote it
    std::string door;
    int schema = 0;
    BackupParts parts; ///< what is in it
    std::int64_t people = 0, templates = 0, principals = 0, events = 0, pictures = 0;
    std::int64_t databaseBytes = 0, pictureBytes = 0;
    std::int64_t fileBytes = 0; ///< of the backup itself
};

/// Work done and all of it, in bytes. False gives up, which is an Error; nothing is left behind.
using BackupProgress = std::function<bool(std::int64_t done, std::int64_t total)>;

struct BackupOrder {
    std::string dataFolder;
    std::string credentialsDirectory; ///< see loadDeviceKey()
    std::string folder;               ///< where the file is to be, such as a stick
    std::string passphrase;
    std::string door;    ///< for its name and summary
    std::string program; ///< version
    BackupParts parts;
    core::WallTime now{};
    PassphraseCost cost;
};

struct BackupWritten {
    std::string file;
    BackupSummary summary;
};

/// Written beside its name, on the disk, read back and verified, then renamed: a file of that name is whole. Errors
/// (Usage): a passphrase of less than ten characters.
core::Result<BackupWritten> writeBackup(const BackupOrder& order, const BackupProgress& progress = {});

/// Verifies the whole file. Errors: Failed when the passphrase does not open it, it is cut off, damaged or foreign;
/// NewerVersion.
core::Result<BackupSummary> inspectBackup(const std::string& file, const std::string& passphrase,
                                          const BackupProgress& progress = {});

struct RestoreOrder {
    std::string dataFolder; ///< claimed or not; a running store goes on with what it has
    std::string credentialsDirectory;
    std::string file;
    std::string passphrase;
    BackupParts parts; ///< of those that are in it
    std::string by;    ///< for the audit
    core::WallTime now{};
    /// Whether a settings file would be accepted; the restore is refused where it fails.
    std::function<core::Status(const std::string& file)> checkSettings;
};

struct Restored {
    BackupSummary summary;
    std::string keptAside; ///< the folder that keeps what was there, once the restore is in use
};

/// Verifies everything: passphrase, every chunk, the final tag, the version, the database and its schema, the chains of
/// events and audit, pictures. Then, in one rename, what it made becomes what the next Store::open() uses. The log goes
/// on under a new id. Errors: as inspectBackup(), and what was found wrong.
core::Result<Restored> restoreBackup(const RestoreOrder& order, const BackupProgress& progress = {});

/// Puts a restore that is ready in the place of what is there; whatever interrupted it before. Called by Store::open()
/// and by a start, before settings are read. Returns the folder that keeps what was there; empty when none was ready.
core::Result<std::string> finishRestore(const DataFolder& folder);
/// Whether one waits for the next opening.
bool restoreIsReady(const std::string& dataFolder);

} // namespace facelatch::storage
