// SPDX-License-Identifier: GPL-3.0-or-later
// The least delay of a sender.
#include "hardware/delay_watch.h"

namespace facelatch::hardware {

using core::milliseconds;
using core::MonoTime;
using std::chrono::nanoseconds;

namespace {

constexpr int driftDivisor = 5000;     // 200 parts in a million
constexpr milliseconds settles{1000};  // watched for so long at least ...
constexpr milliseconds steadyFor{500}; // ... and for so long without overtaking
constexpr milliseconds clearly{20};    // by less the delay of a network jitters anyway

} // namespace

nanoseconds DelayWatch::leastAt(MonoTime now) const {
    return m_least + (now - m_leastSince) / driftDivisor;
}

void DelayWatch::arrived(nanoseconds stamp, MonoTime now) {
    const nanoseconds delay = now.time_since_epoch() - stamp;
    if (m_first && delay >= leastAt(now))
        return;
    if (!m_first || delay < m_steady - clearly) {
        m_steady = delay;
        m_steadySince = now;
    }
    if (!m_first)
        m_first = now;
    m_least = delay;
    m_leastSince = now;
}

std::optional<MonoTime> DelayWatch::taken(nanoseconds stamp, MonoTime now) const {
    if (!m_first || now - *m_first < settles || now - m_steadySince < steadyFor)
        return std::nullopt;
    return MonoTime(stamp + leastAt(now));
}

} // namespace facelatch::hardware
