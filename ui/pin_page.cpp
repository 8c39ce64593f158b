// SPDX-License-Identifier: GPL-3.0-or-later
// What to do on the left, the keys on the right; one below the other in portrait.
#include "ui/pin_page.h"

#include "ui/words.h"

#include <QBoxLayout>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

PinPage::PinPage(bool shuffled, QWidget* parent)
    : Page(parent),
      m_heading(new TextBlock(
          {.fits = {{resources::fontHeadline, 2}, {resources::fontTitle, resources::mostLines}}, .bold = true}, this)),
      m_advice(new TextBlock(
          {.fits = {{resources::fontTitle, 2}, {resources::fontBody, resources::mostLines}}, .colour = &Palette::muted},
          this)),
      m_seconds(new TextBlock({.fits = {{resources::fontTitle}}, .colour = &Palette::muted, .bold = true}, this)),
      m_bar(new TimeBar(&Palette::accent, &Palette::muted, this)),
      m_pad(new PinPad({.shuffled = shuffled}, this)),
      m_words(new QVBoxLayout),
      m_timeRow(new QHBoxLayout),
      m_row(new QHBoxLayout(this)) {
    setObjectName(QStringLiteral("pinPage"));
    m_heading->setObjectName(QStringLiteral("pinHeading"));
    m_advice->setObjectName(QStringLiteral("pinAdvice"));
    m_seconds->setObjectName(QStringLiteral("pinSecondsLeft"));
    m_bar->setObjectName(QStringLiteral("pinTimeBar"));
    m_seconds->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Preferred); // never shortened
    auto* icon = new IconLabel(Icon::Keypad, resources::iconTitle, &Palette::accent, this);
    m_timeRow->addWidget(m_bar, 1);
    m_timeRow->addWidget(m_seconds);
    m_words->addStretch();
    m_words->addWidget(icon);
    m_words->addWidget(m_heading);
    m_words->addWidget(m_advice);
    m_words->addLayout(m_timeRow);
    m_words->addStretch();
    m_row->addLayout(m_words, 1);
    m_row->addWidget(m_pad, 1);
    connect(m_pad, &PinPad::touched, this, &PinPage::touched);
    connect(m_pad, &PinPad::cancelled, this, &PinPage::cancelled);
    m_pad->onEntered([this](const core::Digits& digits) {
        m_sent = true;
        m_pad->setBusy(true);
        m_advice->setText(Words::pinAdvice(false, true));
        if (m_entered)
            m_entered(m_request, digits);
    });
}

void PinPage::present(const core::VisitorView& view, core::Now now) {
    if (view.pinRequest != m_request) {
        m_request = view.pinRequest;
        m_sent = false;
        m_pad->clear();
    }
    m_until = view.until;
    m_lasts = view.lasts;
    const bool second = view.screen == core::Screen::SecondFactor;
    const bool busy = m_sent || view.pinChecking;
    m_pad->setBusy(busy);
    m_heading->setText(Words::pinHeading(second));
    m_advice->setText(Words::pinAdvice(second, busy));
    tick(now);
}

void PinPage::tick(core::Now now) {
    const auto left = std::max(core::milliseconds(0), std::chrono::ceil<core::milliseconds>(m_until - now.mono));
    m_seconds->setText(Words::seconds(std::chrono::ceil<std::chrono::seconds>(left).count()));
    m_bar->setLeft(m_lasts.count() > 0 ? static_cast<double>(left.count()) / static_cast<double>(m_lasts.count()) : 0);
}

void PinPage::restyle(const Style& style) {
    const int edge = style.px(resources::spaceM);
    m_row->setContentsMargins(edge, edge, edge, edge);
    m_row->setDirection(style.portrait ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_row->setSpacing(style.px(resources::spaceL));
    m_words->setSpacing(style.px(resources::spaceS));
    m_timeRow->setSpacing(style.px(resources::spaceS));
    m_row->setStretch(0, 1);
    m_row->setStretch(1, style.portrait ? 2 : 1);
}

} // namespace facelatch::ui
