// SPDX-License-Identifier: GPL-3.0-or-later
// ScreenRest: when the screen at the door sleeps, and what wakes it. Times are arguments; one thread.
#pragma once

#include "core/time.h"

namespace facelatch::core {

enum class Rest {
    Awake,
    Clock, ///< a dark clock that moves
    Dark
};

/// After so long without anybody; 0 is never.
struct RestTimes {
    milliseconds clockAfter{0};
    milliseconds darkAfter{0};
};

class ScreenRest {
public:
    ScreenRest(RestTimes times, MonoTime now) : m_times(times), m_awakeSince(now) {}

    /// Somebody touched the screen.
    void touched(MonoTime now) { m_awakeSince = now; }
    /// `busy`: anything but the resting screen is shown - a face, an answer, an admin, a fault. That wakes it, too, and
    /// as long as it lasts nothing sleeps.
    Rest at(MonoTime now, bool busy) {
        if (busy)
            m_awakeSince = now;
        const auto idle = now - m_awakeSince;
        if (m_times.darkAfter.count() > 0 && idle >= m_times.darkAfter)
            return Rest::Dark;
        if (m_times.clockAfter.count() > 0 && idle >= m_times.clockAfter)
            return Rest::Clock;
        return Rest::Awake;
    }

private:
    RestTimes m_times;
    MonoTime m_awakeSince;
};

} // namespace facelatch::core
