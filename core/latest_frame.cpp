// SPDX-License-Identifier: GPL-3.0-or-later
// The one-slot exchange of frames.
#include "core/latest_frame.h"

#include <utility>

namespace facelatch::core {

void LatestFrame::put(Frame frame) {
    Frame old; // released outside the lock: freeing a picture must not hold up a reader
    {
        const std::lock_guard lock(m_mutex);
        if (m_frame.number != 0 && m_frame.number != m_fetched)
            ++m_skipped;
        old = std::exchange(m_frame, std::move(frame));
    }
    m_arrived.notify_all();
}

std::optional<Frame> LatestFrame::newerThan(std::uint64_t seen) const {
    const std::lock_guard lock(m_mutex);
    if (m_frame.number <= seen)
        return std::nullopt;
    return m_frame;
}

std::optional<Frame> LatestFrame::waitNewerThan(std::uint64_t seen, milliseconds patience) {
    std::unique_lock lock(m_mutex);
    m_arrived.wait_for(lock, patience, [&] { return m_closed || m_frame.number > seen; });
    if (m_closed || m_frame.number <= seen)
        return std::nullopt;
    m_fetched = m_frame.number;
    return m_frame;
}

void LatestFrame::close() {
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_arrived.notify_all();
}

std::uint64_t LatestFrame::skipped() const {
    const std::lock_guard lock(m_mutex);
    return m_skipped;
}

} // namespace facelatch::core
