// SPDX-License-Identifier: GPL-3.0-or-later
// Time as an argument: core never reads a clock, it is told what time it is.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace facelatch::core {

using std::chrono::milliseconds;
/// Monotonic time: ages, deadlines, freshness. Never jumps.
using MonoTime = std::chrono::steady_clock::time_point;
/// UTC, milliseconds since 1970: what is logged. May jump with the machine's clock.
using WallTime = std::chrono::sys_time<milliseconds>;

struct Now {
    MonoTime mono{};
    WallTime wall{};
};

/// No door runs before this program was written.
inline constexpr WallTime firstKnownTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
/// Whether a wall clock can be right at all: a device without a battery begins in 1970 or at some old date, and until
/// its clock is set nothing that depends on the time may open a door.
bool clockKnown(WallTime time);

/// A wall clock reading broken down in the door's zone; the conversion is passed in, since core knows no zones.
struct LocalTime {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    int weekday = 4;          ///< 0 Sunday .. 6 Saturday
    int utcOffsetMinutes = 0; ///< east of Greenwich is positive
};
using ToLocalTime = std::function<LocalTime(WallTime)>;

/// "2026-11-21T06:48:02.123Z" (RFC 3339).
std::string rfc3339Utc(WallTime time);
/// "2026-11-21T07:48:02", local time without a zone, as the older backend's contract wants it.
std::string isoLocal(const LocalTime& time);
/// Where its parts stand: the date is in front, the time between these.
inline constexpr int isoDateLength = 10, isoTimeStart = 11, isoTimeEnd = 19;

} // namespace facelatch::core
