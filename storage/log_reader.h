// SPDX-License-Identifier: GPL-3.0-or-later
// LogReader: pages, counts and verification of the event log through a read-only connection of its own.
//
// Thread: one reader per thread, opened, used and destroyed there; a QCoreApplication must exist. It never holds up the
// writer. It works while a store writes, when nothing runs, and on a read-only mount.
#pragma once

#include "core/decision.h"
#include "core/person.h"
#include "core/reasons.h"
#include "core/result.h"
#include "core/time.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::storage {

class SqlConnection;

/// All that is set must hold.
struct EventFilter {
    std::optional<core::WallTime> since; ///< inclusive
    std::optional<core::WallTime> until; ///< exclusive
    std::optional<core::PersonId> person;
    std::optional<std::string> personName; ///< the name as the event has it, exactly
    std::optional<core::Outcome> outcome;
    std::optional<core::Reason> reason;
    std::optional<core::Uuid7> visit;
};

/// Where a page starts. Without either: the newest events.
struct PageCursor {
    std::optional<std::int64_t> afterSeq;  ///< the next ones after it, oldest first: resume and follow
    std::optional<std::int64_t> beforeSeq; ///< the ones before it, newest first: scroll back
};

struct VerifyReport {
    bool intact = true;
    std::int64_t events = 0;                    ///< rows walked
    std::int64_t erased = 0;                    ///< rows whose personal fields were erased, as they may be
    std::int64_t pictures = 0;                  ///< snapshot files that fit their SHA-256
    std::int64_t picturesDropped = 0;           ///< deleted by the limits or an erasure, as the log says
    std::optional<std::int64_t> firstBrokenSeq; ///< where it is not intact
    std::string why;                            ///< one plain sentence; empty when intact
};

class LogReader {
public:
    static constexpr int maxPage = 1000;

    /// `folder` is the data folder. Errors: NotFound without a database, NewerVersion, Failed.
    static core::Result<std::unique_ptr<LogReader>> open(const std::string& folder);
    ~LogReader();
    LogReader(const LogReader&) = delete;
    LogReader& operator=(const LogReader&) = delete;

    /// The id of the log as it is now (a salvaged or restored database has a new one; reopen to see it).
    const std::string& logId() const { return m_logId; }
    /// True on a read-only mount where the write-ahead log could not be used: the newest events may be missing.
    bool withoutWal() const { return m_withoutWal; }

    /// At most `limit` (1 to maxPage) events. Ordered as PageCursor says.
    core::Result<std::vector<core::CommittedEvent>> page(const EventFilter& filter, const PageCursor& cursor,
                                                         int limit);
    core::Result<std::int64_t> count(const EventFilter& filter);
    /// nullopt when there is no such event.
    core::Result<std::optional<core::CommittedEvent>> bySeq(std::int64_t seq);
    core::Result<std::optional<core::CommittedEvent>> byId(const core::Uuid7& id);
    /// 0 for an empty log.
    core::Result<std::int64_t> lastSeq();

    /// Walks the whole chain and the snapshot files, in one consistent view: gaps, rows changed, swapped or cut off,
    /// personal fields that do not fit their salted hash, pictures changed or missing. `progress` gets the rows done
    /// (about every 1000) and returns false to give up, which is an Error.
    core::Result<VerifyReport> verify(const std::function<bool(std::int64_t rows)>& progress = {});

private:
    LogReader(std::string folder, std::unique_ptr<SqlConnection> db, bool withoutWal);

    std::string m_folder;
    std::unique_ptr<SqlConnection> m_db;
    std::string m_logId;
    bool m_withoutWal = false;
};

} // namespace facelatch::storage
