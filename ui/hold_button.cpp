// SPDX-License-Identifier: GPL-3.0-or-later
// Holding, and the ring.
#include "ui/hold_button.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace facelatch::ui {

using resources::Palette;

HoldButton::HoldButton(Icon symbol, const QString& text, ColourRole colour, QWidget* parent)
    : Touchable(parent), m_symbol(symbol), m_colour(colour) {
    setText(text);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_fills.setStartValue(0.0);
    m_fills.setEndValue(1.0);
    m_fills.setDuration(resources::holdMs);
    connect(&m_fills, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        m_filled = value.toDouble();
        update();
    });
    connect(&m_fills, &QVariantAnimation::finished, this, [this] {
        letGo(); // another time needs another press
        Q_EMIT held();
    });
}

void HoldButton::setWords(Icon symbol, const QString& text) {
    m_symbol = symbol;
    m_picture = {};
    setText(text);
    updateGeometry();
    update();
}

void HoldButton::begin() {
    if (!isEnabled() || m_fills.state() == QAbstractAnimation::Running)
        return;
    setDown(true);
    m_fills.start();
}

void HoldButton::letGo() {
    m_fills.stop();
    m_filled = 0;
    setDown(false);
    update();
}

void HoldButton::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        begin();
}

void HoldButton::mouseMoveEvent(QMouseEvent* event) {
    if (!rect().contains(event->position().toPoint()))
        letGo();
}

void HoldButton::mouseReleaseEvent(QMouseEvent*) {
    letGo();
}

void HoldButton::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Space) {
        if (event->key() == Qt::Key_Escape && isDown())
            letGo();
        else
            event->ignore();
        return;
    }
    if (!event->isAutoRepeat())
        begin();
}

void HoldButton::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        letGo();
}

void HoldButton::focusOutEvent(QFocusEvent* event) {
    letGo();
    Touchable::focusOutEvent(event);
}

void HoldButton::changeEvent(QEvent* event) {
    if (event->type() == QEvent::EnabledChange && !isEnabled())
        letGo();
    Touchable::changeEvent(event);
}

void HoldButton::hideEvent(QHideEvent* event) {
    letGo();
    Touchable::hideEvent(event);
}

int HoldButton::textLeft() const {
    return look().px(resources::iconBody) + look().px(resources::spaceS) + look().px(resources::spaceXs);
}

FittedText HoldButton::fitted() const {
    return fitText(text(), {.fits = {{resources::fontBody, 1}, {resources::fontSmall, 2}}, .bold = true}, look(),
                   std::max(1, width() - textLeft() - look().px(resources::spaceXs)));
}

QSize HoldButton::sizeHint() const {
    const QFontMetrics metrics(look().font(resources::fontBody, true));
    return {textLeft() + metrics.horizontalAdvance(text()) + look().px(resources::spaceS),
            look().px(resources::touchTarget)};
}

QSize HoldButton::minimumSizeHint() const {
    const QFontMetrics metrics(look().font(resources::fontSmall, true));
    int longest = 0;
    for (const QString& word : text().split(QLatin1Char(' ')))
        longest = std::max(longest, metrics.horizontalAdvance(word));
    return {textLeft() + longest + look().px(resources::spaceXs) + 2, look().px(resources::touchTarget)};
}

void HoldButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!isEnabled())
        painter.setOpacity(resources::disabledOpacity);
    paintField(painter, rect(), look().colour(&Palette::surface), m_colour);
    const int side = look().px(resources::iconBody), icon = look().px(resources::iconSmall);
    const QRectF ring((textLeft() - side) / 2.0, (height() - side) / 2.0, side, side);
    const double line = look().px(resources::bandEdge);
    const QRectF inside = ring.adjusted(-line / 2, -line / 2, line / 2, line / 2);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look().colour(m_colour, resources::barTrackOpacity), line));
    painter.drawEllipse(inside);
    painter.setPen(QPen(look().colour(m_colour), line, Qt::SolidLine, Qt::FlatCap));
    painter.drawArc(inside, 90 * resources::arcSteps,
                    -static_cast<int>(std::lround(m_filled * 360 * resources::arcSteps)));
    if (m_picture.isNull())
        m_picture = iconPixmap(m_symbol, icon, look().colour(m_colour), devicePixelRatioF());
    painter.drawPixmap(QPointF(ring.center().x() - icon / 2.0, ring.center().y() - icon / 2.0), m_picture);
    const FittedText words = fitted();
    painter.setFont(words.font);
    painter.setPen(look().colour(&Palette::text));
    const QRect place(textLeft(), 0, width() - textLeft() - look().px(resources::spaceXs), height());
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextForceLeftToRight,
                     words.lines.join(QLatin1Char('\n')));
}

} // namespace facelatch::ui
