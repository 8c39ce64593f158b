// SPDX-License-Identifier: GPL-3.0-or-later
// LogMark: the newest acknowledged event, kept in a small file beside the database. Inside of the storage module only.
//
// A database that is behind its mark was rolled back (an old copy put back, its write-ahead log deleted) or cut off at
// the end, which no hash chain can show. The file is written after each commit without fsync: after a power cut it may
// be older than the database, never newer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace facelatch::storage {

struct LogMark {
    std::string logId;
    std::int64_t seq = 0;
};

/// nullopt when there is none, or it is not readable as one.
std::optional<LogMark> readMark(const std::string& folder);
/// Whether it was written. Overwrites in place: the text has a fixed length.
bool writeMark(const std::string& folder, const LogMark& mark);

} // namespace facelatch::storage
