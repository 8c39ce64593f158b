// SPDX-License-Identifier: GPL-3.0-or-later
// Style: the tokens at the size and theme of one window, and the interface of what wears them.
#pragma once

#include "resources/tokens.h"

#include <QColor>
#include <QFont>
#include <QSize>

class QWidget;

namespace facelatch::ui {

enum class Theme { Dark, Light };

/// A colour token by its role, such as &resources::Palette::muted.
using ColourRole = resources::Rgb resources::Palette::*;

struct Style {
    const resources::Palette* palette = &resources::darkPalette;
    double scale = 1;      ///< widget pixels per token pixel
    bool portrait = false; ///< higher than wide
    bool motion = true;    ///< false: nothing is animated

    /// A size token in widget pixels, at least 1 for any positive token.
    int px(int token) const;
    QFont font(int token, bool bold = false) const;
    QColor colour(ColourRole role, double opacity = 1) const;
};

/// The style that fills a window as the reference screen is filled, in either orientation.
Style styleFor(QSize window, Theme theme, bool motion);

/// A widget that takes its colours and sizes from the style. The window calls restyle() on all of them before they are
/// shown and when the style changes.
class Styled {
public:
    virtual ~Styled() = default;
    virtual void restyle(const Style& style) = 0;
};

/// Restyles every Styled widget inside `parent`, innermost last. A restyle() may remake what is inside it, not beside
/// it.
void restyleAll(const QWidget& parent, const Style& style);

} // namespace facelatch::ui
