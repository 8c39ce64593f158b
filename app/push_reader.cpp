// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of the log for those who follow it.
#include "app/push_reader.h"

#include "storage/event_json.h"
#include "storage/log_reader.h"

#include <algorithm>

namespace facelatch::app {

using network::PushEvents;

PushReader::PushReader(std::string dataFolder) : m_folder(std::move(dataFolder)) {}
PushReader::~PushReader() = default;

core::Result<PushEvents> PushReader::events(const network::PushFollow& follow, int limit, const QString& logId) {
    if (m_reader && (logId.isEmpty() || logId != QString::fromStdString(m_reader->logId())))
        m_reader.reset();
    const bool fresh = !m_reader;
    if (fresh) {
        auto reader = storage::LogReader::open(m_folder);
        if (!reader)
            return reader.error();
        m_reader = *std::move(reader);
    }
    auto events = read(follow, limit);
    if (events || fresh) {
        if (!events)
            m_reader.reset();
        return events;
    }
    m_reader.reset(); // the file went away under it: once more with a new one
    return this->events(follow, limit, logId);
}

core::Result<PushEvents> PushReader::read(const network::PushFollow& follow, int limit) {
    const auto last = m_reader->lastSeq();
    if (!last)
        return last.error();
    PushEvents out;
    out.logId = QString::fromStdString(m_reader->logId());
    out.lastSeq = *last;
    out.restart = follow.logId && *follow.logId != out.logId;
    // Numbers are 1, 2, 3 ... without gap, so the newest n begin after the last less n.
    const std::int64_t after = follow.newest ? std::max<std::int64_t>(0, *last - *follow.newest)
                               : out.restart ? 0
                                             : std::max<std::int64_t>(0, follow.after);
    const auto page =
        m_reader->page({}, {.afterSeq = after, .beforeSeq = {}}, std::clamp(limit, 1, storage::LogReader::maxPage));
    if (!page)
        return page.error();
    for (const core::CommittedEvent& event : *page) {
        out.events.append(storage::toJson(event));
        out.lastSeq = std::max(out.lastSeq, event.seq); // committed since
    }
    return out;
}

} // namespace facelatch::app
