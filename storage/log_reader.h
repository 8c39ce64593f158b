// SPDX-License-Identifier: GPL-3.0-or-later
// LogReader: pages, visits, counts and verification of the event log through a read-only connection of its own.
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
#include <utility>
#include <vector>

class QString;

namespace facelatch::storage {

class SqlConnection;

/// What somebody typed, looked up: an event holds it when it has one of these names or one of these reasons.
struct EventWords {
    std::vector<std::string> names; ///< exactly; see LogReader::namesWith()
    std::vector<core::Reason> reasons;
};

/// All that is set must hold.
struct EventFilter {
    std::optional<core::WallTime> since; ///< inclusive
    std::optional<core::WallTime> until; ///< exclusive
    std::optional<core::PersonId> person;
    std::optional<std::string> personName; ///< the name as the event has it, exactly
    std::optional<core::Outcome> outcome;
    std::optional<core::Reason> reason;
    std::optional<core::Uuid7> visit;
    std::optional<std::string> localDay; ///< "2026-11-21", as the door had it; set `since` and `until` about it too
    std::optional<EventWords> words;
};

/// Where a page starts. Without either: the newest events.
struct PageCursor {
    std::optional<std::int64_t> afterSeq;  ///< the next ones after it, oldest first: resume and follow
    std::optional<std::int64_t> beforeSeq; ///< the ones before it, newest first: scroll back
};

/// One line of the list of visits.
struct VisitLine {
    std::int64_t key = 0;       ///< number of the visit's first event that the filter finds: never changes, the cursor
    core::CommittedEvent first; ///< that event
    core::CommittedEvent shown; ///< what came of it: the first grant, else the last event
    std::int64_t events = 0;    ///< of the visit, found by the filter or not
    std::string snapshot;       ///< the picture of `shown`, else the visit's newest; empty when there is none
};

struct VisitPage {
    std::vector<VisitLine> visits;     ///< newest first, at most as many as asked for
    std::optional<std::int64_t> below; ///< where the next page goes on; none: that was all
};

/// Somebody the log knows by name.
struct LogPerson {
    core::PersonId id;
    std::string name; ///< as in the newest event
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

/// Of the days as the door had them: "2026-11-21"; empty for an empty log.
struct LocalDays {
    std::vector<int> days;     ///< of the month asked for, in order
    std::string first, latest; ///< of the whole log
};

class LogReader {
public:
    static constexpr int maxPage = 1000;

    /// `folder` is the data folder. Errors: NotFound without a database, NewerVersion, Failed.
    static core::Result<std::unique_ptr<LogReader>> open(const std::string& folder);
    /// A viewer's copy (log_cache.h), as it is while it lives; its version has been looked at.
    static core::Result<std::unique_ptr<LogReader>> openCache(const std::string& file);
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
    /// The newest backup that was written, as the audit has it; nothing when there was none.
    struct LastBackup {
        core::WallTime when{};
        std::string after; ///< of the audit entry: JSON with "file" and "parts"
    };
    core::Result<std::optional<LastBackup>> lastBackup();
    /// Of the library that is loaded.
    core::Result<std::string> sqliteVersion();

    // log_visits.cpp
    /// Visits with an event that the filter finds, by the number of the first such event, each once. The outcome is the
    /// visit's own: denied are those without any grant. A page may have fewer lines than asked for, even none, and
    /// still go on `below`: no call walks more than some ten thousand rows.
    core::Result<VisitPage> visits(const EventFilter& filter, std::optional<std::int64_t> belowKey, int limit);
    /// How SQLite would walk for visits(): the lines of EXPLAIN QUERY PLAN.
    core::Result<std::vector<std::string>> planOfVisits(const EventFilter& filter);
    /// Whether there is an event in [since, until).
    core::Result<bool> anyBetween(core::WallTime since, core::WallTime until);
    /// Times of the earliest and the latest event; nothing for an empty log.
    core::Result<std::optional<std::pair<core::WallTime, core::WallTime>>> span();
    /// Everybody with an event that still carries the name, by name.
    core::Result<std::vector<LogPerson>> people();

    // log_search.cpp
    /// Names that have `text` in them, whatever its capitals and accents; "elo" finds "Éloïse".
    core::Result<std::vector<std::string>> namesWith(const std::string& text);
    /// Days of that month with an event, and the first and the latest of all.
    core::Result<LocalDays> localDays(int year, int month);

    /// Walks the whole chain and the snapshot files, in one consistent view: gaps, rows changed, swapped or cut off,
    /// personal fields that do not fit their salted hash, pictures changed or missing. `progress` gets the rows done
    /// (about every 1000) and returns false to give up, which is an Error.
    /// Without `pictures` their files are not looked at, which takes most of the time.
    core::Result<VerifyReport> verify(const std::function<bool(std::int64_t rows)>& progress = {},
                                      bool pictures = true);

private:
    core::Result<core::CommittedEvent> oneOfVisit(const core::Uuid7& visit, const QString& rest);
    core::Result<VisitLine> lineOf(std::int64_t key, const core::Uuid7& visit);
    LogReader(std::string folder, std::unique_ptr<SqlConnection> db, bool withoutWal);

    std::string m_folder;
    std::unique_ptr<SqlConnection> m_db;
    std::string m_logId;
    bool m_withoutWal = false;
};

} // namespace facelatch::storage
