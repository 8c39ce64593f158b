// SPDX-License-Identifier: GPL-3.0-or-later
// Times of day.
#include "core/day_span.h"

#include "core/schedule.h"

namespace facelatch::core {

namespace {

/// Two digits below `limit`, or nothing.
std::optional<int> twoDigits(std::string_view text, int limit) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 2 || !isDigit(text[0]) || !isDigit(text[1]))
        return std::nullopt;
    const int value = (text[0] - '0') * 10 + (text[1] - '0');
    return value < limit ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<int> minuteOfDay(std::string_view text) {
    if (text.size() != 5 || text[2] != ':')
        return std::nullopt;
    const auto hour = twoDigits(text.substr(0, 2), hoursOfDay);
    const auto minute = twoDigits(text.substr(3), minutesOfHour);
    return hour && minute ? std::optional(*hour * minutesOfHour + *minute) : std::nullopt;
}

bool DaySpan::contains(const LocalTime& time) const {
    const int at = time.hour * minutesOfHour + time.minute;
    if (fromMinute <= untilMinute)
        return at >= fromMinute && at < untilMinute;
    return at >= fromMinute || at < untilMinute;
}

} // namespace facelatch::core
