// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing buttons.
#include "ui/button.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

Button::Button(Kind kind, const QString& text, QWidget* parent) : Touchable(parent), m_kind(kind) {
    setText(text);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

Button::Button(Kind kind, Icon symbol, const QString& text, QWidget* parent) : Button(kind, text, parent) {
    m_symbol = symbol;
    setIconOnly(text.isEmpty());
}

void Button::setKind(Kind kind) {
    m_kind = kind;
    m_picture = {};
    update();
}

void Button::setSymbol(std::optional<Icon> symbol) {
    m_symbol = symbol;
    m_picture = {};
    updateGeometry();
    update();
}

void Button::setTall(bool tall) {
    m_tall = tall;
    updateGeometry();
}

void Button::setIconOnly(bool iconOnly) {
    m_iconOnly = iconOnly;
    if (iconOnly)
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    updateGeometry();
    update();
}

ColourRole Button::ink() const {
    switch (m_kind) {
    case Kind::Primary:
        return &Palette::onAccent;
    case Kind::Danger:
        return &Palette::alarm;
    case Kind::Quiet:
        return &Palette::accent;
    case Kind::Faint:
        return &Palette::muted;
    case Kind::Plain:
        break;
    }
    return &Palette::text;
}

TextLook Button::textLook() const {
    return {.fits = {{resources::fontBody, 1}, {resources::fontSmall, 1}, {resources::fontSmall, 2}},
            .bold = m_kind == Kind::Primary,
            .centred = true};
}

int Button::textWidth(int width) const {
    const int icon = m_symbol ? look().px(resources::iconSmall) + look().px(resources::spaceXs) : 0;
    return width - 2 * look().px(resources::spaceS) - icon;
}

FittedText Button::fitted() const {
    return fitText(text(), textLook(), look(), std::max(1, textWidth(width())));
}

QSize Button::sizeHint() const {
    const int high = look().px(m_tall ? resources::touchTarget : resources::listRow);
    if (m_iconOnly)
        return {high, high};
    const QFontMetrics metrics(look().font(resources::fontBody, m_kind == Kind::Primary));
    const int used = -textWidth(0);
    return {std::max(high, metrics.horizontalAdvance(text()) + used + 2), high};
}

/// Two lines of small text.
QSize Button::minimumSizeHint() const {
    const QSize whole = sizeHint();
    if (m_iconOnly)
        return whole;
    const QFontMetrics metrics(look().font(resources::fontSmall, m_kind == Kind::Primary));
    int longest = 0;
    for (const QString& word : text().split(QLatin1Char(' ')))
        longest = std::max(longest, metrics.horizontalAdvance(word));
    return {std::min(whole.width(), longest - textWidth(0) + 2), whole.height()};
}

void Button::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!isEnabled())
        painter.setOpacity(resources::disabledOpacity);
    const QColor fill = m_kind == Kind::Primary ? look().colour(&Palette::accent) : QColor(Qt::transparent);
    const ColourRole edge = m_kind == Kind::Plain    ? &Palette::outline
                            : m_kind == Kind::Danger ? &Palette::alarm
                                                     : nullptr;
    paintField(painter, rect(), fill, edge);
    const FittedText words = m_iconOnly ? FittedText() : fitted();
    const QFontMetrics metrics(words.font);
    int wide = 0;
    for (const QString& line : words.lines)
        wide = std::max(wide, metrics.horizontalAdvance(line));
    const int icon = m_symbol ? look().px(resources::iconSmall) : 0;
    const int gap = m_symbol && wide > 0 ? look().px(resources::spaceXs) : 0;
    int x = (width() - icon - gap - wide) / 2;
    if (m_symbol) {
        if (m_picture.isNull())
            m_picture = iconPixmap(*m_symbol, icon, look().colour(ink()), devicePixelRatioF());
        painter.drawPixmap(x, (height() - icon) / 2, m_picture);
        x += icon + gap;
    }
    painter.setFont(words.font);
    painter.setPen(look().colour(ink()));
    int y = (height() - metrics.height() * static_cast<int>(words.lines.size())) / 2;
    for (const QString& line : words.lines) {
        painter.drawText(QRect(x, y, wide, metrics.height()),
                         Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip | Qt::TextForceLeftToRight, line);
        y += metrics.height();
    }
}

} // namespace facelatch::ui
