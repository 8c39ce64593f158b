// SPDX-License-Identifier: GPL-3.0-or-later
// Migrations: the numbered, append-only table of schema steps, and applying it. Inside of the storage module only.
#pragma once

#include "core/result.h"
#include "core/time.h"

#include <span>
#include <string>

namespace facelatch::storage {

class SqlConnection;

/// One step, in one transaction. A published step never changes; a new column is a new step.
struct Migration {
    int version; ///< 1, 2, 3 ... ; the database's PRAGMA user_version after it
    const char* purpose;
    std::span<const char* const> statements; ///< one statement each: SQLite runs one at a time
};

/// The one table, ordered by version.
std::span<const Migration> migrations();

struct MigrationReport {
    int from = 0;
    std::string backup; ///< path of the copy made first; empty when there was nothing to copy or nothing to do
};

/// PRAGMA application_id of our databases: "FLtc".
inline constexpr int applicationId = 0x464C7463;

/// Brings a database to the newest version of `table`. A database that holds something is copied to backups/ first
/// (VACUUM INTO: one consistent file). Errors: NewerVersion, and nothing was touched; Failed, and the steps that
/// succeeded stay, each whole, the failed one leaves nothing.
core::Result<MigrationReport> migrate(SqlConnection& db, const std::string& folder, std::span<const Migration> table,
                                      core::WallTime now);

/// "20261121T064802Z" for file names.
std::string fileStamp(core::WallTime time);

} // namespace facelatch::storage
