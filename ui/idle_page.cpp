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
      m_name(cleanName(doorName)),
      m_time(new TextBlock({.fits = {{resources::fontDisplay}}, .bold = true, .centred = true}, this)),
      m_date(new TextBlock(
          {.fits = {{resources::fontTitle}, {resources::fontBody}}, .colour = &Palette::muted, .centred = true}, this)),
      m_door(new TextBlock(
          {.fits = {{resources::fontTitle, 1}, {resources::fontBody, 2}}, .bold = true, .centred = true}, this)),
      m_state(new DoorState(this)),
      m_card(new Panel({.spacing = resources::spaceM, .stacksInPortrait = true}, this)),
      m_exit(new TextBlock({.fits = {{resources::fontBody, 2}}, .colour = &Palette::muted, .centred = true}, this)),
      m_bell(new Button(Button::Kind::Plain, Icon::Bell, Words::ring(), this)),
      m_pin(new Button(Button::Kind::Plain, Icon::Keypad, Words::usePin(), this)),
      m_foot(new Panel({.fill = &Palette::background, .marginY = 0, .stacksInPortrait = true}, this)),
      m_clock(new QVBoxLayout),
      m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("idlePage"));
    m_time->setObjectName(QStringLiteral("clock"));
    m_date->setObjectName(QStringLiteral("date"));
    m_door->setObjectName(QStringLiteral("doorName"));
    m_card->box()->addWidget(m_door);
    m_card->box()->addWidget(m_state);
    m_exit->setObjectName(QStringLiteral("lockdownExit"));
    m_exit->setText(Words::exitStillWorks());
    m_exit->hide();
    makeFoot();

    m_clock->addWidget(m_time);
    m_clock->addWidget(m_date);
    m_column->addStretch();
    m_column->addLayout(m_clock);
    m_column->addWidget(m_card, 0, Qt::AlignHCenter);
    m_column->addWidget(m_exit);
    m_column->addStretch();
    m_column->addWidget(m_foot);
    showWords();
}

void IdlePage::makeFoot() {
    m_sign = new IconLabel(Icon::Face, resources::iconBody, &Palette::accent, m_foot);
    m_invitation = new TextBlock(
        {.fits = {{resources::fontTitle, 2}, {resources::fontBody, 2}}, .centredInPortrait = true}, m_foot);
    m_invitation->setObjectName(QStringLiteral("invitation"));
    m_foot->box()->addStretch();
    m_foot->box()->addWidget(m_sign, 0, Qt::AlignCenter);
    m_foot->box()->addWidget(m_invitation);
    m_foot->box()->addStretch();
    m_bell->setObjectName(QStringLiteral("ringButton"));
    m_pin->setObjectName(QStringLiteral("idlePin"));
    for (Button* button : {m_bell, m_pin}) {
        button->setTall(true);
        button->hide();
        m_foot->box()->addWidget(button, 0, Qt::AlignCenter);
    }
    connect(m_bell, &Button::clicked, this, &IdlePage::ringPressed);
    connect(m_pin, &Button::clicked, this, &IdlePage::pinWanted);
}

void IdlePage::present(const core::VisitorView& view, core::Now now) {
    m_state->setReleased(view.doorReleased);
    m_pin->setVisible(view.takesPin && !view.lockedDown);
    if (view.lockedDown != m_lockedDown) {
        m_lockedDown = view.lockedDown;
        showWords();
    }
    tick(now);
}

void IdlePage::setRing(const Ring& ring) {
    if (ring == m_ring)
        return;
    m_ring = ring;
    showWords();
}

void IdlePage::showWords() {
    m_bell->setVisible(m_ring.offersButton());
    m_door->setText(m_lockedDown ? Words::lockedDown() : m_name);
    m_exit->setVisible(m_lockedDown);
    m_sign->setIcon(m_ring.tells() ? Icon::Bell : m_lockedDown ? Icon::Info : Icon::Face);
    m_invitation->setText(m_ring.tells() ? Words::ringTells(m_ring)
                          : m_lockedDown ? Words::duringLockdown(m_ring.offersButton())
                                         : Words::invitation());
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
