// SPDX-License-Identifier: GPL-3.0-or-later
// Laying out the resting screen.
#include "ui/idle_page.h"

#include "ui/words.h"

#include <QBoxLayout>
#include <QDateTime>

namespace facelatch::ui {

using resources::Palette;

IdlePage::IdlePage(const QString& doorName, const QLocale& locale, QWidget* parent)
    : Page(parent),
      m_locale(locale),
      m_time(new TextBlock({.fits = {{resources::fontDisplay}}, .bold = true, .centred = true}, this)),
      m_date(new TextBlock(
          {.fits = {{resources::fontTitle}, {resources::fontBody}}, .colour = &Palette::muted, .centred = true}, this)),
      m_door(new TextBlock(
          {.fits = {{resources::fontTitle, 1}, {resources::fontBody, 2}}, .bold = true, .centred = true}, this)),
      m_state(new DoorState(this)),
      m_card(new Panel({.spacing = resources::spaceM, .stacksInPortrait = true}, this)),
      m_pin(new Button(Button::Kind::Plain, Icon::Keypad, Words::usePin(), this)),
      m_foot(new Panel({.fill = &Palette::background, .marginY = 0, .stacksInPortrait = true}, this)),
      m_clock(new QVBoxLayout),
      m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("idlePage"));
    m_time->setObjectName(QStringLiteral("clock"));
    m_date->setObjectName(QStringLiteral("date"));
    m_door->setObjectName(QStringLiteral("doorName"));
    m_door->setText(cleanName(doorName));
    m_card->box()->addWidget(m_door);
    m_card->box()->addWidget(m_state);

    auto* invitation = new TextBlock(
        {.fits = {{resources::fontTitle, 2}, {resources::fontBody, 2}}, .centredInPortrait = true}, m_foot);
    invitation->setObjectName(QStringLiteral("invitation"));
    invitation->setText(Words::invitation());
    m_foot->box()->addStretch();
    m_foot->box()->addWidget(new IconLabel(Icon::Face, resources::iconBody, &Palette::accent, m_foot), 0,
                             Qt::AlignCenter);
    m_foot->box()->addWidget(invitation);
    m_foot->box()->addStretch();
    m_pin->setObjectName(QStringLiteral("idlePin"));
    m_pin->setTall(true);
    m_pin->hide();
    m_foot->box()->addWidget(m_pin, 0, Qt::AlignCenter);
    connect(m_pin, &Button::clicked, this, &IdlePage::pinWanted);

    m_clock->addWidget(m_time);
    m_clock->addWidget(m_date);
    m_column->addStretch();
    m_column->addLayout(m_clock);
    m_column->addWidget(m_card, 0, Qt::AlignHCenter);
    m_column->addStretch();
    m_column->addWidget(m_foot);
}

void IdlePage::present(const core::VisitorView& view, core::Now now) {
    m_state->setReleased(view.doorReleased);
    m_pin->setVisible(view.takesPin);
    tick(now);
}

void IdlePage::tick(core::Now now) {
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(now.wall.time_since_epoch().count());
    m_time->setText(m_locale.toString(local.time(), QLocale::ShortFormat));
    QString date = m_locale.toString(local.date(), QLocale::LongFormat);
    if (!date.isEmpty())
        date.front() = date.front().toUpper(); // it stands alone, as a heading does
    m_date->setText(date);
}

void IdlePage::restyle(const Style& style) {
    const int edge = style.px(resources::spaceM);
    m_column->setContentsMargins(edge, edge, edge, edge);
    m_column->setSpacing(style.px(resources::spaceL));
    m_clock->setSpacing(0);
    m_foot->setMinimumHeight(style.px(resources::touchTarget));
}

} // namespace facelatch::ui
