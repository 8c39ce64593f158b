// SPDX-License-Identifier: GPL-3.0-or-later
// LatestFrame: one slot between the camera and those who look; the newest frame wins.
#pragma once

#include "core/frame.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>

namespace facelatch::core {

/// Any thread may call any function. Nobody waits for a slow reader: what it did not fetch in time is skipped and
/// counted.
class LatestFrame {
public:
    /// Replaces the frame in the slot and wakes a waiting reader. Frame numbers must increase.
    void put(Frame frame);
    /// The newest frame whose number is above `seen`, at once; nothing when there is none.
    std::optional<Frame> newerThan(std::uint64_t seen) const;
    /// As newerThan(), waiting up to `patience` for one; nothing on time-out or after close().
    std::optional<Frame> waitNewerThan(std::uint64_t seen, milliseconds patience);
    /// Wakes all waiters for good: used when threads end.
    void close();
    /// Frames that were replaced before waitNewerThan() handed them out.
    std::uint64_t skipped() const;

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_arrived;
    Frame m_frame;
    std::uint64_t m_fetched = 0;
    std::uint64_t m_skipped = 0;
    bool m_closed = false;
};

} // namespace facelatch::core
