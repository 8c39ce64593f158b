// SPDX-License-Identifier: GPL-3.0-or-later
// FlowRow: small things side by side, and in the next line where there is no room.
#pragma once

#include "ui/style.h"

#include <QPointer>
#include <QWidget>

namespace facelatch::ui {

/// For chips and short buttons. Its visible child widgets are laid out in the order in which they were added.
class FlowRow : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit FlowRow(QWidget* parent = nullptr);
    void add(QWidget* widget);
    void restyle(const Style& style) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// Lays out in that width and returns the height; `move` false: only measures.
    int flow(int width, bool move) const;

    QList<QPointer<QWidget>> m_items;
    int m_gap = 0;
};

} // namespace facelatch::ui
