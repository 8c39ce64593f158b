// SPDX-License-Identifier: GPL-3.0-or-later
// The steps that ask for something to choose or type.
#include "ui/setup_steps.h"

#include "core/pin.h"
#include "ui/fields.h"
#include "ui/list_row.h"
#include "ui/pin_pad.h"
#include "ui/scroll_area.h"
#include "ui/setup_words.h"

#include <QBoxLayout>

namespace facelatch::ui {

using resources::Palette;

namespace {

TextBlock* paragraph(const char* name, ColourRole colour, QWidget* parent) {
    auto* block = new TextBlock({.fits = {{resources::fontBody, resources::mostBannerLines},
                                          {resources::fontSmall, resources::mostParagraphLines}},
                                 .colour = colour,
                                 .balanced = false},
                                parent);
    block->setObjectName(QLatin1String(name));
    return block;
}

} // namespace

LanguageStep::LanguageStep(QWidget* parent) : SetupStep(parent), m_row(new QVBoxLayout(this)) {
    m_row->addStretch();
    for (const QString& code : {QStringLiteral("en"), QStringLiteral("fr")}) {
        auto* button = new Button(Button::Kind::Plain, Icon::Globe, SetupWords::languageName(code), this);
        button->setObjectName(QStringLiteral("language_") + code);
        button->setTall(true);
        connect(button, &QAbstractButton::clicked, this, [this, code] { Q_EMIT chosen(code); });
        m_row->addWidget(button);
    }
    m_row->addStretch();
}

void LanguageStep::restyle(const Style& style) {
    const int side = style.px(style.portrait ? resources::spaceM : resources::helpZone);
    m_row->setContentsMargins(side, 0, side, 0);
    m_row->setSpacing(style.px(resources::spaceS));
}

// --- PIN -------------------------------------------------------------------------------------------------------------

PinStep::PinStep(QWidget* parent)
    : SetupStep(parent),
      m_text(paragraph("pinText", &Palette::text, this)),
      m_why(paragraph("pinWhy", &Palette::refused, this)),
      m_pad(new PinPad({.leastDigits = core::leastPinDigits(core::PinPurpose::Admin), .cancels = false}, this)),
      m_outer(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      m_words(new QVBoxLayout) {
    m_pad->setObjectName(QStringLiteral("setupPad"));
    m_words->addStretch();
    m_words->addWidget(m_text);
    m_words->addWidget(m_why);
    m_words->addStretch();
    m_outer->addLayout(m_words, 1);
    m_outer->addWidget(m_pad, 0, Qt::AlignCenter);
    m_pad->onEntered([this](const core::Digits& digits) { enter(digits); });
    begin({});
}

void PinStep::begin(const QString& why) {
    m_first.wipe();
    m_text->setText(SetupWords::choosePin());
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
}

void PinStep::enter(const core::Digits& digits) {
    if (const auto flaw = core::pinFlaw(digits.text(), core::PinPurpose::Admin)) {
        begin(SetupWords::pinFlaw(*flaw));
    } else if (m_first.empty()) {
        begin({});
        m_first = digits;
        m_text->setText(SetupWords::repeatPin());
    } else if (m_first.text() != digits.text()) {
        begin(SetupWords::pinsDiffer());
    } else {
        m_chosen = digits;
        QMetaObject::invokeMethod(this, &SetupStep::answered, Qt::QueuedConnection); // when the pad has wiped its own
    }
}

void PinStep::collect(SetupDraft& draft) const {
    if (!m_chosen.empty())
        draft.pin = m_chosen;
}

void PinStep::restyle(const Style& style) {
    m_outer->setDirection(style.portrait ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    const int edge = style.px(resources::spaceS);
    m_outer->setContentsMargins(edge, 0, edge, style.px(resources::spaceXs));
    m_outer->setSpacing(style.px(resources::spaceM));
    m_words->setSpacing(edge);
}

// --- names -----------------------------------------------------------------------------------------------------------

NamesStep::NamesStep(const SetupDraft& draft, QWidget* parent)
    : SetupStep(parent),
      m_door(new TextField(SetupWords::doorName())),
      m_admin(new TextField(SetupWords::adminName())),
      m_column(new QVBoxLayout(this)) {
    auto* area = new ScrollArea(this);
    m_door->setObjectName(QStringLiteral("setupDoorName"));
    m_admin->setObjectName(QStringLiteral("setupAdminName"));
    m_door->setHelp(SetupWords::doorNameHelp());
    m_admin->setHelp(SetupWords::adminNameHelp());
    m_door->setText(draft.doorName);
    m_admin->setText(draft.adminName);
    area->add(m_admin);
    area->add(m_door);
    m_column->addWidget(area);
    connect(m_door, &TextField::edited, this, &SetupStep::changed);
    connect(m_admin, &TextField::edited, this, &SetupStep::changed);
}

bool NamesStep::ready() const {
    return !cleanName(m_door->text()).isEmpty() && !cleanName(m_admin->text()).isEmpty();
}

void NamesStep::collect(SetupDraft& draft) const {
    draft.doorName = cleanName(m_door->text());
    draft.adminName = cleanName(m_admin->text());
}

void NamesStep::restyle(const Style&) {
    m_column->setContentsMargins(0, 0, 0, 0);
}

// --- wiring ----------------------------------------------------------------------------------------------------------

WiringStep::WiringStep(const SetupDraft& draft, QWidget* parent)
    : SetupStep(parent), m_wiring(draft.wiring), m_area(new ScrollArea(this)), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addWidget(m_area);
    for (const QString& wiring : {QStringLiteral("fail_secure"), QStringLiteral("fail_safe")})
        add(wiring, SetupWords::wiring(wiring), SetupWords::wiringSentence(wiring));
    choose(m_wiring);
}

void WiringStep::add(const QString& wiring, const QString& title, const QString& sentence) {
    auto* row = new ListRow(title);
    row->setObjectName(QStringLiteral("wiring_") + wiring);
    connect(row, &QAbstractButton::clicked, this, [this, wiring] { choose(wiring); });
    m_rows[wiring] = row;
    m_area->add(row);
    TextBlock* text = paragraph("wiringSentence", &Palette::muted, nullptr);
    text->setText(sentence);
    m_area->add(text);
}

void WiringStep::choose(const QString& wiring) {
    m_wiring = wiring;
    for (auto row = m_rows.begin(); row != m_rows.end(); ++row) {
        const bool chosen = row.key() == wiring;
        row.value()->setLeadingIcon(chosen ? Icon::Tick : Icon::Lock, chosen ? &Palette::accent : &Palette::muted);
        row.value()->setAccessibleDescription(chosen ? SetupWords::yes() : SetupWords::no());
    }
    Q_EMIT changed();
}

void WiringStep::restyle(const Style&) {}

// --- summary ---------------------------------------------------------------------------------------------------------

SummaryStep::SummaryStep(const SetupDraft& draft, QWidget* parent)
    : SetupStep(parent), m_column(new QVBoxLayout(this)) {
    auto* area = new ScrollArea(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addWidget(area);
    const auto add = [area](Icon icon, const QString& what, const QString& answer) {
        auto* row = new ListRow(answer);
        row->setDetail(what);
        row->setLeadingIcon(icon, &Palette::accent);
        row->setFocusPolicy(Qt::NoFocus);
        row->setAttribute(Qt::WA_TransparentForMouseEvents);
        area->add(row);
    };
    add(Icon::Person, SetupWords::adminName(), draft.adminName);
    add(Icon::Info, SetupWords::doorName(), draft.doorName);
    add(Icon::Lock, SetupWords::lockType(), SetupWords::wiring(draft.wiring));
    add(Icon::Globe, SetupWords::language(), SetupWords::languageName(draft.language));
    TextBlock* text = paragraph("summaryText", &Palette::muted, nullptr);
    text->setText(SetupWords::summaryText());
    area->add(text);
}

void SummaryStep::restyle(const Style&) {}

} // namespace facelatch::ui
