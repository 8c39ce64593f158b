// SPDX-License-Identifier: GPL-3.0-or-later
// Sorry, and what can be done.
#include "ui/refused_page.h"

#include "ui/words.h"

#include <QBoxLayout>

namespace facelatch::ui {

using resources::Palette;

RefusedPage::RefusedPage(const QString& helpContact, QWidget* parent)
    : Page(parent),
      m_band(new Panel({.edge = &Palette::refused,
                        .corner = 0,
                        .marginX = resources::spaceL,
                        .marginY = resources::spaceL,
                        .spacing = resources::spaceL,
                        .stacksInPortrait = true},
                       this)),
      m_sorry(new TextBlock(
          {.fits = {{resources::fontHeadline, resources::mostLines}, {resources::fontTitle, resources::mostLines}},
           .colour = &Palette::refused,
           .bold = true,
           .centredInPortrait = true},
          this)),
      m_next(new TextBlock({.fits = {{resources::fontTitle, 2}, {resources::fontBody, 2}}, .centredInPortrait = true},
                           this)),
      m_help(new TextBlock({.fits = {{resources::fontTitle, 2}, {resources::fontBody, 2}},
                            .colour = &Palette::muted,
                            .centredInPortrait = true},
                           this)),
      m_bell(new Button(Button::Kind::Plain, Icon::Bell, Words::ring(), this)),
      m_pin(new Button(Button::Kind::Plain, Icon::Keypad, Words::usePin(), this)),
      m_buttons(new QHBoxLayout),
      m_words(new QVBoxLayout),
      m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("refusedPage"));
    m_band->setObjectName(QStringLiteral("refusedBand"));
    m_sorry->setObjectName(QStringLiteral("sorry"));
    m_next->setObjectName(QStringLiteral("afterRefusal"));
    m_help->setObjectName(QStringLiteral("refusalHelp"));
    m_sorry->setText(Words::refusal());
    m_next->setText(Words::afterRefusal());
    m_help->setText(Words::help(cleanName(helpContact)));
    m_help->setVisible(!helpContact.isEmpty());
    m_words->addWidget(m_sorry);
    m_words->addWidget(m_next);
    m_words->addWidget(m_help);
    m_bell->setObjectName(QStringLiteral("ringButton"));
    m_pin->setObjectName(QStringLiteral("refusedPin"));
    for (Button* button : {m_bell, m_pin}) {
        button->setTall(true);
        button->hide();
        m_buttons->addWidget(button);
    }
    m_buttons->addStretch();
    m_words->addLayout(m_buttons);
    connect(m_bell, &Button::clicked, this, &RefusedPage::ringPressed);
    connect(m_pin, &Button::clicked, this, &RefusedPage::pinWanted);
    auto* wave = new IconLabel(Icon::Wave, resources::iconDisplay, &Palette::refused, m_band);
    m_band->box()->addWidget(wave, 0, Qt::AlignCenter);
    m_band->box()->addLayout(m_words, 1);
    m_column->addStretch();
    m_column->addWidget(m_band);
    m_column->addStretch();
}

void RefusedPage::present(const core::VisitorView& view, core::Now now) {
    m_retryAt = view.retryAt;
    m_pin->setVisible(view.takesPin && !view.retryAt);
    tick(now);
}

/// A lockout says when it ends; everything else looks alike.
void RefusedPage::tick(core::Now now) {
    const bool locked = m_retryAt && now.mono < *m_retryAt;
    m_next->setText(m_ring.tells() ? Words::ringTells(m_ring)
                    : locked       ? Words::retryIn(std::chrono::ceil<std::chrono::seconds>(*m_retryAt - now.mono))
                                   : Words::afterRefusal());
}

void RefusedPage::setRing(const Ring& ring) {
    m_ring = ring;
    m_bell->setVisible(ring.offersButton());
    if (ring.tells())
        m_next->setText(Words::ringTells(ring));
}

void RefusedPage::restyle(const Style& style) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_words->setSpacing(style.px(resources::spaceXs));
    m_buttons->setSpacing(style.px(resources::spaceXs));
}

} // namespace facelatch::ui
