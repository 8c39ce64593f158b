// SPDX-License-Identifier: GPL-3.0-or-later
// Pairing a door.
#include "ui/viewer_pairing.h"

#include "ui/kit_words.h"
#include "ui/list_row.h"
#include "ui/viewer_words.h"

#include <QBoxLayout>

#include <algorithm>
#include <tuple>

namespace facelatch::ui {

using resources::Palette;

namespace {

/// "door.local:7443" into both; the port is 0 where none stands there. An IPv6 address with a port is in brackets.
std::pair<QString, int> splitAddress(const QString& typed) {
    const QString text = typed.trimmed();
    const auto colon = text.lastIndexOf(QLatin1Char(':'));
    const bool bracketed = text.startsWith(QLatin1Char('[')) && text.contains(QLatin1Char(']'));
    const bool oneColon = text.count(QLatin1Char(':')) == 1;
    QString host = text;
    int port = 0;
    if (colon > 0 && (oneColon || (bracketed && colon > text.indexOf(QLatin1Char(']'))))) {
        host = text.left(colon);
        port = text.mid(colon + 1).toInt();
        if (port <= 0 || port > resources::mostPort)
            return {{}, 0};
    }
    if (bracketed)
        host = host.mid(1).chopped(1);
    return {host, port};
}

} // namespace

ViewerPairing* ViewerPairing::open(QWidget* from, ViewerPort& port, const QString& link,
                                   std::function<void(const QString&)> paired) {
    auto* sheet = new Sheet(from, ViewerWords::tr("Pair a door"));
    sheet->setObjectName(QStringLiteral("pairSheet"));
    auto* inside = new ViewerPairing(port, sheet, std::move(paired));
    sheet->add(inside);
    sheet->addAction(Button::Kind::Plain, KitWords::cancel(), {})->setObjectName(QStringLiteral("pairCancel"));
    sheet->open();
    inside->m_link->setText(link);
    inside->m_link->setFocus(Qt::TabFocusReason);
    return inside;
}

ViewerPairing::ViewerPairing(ViewerPort& port, Sheet* sheet, std::function<void(const QString&)> paired)
    : m_port(port),
      m_sheet(sheet),
      m_paired(std::move(paired)),
      m_column(new QVBoxLayout(this)),
      m_question(new QWidget(this)),
      m_check(new QWidget(this)),
      m_busy(new BusyLine(this)),
      m_error(new TextBlock(
          {.fits = {{resources::fontBody, resources::mostLines}, {resources::fontSmall, resources::mostParagraphLines}},
           .colour = &Palette::refused,
           .balanced = false},
          this)) {
    setObjectName(QStringLiteral("viewerPairing"));
    m_error->setObjectName(QStringLiteral("pairError"));
    buildQuestion();
    buildCheck();
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addWidget(m_question);
    m_column->addWidget(m_check);
    m_column->addWidget(m_busy);
    m_column->addWidget(m_error);
    m_check->hide();
    m_error->hide();
    connect(&port, &ViewerPort::foundDoorsChanged, this, &ViewerPairing::showFound);
    showWay(0);
    m_port.setSearching(true);
    showFound();
}

/// However the sheet went: nothing is left half done.
ViewerPairing::~ViewerPairing() {
    m_port.setSearching(false);
    m_port.cancelPairing();
}

TextBlock* ViewerPairing::addText(QBoxLayout* column, const char* name, ColourRole colour, bool bold) {
    auto* block =
        new TextBlock({.fits = {{bold ? resources::fontTitle : resources::fontSmall, resources::mostLines},
                                {bold ? resources::fontBody : resources::fontSmall, resources::mostParagraphLines}},
                       .colour = colour,
                       .bold = bold,
                       .balanced = false},
                      column->parentWidget());
    block->setObjectName(QLatin1String(name));
    column->addWidget(block);
    return block;
}

void ViewerPairing::buildQuestion() {
    auto* column = new QVBoxLayout(m_question);
    column->setContentsMargins(0, 0, 0, 0);
    m_ways = new Segments({ViewerWords::tr("With a link"), ViewerWords::tr("With a code")}, m_question);
    m_ways->setObjectName(QStringLiteral("pairWays"));
    column->addWidget(m_ways);
    m_help = addText(column, "pairHelp", &Palette::muted, false);
    m_link = new TextField(ViewerWords::tr("Pairing link"), m_question);
    m_link->setMaxLength(resources::longestLink);
    m_link->setPlaceholder(QStringLiteral("facelatch://pair?…"));
    m_found = new QWidget(m_question);
    auto* found = new QVBoxLayout(m_found);
    found->setContentsMargins(0, 0, 0, 0);
    m_address = new TextField(ViewerWords::tr("Address of the door"), m_question);
    m_address->setPlaceholder(QStringLiteral("facelatch.local"));
    m_code = new TextField(ViewerWords::tr("Code"), m_question);
    m_code->setPlaceholder(QStringLiteral("ABCD-EFGH"));
    m_name = new TextField(ViewerWords::tr("Name of this viewer at the door"), m_question);
    m_name->setText(m_port.viewerName());
    m_link->setObjectName(QStringLiteral("pairLink"));
    m_address->setObjectName(QStringLiteral("pairAddress"));
    m_code->setObjectName(QStringLiteral("pairCode"));
    m_name->setObjectName(QStringLiteral("pairName"));
    column->addWidget(m_link);
    column->addWidget(m_found);
    column->addWidget(m_address);
    column->addWidget(m_code);
    column->addWidget(m_name);
    m_go = new Button(Button::Kind::Primary, KitWords::next(), m_question);
    m_go->setObjectName(QStringLiteral("pairGo"));
    column->addWidget(m_go);
    connect(m_ways, &Segments::chosen, this, [this](int way) {
        showWay(way);
        (way == 0 ? m_link : m_address)->setFocus(Qt::OtherFocusReason);
    });
    connect(m_go, &QAbstractButton::clicked, this, &ViewerPairing::begin);
    for (TextField* field : {m_link, m_address, m_code, m_name}) {
        connect(field->line(), &QLineEdit::returnPressed, this, &ViewerPairing::begin);
        connect(field, &TextField::edited, this, [this] { tell({}); });
    }
}

void ViewerPairing::buildCheck() {
    auto* column = new QVBoxLayout(m_check);
    column->setContentsMargins(0, 0, 0, 0);
    m_compare = addText(column, "pairCompare", &Palette::text, false);
    m_fingerprint = addText(column, "pairFingerprint", &Palette::text, true);
    auto* row = new QHBoxLayout;
    auto* differs = new Button(Button::Kind::Danger, ViewerWords::tr("It differs"), m_check);
    m_same = new Button(Button::Kind::Primary, ViewerWords::tr("It is the same"), m_check);
    differs->setObjectName(QStringLiteral("pairDiffers"));
    m_same->setObjectName(QStringLiteral("pairSame"));
    row->addWidget(differs, 1);
    row->addWidget(m_same, 1);
    column->addLayout(row);
    connect(m_same, &QAbstractButton::clicked, this, &ViewerPairing::agree);
    connect(differs, &QAbstractButton::clicked, this, [this] {
        m_port.cancelPairing();
        m_check->hide();
        m_question->show();
        tell(ViewerWords::tr("Good that you looked. This was not your door, or somebody stands in between. Nothing was "
                             "sent to it."));
    });
}

void ViewerPairing::showWay(int way) {
    m_ways->setCurrent(way);
    m_link->setVisible(way == 0);
    m_found->setVisible(way == 1);
    m_address->setVisible(way == 1);
    m_code->setVisible(way == 1);
    m_help->setText(way == 0
                        ? ViewerWords::tr("At the door an admin chooses \"Pair a viewer\". The picture there holds "
                                          "the link; a phone reads it and can send it to you.")
                        : ViewerWords::tr("At the door an admin chooses \"Pair a viewer\". Type the code that "
                                          "stands there; it is good for 5 minutes."));
    tell({});
    m_sheet->restyle(styleAround(m_sheet));
}

void ViewerPairing::showFound() {
    auto* column = static_cast<QBoxLayout*>(m_found->layout());
    while (QLayoutItem* item = column->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const FoundDoor& door : m_port.foundDoors()) {
        if (door.paired)
            continue;
        const QString name = cleanName(door.name);
        auto* row = new ListRow(name.isEmpty() ? door.host : name, m_found);
        row->setObjectName(QStringLiteral("foundDoor"));
        row->setDetail(ViewerWords::tr("Found nearby: %1").arg(door.host));
        row->setLeadingIcon(Icon::Device);
        column->addWidget(row);
        connect(row, &QAbstractButton::clicked, this, [this, door] {
            const QString host =
                door.host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(door.host) : door.host;
            m_address->setText(door.port > 0 ? QStringLiteral("%1:%2").arg(host).arg(door.port) : host);
            m_code->setFocus(Qt::TabFocusReason);
        });
    }
    restyleAll(*m_found, m_style);
    m_sheet->restyle(styleAround(m_sheet));
}

void ViewerPairing::tell(const QString& text) {
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
    m_sheet->restyle(styleAround(m_sheet));
}

void ViewerPairing::setBusy(bool busy) {
    m_busy->setBusy(busy);
    m_question->setEnabled(!busy);
    m_check->setEnabled(!busy);
}

void ViewerPairing::begin() {
    PairRequest request;
    request.name = cleanName(m_name->text());
    if (request.name.isEmpty())
        request.name = m_port.viewerName();
    if (m_ways->current() == 0) {
        request.link = m_link->text().trimmed();
        if (request.link.isEmpty())
            return m_link->line()->setFocus(Qt::TabFocusReason);
    } else {
        std::tie(request.host, request.port) = splitAddress(m_address->text());
        request.code = m_code->text().trimmed();
        if (request.host.isEmpty())
            return m_address->line()->setFocus(Qt::TabFocusReason);
        if (request.code.isEmpty())
            return m_code->line()->setFocus(Qt::TabFocusReason);
    }
    tell({});
    setBusy(true);
    m_port.beginPairing(request, this, [this](Trouble trouble, const PairCheck& found) { check(trouble, found); });
}

void ViewerPairing::check(Trouble trouble, const PairCheck& found) {
    setBusy(false);
    if (trouble != Trouble::None)
        return tell(ViewerWords::pairTrouble(trouble));
    m_compare->setText(
        found.sameAsLink
            ? ViewerWords::tr("%1 answers with the certificate that the link names. Its fingerprint, as the door shows "
                              "it beside the code:")
                  .arg(cleanName(found.host))
            : ViewerWords::tr("%1 answers. Compare this fingerprint with the one on the door's screen, all of it. Only "
                              "if both are the same it is your door.")
                  .arg(cleanName(found.host)));
    m_fingerprint->setText(found.fingerprint);
    m_question->hide();
    m_check->show();
    m_sheet->restyle(styleAround(m_sheet));
    (found.sameAsLink ? static_cast<QWidget*>(m_same) : m_check)->setFocus(Qt::TabFocusReason);
}

void ViewerPairing::agree() {
    tell({});
    setBusy(true);
    m_port.finishPairing(this, [this](Trouble trouble, const QString& door) { finish(trouble, door); });
}

void ViewerPairing::finish(Trouble trouble, const QString& door) {
    setBusy(false);
    if (trouble != Trouble::None) {
        m_check->hide();
        m_question->show();
        return tell(ViewerWords::pairTrouble(trouble));
    }
    const auto paired = m_paired;
    m_sheet->dismiss();
    if (paired)
        paired(door);
}

void ViewerPairing::restyle(const Style& style) {
    m_style = style;
    for (QBoxLayout* each : {m_column, static_cast<QBoxLayout*>(m_question->layout()),
                             static_cast<QBoxLayout*>(m_check->layout()), static_cast<QBoxLayout*>(m_found->layout())})
        each->setSpacing(style.px(resources::spaceXs));
}

} // namespace facelatch::ui
