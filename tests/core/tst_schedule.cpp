// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules against the clock on the wall: midnight, holidays, both changes of summer time; and their notation.
#include "core/schedule.h"
#include "tests/support/paris_time.h"

#include <gtest/gtest.h>

#include <random>

using namespace facelatch::core;
using facelatch::testing::parisTime;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

Schedule schedule(const char* notation, bool throughHolidays = false) {
    const auto week = parseWeek(notation);
    EXPECT_TRUE(week) << notation;
    return {{}, "test", week ? *week : WeekPeriods{}, throughHolidays};
}

LocalTime local(int year, int month, int day, int hour, int minute = 0, int second = 0) {
    return {year, month, day, hour, minute, second, 0, 0};
}

Holiday holiday(const char* date, const char* periods) {
    const auto parsed = parseHolidayDate(date);
    EXPECT_TRUE(parsed) << date;
    return {{}, date, parsed->month, parsed->day, parsed->year, *parseDay(periods)};
}

TEST(Schedule, periodsIncludeTheirBeginAndExcludeTheirEnd) {
    const Schedule office = schedule("Mon-Fri 07:00-19:00, Sat 09:00-12:00");
    struct Row {
        LocalTime at;
        bool inside;
    };
    const Row rows[] = {
        {local(2026, 11, 20, 6, 59, 59), false}, // a Friday
        {local(2026, 11, 20, 7), true},          {local(2026, 11, 20, 18, 59, 59), true},
        {local(2026, 11, 20, 19), false},        {local(2026, 11, 21, 8, 59), false},
        {local(2026, 11, 21, 9), true},          {local(2026, 11, 21, 12), false},
        {local(2026, 11, 22, 10), false}, // Sunday
        {local(2026, 11, 23, 7), true},
    };
    for (const Row& row : rows)
        EXPECT_EQ(covers(office, {}, row.at), row.inside) << isoLocal(row.at);
}

TEST(Schedule, aPeriodThatCrossesMidnightBelongsToTheDayItBeginsOn) {
    const Schedule night = schedule("Fri 22:00-06:00");
    EXPECT_FALSE(covers(night, {}, local(2026, 11, 20, 5, 59))) << "Friday's early morning is Thursday's night";
    EXPECT_FALSE(covers(night, {}, local(2026, 11, 20, 21, 59)));
    EXPECT_TRUE(covers(night, {}, local(2026, 11, 20, 22)));
    EXPECT_TRUE(covers(night, {}, local(2026, 11, 20, 23, 59, 59)));
    EXPECT_TRUE(covers(night, {}, local(2026, 11, 21, 0)));
    EXPECT_TRUE(covers(night, {}, local(2026, 11, 21, 5, 59, 59)));
    EXPECT_FALSE(covers(night, {}, local(2026, 11, 21, 6)));
    EXPECT_FALSE(covers(night, {}, local(2026, 11, 21, 22)));
    // Over the end of a month, of a year, and of the week.
    EXPECT_TRUE(covers(schedule("Thu 23:00-01:00"), {}, local(2027, 1, 1, 0, 30)));
    EXPECT_TRUE(covers(schedule("Sat 23:00-01:00"), {}, local(2026, 11, 1, 0, 30)));
    EXPECT_TRUE(covers(schedule("Sun 23:00-01:00"), {}, local(2026, 11, 2, 0, 30)));
    EXPECT_TRUE(covers(schedule("Thu 23:00-01:00"), {}, local(2024, 3, 1, 0, 30))) << "29 February was a Thursday";
}

TEST(Schedule, severalPeriodsADay) {
    const Schedule lunch = schedule("Mon 07:00-12:00 13:00-19:00");
    EXPECT_TRUE(covers(lunch, {}, local(2026, 11, 23, 11, 59)));
    EXPECT_FALSE(covers(lunch, {}, local(2026, 11, 23, 12)));
    EXPECT_FALSE(covers(lunch, {}, local(2026, 11, 23, 12, 59)));
    EXPECT_TRUE(covers(lunch, {}, local(2026, 11, 23, 13)));
}

