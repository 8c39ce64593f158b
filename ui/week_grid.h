// SPDX-License-Identifier: GPL-3.0-or-later
// WeekGrid: a week of half hours that is painted by a finger.
#pragma once

#include "core/week_cells.h"
#include "ui/scroll_area.h"

#include <QLocale>
#include <QWidget>

#include <optional>

class QPainter;

namespace facelatch::ui {

/// Days from Monday on as rows, the hours from left to right. Where the finger goes down decides whether it paints or
/// erases; everything between there and where the finger is, over days and hours, is painted. A day's name is pressed
/// for what can be done with the day. By keys: arrows move, space turns one half hour on or off. Gui thread.
class WeekGrid : public QWidget, public Styled, public TakesDrags {
    Q_OBJECT
public:
    explicit WeekGrid(const QLocale& locale, QWidget* parent = nullptr);

    /// Says nothing; changed() comes from people alone.
    void setCells(const core::WeekCells& cells);
    const core::WeekCells& cells() const { return m_cells; }
    /// Where a cell is drawn, by LocalTime's weekday.
    QRect placeOf(int weekday, int cell) const;
    QRect nameOf(int weekday) const;
    void restyle(const Style& style) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// The hours do; the names of the days scroll.
    bool takesDragAt(QPoint place) const override;

Q_SIGNALS:
    /// While it is painted, too.
    void changed();
    void dayPressed(int weekday);
    /// Where the finger is that paints.
    void paintedAt(QPoint place);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Spot {
        int row = 0; ///< from Monday on
        int cell = 0;
        bool operator==(const Spot&) const = default;
    };
    QRect field() const;
    QRect rowPlace(int row) const;
    Spot spotAt(QPoint place) const; ///< the nearest
    int nameRowAt(QPoint place) const;
    void paintTo(Spot spot);
    void paintHours(QPainter& painter) const;
    void paintDay(QPainter& painter, int row) const;
    void paintReading(QPainter& painter) const;

    QLocale m_locale;
    Style m_style;
    core::WeekCells m_cells, m_before; ///< m_before: when the finger went down
    std::optional<Spot> m_from;
    Spot m_to, m_cursor;
    bool m_paints = true, m_ring = false;
    int m_pressedName = -1;
};

} // namespace facelatch::ui
