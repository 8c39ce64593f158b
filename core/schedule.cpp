// SPDX-License-Identifier: GPL-3.0-or-later
// Periods against local time.
#include "core/schedule.h"

#include <algorithm>

namespace facelatch::core {

namespace {

using std::chrono::year_month_day;

year_month_day dateOf(const LocalTime& local) {
    return {std::chrono::year(local.year), std::chrono::month(static_cast<unsigned>(local.month)),
            std::chrono::day(static_cast<unsigned>(local.day))};
}

/// The holiday of a day; the one of that very year before a yearly one.
const Holiday* holidayOn(std::span<const Holiday> holidays, const year_month_day& date) {
    const Holiday* found = nullptr;
    for (const Holiday& holiday : holidays) {
        const bool sameDay = holiday.month == static_cast<int>(static_cast<unsigned>(date.month())) &&
                             holiday.day == static_cast<int>(static_cast<unsigned>(date.day()));
        if (!sameDay || (holiday.year && *holiday.year != static_cast<int>(date.year())))
            continue;
        if (found == nullptr || (holiday.year && !found->year))
            found = &holiday;
    }
    return found;
}

const DayPeriods& periodsOn(const Schedule& schedule, std::span<const Holiday> holidays, const year_month_day& date) {
    const Holiday* holiday = schedule.throughHolidays ? nullptr : holidayOn(holidays, date);
    // Of the date, not LocalTime::weekday, so that the two cannot disagree.
    return holiday != nullptr ? holiday->periods
                              : schedule.week[std::chrono::weekday(std::chrono::sys_days(date)).c_encoding()];
}

bool wholeDay(const DayPeriods& periods) {
    return std::any_of(periods.begin(), periods.end(),
                       [](const Period& period) { return period.from == 0 && period.to == minutesOfDay; });
}

} // namespace

bool covers(const Schedule& schedule, std::span<const Holiday> holidays, const LocalTime& local) {
    const year_month_day today = dateOf(local);
    if (!today.ok() || local.hour < 0 || local.hour > 23 || local.minute < 0 || local.minute > 59)
        return false;
    const year_month_day yesterday(std::chrono::sys_days(today) - std::chrono::days(1));
    const int minute = local.hour * minutesOfHour + local.minute;
    const DayPeriods& begun = periodsOn(schedule, holidays, today);
    const DayPeriods& before = periodsOn(schedule, holidays, yesterday);
    return std::any_of(begun.begin(), begun.end(),
                       [minute](const Period& period) {
                           return minute >= period.from && (period.crossesMidnight() || minute < period.to);
                       }) ||
           std::any_of(before.begin(), before.end(),
                       [minute](const Period& period) { return period.crossesMidnight() && minute < period.to; });
}

bool coversAlways(const Schedule& schedule, std::span<const Holiday> holidays) {
    return std::all_of(schedule.week.begin(), schedule.week.end(), wholeDay) &&
           (schedule.throughHolidays || std::all_of(holidays.begin(), holidays.end(),
                                                    [](const Holiday& holiday) { return wholeDay(holiday.periods); }));
}

} // namespace facelatch::core
