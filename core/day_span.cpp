// SPDX-License-Identifier: GPL-3.0-or-later
// Times of day.
#include "core/day_span.h"

namespace facelatch::core {

namespace {

constexpr int minutesPerHour = 60, hoursPerDay = 24;

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
    const auto hour = twoDigits(text.substr(0, 2), hoursPerDay);
    const auto minute = twoDigits(text.substr(3), minutesPerHour);
    return hour && minute ? std::optional(*hour * minutesPerHour + *minute) : std::nullopt;
}

bool DaySpan::contains(const LocalTime& time) const {
    const int at = time.hour * minutesPerHour + time.minute;
    if (fromMinute <= untilMinute)
        return at >= fromMinute && at < untilMinute;
    return at >= fromMinute || at < untilMinute;
}

} // namespace facelatch::core