TEST(Schedule, holidaysStandInThePlaceOfTheDay) {
    const std::vector<Holiday> holidays{holiday("12-25", "closed"), holiday("2026-12-24", "07:00-12:00")};
    const Schedule office = schedule("Mon-Fri 07:00-19:00"), guards = schedule("Mon-Fri 07:00-19:00", true);
    EXPECT_TRUE(covers(office, holidays, local(2026, 12, 24, 11))); // a Thursday
    EXPECT_FALSE(covers(office, holidays, local(2026, 12, 24, 12)));
    EXPECT_TRUE(covers(guards, holidays, local(2026, 12, 24, 12)));
    EXPECT_FALSE(covers(office, holidays, local(2026, 12, 25, 11)));
    EXPECT_TRUE(covers(guards, holidays, local(2026, 12, 25, 11)));
    EXPECT_TRUE(covers(office, holidays, local(2027, 12, 24, 12))) << "that one was of 2026 only";
    EXPECT_FALSE(covers(schedule("always"), holidays, local(2030, 12, 25, 11))) << "every year";
    // A dated one wins over a yearly one of the same day, whichever comes first.
    for (const bool datedFirst : {false, true}) {
        std::vector<Holiday> both{holiday("12-25", "closed"), holiday("2026-12-25", "10:00-11:00")};
        if (datedFirst)
            std::swap(both[0], both[1]);
        EXPECT_TRUE(covers(office, both, local(2026, 12, 25, 10)));
        EXPECT_FALSE(covers(office, both, local(2027, 12, 24, 19)));
        EXPECT_FALSE(covers(office, both, local(2028, 12, 25, 10)));
    }
}

TEST(Schedule, theNightBeforeAHolidayEndsAsItBegan) {
    const std::vector<Holiday> holidays{holiday("2026-12-25", "20:00-02:00")};
    const Schedule night = schedule("daily 22:00-06:00");
    EXPECT_TRUE(covers(night, holidays, local(2026, 12, 25, 5, 59))) << "the night of the 24th";
    EXPECT_TRUE(covers(night, holidays, local(2026, 12, 25, 20)));
    EXPECT_TRUE(covers(night, holidays, local(2026, 12, 26, 1, 59)));
    EXPECT_FALSE(covers(night, holidays, local(2026, 12, 26, 2))) << "the holiday has its own night";
    EXPECT_TRUE(covers(night, holidays, local(2026, 12, 26, 22)));
}

TEST(Schedule, theHourThatIsSkippedInSpring) {
    // Paris, 29 March 2026: 01:59:59 is followed by 03:00:00.
    const Schedule before = schedule("Sun 01:00-02:00"), skipped = schedule("Sun 02:00-03:00"),
                   across = schedule("Sun 01:30-02:30"), night = schedule("Sat 22:00-03:30");
    const WallTime change{sys_days(2026y / March / 29) + 1h};
    int minutesBefore = 0, minutesSkipped = 0, minutesAcross = 0, minutesNight = 0;
    for (WallTime at = change - 24h; at < change + 24h; at += 1min) {
        const LocalTime here = parisTime(at);
        minutesBefore += covers(before, {}, here);
        minutesSkipped += covers(skipped, {}, here);
        minutesAcross += covers(across, {}, here);
        minutesNight += covers(night, {}, here);
    }
    EXPECT_EQ(parisTime(change - 1ms).hour, 1);
    EXPECT_EQ(parisTime(change).hour, 3);
    EXPECT_EQ(minutesBefore, 60);
    EXPECT_EQ(minutesSkipped, 0) << "an hour that does not come";
    EXPECT_EQ(minutesAcross, 30);
    EXPECT_EQ(minutesNight, 4 * 60 + 30);
}

TEST(Schedule, theHourThatComesTwiceInAutumn) {
    // Paris, 25 October 2026: 02:59:59 summer time is followed by 02:00:00 winter time.
    const Schedule twice = schedule("Sun 02:00-03:00"), across = schedule("Sun 01:30-02:30"),
                   night = schedule("Sat 22:00-03:30"), day = schedule("Sun 00:00-24:00");
    const WallTime change{sys_days(2026y / October / 25) + 1h};
    int minutesTwice = 0, minutesAcross = 0, minutesNight = 0, minutesDay = 0;
    for (WallTime at = change - 30h; at < change + 30h; at += 1min) {
        const LocalTime here = parisTime(at);
        minutesTwice += covers(twice, {}, here);
        minutesAcross += covers(across, {}, here);
        minutesNight += covers(night, {}, here);
        minutesDay += covers(day, {}, here);
    }
    EXPECT_EQ(parisTime(change - 1ms).hour, 2);
    EXPECT_EQ(parisTime(change).hour, 2);
    EXPECT_EQ(minutesTwice, 120);
    EXPECT_EQ(minutesAcross, 90) << "01:30 to 02:30, and 02:00 to 02:30 again";
    EXPECT_EQ(minutesNight, 6 * 60 + 30);
    EXPECT_EQ(minutesDay, 25 * 60);
}

