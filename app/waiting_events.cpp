// SPDX-License-Identifier: GPL-3.0-or-later
// A list with an end.
#include "app/waiting_events.h"

namespace facelatch::app {

std::uint64_t WaitingEvents::push(core::Decision decision, core::MonoTime now) {
    if (!decision.wantsSnapshot)
        decision.picture = {};
    const std::lock_guard lock(m_mutex);
    if (m_events.size() == roomForEvents) {
        m_events.pop_front();
        ++m_lost;
    }
    m_events.push_back({std::move(decision), now});
    if (m_events.size() > roomForPictures)
        m_events[m_events.size() - 1 - roomForPictures].decision.picture = {};
    return m_lost;
}

std::optional<core::Decision> WaitingEvents::front() const {
    const std::lock_guard lock(m_mutex);
    return m_events.empty() ? std::nullopt : std::optional(m_events.front().decision);
}

void WaitingEvents::done(const core::Uuid7& event) {
    const std::lock_guard lock(m_mutex);
    // It may have had to make room meanwhile.
    if (!m_events.empty() && m_events.front().decision.event.id == event)
        m_events.pop_front();
}

std::vector<core::CommittedEvent> WaitingEvents::overdue(core::MonoTime now, core::milliseconds patience) {
    const std::lock_guard lock(m_mutex);
    std::vector<core::CommittedEvent> found;
    for (Waiting& waiting : m_events) {
        if (waiting.announced || now - waiting.since < patience)
            continue;
        waiting.announced = true;
        found.push_back({waiting.decision.event, {}, 0, {}, true});
    }
    return found;
}

std::uint64_t WaitingEvents::lost() const {
    const std::lock_guard lock(m_mutex);
    return m_lost;
}

std::size_t WaitingEvents::size() const {
    const std::lock_guard lock(m_mutex);
    return m_events.size();
}

} // namespace facelatch::app
