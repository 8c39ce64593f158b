// SPDX-License-Identifier: GPL-3.0-or-later
// LogCache: what a viewer keeps of one door's log, so that it starts filled and goes on where it was.
//
// It holds copies: whatever is lost or let go of it can be had from the door again. So commits need not outlive a power
// cut (the cursor is lost with the events, and they come anew), and a damaged one is set aside rather than mended.
// Thread: opened, used and destroyed in one thread; a QCoreApplication must exist.
#pragma once

#include "core/decision.h"
#include "core/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::storage {

class LogReader;
class SqlConnection;

/// Version of the cache's file. One that is older is made anew.
inline constexpr int cacheVersion = 2;

struct CacheOptions {
    std::int64_t rows = 100'000; ///< of the newest events; older ones are let go
};

/// Up to where events are kept.
struct CacheCursor {
    std::string logId;
    std::int64_t seq = 0;
    bool operator==(const CacheCursor&) const = default;
};

struct CacheReport {
    bool made = false;    ///< there was none, or it was of an older version
    std::string setAside; ///< where a damaged one lies now; one is kept
};

struct CacheAppended {
    int added = 0;           ///< the others were there already
    bool anotherLog = false; ///< what was kept of another log is gone
};

class LogCache {
public:
    static constexpr const char* fileName = "events.db";

    /// `folder` is made (0700) where it is missing; files are 0600. Errors: NewerVersion, and nothing was touched;
    /// Failed when it can be neither read nor made.
    static core::Result<std::unique_ptr<LogCache>> open(const std::string& folder, const CacheOptions& options,
                                                        CacheReport& report);
    ~LogCache();
    LogCache(const LogCache&) = delete;
    LogCache& operator=(const LogCache&) = delete;

    /// Nothing before the first events.
    const std::optional<CacheCursor>& cursor() const { return m_cursor; }

    /// Events of one log, oldest first and without gap, in one transaction with the cursor; those known are passed
    /// over. Events of another log take the place of what was kept. Errors: Conflict for a gap after the cursor, or
    /// events out of order, and nothing was changed (follow anew from the cursor); Usage for an event without a
    /// number or of a log other than `logId`; Failed. After a damage it is of no use: open it again.
    core::Result<CacheAppended> append(const std::string& logId, const std::vector<core::CommittedEvent>& events);

    /// Lets everything go, for whatever log comes next.
    core::Status clear();

    /// Whether the last failure was one of the file, which opening anew sets aside.
    bool damaged() const;

    /// Reads what has been appended so far. It must be gone before the cache is opened anew.
    core::Result<std::unique_ptr<LogReader>> reader() const;

private:
    explicit LogCache(std::string folder, std::unique_ptr<SqlConnection> db, const CacheOptions& options);
    core::Status readCursor();
    core::Result<int> insertAfter(std::int64_t known, const std::vector<core::CommittedEvent>& events);
    core::Status store(const core::CommittedEvent& committed);
    core::Status forgetAll();
    core::Status forgetOld(std::int64_t newest);
    core::Status writeCursor(const CacheCursor& cursor);

    std::string m_folder;
    std::unique_ptr<SqlConnection> m_db;
    CacheOptions m_options;
    std::optional<CacheCursor> m_cursor;
};

} // namespace facelatch::storage
