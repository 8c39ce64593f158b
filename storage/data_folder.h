// SPDX-License-Identifier: GPL-3.0-or-later
// DataFolder: the folder that holds everything a door remembers, owned by one process at a time.
#pragma once

#include "core/result.h"

#include <string>

namespace facelatch::storage {

/// Holding a claimed one is owning the folder: the lock ends with it, or with the process however that ends.
/// Move-only; use it from one thread.
class DataFolder {
public:
    /// Creates the folder (0700) when it is missing, takes a folder of ours that others may read back to 0700, and
    /// locks it. Errors: Usage for an empty path; AlreadyRunning with the other's process id; Failed when the path is
    /// no folder, belongs to another user, cannot be created, or cannot be written; each says what to do.
    static core::Result<DataFolder> claim(const std::string& path);

    /// Only to read in a folder that cannot be written and so cannot be claimed: nobody is kept from it. Errors: Failed
    /// when there is no such folder or it belongs to another user.
    static core::Result<DataFolder> look(const std::string& path);

    DataFolder(DataFolder&& other) noexcept;
    DataFolder& operator=(DataFolder&& other) noexcept;
    DataFolder(const DataFolder&) = delete;
    DataFolder& operator=(const DataFolder&) = delete;
    ~DataFolder();

    const std::string& path() const { return m_path; }
    std::string file(const std::string& name) const { return m_path + '/' + name; }
    /// Whether a database is there already; for messages of a first start.
    bool hasDatabase() const;
    static bool isFolder(const std::string& path);
    /// Whether the folder's disk refuses every write now: it is mounted read-only, or full.
    static bool refusesWrites(const std::string& path);

private:
    DataFolder(std::string path, int lockDescriptor);
    std::string m_path;
    int m_lock = -1;
};

} // namespace facelatch::storage
