// SPDX-License-Identifier: GPL-3.0-or-later
// ScrollArea: a column that is moved by a finger, and shows what is being typed.
#pragma once

#include "ui/style.h"

#include <QScrollArea>

class QVBoxLayout;

namespace facelatch::ui {

/// A widget in a scroll area some of whose places take a finger that moves for themselves: it does not scroll there.
class TakesDrags {
public:
    virtual ~TakesDrags() = default;
    virtual bool takesDragAt(QPoint place) const = 0;
};

/// Scrolls by finger (with momentum), wheel and keys, up and down only; a thin mark at the right says where one is.
/// When its height changes (the keyboard came) the field with the focus stays in view.
class ScrollArea : public QScrollArea, public Styled {
    Q_OBJECT
public:
    explicit ScrollArea(QWidget* parent = nullptr);
    /// Where the content goes; a stretch stands at its end. Margins and spacing follow the style.
    QVBoxLayout* column() const { return m_column; }
    /// The content's margin; by default that of a page.
    void setMargin(int token);
    /// Deletes everything in the column.
    void clear();
    void add(QWidget* widget);
    /// Scrolls so that `widget`, inside it, is seen.
    void reveal(const QWidget* widget);
    void restyle(const Style& style) override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Mark;
    void placeMark();
    bool isTaken(QPoint place) const;

    QVBoxLayout* m_column;
    Mark* m_mark;
    int m_margin = resources::spaceS;
    Style m_style;
};

} // namespace facelatch::ui
