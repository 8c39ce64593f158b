// SPDX-License-Identifier: GPL-3.0-or-later
// Scrolling by finger.
#include "ui/scroll_area.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QScrollPrepareEvent>
#include <QScroller>
#include <QVBoxLayout>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

class ScrollArea::Mark : public QWidget {
public:
    explicit Mark(ScrollArea& area) : QWidget(&area), m_area(area) { setAttribute(Qt::WA_TransparentForMouseEvents); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_area.m_style.colour(&Palette::outline, resources::edgeOpacity));
        painter.drawRoundedRect(rect(), width() / 2.0, width() / 2.0);
    }

private:
    ScrollArea& m_area;
};

ScrollArea::ScrollArea(QWidget* parent) : QScrollArea(parent), m_mark(new Mark(*this)) {
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("scrollContent"));
    m_column = new QVBoxLayout(content);
    m_column->addStretch();
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    content->installEventFilter(this);
    QScroller::grabGesture(viewport(), QScroller::LeftMouseButtonGesture);
    QScrollerProperties way = QScroller::scroller(viewport())->scrollerProperties();
    way.setScrollMetric(QScrollerProperties::MousePressEventDelay, resources::pressDelayMs / 1000.0);
    way.setScrollMetric(QScrollerProperties::HorizontalOvershootPolicy, QScrollerProperties::OvershootAlwaysOff);
    way.setScrollMetric(QScrollerProperties::VerticalOvershootPolicy, QScrollerProperties::OvershootAlwaysOff);
    QScroller::scroller(viewport())->setScrollerProperties(way);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ScrollArea::placeMark);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &ScrollArea::placeMark);
}

void ScrollArea::setMargin(int token) {
    m_margin = token;
    restyle(m_style);
}

void ScrollArea::clear() {
    while (m_column->count() > 1) {
        QLayoutItem* item = m_column->takeAt(0);
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // it may be the one that is pressed now
        }
        delete item;
    }
}

void ScrollArea::add(QWidget* widget) {
    m_column->insertWidget(m_column->count() - 1, widget);
}

void ScrollArea::reveal(const QWidget* widget) {
    if (widget == nullptr || this->widget() == nullptr || !this->widget()->isAncestorOf(widget))
        return;
    const int top = widget->mapTo(this->widget(), QPoint(0, 0)).y();
    const int edge = m_style.px(resources::spaceM);
    ensureVisible(0, top + widget->height() + edge, 0, 0);
    ensureVisible(0, std::max(0, top - edge), 0, 0); // its top, where both do not fit
}

void ScrollArea::restyle(const Style& style) {
    m_style = style;
    const int edge = style.px(m_margin);
    m_column->setContentsMargins(edge, edge, edge, edge);
    m_column->setSpacing(style.px(resources::spaceS));
    placeMark();
    m_mark->update();
}

void ScrollArea::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    placeMark();
    reveal(QApplication::focusWidget());
}

/// Its colours are the window's behind it.
bool ScrollArea::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Paint)
        return false;
    if (event->type() == QEvent::ScrollPrepare &&
        isTaken(static_cast<QScrollPrepareEvent*>(event)->startPos().toPoint())) {
        event->ignore();
        return true;
    }
    return QScrollArea::viewportEvent(event);
}

bool ScrollArea::isTaken(QPoint place) const {
    for (const QWidget* each = viewport()->childAt(place); each != nullptr && each != viewport();
         each = each->parentWidget())
        if (const auto* takes = dynamic_cast<const TakesDrags*>(each))
            return takes->takesDragAt(each->mapFrom(viewport(), place));
    return false;
}

bool ScrollArea::eventFilter(QObject* watched, QEvent* event) {
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        placeMark();
    return QScrollArea::eventFilter(watched, event);
}

void ScrollArea::placeMark() {
    const QScrollBar* bar = verticalScrollBar();
    const int whole = bar->maximum() + bar->pageStep();
    m_mark->setVisible(bar->maximum() > 0);
    if (bar->maximum() <= 0)
        return;
    const int wide = m_style.px(resources::scrollMark);
    const int high = std::max(m_style.px(resources::scrollMarkMin), height() * bar->pageStep() / whole);
    m_mark->setGeometry(width() - wide, (height() - high) * bar->value() / bar->maximum(), wide, high);
    m_mark->raise();
}

} // namespace facelatch::ui
