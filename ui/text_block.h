// SPDX-License-Identifier: GPL-3.0-or-later
// TextBlock: plain text that always fits: it tries its sizes in turn, breaks lines, and elides last.
#pragma once

#include "ui/style.h"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace facelatch::ui {

/// One way to set a text: a font token and the lines it may take.
struct TextFit {
    int size = 0;
    int maxLines = 1;
};

/// How a text block may look.
struct TextLook {
    std::vector<TextFit> fits; ///< tried in this order; at least one
    ColourRole colour = &resources::Palette::text;
    bool bold = false;
    bool balanced = true; ///< lines about equally long, so that no single word is left for the last one
    bool centred = false;
    bool centredInPortrait = false; ///< for what stands below an icon there and beside it else
};

/// Text as it was broken into lines of a given width.
struct FittedText {
    QFont font;
    QStringList lines;
    bool elided = false; ///< not even the last way was enough
};

/// The first of look.fits that holds the text in lines of `width` pixels without breaking a word; where none does, the
/// last one, breaking words where it must, with an ellipsis at the end if that is not enough either.
FittedText fitText(const QString& text, const TextLook& look, const Style& style, int width);

/// Text from outside (a person's or a door's name) made harmless for one line: no line breaks, no control characters,
/// no characters that turn the direction of what follows.
QString cleanName(const QString& name);

/// Shows plain text: "<b>" and "&" are letters like any other.
class TextBlock : public QWidget, public Styled {
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)
public:
    explicit TextBlock(TextLook look, QWidget* parent = nullptr);
    void setText(const QString& text);
    const QString& text() const { return m_text; }
    void setColour(ColourRole colour);
    /// The text as it stands on the screen now.
    FittedText fitted() const { return fit(width()); }

    void restyle(const Style& style) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const FittedText& fit(int width) const;
    void changed();

    TextLook m_look;
    QString m_text;
    Style m_style;
    mutable FittedText m_fitted; ///< of m_fittedWidth: layouts ask for the same width again and again
    mutable int m_fittedWidth = -1;
};

} // namespace facelatch::ui
