// SPDX-License-Identifier: GPL-3.0-or-later
// Merging logs.
#include "app/viewer_visits.h"

#include "ui/access_words.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <deque>
#include <limits>
#include <optional>

namespace facelatch::app {

using core::Result;

namespace {

/// Zones reach from 12 hours behind to 14 hours before UTC.
constexpr std::chrono::hours mostBehind{12}, mostAhead{14};
constexpr int exportPage = 1000;

Result<storage::EventFilter> filterFor(storage::LogReader& reader, const VisitSearch& search) {
    const ui::VisitQuery& query = search.query;
    storage::EventFilter filter;
    filter.outcome = query.outcome;
    if (!query.person.isEmpty())
        filter.personName = query.person.toStdString();
    if (query.day) {
        filter.localDay = query.day->toString(Qt::ISODate).toStdString();
        const core::WallTime midnight{core::milliseconds(query.day->startOfDay(Qt::UTC).toMSecsSinceEpoch())};
        filter.since = midnight - mostAhead;
        filter.until = midnight + std::chrono::days(1) + mostBehind;
    }
    if (const QString text = query.text.trimmed(); !text.isEmpty()) {
        auto names = reader.namesWith(text.toStdString());
        if (!names)
            return names.error();
        filter.words = storage::EventWords{*std::move(names), search.reasons};
    }
    return filter;
}

/// Visits of one log that are yet to be merged.
struct Waiting {
    const ReadableLog* log;
    std::deque<storage::VisitLine> lines;
    std::optional<std::int64_t> rest;  ///< where the log goes on below them
    std::optional<std::int64_t> taken; ///< key of the last one that was merged
};

core::Status fill(Waiting& waiting, const storage::EventFilter& filter, std::size_t wanted) {
    // A call may give up where it finds little; this is not the gui thread.
    while (waiting.lines.size() < wanted && waiting.rest) {
        auto page = waiting.log->reader->visits(filter, waiting.rest, static_cast<int>(wanted));
        if (!page)
            return page.error();
        for (storage::VisitLine& line : page->visits)
            waiting.lines.push_back(std::move(line));
        waiting.rest = page->below;
    }
    return core::Done{};
}

ui::ViewerVisit toVisit(const QString& door, storage::VisitLine line) {
    return {door, std::move(line.shown), line.events, QString::fromStdString(line.snapshot)};
}

/// A log that is not named in it has been read to its end.
QByteArray cursorText(const std::vector<Waiting>& all) {
    QJsonObject cursor;
    for (const Waiting& waiting : all) {
        if (waiting.lines.empty() && !waiting.rest)
            continue;
        const auto below = waiting.taken           ? *waiting.taken
                           : waiting.lines.empty() ? *waiting.rest
                                                   : waiting.lines.front().key + 1;
        cursor.insert(waiting.log->door, static_cast<qint64>(below));
    }
    return cursor.isEmpty() ? QByteArray() : QJsonDocument(cursor).toJson(QJsonDocument::Compact);
}

} // namespace

std::vector<core::Reason> reasonsLike(const QString& text, const QLocale& locale) {
    std::vector<core::Reason> like;
    const QString wanted = text.trimmed();
    if (wanted.isEmpty())
        return like;
    for (const core::ReasonRow& row : core::reasonRows())
        if (ui::AccessWords::reason(row.reason, locale).contains(wanted, Qt::CaseInsensitive))
            like.push_back(row.reason);
    return like;
}

Result<ui::VisitPage> visitPage(const std::vector<ReadableLog>& logs, const VisitSearch& search,
                                const QByteArray& below, int limit) {
    const QJsonObject cursor = QJsonDocument::fromJson(below).object();
    const auto wanted = static_cast<std::size_t>(std::clamp(limit, 1, storage::LogReader::maxPage));
    std::vector<Waiting> all;
    for (const ReadableLog& log : logs) {
        if (!below.isEmpty() && !cursor.contains(log.door))
            continue;
        const auto filter = filterFor(*log.reader, search);
        if (!filter)
            return filter.error();
        Waiting waiting{&log, {}, std::numeric_limits<std::int64_t>::max(), {}};
        if (!below.isEmpty())
            waiting.rest = cursor.value(log.door).toInteger();
        if (auto filled = fill(waiting, *filter, wanted); !filled)
            return filled.error();
        all.push_back(std::move(waiting));
    }
    ui::VisitPage page;
    while (page.visits.size() < wanted) {
        Waiting* newest = nullptr;
        for (Waiting& waiting : all)
            if (!waiting.lines.empty() &&
                (!newest || waiting.lines.front().first.event.time > newest->lines.front().first.event.time))
                newest = &waiting;
        if (!newest)
            break;
        newest->taken = newest->lines.front().key;
        page.visits.push_back(toVisit(newest->log->door, std::move(newest->lines.front())));
        newest->lines.pop_front();
    }
    page.below = cursorText(all);
    return page;
}

core::Status eachEvent(const std::vector<ReadableLog>& logs, const VisitSearch& search,
                       const std::function<bool(const core::CommittedEvent&)>& each) {
    for (const ReadableLog& log : logs) {
        const auto filter = filterFor(*log.reader, search);
        if (!filter)
            return filter.error();
        std::int64_t after = 0;
        for (bool more = true; more;) {
            const auto page = log.reader->page(*filter, {.afterSeq = after, .beforeSeq = {}}, exportPage);
            if (!page)
                return page.error();
            for (const core::CommittedEvent& event : *page) {
                if (!each(event))
                    return core::Done{};
                after = event.seq;
            }
            more = page->size() == static_cast<std::size_t>(exportPage);
        }
    }
    return core::Done{};
}

} // namespace facelatch::app
