// SPDX-License-Identifier: GPL-3.0-or-later
// A lock that exists only as two times.
#include "hardware/simulated_lock.h"

#include <algorithm>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::milliseconds;
using core::MonoTime;
using core::Status;

bool SimulatedLock::releasedAt(MonoTime now) const {
    return m_connected && m_everReleased && now < m_until;
}

Status SimulatedLock::mayRelease(MonoTime now) const {
    if (!m_connected)
        return Error{ErrorKind::OutOfService, "the simulated lock is not connected", {}, {}};
    if (m_everReleased && now - m_until < leastRest)
        return core::fail("too soon after the last release", describe(), "Try again after a second");
    return core::Done{};
}

Status SimulatedLock::connect(MonoTime) {
    m_connected = true;
    m_everReleased = m_held = false;
    return core::Done{};
}

Status SimulatedLock::pulse(milliseconds duration, MonoTime now) {
    if (duration < milliseconds{1} || duration > longestPulse)
        return core::fail(std::to_string(duration.count()) + " ms is outside 1 to 10000 ms", describe(),
                          "Shorten the strike time");
    if (releasedAt(now)) {
        if (!m_held)
            m_until = std::max(m_until, std::min(now + duration, m_began + longestPulse));
        return core::Done{};
    }
    if (auto may = mayRelease(now); !may)
        return may;
    m_everReleased = true;
    m_held = false;
    m_began = now;
    m_until = now + duration;
    return core::Done{};
}

Status SimulatedLock::hold(bool on, MonoTime now) {
    if (!on) {
        if (releasedAt(now) && m_held)
            m_until = now;
        return m_connected ? Status(core::Done{}) : mayRelease(now);
    }
    if (!releasedAt(now)) {
        if (auto may = mayRelease(now); !may)
            return may;
        m_everReleased = true;
        m_began = now;
    }
    m_held = true;
    m_until = now + lease;
    return core::Done{};
}

Status SimulatedLock::rest(MonoTime now) {
    if (releasedAt(now))
        m_until = now;
    m_held = false;
    return core::Done{};
}

void SimulatedLock::beat(MonoTime now) {
    if (releasedAt(now) && m_held)
        m_until = now + lease;
}

LockState SimulatedLock::state(MonoTime now) const {
    LockState state;
    state.connected = m_connected;
    state.released = releasedAt(now);
    state.held = state.released && m_held;
    if (state.released)
        state.remaining = std::chrono::ceil<milliseconds>(m_until - now);
    if (!m_connected)
        state.detail = "the simulated lock is not connected";
    return state;
}

} // namespace facelatch::hardware
