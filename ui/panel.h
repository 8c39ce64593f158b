// SPDX-License-Identifier: GPL-3.0-or-later
// Small furniture of the screens: a filled panel, the bar of time left, the lock's state.
#pragma once

#include "ui/icon.h"
#include "ui/text_block.h"

class QBoxLayout;

namespace facelatch::ui {

/// A field of one colour with a box layout whose margins and spacing follow the style.
class Panel : public QWidget, public Styled {
    Q_OBJECT
public:
    struct Look {
        ColourRole fill = &resources::Palette::surface;
        ColourRole edge = nullptr;      ///< of a square panel: lines above and below
        int corner = resources::corner; ///< 0: square and opaque
        int marginX = resources::spaceM;
        int marginY = resources::spaceS;
        int spacing = resources::spaceS;
        bool stacksInPortrait = false; ///< a row that becomes a column in portrait
    };
    explicit Panel(Look look, QWidget* parent = nullptr);
    QBoxLayout* box() const { return m_box; }
    void restyle(const Style& style) override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Look m_look;
    QBoxLayout* m_box;
    Style m_style;
};

/// A bar that shrinks from full to empty.
class TimeBar : public QWidget, public Styled {
    Q_OBJECT
public:
    TimeBar(ColourRole fill, ColourRole track, QWidget* parent = nullptr);
    /// `left`: 0..1.
    void setLeft(double left);
    double left() const { return m_left; }
    void restyle(const Style& style) override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ColourRole m_fill, m_track;
    double m_left = 0;
    Style m_style;
};

/// The lock's icon and the word for it: "Locked" or "Open".
class DoorState : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit DoorState(QWidget* parent = nullptr);
    void setReleased(bool released);
    void restyle(const Style& style) override;

private:
    QBoxLayout* m_box;
    IconLabel* m_icon;
    TextBlock* m_word;
};

} // namespace facelatch::ui