TEST(Schedule, whatNeedsNoClock) {
    const std::vector<Holiday> closed{holiday("12-25", "closed")}, open{holiday("12-25", "00:00-24:00")};
    EXPECT_TRUE(coversAlways(schedule("always"), {}));
    EXPECT_FALSE(coversAlways(schedule("always"), closed));
    EXPECT_TRUE(coversAlways(schedule("always"), open));
    EXPECT_TRUE(coversAlways(schedule("always", true), closed));
    EXPECT_FALSE(coversAlways(schedule("Mon-Sat 00:00-24:00"), {}));
    EXPECT_FALSE(coversAlways(schedule("daily 00:00-23:59"), {}));
    EXPECT_FALSE(coversAlways(schedule("never"), {}));
}

TEST(Schedule, dateThatDoesNotExistIsCoveredByNothing) {
    const Schedule always = schedule("always");
    EXPECT_TRUE(covers(always, {}, local(2026, 11, 21, 23, 59, 60)));
    for (const LocalTime& at :
         {local(2026, 13, 1, 0), local(2026, 2, 29, 0), local(2026, 0, 1, 0), local(2026, 1, 0, 0),
          local(2026, 1, -1, 0), local(2026, 1, 1, 24), local(2026, 1, 1, -1), local(2026, 1, 1, 0, 60)})
        EXPECT_FALSE(covers(always, {}, at)) << isoLocal(at);
}

TEST(ScheduleText, isReadAndWritten) {
    const std::pair<const char*, const char*> rows[] = {
        {"Mon-Fri 07:00-19:00, Sat 09:00-12:00", "Mon-Fri 07:00-19:00, Sat 09:00-12:00"},
        {"mon-fri 7:00-19:00,saturday 9:00-12:00", "Mon-Fri 07:00-19:00, Sat 09:00-12:00"},
        {"Mon-Fri 13:00-19:00, 07:00-12:00", "Mon-Fri 07:00-12:00 13:00-19:00"},
        {"Mon, Wed 08:00-10:00", "Mon 08:00-10:00, Wed 08:00-10:00"},
        {"Sat-Mon 08:00-10:00", "Mon 08:00-10:00, Sat-Sun 08:00-10:00"},
        {"Fri 22:00-06:00", "Fri 22:00-06:00"},
        {"Fri 22:00-00:00", "Fri 22:00-24:00"},
        {"daily 00:00-24:00", "always"},
        {"Mon-Sun 00:00-12:00 12:00-24:00", "always"},
        {"ALWAYS", "always"},
        {"never", "never"},
        {"Mon-Sun 22:00-06:00", "daily 22:00-06:00"},
        {"Mon 08:00-10:00 09:00-11:00 11:00-12:00", "Mon 08:00-12:00"},
        {"Mon 20:00-23:00, Mon 22:00-06:00", "Mon 20:00-06:00"},
        {"Mon 08:00-12:00, Mon-Tue 14:00-16:00", "Mon 08:00-12:00 14:00-16:00, Tue 14:00-16:00"},
        {"  Tue\t08:00-12:00\n", "Tue 08:00-12:00"},
    };
    for (const auto& [given, canonical] : rows) {
        const auto week = parseWeek(given);
        ASSERT_TRUE(week) << given << ": " << week.error().text();
        EXPECT_EQ(weekText(*week), canonical);
    }
}

