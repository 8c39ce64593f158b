// SPDX-License-Identifier: GPL-3.0-or-later
// Cells and periods.
#include "core/week_cells.h"

#include <algorithm>

namespace facelatch::core {

namespace {

constexpr int days = 7;

std::size_t place(int weekday) {
    return static_cast<std::size_t>(((weekday % days) + days) % days);
}
std::size_t bit(int cell) {
    return static_cast<std::size_t>(std::clamp(cell, 0, cellsOfDay - 1));
}
int firstCell(int minute) {
    return minute / cellMinutes;
}
/// The first cell that is not touched any more.
int endCell(int minute) {
    return (minute + cellMinutes - 1) / cellMinutes;
}

} // namespace

WeekCells::WeekCells(const WeekPeriods& week) {
    for (int day = 0; day < days; ++day)
        for (const Period& period : week[place(day)]) {
            const int end = period.crossesMidnight() ? minutesOfDay : period.to;
            paint(day, firstCell(period.from), endCell(end) - 1, true);
            if (period.crossesMidnight())
                paint(day + 1, 0, endCell(period.to) - 1, true);
        }
    for (int day = 0; day < days; ++day) {
        const DayPeriods& periods = week[place(day)];
        const bool crosses =
            std::any_of(periods.begin(), periods.end(), [](const Period& period) { return period.crossesMidnight(); });
        m_parted[place(day)] = !crosses && at(day, cellsOfDay - 1) && at(day + 1, 0);
    }
}

bool WeekCells::isExact(const WeekPeriods& week) {
    return std::all_of(week.begin(), week.end(), [](const DayPeriods& day) {
        return std::all_of(day.begin(), day.end(), [](const Period& period) {
            return period.from % cellMinutes == 0 && period.to % cellMinutes == 0;
        });
    });
}

bool WeekCells::at(int weekday, int cell) const {
    return m_days[place(weekday)][bit(cell)];
}

void WeekCells::paint(int weekday, int fromCell, int toCell, bool on) {
    for (int cell = std::min(fromCell, toCell); cell <= std::max(fromCell, toCell); ++cell)
        m_days[place(weekday)][bit(cell)] = on;
    // What was parted stays so only while nobody touches that midnight.
    if (bit(std::max(fromCell, toCell)) == bit(cellsOfDay - 1))
        m_parted[place(weekday)] = false;
    if (bit(std::min(fromCell, toCell)) == 0)
        m_parted[place(weekday - 1)] = false;
}

void WeekCells::copyDay(int from, int to) {
    const int nightEnds = goesOn(from) ? runEnd(m_days[place(from + 1)], 0) : 0;
    m_days[place(to)] = m_days[place(from)];
    m_parted[place(to)] = m_parted[place(from)];
    m_parted[place(to - 1)] = false;
    if (nightEnds > 0)
        paint(to + 1, 0, nightEnds - 1, true);
}

int WeekCells::runBegin(const Day& day, int cell) {
    while (cell > 0 && day[bit(cell - 1)])
        --cell;
    return cell;
}

int WeekCells::runEnd(const Day& day, int cell) {
    while (cell < cellsOfDay && day[bit(cell)])
        ++cell;
    return cell;
}

/// Whether the last period of the day goes on into the next one. A period is shorter than a day, and a day that is
/// painted from midnight on is a period of its own.
bool WeekCells::goesOn(int weekday) const {
    const Day& evening = m_days[place(weekday)];
    const Day& morning = m_days[place(weekday + 1)];
    if (m_parted[place(weekday)] || !evening[cellsOfDay - 1] || !morning[0])
        return false;
    const int begin = runBegin(evening, cellsOfDay - 1), end = runEnd(morning, 0);
    return begin > 0 && end < cellsOfDay && end < begin;
}

WeekPeriods WeekCells::periods() const {
    WeekPeriods week;
    for (int weekday = 0; weekday < days; ++weekday) {
        const Day& day = m_days[place(weekday)];
        const bool morningIsTheNights = goesOn(weekday - 1);
        for (int cell = 0; cell < cellsOfDay; ++cell) {
            if (!day[bit(cell)])
                continue;
            const int begin = cell;
            cell = runEnd(day, cell);
            if (begin == 0 && morningIsTheNights)
                continue;
            int to = cell * cellMinutes;
            if (cell == cellsOfDay && goesOn(weekday))
                to = runEnd(m_days[place(weekday + 1)], 0) * cellMinutes;
            week[place(weekday)].push_back({begin * cellMinutes, to});
        }
    }
    return week;
}

} // namespace facelatch::core
