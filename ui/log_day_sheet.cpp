// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing a day of the log.
#include "ui/log_day_sheet.h"

#include "ui/calendar.h"
#include "ui/kit_words.h"

#include <QDateTime>
#include <QJsonArray>

namespace facelatch::ui {

namespace {

void askDays(AdminPort& port, Calendar* calendar) {
    const QDate month = calendar->month();
    port.ask(QStringLiteral("log.days"), {{QStringLiteral("month"), month.toString(QStringLiteral("yyyy-MM"))}},
             calendar, [calendar, month](const core::Result<QJsonObject>& answer) {
                 if (!answer || calendar->month() != month)
                     return;
                 QSet<int> days;
                 for (const auto& day : answer->value(u"days").toArray())
                     days.insert(day.toInt());
                 calendar->setDays(days);
                 calendar->setLimits(QDate::fromString(answer->value(u"first").toString(), Qt::ISODate),
                                     QDate::fromString(answer->value(u"last").toString(), Qt::ISODate));
             });
}

} // namespace

void LogDaySheet::open(AdminPage* page, const AdminContext& context, QDate current, std::function<void(QDate)> chosen) {
    auto* sheet = new Sheet(page, {});
    sheet->setObjectName(QStringLiteral("logDaySheet"));
    auto* calendar = new Calendar(context.locale, sheet);
    calendar->setObjectName(QStringLiteral("logCalendar"));
    const QDate today = QDateTime::fromMSecsSinceEpoch(context.clock().wall.time_since_epoch().count()).date();
    calendar->setToday(today);
    calendar->setSelected(current);
    calendar->setDays(QSet<int>());
    calendar->showMonth(current.isValid() ? current : today);
    sheet->add(calendar);
    QObject::connect(calendar, &Calendar::monthChanged, calendar,
                     [&port = context.port, calendar] { askDays(port, calendar); });
    QObject::connect(calendar, &Calendar::chosen, sheet, [sheet, chosen](QDate day) {
        sheet->dismiss();
        chosen(day);
    });
    if (current.isValid())
        sheet->addAction(Button::Kind::Plain, QCoreApplication::translate("LogDaySheet", "Every day"),
                         [chosen] { chosen({}); });
    sheet->addAction(Button::Kind::Quiet, KitWords::cancel(), {});
    sheet->open();
    askDays(context.port, calendar);
}

} // namespace facelatch::ui
