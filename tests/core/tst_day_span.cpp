// SPDX-License-Identifier: GPL-3.0-or-later
// Times of day, and spans of them, across midnight too.
#include "core/day_span.h"

#include <gtest/gtest.h>

using namespace facelatch::core;

namespace {

LocalTime at(int hour, int minute, int second = 0) {
    LocalTime time;
    time.hour = hour;
    time.minute = minute;
    time.second = second;
    return time;
}

DaySpan span(std::string_view from, std::string_view until) {
    return {minuteOfDay(from).value(), minuteOfDay(until).value()};
}

TEST(MinuteOfDay, readsHoursAndMinutes) {
    EXPECT_EQ(minuteOfDay("00:00"), 0);
    EXPECT_EQ(minuteOfDay("07:05"), 425);
    EXPECT_EQ(minuteOfDay("23:59"), 1439);
}

TEST(MinuteOfDay, refusesWhatIsNoTimeOfDay) {
    for (const std::string_view wrong : {"", ":", "24:00", "12:60", "7:00", "07:0", "007:00", "07-00", "07:00 ",
                                         "-1:00", "+1:00", "aa:bb", "07:00:00", "0x:10"})
        EXPECT_FALSE(minuteOfDay(wrong)) << wrong;
}

TEST(DaySpan, holdsItsBeginningAndNotItsEnd) {
    const DaySpan day = span("07:00", "20:00");
    EXPECT_FALSE(day.contains(at(6, 59, 59)));
    EXPECT_TRUE(day.contains(at(7, 0)));
    EXPECT_TRUE(day.contains(at(19, 59, 59)));
    EXPECT_FALSE(day.contains(at(20, 0)));
    EXPECT_FALSE(day.contains(at(0, 0)));
}

TEST(DaySpan, crossesMidnight) {
    const DaySpan late = span("18:00", "02:30");
    EXPECT_TRUE(late.contains(at(18, 0)));
    EXPECT_TRUE(late.contains(at(23, 59)));
    EXPECT_TRUE(late.contains(at(0, 0)));
    EXPECT_TRUE(late.contains(at(2, 29)));
    EXPECT_FALSE(late.contains(at(2, 30)));
    EXPECT_FALSE(late.contains(at(17, 59)));
    const DaySpan untilMidnight = span("12:00", "00:00");
    EXPECT_TRUE(untilMidnight.contains(at(23, 59)));
    EXPECT_FALSE(untilMidnight.contains(at(0, 0)));
}

TEST(DaySpan, isEmptyWhereItEndsAsItBegins) {
    const DaySpan nothing = span("07:00", "07:00");
    for (int hour = 0; hour < 24; ++hour)
        EXPECT_FALSE(nothing.contains(at(hour, 0)));
}

} // namespace
