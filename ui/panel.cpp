// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing the furniture.
#include "ui/panel.h"

#include "ui/words.h"

#include <QBoxLayout>
#include <QPainter>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

Panel::Panel(Look look, QWidget* parent)
    : QWidget(parent), m_look(look), m_box(new QBoxLayout(QBoxLayout::LeftToRight, this)) {
    if (m_look.corner == 0)
        setAttribute(Qt::WA_OpaquePaintEvent); // what is behind need not be painted
}

void Panel::restyle(const Style& style) {
    m_style = style;
    const int x = style.px(m_look.marginX), y = style.px(m_look.marginY);
    m_box->setContentsMargins(x, y, x, y);
    m_box->setSpacing(style.px(m_look.spacing));
    if (m_look.stacksInPortrait)
        m_box->setDirection(style.portrait ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    update();
}

void Panel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (m_look.corner == 0) {
        painter.fillRect(rect(), m_style.colour(m_look.fill));
        if (m_look.edge != nullptr) {
            const int edge = m_style.px(resources::bandEdge);
            painter.fillRect(0, 0, width(), edge, m_style.colour(m_look.edge));
            painter.fillRect(0, height() - edge, width(), edge, m_style.colour(m_look.edge));
        }
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_style.colour(m_look.fill));
    const int corner = m_style.px(m_look.corner);
    painter.drawRoundedRect(rect(), corner, corner);
}

TimeBar::TimeBar(ColourRole fill, ColourRole track, QWidget* parent) : QWidget(parent), m_fill(fill), m_track(track) {}

void TimeBar::setLeft(double left) {
    const double bounded = std::clamp(left, 0.0, 1.0);
    if (qFuzzyCompare(bounded + 1, m_left + 1))
        return;
    m_left = bounded;
    update();
}

void TimeBar::restyle(const Style& style) {
    m_style = style;
    setFixedHeight(style.px(resources::progressBar));
}

void TimeBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double round = height() / 2.0;
    painter.setBrush(m_style.colour(m_track, resources::barTrackOpacity));
    painter.drawRoundedRect(QRectF(rect()), round, round);
    painter.setBrush(m_style.colour(m_fill));
    painter.drawRoundedRect(QRectF(0, 0, width() * m_left, height()), round, round);
}

DoorState::DoorState(QWidget* parent)
    : QWidget(parent),
      m_box(new QHBoxLayout(this)),
      m_icon(new IconLabel(Icon::Lock, resources::iconSmall, &Palette::muted, this)),
      m_word(new TextBlock({.fits = {{resources::fontBody}}, .colour = &Palette::muted}, this)) {
    m_word->setObjectName(QStringLiteral("doorStateWord"));
    m_icon->setObjectName(QStringLiteral("doorStateIcon"));
    m_word->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Preferred); // one word, never shortened
    m_box->addStretch();
    m_box->addWidget(m_icon);
    m_box->addWidget(m_word);
    m_box->addStretch();
    setReleased(false);
}

void DoorState::setReleased(bool released) {
    const ColourRole colour = released ? &Palette::granted : &Palette::muted;
    m_icon->setIcon(released ? Icon::LockOpen : Icon::Lock);
    m_icon->setColour(colour);
    m_word->setColour(colour);
    m_word->setText(Words::doorState(released));
}

void DoorState::restyle(const Style& style) {
    m_box->setContentsMargins(0, 0, 0, 0);
    m_box->setSpacing(style.px(resources::spaceXs));
}

} // namespace facelatch::ui
