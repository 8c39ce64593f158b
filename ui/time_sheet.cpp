// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing a time.
#include "ui/time_sheet.h"

#include "core/schedule.h"

#include "ui/calendar.h"
#include "ui/clock_field.h"
#include "ui/kit_words.h"

#include <QDateTime>

namespace facelatch::ui {

Sheet* TimeSheet::open(QWidget* from, const QLocale& locale, qint64 current, qint64 now,
                       std::function<void(qint64)> chosen) {
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(current);
    auto* sheet = new Sheet(from, {});
    sheet->setObjectName(QStringLiteral("timeSheet"));
    auto* clock = new ClockField(QCoreApplication::translate("TimeSheet", "Time"), sheet);
    clock->setObjectName(QStringLiteral("timeClock"));
    clock->setMinutes(at.time().hour() * core::minutesOfHour + at.time().minute());
    sheet->add(clock);
    auto* calendar = new Calendar(locale, sheet);
    calendar->setObjectName(QStringLiteral("timeCalendar"));
    calendar->setToday(QDateTime::fromMSecsSinceEpoch(now).date());
    calendar->setSelected(at.date());
    calendar->showMonth(at.date());
    sheet->add(calendar);
    sheet
        ->addAction(Button::Kind::Primary, QCoreApplication::translate("TimeSheet", "Show"),
                    [clock, calendar, chosen] {
                        const QTime time =
                            QTime(clock->minutes() / core::minutesOfHour, clock->minutes() % core::minutesOfHour);
                        chosen(QDateTime(calendar->selected(), time).toMSecsSinceEpoch());
                    })
        ->setObjectName(QStringLiteral("timeTake"));
    sheet->addAction(Button::Kind::Plain, QCoreApplication::translate("TimeSheet", "Now"), [chosen] { chosen(0); })
        ->setObjectName(QStringLiteral("timeNow"));
    sheet->addAction(Button::Kind::Quiet, KitWords::cancel(), {});
    sheet->open();
    return sheet;
}

} // namespace facelatch::ui
