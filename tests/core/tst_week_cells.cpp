// SPDX-License-Identifier: GPL-3.0-or-later
// Painting a week: what comes back as periods, nights over midnight, copies.
#include "core/week_cells.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

using namespace facelatch::core;

namespace {

constexpr int sunday = 0, monday = 1, tuesday = 2, friday = 5, saturday = 6;

WeekPeriods week(const std::string& text) {
    const auto parsed = parseWeek(text);
    EXPECT_TRUE(parsed) << text;
    return parsed ? *parsed : WeekPeriods{};
}
int cell(int hour, int minute = 0) {
    return (hour * 60 + minute) / cellMinutes;
}

struct Row {
    const char* text;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.text;
}

class ReadAndWritten : public ::testing::TestWithParam<Row> {};

TEST_P(ReadAndWritten, isTheSameAgain) {
    const WeekPeriods given = week(GetParam().text);
    EXPECT_TRUE(WeekCells::isExact(given));
    EXPECT_EQ(weekText(WeekCells(given).periods()), weekText(given));
}

INSTANTIATE_TEST_SUITE_P(
    WeekCells, ReadAndWritten,
    ::testing::Values(Row{"never"}, Row{"always"}, Row{"Mon-Fri 07:00-19:00, Sat 09:00-12:00"},
                      Row{"daily 00:00-00:30 23:30-24:00"}, Row{"daily 22:00-06:00"}, Row{"Fri 22:30-05:30"},
                      Row{"Sat 22:00-02:00, Sun 22:00-02:00"}, Row{"Mon 18:00-24:00, Tue 00:00-08:00"},
                      Row{"Mon 00:00-24:00, Tue 00:00-12:00"}, Row{"Mon 12:00-24:00, Tue 00:00-24:00"},
                      Row{"Mon 08:00-24:00, Tue 00:00-10:00"}, Row{"Mon 08:00-12:00 13:00-17:00 20:00-04:00"},
                      Row{"Mon 22:00-06:00, Tue 07:00-09:00 22:00-06:00"}, Row{"Mon 12:30-12:00"}));

TEST(WeekCells, cellsAreHalfHours) {
    const WeekCells cells(week("Mon 07:00-08:30"));
    EXPECT_FALSE(cells.at(monday, cell(6, 30)));
    EXPECT_TRUE(cells.at(monday, cell(7)));
    EXPECT_TRUE(cells.at(monday, cell(8)));
    EXPECT_FALSE(cells.at(monday, cell(8, 30)));
    EXPECT_FALSE(cells.at(tuesday, cell(7)));
}

TEST(WeekCells, otherTimesFillEveryCellTheyTouch) {
    const WeekPeriods odd = week("Mon 07:15-08:45, Fri 23:50-00:10");
    EXPECT_FALSE(WeekCells::isExact(odd));
    EXPECT_EQ(weekText(WeekCells(odd).periods()), "Mon 07:00-09:00, Fri 23:30-00:30");
}

TEST(WeekCells, paintingAndErasing) {
    WeekCells cells;
    for (int day = monday; day <= friday; ++day)
        cells.paint(day, cell(18, 30), cell(7), true); // from right to left
    EXPECT_EQ(weekText(cells.periods()), "Mon-Fri 07:00-19:00");
    cells.paint(monday, cell(12), cell(12, 30), false);
    EXPECT_EQ(weekText(cells.periods()), "Mon 07:00-12:00 13:00-19:00, Tue-Fri 07:00-19:00");
    cells.paint(monday, -5, 500, true); // past both ends
    EXPECT_EQ(weekText(cells.periods()), "Mon 00:00-24:00, Tue-Fri 07:00-19:00");
    for (int day = sunday; day <= saturday; ++day)
        cells.paint(day, 0, cellsOfDay - 1, false);
    EXPECT_EQ(cells, WeekCells());
}

TEST(WeekCells, aNightPaintedThroughMidnightIsOnePeriod) {
    WeekCells cells;
    cells.paint(saturday, cell(22), cellsOfDay - 1, true);
    EXPECT_EQ(weekText(cells.periods()), "Sat 22:00-24:00");
    cells.paint(sunday, 0, cell(3, 30), true);
    EXPECT_EQ(weekText(cells.periods()), "Sat 22:00-04:00");
    cells.paint(sunday, cell(2), cell(2), false);
    EXPECT_EQ(weekText(cells.periods()), "Sat 22:00-02:00, Sun 02:30-04:00");
    cells.paint(sunday, 0, 0, false);
    EXPECT_EQ(weekText(cells.periods()), "Sat 22:00-24:00, Sun 00:30-02:00 02:30-04:00");
}

TEST(WeekCells, whatWasPartedAtMidnightStaysSoUntilItIsPainted) {
    WeekCells cells(week("Mon 22:00-24:00, Tue 00:00-06:00"));
    cells.paint(friday, cell(9), cell(10), true);
    EXPECT_EQ(weekText(cells.periods()), "Mon 22:00-24:00, Tue 00:00-06:00, Fri 09:00-10:30");
    cells.paint(tuesday, 0, cell(6), true);
    EXPECT_EQ(weekText(cells.periods()), "Mon 22:00-06:30, Fri 09:00-10:30");
}

TEST(WeekCells, aPeriodIsShorterThanADay) {
    WeekCells cells;
    cells.paint(monday, cell(8), cellsOfDay - 1, true);
    cells.paint(tuesday, 0, cell(10), true);
    EXPECT_EQ(weekText(cells.periods()), "Mon 08:00-24:00, Tue 00:00-10:30");
}

TEST(WeekCells, aDayIsCopiedWithItsNight) {
    WeekCells cells(week("Mon 07:00-12:00 22:00-02:00"));
    cells.copyDay(monday, friday);
    EXPECT_EQ(weekText(cells.periods()), "Mon 07:00-12:00 22:00-02:00, Fri 07:00-12:00 22:00-02:00");
    cells.copyDay(sunday, monday);
    EXPECT_EQ(weekText(cells.periods()), "Tue 00:00-02:00, Fri 07:00-12:00 22:00-02:00");
}

} // namespace
