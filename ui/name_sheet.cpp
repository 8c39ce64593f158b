// SPDX-License-Identifier: GPL-3.0-or-later
// Asking for a name.
#include "ui/name_sheet.h"

#include "ui/fields.h"
#include "ui/kit_words.h"

namespace facelatch::ui {

Sheet* NameSheet::open(QWidget* from, const QString& title, const QString& proposal,
                       std::function<void(const QString&)> chosen) {
    auto* sheet = new Sheet(from, title);
    sheet->setObjectName(QStringLiteral("nameSheet"));
    auto* field = new TextField({}, sheet);
    field->setObjectName(QStringLiteral("nameField"));
    field->setMaxLength(resources::longestField);
    field->setText(proposal);
    field->line()->selectAll(); // the first letter replaces it
    sheet->add(field);
    auto* take = sheet->addAction(Button::Kind::Primary, KitWords::next(),
                                  [field, chosen = std::move(chosen)] { chosen(field->text().trimmed()); });
    take->setObjectName(QStringLiteral("nameTake"));
    sheet->addAction(Button::Kind::Quiet, KitWords::cancel(), {});
    QObject::connect(field, &TextField::edited, take,
                     [take](const QString& text) { take->setEnabled(!text.trimmed().isEmpty()); });
    QObject::connect(field->line(), &QLineEdit::returnPressed, take, [take] { take->click(); });
    sheet->open();
    return sheet;
}

} // namespace facelatch::ui
