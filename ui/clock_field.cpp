// SPDX-License-Identifier: GPL-3.0-or-later
// Times of day in steps.
#include "ui/clock_field.h"

#include "core/week_cells.h"
#include "ui/access_words.h"

#include <QBoxLayout>

#include <algorithm>

namespace facelatch::ui {

ClockField::ClockField(const QString& label, QWidget* parent)
    : QWidget(parent),
      m_last(core::minutesOfDay - core::cellMinutes),
      m_row(new QHBoxLayout(this)),
      m_label(new TextBlock({.fits = {{resources::fontBody, 1}, {resources::fontSmall, 2}}, .balanced = false}, this)),
      m_earlier(new Button(Button::Kind::Plain, Icon::Minus, AccessWords::tr("Half an hour earlier"), this)),
      m_shown(new TextBlock({.fits = {{resources::fontBody, 1}}, .bold = true, .centred = true}, this)),
      m_later(new Button(Button::Kind::Plain, Icon::Plus, AccessWords::tr("Half an hour later"), this)) {
    m_label->setText(label);
    m_earlier->setObjectName(QStringLiteral("clockEarlier"));
    m_later->setObjectName(QStringLiteral("clockLater"));
    m_shown->setObjectName(QStringLiteral("clockShown"));
    for (Button* button : {m_earlier, m_later}) {
        button->setIconOnly(true);
        button->setAutoRepeat(true);
    }
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->addWidget(m_label, 2);
    m_row->addWidget(m_earlier);
    m_row->addWidget(m_shown, 1);
    m_row->addWidget(m_later);
    connect(m_earlier, &QAbstractButton::clicked, this, [this] { step(-1); });
    connect(m_later, &QAbstractButton::clicked, this, [this] { step(1); });
    setMinutes(0);
}

void ClockField::setRange(int first, int last) {
    m_first = first;
    m_last = last;
    setMinutes(m_minutes);
}

void ClockField::setMinutes(int minutes) {
    m_minutes = std::clamp(minutes, m_first, m_last);
    m_shown->setText(AccessWords::clock(m_minutes));
    m_earlier->setEnabled(m_minutes > m_first);
    m_later->setEnabled(m_minutes < m_last);
}

/// To the next half hour, whatever stands there.
void ClockField::step(int by) {
    const int cell =
        by > 0 ? m_minutes / core::cellMinutes + 1 : (m_minutes + core::cellMinutes - 1) / core::cellMinutes - 1;
    setMinutes(cell * core::cellMinutes);
    Q_EMIT changed(m_minutes);
}

void ClockField::restyle(const Style& style) {
    m_row->setSpacing(style.px(resources::spaceXs));
    m_shown->setMinimumWidth(style.px(resources::touchTarget));
}

} // namespace facelatch::ui
