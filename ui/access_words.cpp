// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences of the access screen.
#include "ui/access_words.h"

#include <QDate>

namespace facelatch::ui {

namespace {

QString twoDigits(int number) {
    return QString::number(number).rightJustified(2, QLatin1Char('0'));
}

int qtDay(int weekday) {
    return weekday == 0 ? Qt::Sunday : weekday;
}

QString period(const core::Period& period) {
    const QString times = AccessWords::clock(period.from) + QChar(0x2013) + AccessWords::clock(period.to);
    return period.crossesMidnight() ? AccessWords::tr("%1 (next day)", "%1 is a period such as 22:00-06:00").arg(times)
                                    : times;
}

QString periods(const core::DayPeriods& day) {
    if (day == core::DayPeriods{{0, core::minutesOfDay}})
        return AccessWords::tr("all day");
    QStringList all;
    for (const core::Period& each : day)
        all << period(each);
    if (all.size() < 2)
        return all.join(QString());
    const QString last = all.takeLast();
    return AccessWords::tr("%1 and %2", "periods of a day").arg(all.join(QStringLiteral(", ")), last);
}

QString sentenceCase(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

QString AccessWords::day(int weekday, const QLocale& locale, bool whole) {
    return locale.standaloneDayName(qtDay(weekday), whole ? QLocale::LongFormat : QLocale::ShortFormat);
}

QString AccessWords::clock(int minutes) {
    return twoDigits(minutes / core::minutesOfHour) + QLatin1Char(':') + twoDigits(minutes % core::minutesOfHour);
}

QString AccessWords::week(const core::WeekPeriods& week, const QLocale& locale) {
    const auto of = [&week](std::size_t place) -> const core::DayPeriods& {
        return week[static_cast<std::size_t>(weekdays[place])];
    };
    bool never = true, daily = true;
    for (const core::DayPeriods& each : week) {
        never = never && each.empty();
        daily = daily && each == week.front();
    }
    if (never)
        return tr("Never");
    if (daily)
        return week.front() == core::DayPeriods{{0, core::minutesOfDay}}
                   ? tr("At any time")
                   : tr("Every day %1").arg(periods(week.front()));
    QStringList parts;
    for (std::size_t first = 0; first < weekdays.size();) {
        std::size_t last = first;
        while (last + 1 < weekdays.size() && of(last + 1) == of(first))
            ++last;
        if (!of(first).empty()) {
            QString days = day(weekdays[first], locale);
            if (last > first)
                days +=
                    (last == first + 1 ? QStringLiteral(", ") : QString(QChar(0x2013))) + day(weekdays[last], locale);
            parts << days + QLatin1Char(' ') + periods(of(first));
        }
        first = last + 1;
    }
    return sentenceCase(parts.join(QStringLiteral(", ")));
}

QString AccessWords::exceptionDay(const core::DayPeriods& day) {
    return day.empty() ? tr("Closed all day") : tr("Only %1", "%1 are periods of a day").arg(periods(day));
}

QString AccessWords::date(const core::HolidayDate& date, const QLocale& locale) {
    const QDate day(date.year.value_or(core::someLeapYear), date.month, date.day);
    if (date.year)
        return locale.toString(day, QStringLiteral("d MMMM yyyy"));
    return tr("%1, every year", "%1 is a date").arg(locale.toString(day, QStringLiteral("d MMMM")));
}

QString AccessWords::mode(core::AuthMode mode) {
    switch (mode) {
    case core::AuthMode::Face:
        return tr("Face");
    case core::AuthMode::FaceOrPin:
        return tr("Face or PIN");
    case core::AuthMode::FacePin:
        return tr("Face and PIN");
    case core::AuthMode::FaceCard:
        return tr("Face and card");
    case core::AuthMode::CardPin:
        return tr("Card and PIN");
    }
    return {};
}

QString AccessWords::obstacle(core::AuthMode mode, const core::Factors& takes) {
    if (core::satisfies(takes, mode))
        return {};
    const bool card = mode == core::AuthMode::FaceCard || mode == core::AuthMode::CardPin;
    if (card && !takes.card)
        return tr("This door has no card reader yet. Such a rule would let nobody in.");
    return tr("PINs are switched off at this door. See Settings.");
}

QString AccessWords::reason(core::Reason reason, const QLocale& locale) {
    const core::ReasonRow& row = core::reasonRow(reason);
    const std::string_view text = locale.language() == QLocale::French ? row.french : row.english;
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
        .replace(QLatin1Char('\''), QChar(0x2019));
}

QString AccessWords::everyDoor() {
    return tr("Every door");
}

QString AccessWords::thisDoor() {
    return tr("This door");
}

QString AccessWords::people(int count) {
    return count == 0 ? tr("Nobody") : count == 1 ? tr("1 person") : tr("%1 people").arg(count);
}

} // namespace facelatch::ui
