// SPDX-License-Identifier: GPL-3.0-or-later
// WaitingEvents: decisions on their way into the log, in their order.
//
// Any thread may call any function: the door pushes and never waits for the disk, storage writes, and whoever watches
// sees that storage hangs, which storage itself cannot say while a write does not return.
#pragma once

#include "core/decision.h"

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace facelatch::app {

class WaitingEvents {
public:
    /// Two hours of one event a second. Their pictures are let go first: a frame takes 900 kB, an event 500 bytes.
    static constexpr std::size_t roomForEvents = 7200;
    static constexpr std::size_t roomForPictures = 20;

    /// Returns how many events were lost so far because there was no room for them: the oldest go.
    std::uint64_t push(core::Decision decision, core::MonoTime now);
    /// The oldest. It stays in the list until done().
    std::optional<core::Decision> front() const;
    /// That event is in the log.
    void done(const core::Uuid7& event);

    /// Those that have waited so long and have not been given out yet, as provisional events.
    std::vector<core::CommittedEvent> overdue(core::MonoTime now, core::milliseconds patience);
    std::size_t size() const;
    /// For want of room, so far.
    std::uint64_t lost() const;

private:
    struct Waiting {
        core::Decision decision;
        core::MonoTime since;
        bool announced = false;
    };
    mutable std::mutex m_mutex;
    std::deque<Waiting> m_events; ///< oldest first
    std::uint64_t m_lost = 0;
};

} // namespace facelatch::app
