// SPDX-License-Identifier: GPL-3.0-or-later
// Scaling the tokens.
#include "ui/style.h"

#include <QStringList>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace facelatch::ui {

int Style::px(int token) const {
    return token <= 0 ? 0 : std::max(1, static_cast<int>(std::lround(token * scale)));
}

QFont Style::font(int token, bool bold) const {
    QStringList families;
    for (const char* family : resources::fontFamilies)
        families << QString::fromLatin1(family);
    QFont font;
    font.setFamilies(families);
    font.setPixelSize(px(token));
    font.setBold(bold);
    return font;
}

QColor Style::colour(ColourRole role, double opacity) const {
    QColor colour = QColor::fromRgb(palette->*role);
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

Style styleFor(QSize window, Theme theme, bool motion) {
    const double longSide = std::max(window.width(), window.height());
    const double shortSide = std::min(window.width(), window.height());
    const double fits = std::min(longSide / resources::referenceWidth, shortSide / resources::referenceHeight);
    Style style;
    style.palette = theme == Theme::Dark ? &resources::darkPalette : &resources::lightPalette;
    style.scale = std::clamp(fits, resources::smallestScale, resources::largestScale);
    style.portrait = window.height() > window.width();
    style.motion = motion;
    return style;
}

void restyleAll(const QWidget& parent, const Style& style) {
    for (QObject* object : parent.children()) {
        auto* child = qobject_cast<QWidget*>(object);
        if (child == nullptr)
            continue;
        if (auto* styled = dynamic_cast<Styled*>(child))
            styled->restyle(style);
        restyleAll(*child, style); // after its parent, which may have made it anew
    }
}

} // namespace facelatch::ui
