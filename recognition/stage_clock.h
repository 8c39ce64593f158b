// SPDX-License-Identifier: GPL-3.0-or-later
// StageClock: the time a stage takes, where somebody asked for it; the clock itself is passed in.
#pragma once

#include "core/time.h"

#include <chrono>
#include <functional>

namespace facelatch::recognition {

/// Monotonic time now; empty: nothing is measured.
using StageClock = std::function<core::MonoTime()>;

/// Adds the time of its own life to `spent`. Both must outlive it.
class Timed {
public:
    Timed(const StageClock& clock, std::chrono::microseconds& spent) : m_clock(clock), m_spent(spent) {
        if (m_clock)
            m_began = m_clock();
    }
    ~Timed() {
        if (m_clock)
            m_spent += std::chrono::duration_cast<std::chrono::microseconds>(m_clock() - m_began);
    }
    Timed(const Timed&) = delete;
    Timed& operator=(const Timed&) = delete;

private:
    const StageClock& m_clock;
    std::chrono::microseconds& m_spent;
    core::MonoTime m_began{};
};

} // namespace facelatch::recognition
