// SPDX-License-Identifier: GPL-3.0-or-later
// FrameSchedule: when the pictures of a replay are due; a value without a clock.
#pragma once

#include "core/time.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace facelatch::hardware {

class FrameSchedule {
public:
    explicit FrameSchedule(int framesPerSecond) : m_period(std::chrono::nanoseconds(1'000'000'000 / framesPerSecond)) {}

    /// When the next frame is due, asked at `now`. Frames stand one period apart; who comes more than a period late
    /// starts over from `now`, so that a slow reader slows the replay down and never loses a picture or gets a stale
    /// one.
    core::MonoTime due(core::MonoTime now) const {
        if (!m_begun)
            return now;
        const core::MonoTime regular = m_last + m_period;
        return now - regular > m_period ? now : regular;
    }
    /// The frame that was due then has been shown.
    void shown(core::MonoTime due) {
        m_last = due;
        m_begun = true;
    }

    /// How many frames fill `time`, to the nearest.
    int framesIn(core::milliseconds time) const {
        const auto frames = std::chrono::duration<double>(time) / std::chrono::duration<double>(m_period);
        return static_cast<int>(std::lround(std::clamp(frames, 0.0, 1e9)));
    }

private:
    std::chrono::nanoseconds m_period;
    core::MonoTime m_last{};
    bool m_begun = false;
};

} // namespace facelatch::hardware
