// SPDX-License-Identifier: GPL-3.0-or-later
// DelayWatch: when a picture was taken, from its sender's clock and the times of arrival; a value without a clock.
#pragma once

#include "core/time.h"

#include <chrono>
#include <optional>

namespace facelatch::hardware {

/// A sender stamps its pictures by a clock of its own. The least delay ever seen between a stamp and its arrival tells
/// how the two clocks stand to each other; whatever comes later than that was held up on the way and is so much older.
/// A delay that every picture has had from the beginning cannot be seen: only who opens the door to a network knows it.
///
/// Clocks drift: the least delay may grow by 200 parts in a million (two quartzes of 100 each, the worst sold).
/// Copyable; not for several threads at once.
class DelayWatch {
public:
    /// A stamp has arrived.
    void arrived(std::chrono::nanoseconds stamp, core::MonoTime now);
    /// When the picture with this stamp was taken, on the monotonic clock. Nothing before the watch has settled: a
    /// server may begin with a burst of old pictures, which look fresh until the first of them is overtaken.
    std::optional<core::MonoTime> taken(std::chrono::nanoseconds stamp, core::MonoTime now) const;

private:
    /// The least delay as it may have drifted until `now`.
    std::chrono::nanoseconds leastAt(core::MonoTime now) const;

    std::optional<core::MonoTime> m_first;
    std::chrono::nanoseconds m_least{0}; ///< arrival on the monotonic clock minus stamp
    core::MonoTime m_leastSince{};
    std::chrono::nanoseconds m_steady{0}; ///< the least delay when it last fell clearly ...
    core::MonoTime m_steadySince{};       ///< ... and when that was
};

} // namespace facelatch::hardware
