// SPDX-License-Identifier: GPL-3.0-or-later
// DaySpan: the part of each day between two times of day, in the door's local time.
#pragma once

#include "core/time.h"

#include <optional>
#include <string_view>

namespace facelatch::core {

/// Minutes since midnight of "HH:MM", 00:00 to 23:59 with both digits; nothing for any other text.
std::optional<int> minuteOfDay(std::string_view text);

/// Begins with `fromMinute` and ends before `untilMinute`, minutes since midnight. One that ends before it begins
/// crosses midnight; one that ends where it begins is empty.
struct DaySpan {
    int fromMinute = 0, untilMinute = 0;
    bool contains(const LocalTime& time) const;
};

} // namespace facelatch::core
