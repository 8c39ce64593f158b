// SPDX-License-Identifier: GPL-3.0-or-later
// When the lock may be released and when it must rest: the timing rules of PROTOCOL.md, with time as an argument.
#pragma once

#include <algorithm>
#include <chrono>

namespace facelatch::lockd {

using TimePoint = std::chrono::steady_clock::time_point;
using Ms = std::chrono::milliseconds;

enum class LockState { Rest, Pulse, Hold };
enum class Refusal { None, Range, TooSoon, HoldForbidden };

/// Pure; one thread; `now` never runs backwards. After tick(now) no pulse is older than maxPulse and no release has
/// outlived its lease. A release begins only after minOff at rest, counted from the construction too.
class LockMachine {
public:
    static constexpr Ms leaseTime{2000}; ///< a client without a BEAT for this long is taken for frozen

    LockMachine(Ms maxPulse, Ms minOff, bool holdAllowed, TimePoint now)
        : m_maxPulse(maxPulse), m_minOff(minOff), m_holdAllowed(holdAllowed), m_restSince(now), m_lease(now) {}

    void beat(TimePoint now) { m_lease = now + leaseTime; }
    Refusal pulse(Ms duration, TimePoint now) {
        if (duration < Ms{1} || duration > m_maxPulse)
            return Refusal::Range;
        const Refusal refusal = m_state == LockState::Hold ? Refusal::None : begin(LockState::Pulse, now);
        if (refusal == Refusal::None)
            m_pulseEnd = std::max(m_pulseEnd, std::min(now + duration, m_begin + m_maxPulse));
        return refusal;
    }
    Refusal hold(TimePoint now) { return m_holdAllowed ? begin(LockState::Hold, now) : Refusal::HoldForbidden; }
    void rest(TimePoint now) {
        m_restSince = released() ? now : m_restSince;
        m_state = LockState::Rest;
    }
    /// Ends what is due; true when a release ended by it.
    bool tick(TimePoint now) {
        const bool ended = released() && now >= due();
        if (ended)
            rest(now);
        return ended;
    }

    LockState state() const { return m_state; }
    bool released() const { return m_state != LockState::Rest; }
    bool leaseOver(TimePoint now) const { return now >= m_lease; }
    /// When something ends if nothing more arrives: the pulse, else the lease.
    TimePoint due() const { return m_state == LockState::Pulse ? std::min(m_pulseEnd, m_lease) : m_lease; }
    /// Of the release, rounded up; zero at rest.
    Ms remaining(TimePoint now) const { return released() ? std::chrono::ceil<Ms>(due() - now) : Ms{0}; }
    /// Until a release may begin, rounded up; not positive when it may.
    Ms wait(TimePoint now) const { return std::chrono::ceil<Ms>(m_restSince + m_minOff - now); }

private:
    Refusal begin(LockState state, TimePoint now) {
        tick(now);
        if (!released() && wait(now) > Ms{0})
            return Refusal::TooSoon;
        if (!released())
            m_begin = m_pulseEnd = now;
        m_state = state;
        return Refusal::None;
    }

    const Ms m_maxPulse, m_minOff;
    const bool m_holdAllowed;
    LockState m_state = LockState::Rest;
    TimePoint m_restSince, m_lease;
    TimePoint m_begin, m_pulseEnd; ///< of the running release
};

} // namespace facelatch::lockd
