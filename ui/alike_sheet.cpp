// SPDX-License-Identifier: GPL-3.0-or-later
// The warning.
#include "ui/alike_sheet.h"

#include "ui/controls.h"
#include "ui/kit_words.h"
#include "ui/people_cards.h"
#include "ui/people_words.h"

#include <QJsonArray>

namespace facelatch::ui {

namespace {

void faceAndPin(QPointer<AdminPage> page, AdminPort& port, const QJsonArray& ids) {
    port.ask(QStringLiteral("person.face_and_pin"),
             {{QStringLiteral("ids"), ids}, {QStringLiteral("label"), PeopleWords::faceAndPin()}}, page,
             [page](const core::Result<QJsonObject>& answer) {
                 if (!page)
                     return;
                 if (!answer) {
                     Sheet::message(page, PeopleWords::alikeFailed(), QString::fromStdString(answer.error().text()));
                     return;
                 }
                 QStringList without;
                 for (const auto& name : answer->value(u"without_pin").toArray())
                     without << name.toString();
                 Q_EMIT page->notice(without.isEmpty() ? PeopleWords::alikeDone()
                                                       : PeopleWords::pinNeeded(without.join(QStringLiteral(", "))),
                                     {});
             });
}

} // namespace

void showAlike(AdminPage* page, AdminPort& port, const QJsonObject& first, const QJsonObject& second) {
    auto* sheet =
        new Sheet(page, PeopleWords::alike(first.value(u"name").toString(), second.value(u"name").toString()));
    QJsonArray ids;
    for (const QJsonObject& each : {first, second}) {
        ids.append(each.value(u"id"));
        auto* row = new ListRow(each.value(u"name").toString());
        row->setObjectName(QStringLiteral("alikePerson"));
        row->setLeadingIcon(Icon::Person);
        row->setFocusPolicy(Qt::NoFocus);
        row->setAttribute(Qt::WA_TransparentForMouseEvents);
        sheet->add(row);
        port.ask(QStringLiteral("person.portrait"), {{QStringLiteral("id"), each.value(u"id")}}, row,
                 [row](const core::Result<QJsonObject>& answer) {
                     if (answer)
                         row->setPicture(portraitOf(*answer));
                 });
    }
    auto* text = new TextBlock({.fits = {{resources::fontBody, resources::mostParagraphLines}}, .balanced = false});
    text->setText(PeopleWords::alikeMeans());
    sheet->add(text);
    sheet
        ->addAction(Button::Kind::Primary, PeopleWords::alikeDo(),
                    [page = QPointer(page), &port, ids] { faceAndPin(page, port, ids); })
        ->setObjectName(QStringLiteral("alikeDo"));
    sheet->addAction(Button::Kind::Plain, KitWords::close(), {})->setObjectName(QStringLiteral("alikeClose"));
    sheet->open();
}

} // namespace facelatch::ui
