// SPDX-License-Identifier: GPL-3.0-or-later
// What stands inside of a backup: entries one after the other. Inside of the storage module only.
//
// An entry: 1 (one byte), length of its name (2, little-endian), name, size (8), content. The end: 0 (one byte).
// Entries in this order: "manifest" (JSON), "key" (32 bytes), "database", "settings" (where there are any), then
// "picture/NAME" for each picture. A name is never used as a path; a picture's is checked first.
#pragma once

#include "core/result.h"
#include "storage/backup.h"
#include "storage/sealed_file.h"

#include <optional>
#include <string>
#include <vector>

namespace facelatch::storage {

inline constexpr const char *manifestEntry = "manifest", *keyEntry = "key", *databaseEntry = "database",
                            *settingsEntry = "settings", *pictureEntry = "picture/";

struct ArchiveEntry {
    std::string name;
    std::int64_t size = 0;
};

class ArchiveWriter {
public:
    explicit ArchiveWriter(SealedWriter& out) : m_out(out) {}
    core::Status add(const std::string& name, ByteView content);
    /// A file that nobody changes meanwhile. `each` gets the bytes of each piece; false gives up.
    core::Status addFile(const std::string& name, const std::string& path,
                         const std::function<bool(std::int64_t)>& each);
    core::Status end();

private:
    core::Status begin(const std::string& name, std::int64_t size);
    SealedWriter& m_out;
};

class ArchiveReader {
public:
    explicit ArchiveReader(SealedReader& in) : m_in(in) {}
    /// nullopt at the end; whatever was not read of the entry before is skipped.
    core::Result<std::optional<ArchiveEntry>> next();
    /// The whole entry. Errors: larger than `limit`.
    core::Result<Bytes> content(std::int64_t limit);
    /// The whole entry into a new file (0600). `each` as above.
    core::Status toFile(const std::string& path, const std::function<bool(std::int64_t)>& each);
    core::Status skip(const std::function<bool(std::int64_t)>& each);

private:
    SealedReader& m_in;
    std::int64_t m_left = 0;
};

/// Letters, digits, dot, dash, underscore; no leading dot; at most 120.
bool isPictureName(const std::string& name);

/// The manifest; `key` is the fingerprint of the data's key.
Bytes manifestJson(const BackupSummary& summary, const std::string& key);
core::Result<BackupSummary> summaryFromJson(ByteView json, std::string& key);

core::Error givenUp(const char* what);
/// For a backup whose database has a newer schema than ours.
core::Error newerBackup(int schema, const std::string& file);
/// Removes a folder and everything in it; links are removed, not followed.
void removeFolder(const std::string& path);

/// Held while somebody writes or restores a backup of this data folder. Errors: Failed, somebody does already.
core::Result<UniqueFd> lockBackups(const std::string& dataFolder);
/// Leftovers of a kill, unless somebody is at work.
void sweepBackupWork(const std::string& dataFolder);

class SqlConnection;
/// Takes events, audit and what belongs to them out of a copy of a database; its triggers stay.
core::Status dropLog(SqlConnection& copy);

} // namespace facelatch::storage
