// SPDX-License-Identifier: GPL-3.0-or-later
// Salvage: a new database from what can be read of a damaged one. Inside of the storage module only.
#pragma once

#include "core/result.h"
#include "storage/migrations.h"
#include "storage/store.h"

#include <span>
#include <string>

namespace facelatch::storage {

/// Rebuilds row by row into a new database with a new log id, then moves the damaged one aside and the new one into its
/// place. Events keep their ids, are numbered and chained anew; one that does not fit its own hash is left behind.
/// Works on copies: the damaged files stay as found. Fills the salvage part of `report`. Errors: no space, no right to
/// write; nothing has changed then.
core::Status salvage(const std::string& folder, const StoreOptions& options, const std::string& keyFingerprint,
                     std::span<const Migration> table, OpenReport& report);

/// Ends a salvage that was killed after the new database was complete. True when there was one to end; `keptAside` is
/// where the damaged one went.
core::Result<bool> finishSalvage(const std::string& folder, core::WallTime now, std::string& keptAside);

} // namespace facelatch::storage
