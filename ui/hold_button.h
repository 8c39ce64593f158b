// SPDX-License-Identifier: GPL-3.0-or-later
// HoldButton: does what it says only when it is held for a second: by mouse, finger or the space bar.
#pragma once

#include "ui/icon.h"
#include "ui/text_block.h"
#include "ui/touchable.h"

#include <QVariantAnimation>

namespace facelatch::ui {

/// A ring around its icon fills meanwhile; letting go, leaving it or losing the focus empties it. Gui thread.
class HoldButton : public Touchable {
    Q_OBJECT
public:
    HoldButton(Icon symbol, const QString& text, ColourRole colour, QWidget* parent = nullptr);
    /// What is done when it is held, as a press names it.
    void setWords(Icon symbol, const QString& text);
    /// 0 at rest, 1 when done.
    double filled() const { return m_filled; }
    FittedText fitted() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Once for each time it is held long enough.
    void held();

protected:
    void paintEvent(QPaintEvent* event) override;
    void restyled() override { m_picture = {}; }
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void begin();
    void letGo();
    int textLeft() const;

    Icon m_symbol;
    ColourRole m_colour;
    QVariantAnimation m_fills;
    double m_filled = 0;
    QPixmap m_picture;
};

} // namespace facelatch::ui
