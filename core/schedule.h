// SPDX-License-Identifier: GPL-3.0-or-later
// Schedule: when, in the door's local time. Weekly periods, and holidays that stand in their place. Pure; any thread.
//
// Periods are read against the clock on the wall: when summer time begins, the hour that is skipped never comes, and
// when it ends, the hour that comes twice counts twice.
#pragma once

#include "core/result.h"
#include "core/time.h"
#include "core/uuid7.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace facelatch::core {

inline constexpr int daysOfWeek = 7, hoursOfDay = 24, minutesOfHour = 60, minutesOfDay = hoursOfDay * minutesOfHour;
/// A holiday of every year may be the 29th of February: to read one, this year.
inline constexpr int someLeapYear = 2024;

/// Minutes since local midnight: from `from` on, up to and without `to`. With `to` <= `from` it goes on into the next
/// day; the whole of it belongs to the day on which it begins.
struct Period {
    int from = 0; ///< 0 .. 1439
    int to = 0;   ///< 1 .. 1440, and not equal to `from`
    bool operator==(const Period&) const = default;
    bool crossesMidnight() const { return to <= from; }
};
using DayPeriods = std::vector<Period>;
/// By LocalTime::weekday: 0 Sunday .. 6 Saturday.
using WeekPeriods = std::array<DayPeriods, 7>;

struct ScheduleId {
    Uuid7 value;
    auto operator<=>(const ScheduleId&) const = default; // NOLINT(modernize-use-nullptr): misread by clang-tidy 14
};
struct Schedule {
    ScheduleId id;
    std::string name;
    WeekPeriods week;
    bool throughHolidays = false; ///< holidays change nothing for it
    bool operator==(const Schedule&) const = default;
};

struct HolidayId {
    Uuid7 value;
    auto operator<=>(const HolidayId&) const = default; // NOLINT(modernize-use-nullptr): misread by clang-tidy 14
};
/// An exception day: its periods stand in the place of the weekday's, for every schedule that observes holidays.
struct Holiday {
    HolidayId id;
    std::string name;
    int month = 1, day = 1;
    std::optional<int> year; ///< of that year only, before a yearly one of the same day; else every year
    DayPeriods periods;      ///< none: closed all day
    bool operator==(const Holiday&) const = default;
};

/// Whether `local` falls into a period of the schedule. A date that does not exist falls into none.
bool covers(const Schedule& schedule, std::span<const Holiday> holidays, const LocalTime& local);
/// Whether it covers every moment there is, so that nobody need know what time it is.
bool coversAlways(const Schedule& schedule, std::span<const Holiday> holidays);

/// "Mon-Fri 07:00-12:00 13:00-19:00, Sat 09:00-12:00", "daily 22:00-06:00", "always". Days are English names, whole or
/// of three letters, single or from-to; "Mon, Wed 08:00-10:00" gives both days the periods that follow; an item without
/// days goes on with those before it. Overlapping and touching periods of a day become one. Errors (Usage) name the
/// part that is not understood.
Result<WeekPeriods> parseWeek(std::string_view text);
/// The same notation, in one form only: parseWeek(weekText(w)) is w again. "never" when there is no period.
std::string weekText(const WeekPeriods& week);
/// Periods of one day: "09:00-12:00 14:00-16:00", "always", or "closed".
Result<DayPeriods> parseDay(std::string_view text);
std::string dayText(const DayPeriods& periods);

struct HolidayDate {
    std::optional<int> year;
    int month = 1, day = 1;
    bool operator==(const HolidayDate&) const = default;
};
/// "12-25", every year, or "2026-12-25". A yearly 02-29 comes in leap years only.
Result<HolidayDate> parseHolidayDate(std::string_view text);
std::string text(const HolidayDate& date);

} // namespace facelatch::core
