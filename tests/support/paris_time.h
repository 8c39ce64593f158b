// SPDX-License-Identifier: GPL-3.0-or-later
// Local time in Paris since 1996, by the rule of the European Union: summer time from the last Sunday of March, 01:00
// UTC, to the last Sunday of October, 01:00 UTC (Directive 2000/84/EC).
#pragma once

#include "core/time.h"

namespace facelatch::testing {

inline core::LocalTime parisTime(core::WallTime time) {
    using namespace std::chrono;
    const auto lastSunday = [](year of, month in) { return sys_days(of / in / Sunday[last]) + hours(1); };
    const year of = year_month_day(floor<days>(time)).year();
    const bool summer = time >= lastSunday(of, March) && time < lastSunday(of, October);
    const minutes offset = summer ? minutes(120) : minutes(60);
    const auto local = time + offset;
    const auto day = floor<days>(local);
    const year_month_day date(day);
    const hh_mm_ss clock(local - day);
    return {static_cast<int>(date.year()),
            static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day())),
            static_cast<int>(clock.hours().count()),
            static_cast<int>(clock.minutes().count()),
            static_cast<int>(clock.seconds().count()),
            static_cast<int>(weekday(day).c_encoding()),
            static_cast<int>(offset.count())};
}

} // namespace facelatch::testing
