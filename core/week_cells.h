// SPDX-License-Identifier: GPL-3.0-or-later
// WeekCells: a week as half hours that are painted, and back as the periods of a schedule. Pure; any thread.
//
// A night that is painted through midnight is one period of the day on which it begins, as a night watch is meant: a
// holiday in the morning does not cut it short. Periods that meet at midnight in a schedule that was read stay two.
#pragma once

#include "core/schedule.h"

#include <array>
#include <bitset>

namespace facelatch::core {

inline constexpr int cellMinutes = 30;
inline constexpr int cellsOfDay = minutesOfDay / cellMinutes;

class WeekCells {
public:
    WeekCells() = default;
    /// Periods that do not begin and end at half hours fill every cell they touch.
    explicit WeekCells(const WeekPeriods& week);

    /// Whether every period of `week` begins and ends at a half hour: it then comes back as it was.
    static bool isExact(const WeekPeriods& week);

    /// Weekdays as in LocalTime, 0 Sunday .. 6 Saturday; cells 0 .. 47 from midnight on.
    bool at(int weekday, int cell) const;
    /// From one cell to another, both included, in either order.
    void paint(int weekday, int fromCell, int toCell, bool on);
    /// A day's cells for another one, and where its night goes on, that too.
    void copyDay(int from, int to);
    WeekPeriods periods() const;
    bool operator==(const WeekCells&) const = default;

private:
    using Day = std::bitset<cellsOfDay>;
    /// Where the run of cells that holds `cell` begins, and where it ends (not included), within the day.
    static int runBegin(const Day& day, int cell);
    static int runEnd(const Day& day, int cell);
    bool goesOn(int weekday) const;

    std::array<Day, 7> m_days;
    /// The night after that weekday ends at midnight, although the next day goes on.
    std::bitset<7> m_parted;
};

} // namespace facelatch::core
