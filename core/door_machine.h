// SPDX-License-Identifier: GPL-3.0-or-later
// DoorMachine: whether the door is released, and until when. Decides nothing about people.
#pragma once

#include "core/decision.h"
#include "core/door_mode.h"
#include "core/time.h"

#include <optional>

namespace facelatch::core {

struct DoorTimes {
    milliseconds strike{4000};          ///< how long one grant releases the lock
    milliseconds longestRelease{12000}; ///< however many grants overlap, the door relocks after so long
};

/// Used by the door thread only. The lock daemon times every release again by itself; this is the first of two guards.
class DoorMachine {
public:
    explicit DoorMachine(DoorTimes times) : m_times(times) {}

    /// How long the lock is to be released from now on; nothing when the decision releases nothing or no time is left.
    /// A grant while released extends the deadline, never past the longest release since it was first released.
    std::optional<milliseconds> onDecision(const Decision& decision, MonoTime now);
    /// While it is locked down no decision releases anything, and a release that lasts ends.
    void setMode(DoorMode mode);
    DoorMode mode() const { return m_mode; }
    /// The lock did not move: the door counts as locked.
    void lockFailed() { m_deadline.reset(); }
    /// True once when the deadline has passed: the door is locked again.
    bool tick(MonoTime now);

    bool released(MonoTime now) const { return m_deadline && now < *m_deadline; }
    /// When it relocks; nothing while locked.
    std::optional<MonoTime> deadline() const { return m_deadline; }

private:
    DoorTimes m_times;
    DoorMode m_mode = DoorMode::Normal;
    MonoTime m_since{}; ///< of the release that m_deadline ends
    std::optional<MonoTime> m_deadline;
};

} // namespace facelatch::core