TEST(ScheduleText, mistakesAreNamed) {
    const std::pair<const char*, const char*> rows[] = {
        {"", "empty"},
        {" , ", "empty"},
        {"07:00-19:00", "days are missing"},
        {"Mon", "times are missing"},
        {"Mon 08:00-10:00, Tue", "times are missing"},
        {"Mun 07:00-19:00", "'Mun' is no day"},
        {"Mon-Fry 07:00-19:00", "'Mon-Fry' is no day"},
        {"Mon 7-19", "'7-19' is no period"},
        {"Mon 07:00", "'07:00' is no period"},
        {"Mon 25:00-26:00", "'25:00-26:00' is no period"},
        {"Mon 07:60-08:00", "'07:60-08:00' is no period"},
        {"Mon 24:01-08:00", "'24:01-08:00' is no period"},
        {"Mon 24:00-08:00", "begins at 24:00"},
        {"Mon 08:00-08:00", "ends when it begins"},
        {"Mon 08:00-10:00-12:00", "is no period"},
        {"Mon 08:00-1e:00", "is no period"},
        {"Mon 08:00--9:00", "is no period"},
        {"always Mon 08:00-09:00", "stands alone"},
        {"Mon 08:00-09:00 never", "stands alone"},
        {"'; DROP TABLE schedule; --", "is no day"},
    };
    for (const auto& [given, message] : rows) {
        const auto week = parseWeek(given);
        ASSERT_FALSE(week) << given;
        EXPECT_EQ(week.error().kind, ErrorKind::Usage);
        EXPECT_NE(week.error().text().find(message), std::string::npos) << week.error().text();
        EXPECT_NE(week.error().remedy.find("Mon-Fri 07:00-19:00"), std::string::npos);
    }
}

TEST(ScheduleText, whatIsWrittenIsReadBackAsTheSame) {
    std::mt19937 random(1);
    const auto below = [&](int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); };
    for (int round = 0; round < 2000; ++round) {
        std::string notation;
        std::array<DayPeriods, 7> given;
        for (int items = 1 + below(4); items > 0; --items) {
            static constexpr std::array names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
            const auto day = static_cast<std::size_t>(below(7));
            const int from = below(minutesOfDay);
            const int to = 1 + below(minutesOfDay);
            if (from == to)
                continue;
            given[day].push_back({from, to});
            char clock[64];
            std::snprintf(clock, sizeof clock, "%s %02d:%02d-%02d:%02d, ", names[day], from / 60, from % 60, to / 60,
                          to % 60);
            notation += clock;
        }
        if (notation.empty())
            continue;
        const auto week = parseWeek(notation);
        ASSERT_TRUE(week) << notation;
        const auto again = parseWeek(weekText(*week));
        ASSERT_TRUE(again) << weekText(*week);
        EXPECT_EQ(*again, *week) << notation << " / " << weekText(*week);
        // Joining periods changes no moment of the week.
        const Schedule joined{{}, "joined", *week, false}, apart{{}, "apart", given, false};
        for (int i = 0; i < 40; ++i) {
            const LocalTime at = local(2026, 11, 1 + below(14), below(24), below(60));
            ASSERT_EQ(covers(joined, {}, at), covers(apart, {}, at)) << notation << isoLocal(at);
        }
    }
}

TEST(ScheduleText, daysAndDates) {
    EXPECT_EQ(dayText(*parseDay("closed")), "closed");
    EXPECT_EQ(dayText(*parseDay("")), "closed");
    EXPECT_EQ(dayText(*parseDay("14:00-16:00, 9:00-12:00")), "09:00-12:00 14:00-16:00");
    EXPECT_EQ(*parseDay("always"), (DayPeriods{{0, minutesOfDay}}));
    EXPECT_FALSE(parseDay("Mon 09:00-12:00"));
    EXPECT_FALSE(parseDay("closed 09:00-12:00"));

    EXPECT_EQ(*parseHolidayDate("12-25"), (HolidayDate{std::nullopt, 12, 25}));
    EXPECT_EQ(*parseHolidayDate("2026-12-25"), (HolidayDate{2026, 12, 25}));
    EXPECT_EQ(*parseHolidayDate("02-29"), (HolidayDate{std::nullopt, 2, 29}));
    EXPECT_EQ(text(*parseHolidayDate("2028-02-29")), "2028-02-29");
    EXPECT_EQ(text(*parseHolidayDate("01-01")), "01-01");
    for (const char* wrong : {"", "-", "12", "25-12", "12-32", "2026-02-29", "13-01", "00-10", "02-30", "1-1", "26-1-1",
                              "12-25-", "-12-25", "2026-12-25-1", "12/25", "12-2x", "+1-+1"})
        EXPECT_FALSE(parseHolidayDate(wrong)) << wrong;
}

} // namespace
