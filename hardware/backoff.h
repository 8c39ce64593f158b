// SPDX-License-Identifier: GPL-3.0-or-later
// Backoff: when to try again what has just failed; a value without a clock.
#pragma once

#include "core/time.h"

#include <algorithm>

namespace facelatch::hardware {

/// Waits `first` after the first failure and doubles with each further one, up to `longest`. Copyable; not for several
/// threads at once.
class Backoff {
public:
    Backoff() = default;
    Backoff(core::milliseconds first, core::milliseconds longest) : m_first(first), m_longest(longest) {}

    /// Notes a failure at `now`; returns how long to wait before the next try.
    core::milliseconds failed(core::MonoTime now) {
        m_wait = m_wait.count() == 0 ? m_first : std::min(m_wait * 2, m_longest);
        m_due = now + m_wait;
        return m_wait;
    }
    /// The thing works again: the next failure waits `first` once more.
    void succeeded() {
        m_wait = core::milliseconds{0};
        m_due = core::MonoTime{};
    }
    /// Whether the wait after the last failure is over; true when nothing has failed.
    bool due(core::MonoTime now) const { return m_wait.count() == 0 || now >= m_due; }

private:
    core::milliseconds m_first{500};
    core::milliseconds m_longest{10'000};
    core::milliseconds m_wait{0};
    core::MonoTime m_due{};
};

} // namespace facelatch::hardware
