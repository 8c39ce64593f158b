// SPDX-License-Identifier: GPL-3.0-or-later
// The common look of what is pressed.
#include "ui/touchable.h"

#include <QEvent>
#include <QFocusEvent>
#include <QPainter>

namespace facelatch::ui {

using resources::Palette;

bool cameByKey(Qt::FocusReason reason) {
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
}

Touchable::Touchable(QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::StrongFocus);
}

void Touchable::restyle(const Style& style) {
    m_look = style;
    restyled();
    updateGeometry();
    update();
}

void Touchable::paintField(QPainter& painter, const QRectF& field, const QColor& fill, ColourRole edge) const {
    painter.setRenderHint(QPainter::Antialiasing);
    const int corner = m_look.px(resources::corner);
    const double line = m_look.px(resources::thinLine);
    const QRectF inside = field.adjusted(line / 2.0, line / 2.0, -line / 2.0, -line / 2.0);
    painter.setPen(edge == nullptr ? QPen(Qt::NoPen) : QPen(m_look.colour(edge, resources::edgeOpacity), line));
    painter.setBrush(fill);
    painter.drawRoundedRect(edge == nullptr ? field : inside, corner, corner);
    if (isDown()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_look.colour(&Palette::text, resources::pressVeil));
        painter.drawRoundedRect(field, corner, corner);
    }
    paintRing(painter, field);
}

void Touchable::paintRing(QPainter& painter, const QRectF& field) const {
    if (!m_ring)
        return;
    const double line = m_look.px(resources::bandEdge);
    const int corner = m_look.px(resources::corner);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_look.colour(&Palette::accent), line));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(field.adjusted(line / 2.0, line / 2.0, -line / 2.0, -line / 2.0), corner, corner);
}

void Touchable::focusInEvent(QFocusEvent* event) {
    m_ring = cameByKey(event->reason());
    QAbstractButton::focusInEvent(event);
}

void Touchable::focusOutEvent(QFocusEvent* event) {
    m_ring = false;
    QAbstractButton::focusOutEvent(event);
}

void Touchable::changeEvent(QEvent* event) {
    if (event->type() == QEvent::EnabledChange)
        update();
    QAbstractButton::changeEvent(event);
}

} // namespace facelatch::ui
