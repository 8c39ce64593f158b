// SPDX-License-Identifier: GPL-3.0-or-later
// Access rules in plain sentences: weeks, holidays, modes, reasons.
#pragma once

#include "core/access_policy.h"
#include "core/schedule.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>

namespace facelatch::ui {

/// Gui thread.
struct AccessWords {
    Q_DECLARE_TR_FUNCTIONS(AccessWords)
public:
    /// Weekdays from Monday on, as LocalTime counts them.
    static constexpr std::array<int, core::daysOfWeek> weekdays = [] {
        std::array<int, core::daysOfWeek> days{};
        for (int place = 0; place < core::daysOfWeek; ++place)
            days[static_cast<std::size_t>(place)] = (place + 1) % core::daysOfWeek;
        return days;
    }();
    /// "Mon"; the whole name where `whole` is set.
    static QString day(int weekday, const QLocale& locale, bool whole = false);
    /// "07:00"; 24:00 for the end of a day.
    static QString clock(int minutes);
    /// "Mon–Fri 07:00–12:00 and 13:00–19:00, Sat 22:00–02:00 (next day)".
    static QString week(const core::WeekPeriods& week, const QLocale& locale);
    /// Of an exception day: "closed all day", "only 09:00–12:00".
    static QString exceptionDay(const core::DayPeriods& periods);
    /// "25 December, every year".
    static QString date(const core::HolidayDate& date, const QLocale& locale);

    static QString mode(core::AuthMode mode);
    /// Why a door that takes only these cannot ask for it; empty when it can.
    static QString obstacle(core::AuthMode mode, const core::Factors& takes);
    /// From the table of reasons, in the screen's language.
    static QString reason(core::Reason reason, const QLocale& locale);
    static QString everyDoor();
    static QString thisDoor();
    static QString people(int count);
};

} // namespace facelatch::ui
