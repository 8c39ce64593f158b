// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing a key.
#include "ui/pad_key.h"

#include <QPainter>

namespace facelatch::ui {

using resources::Palette;

PadKey::PadKey(QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::NoFocus); // the pad itself has it, for keyboards
    setSizePolicy(QSizePolicy::MinimumExpanding, QSizePolicy::MinimumExpanding);
}

void PadKey::setSign(const QString& sign) {
    setText(sign);
    setAccessibleName(sign);
    update();
}

void PadKey::setIcon(Icon icon, ColourRole colour) {
    m_icon = icon;
    m_colour = colour;
    update();
}

void PadKey::restyle(const Style& style) {
    m_style = style;
    updateGeometry();
    update();
}

QSize PadKey::sizeHint() const {
    return {m_style.px(resources::padKey), m_style.px(resources::touchTarget)};
}

void PadKey::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool pressed = isDown();
    const bool filled = m_strong && isEnabled();
    const ColourRole fill = filled || pressed ? &Palette::accent : &Palette::surface;
    const ColourRole front = filled || pressed ? &Palette::background : isEnabled() ? m_colour : &Palette::muted;
    const double strength = isEnabled() ? 1 : resources::disabledOpacity;
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_style.colour(fill, filled && pressed ? resources::pressedOpacity : 1));
    const int corner = m_style.px(resources::corner);
    painter.drawRoundedRect(rect(), corner, corner);
    if (m_icon) {
        const int size = m_style.px(resources::iconBody);
        painter.setOpacity(strength);
        painter.drawPixmap((width() - size) / 2, (height() - size) / 2,
                           iconPixmap(*m_icon, size, m_style.colour(front), devicePixelRatioF()));
        return;
    }
    painter.setFont(m_style.font(resources::fontTitle, true));
    painter.setPen(m_style.colour(front, strength));
    painter.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace facelatch::ui
