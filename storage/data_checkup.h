// SPDX-License-Identifier: GPL-3.0-or-later
// DataCheckup: the state of a data folder as it lies there, whoever uses it meanwhile: rights, space, key, integrity.
#pragma once

#include "core/result.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <string>

namespace facelatch::storage {

struct CheckupOptions {
    std::string credentialsDirectory; ///< as in StoreOptions
    /// A larger database is not read page by page; negative: any size.
    std::int64_t integrityMaxBytes = -1;
};

enum class DatabaseState {
    Missing,
    NotChecked, ///< too large
    Whole,
    Damaged,
    Unreadable, ///< no right to read, or an I/O error
};

enum class KeyState { NotNeededYet, InFile, InCredentials, Missing, NotReadable, WrongSize };

struct DataCheckup {
    bool exists = false;      ///< the folder
    std::string foreignOwner; ///< the owner's name when the folder is another user's and this one is not root
    unsigned mode = 0;        ///< permission bits of the folder
    std::string writeError;   ///< why a file could not be written and flushed there; empty when it could
    bool full = false;        ///< ... because the disk is
    bool readOnly = false;    ///< ... because it is mounted so
    std::int64_t freeBytes = -1;
    std::int64_t ballastBytes = -1, databaseBytes = -1, walBytes = -1; ///< -1: no such file
    int schema = 0, knownSchema = 0;
    DatabaseState database = DatabaseState::Missing;
    std::string damage; ///< in SQLite's words
    std::optional<core::WallTime> newestEvent;
    KeyState key = KeyState::NotNeededYet;
    std::string keyPath;
    unsigned keyMode = 0;
    bool keyOpenToOthers = false;
};

/// Changes nothing but for a file that it writes and removes, and creates no folder. Reads the whole database: seconds
/// to minutes. It may run beside a door: readers never hold up its writer. A QCoreApplication must exist.
DataCheckup checkUp(const std::string& folder, const CheckupOptions& options);

} // namespace facelatch::storage
