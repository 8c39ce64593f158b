// SPDX-License-Identifier: GPL-3.0-or-later
// Three numbers.
#include "ui/day_sheet.h"

#include "ui/controls.h"
#include "ui/kit_words.h"
#include "ui/people_words.h"

namespace facelatch::ui {

void pickDay(QWidget* from, const QString& title, QDate shown, const QLocale& locale,
             std::function<void(std::optional<QDate>)> chosen) {
    auto* sheet = new Sheet(from, title);
    const auto field = [&](const QString& label, const char* name, NumberRange range, int value) {
        auto* number = new NumberField(label, range, locale);
        number->setObjectName(QLatin1String(name));
        number->setValue(value);
        sheet->add(number);
        return number;
    };
    const auto* day = field(PeopleWords::day(), "dayOfMonth", {1, resources::daysOfMonth, 1, 0, {}}, shown.day());
    const auto* month = field(PeopleWords::month(), "dayMonth", {1, resources::monthsOfYear, 1, 0, {}}, shown.month());
    const auto* year =
        field(PeopleWords::year(), "dayYear", {resources::firstYear, resources::lastYear, 1, 0, {}}, shown.year());
    sheet
        ->addAction(Button::Kind::Primary, KitWords::ok(),
                    [=] {
                        // The 31st of a short month is its last day.
                        const QDate first(static_cast<int>(year->value()), static_cast<int>(month->value()), 1);
                        const int last = first.daysInMonth();
                        chosen(first.addDays(std::min(static_cast<int>(day->value()), last) - 1));
                    })
        ->setObjectName(QStringLiteral("dayTaken"));
    sheet->addAction(Button::Kind::Plain, PeopleWords::noLimit(), [=] { chosen(std::nullopt); })
        ->setObjectName(QStringLiteral("dayNone"));
    sheet->open();
}

} // namespace facelatch::ui
