// SPDX-License-Identifier: GPL-3.0-or-later
// From whatever lies in the data folder to a connection that can be written. Inside of the storage module only.
#pragma once

#include "core/result.h"
#include "storage/migrations.h"
#include "storage/sql_connection.h"
#include "storage/store.h"

#include <memory>
#include <span>
#include <string>

namespace facelatch::storage {

struct OpenedDatabase {
    std::unique_ptr<SqlConnection> db;
    std::string logId;
    OpenReport report;
};

/// Creates, checks, migrates, or rebuilds after damage, as Store::open() promises. `keyFingerprint` is that of the
/// device key; `table` is migrations() outside of tests.
core::Result<OpenedDatabase> openDatabase(const std::string& folder, const StoreOptions& options,
                                          const std::string& keyFingerprint, std::span<const Migration> table);

/// A connection set up for the one writer, to a file that exists.
core::Result<std::unique_ptr<SqlConnection>> connectWriter(const std::string& file, core::milliseconds busyTimeout);

/// A connection that only reads, to a file on a disk that refuses writes. Never to one whose write-ahead log it could
/// not see: somebody removed since would be there again.
core::Result<std::unique_ptr<SqlConnection>> connectReader(const std::string& file, core::milliseconds busyTimeout);

/// Whether somebody at the door may become the first admin. Not where admins may be among what was lost.
enum class SetUp { Open, Closed };

/// A new database with a log id of its own, whole and on the disk when this returns; the caller renames it into place.
core::Status buildDatabase(const std::string& file, const std::string& folder, const StoreOptions& options,
                           const std::string& keyFingerprint, std::span<const Migration> table,
                           SetUp setUp = SetUp::Open);

/// Removes a database and what SQLite keeps beside it.
void removeDatabaseFiles(const std::string& file);

} // namespace facelatch::storage
