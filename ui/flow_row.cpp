// SPDX-License-Identifier: GPL-3.0-or-later
// Flowing.
#include "ui/flow_row.h"

#include <QEvent>

#include <algorithm>

namespace facelatch::ui {

FlowRow::FlowRow(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FlowRow::add(QWidget* widget) {
    widget->setParent(this);
    widget->show();
    m_items << widget;
    updateGeometry();
    flow(width(), true);
}

int FlowRow::flow(int width, bool move) const {
    int x = 0, y = 0, line = 0;
    for (QWidget* item : m_items) {
        if (item == nullptr || item->isHidden())
            continue;
        const QSize size(std::min(item->sizeHint().width(), std::max(1, width)), item->sizeHint().height());
        if (x > 0 && x + size.width() > width) {
            x = 0;
            y += line + m_gap;
            line = 0;
        }
        if (move)
            item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + m_gap;
        line = std::max(line, size.height());
    }
    return y + line;
}

void FlowRow::restyle(const Style& style) {
    m_gap = style.px(resources::spaceXs);
    updateGeometry();
    flow(width(), true);
}

QSize FlowRow::sizeHint() const {
    int wide = 0;
    for (const QWidget* item : m_items)
        if (item != nullptr && !item->isHidden())
            wide += item->sizeHint().width() + m_gap;
    return {wide, flow(wide, false)};
}

QSize FlowRow::minimumSizeHint() const {
    int widest = 0;
    for (const QWidget* item : m_items)
        if (item != nullptr)
            widest = std::max(widest, item->sizeHint().width());
    return {widest, 0};
}

int FlowRow::heightForWidth(int width) const {
    return flow(width, false);
}

void FlowRow::resizeEvent(QResizeEvent*) {
    flow(width(), true);
}

/// A child has another size, was shown, hidden or deleted.
bool FlowRow::event(QEvent* event) {
    if (event->type() == QEvent::ChildRemoved)
        m_items.removeAll(nullptr);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::ChildRemoved) {
        updateGeometry();
        flow(width(), true);
    }
    return QWidget::event(event);
}

} // namespace facelatch::ui
