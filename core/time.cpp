// SPDX-License-Identifier: GPL-3.0-or-later
// Time stamps as text.
#include "core/time.h"

#include <array>
#include <cstdio>

namespace facelatch::core {

bool clockKnown(WallTime time) {
    using namespace std::chrono;
    constexpr sys_days last = 2100y / January / 1;
    return time >= firstKnownTime && time < last;
}

std::string rfc3339Utc(WallTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text.data();
}

std::string isoLocal(const LocalTime& time) {
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d", time.year, time.month, time.day, time.hour,
                  time.minute, time.second);
    return text.data();
}

} // namespace facelatch::core
