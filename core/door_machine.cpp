// SPDX-License-Identifier: GPL-3.0-or-later
// Deadlines of the release.
#include "core/door_machine.h"

#include <algorithm>

namespace facelatch::core {

std::optional<milliseconds> DoorMachine::onDecision(const Decision& decision, MonoTime now) {
    if (m_mode == DoorMode::LockedDown || !decision.releases || decision.event.outcome != Outcome::Granted)
        return std::nullopt;
    if (!released(now)) {
        m_since = now;
        m_deadline.reset();
    }
    const MonoTime latest = m_since + m_times.longestRelease;
    const MonoTime deadline = std::min(now + m_times.strike, latest);
    const auto duration = std::chrono::duration_cast<milliseconds>(deadline - now);
    if (duration <= milliseconds::zero() || (m_deadline && deadline <= *m_deadline))
        return std::nullopt;
    m_deadline = deadline;
    return duration;
}

void DoorMachine::setMode(DoorMode mode) {
    m_mode = mode;
    if (mode == DoorMode::LockedDown)
        m_deadline.reset();
}

bool DoorMachine::tick(MonoTime now) {
    if (!m_deadline || now < *m_deadline)
        return false;
    m_deadline.reset();
    return true;
}

} // namespace facelatch::core
