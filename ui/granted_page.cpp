// SPDX-License-Identifier: GPL-3.0-or-later
// Welcome, and the time left.
#include "ui/granted_page.h"

#include "ui/words.h"

#include <QBoxLayout>

namespace facelatch::ui {

using resources::Palette;

namespace {

/// The display size wherever it can be had: a grant is understood from afar.
TextLook welcomeLook() {
    return {.fits = {{resources::fontDisplay, 2},
                     {resources::fontHeadline, resources::mostLines},
                     {resources::fontTitle, resources::mostLines}},
            .colour = &Palette::onGranted,
            .bold = true,
            .centredInPortrait = true};
}

TextLook doorLook(bool bold) {
    return {.fits = {{resources::fontTitle}, {resources::fontBody}}, .colour = &Palette::onGranted, .bold = bold};
}

} // namespace

GrantedPage::GrantedPage(QWidget* parent)
    : Page(parent),
      m_band(new Panel({.fill = &Palette::granted,
                        .corner = 0,
                        .marginX = resources::spaceL,
                        .marginY = resources::spaceL,
                        .spacing = resources::spaceL,
                        .stacksInPortrait = true},
                       this)),
      m_welcome(new TextBlock(welcomeLook(), this)),
      m_by(new TextBlock(doorLook(false), this)),
      m_door(new TextBlock(doorLook(false), this)),
      m_seconds(new TextBlock(doorLook(true), this)),
      m_bar(new TimeBar(&Palette::onGranted, &Palette::onGranted, this)),
      m_words(new QVBoxLayout),
      m_doorRow(new QHBoxLayout),
      m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("grantedPage"));
    m_band->setObjectName(QStringLiteral("grantedBand"));
    m_welcome->setObjectName(QStringLiteral("welcome"));
    m_by->setObjectName(QStringLiteral("openedBy"));
    m_door->setObjectName(QStringLiteral("doorIs"));
    m_seconds->setObjectName(QStringLiteral("secondsLeft"));
    m_bar->setObjectName(QStringLiteral("timeBar"));
    m_seconds->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Preferred); // never shortened
    m_doorRow->addWidget(m_door, 1);
    m_doorRow->addWidget(m_seconds);
    m_words->addWidget(m_welcome);
    m_words->addWidget(m_by);
    m_words->addLayout(m_doorRow);
    m_words->addWidget(m_bar);
    auto* tick = new IconLabel(Icon::Tick, resources::iconDisplay, &Palette::onGranted, m_band);
    m_band->box()->addWidget(tick, 0, Qt::AlignCenter);
    m_band->box()->addLayout(m_words, 1);
    m_column->addStretch();
    m_column->addWidget(m_band);
    m_column->addStretch();
}

void GrantedPage::present(const core::VisitorView& view, core::Now now) {
    m_released = view.doorReleased;
    m_until = view.until;
    m_lasts = view.lasts;
    m_welcome->setText(
        Words::welcome(cleanName(QString::fromStdString(view.name)), QString::fromStdString(view.language)));
    const QString by = cleanName(QString::fromStdString(view.openedBy));
    m_by->setText(by.isEmpty() ? QString() : Words::openedBy(by));
    m_by->setVisible(!by.isEmpty());
    tick(now);
}

/// Counts whole seconds up, so that "0 s" is never an open door. A door that is held open has no end to count to.
void GrantedPage::tick(core::Now now) {
    const auto left = std::chrono::ceil<core::milliseconds>(m_until - now.mono);
    const bool counts = m_lasts.count() > 0;
    const bool open = m_released && (!counts || left.count() > 0);
    m_door->setText(Words::doorIs(open));
    m_seconds->setText(open && counts ? Words::seconds(std::chrono::ceil<std::chrono::seconds>(left).count())
                                      : QString());
    m_bar->setLeft(open && counts ? static_cast<double>(left.count()) / static_cast<double>(m_lasts.count()) : 0);
    m_bar->setVisible(counts);
}

void GrantedPage::restyle(const Style& style) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_words->setSpacing(style.px(resources::spaceXs));
    m_doorRow->setSpacing(style.px(resources::spaceS));
}

} // namespace facelatch::ui
