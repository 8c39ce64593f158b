// SPDX-License-Identifier: GPL-3.0-or-later
// Button: a word or an icon, or both, to press.
#pragma once

#include "ui/icon.h"
#include "ui/text_block.h"
#include "ui/touchable.h"

#include <optional>

namespace facelatch::ui {

/// 48 px high at least; where there is room for the whole hand (sheets, sign-in, the door) setTall() makes it 64.
/// The text is plain, breaks into two lines where it must, and is what assistive programs read.
class Button : public Touchable {
    Q_OBJECT
public:
    enum class Kind {
        Primary, ///< what most people came for; one a screen
        Plain,
        Danger, ///< takes something away; it asks first (sheet.h)
        Quiet,  ///< no edge: back, close, reset
        Faint   ///< likewise, for what few people look for
    };
    Button(Kind kind, const QString& text, QWidget* parent = nullptr);
    Button(Kind kind, Icon symbol, const QString& text, QWidget* parent = nullptr);

    void setKind(Kind kind);
    void setSymbol(std::optional<Icon> symbol);
    void setTall(bool tall);
    /// An icon alone; the text is then only for assistive programs.
    void setIconOnly(bool iconOnly);
    /// The text as it stands on the button now.
    FittedText fitted() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void restyled() override { m_picture = {}; }

private:
    ColourRole ink() const;
    int textWidth(int width) const;
    TextLook textLook() const;

    Kind m_kind;
    std::optional<Icon> m_symbol;
    bool m_tall = false;
    bool m_iconOnly = false;
    QPixmap m_picture;
};

} // namespace facelatch::ui
