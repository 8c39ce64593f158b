// SPDX-License-Identifier: GPL-3.0-or-later
// Moving in the timeline.
#include "ui/viewer_list.h"

#include "ui/viewer_words.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace facelatch::ui {

ViewerList::ViewerList(ViewerTimeline& model, const Source& source, QWidget* parent)
    : QAbstractScrollArea(parent), m_model(model), m_source(source), m_pictures(resources::logPicturesKept) {
    setObjectName(QStringLiteral("viewerList"));
    setAccessibleName(ViewerWords::tr("Timeline"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setFocusPolicy(Qt::StrongFocus);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ViewerList::moved);
    connect(&model, &ViewerTimeline::replaced, this, [this] {
        m_wanted.clear();
        m_current = -1; // keepCurrent() finds it again where it still is
        verticalScrollBar()->setValue(0);
        measure();
    });
    connect(&model, &ViewerTimeline::updated, this, [this] {
        keepCurrent();
        measure();
    });
    connect(&model, &ViewerTimeline::grewOnTop, this, [this](int rows) {
        const int value = verticalScrollBar()->value();
        keepCurrent();
        measure();
        if (value > 0) // else one looks at the newest, and goes on doing so
            verticalScrollBar()->setValue(value + rows * rowHeight());
    });
    connect(&source.port, &ViewerPort::doorChanged, this, [this] {
        for (const PictureKey& key : std::exchange(m_missed, {}))
            m_pictures.remove(key);
        viewport()->update();
    });
    connect(&source.port, &ViewerPort::doorsChanged, this, [this] {
        m_names.clear();
        viewport()->update();
    });
}

int ViewerList::rowHeight() const {
    return m_style.px(resources::touchTarget);
}

std::pair<int, int> ViewerList::inView() const {
    if (m_model.size() == 0 || viewport()->height() <= 0)
        return {-1, -1};
    const int top = verticalScrollBar()->value();
    const int last = std::min(m_model.size() - 1, (top + viewport()->height() - 1) / rowHeight());
    return {std::min(top / rowHeight(), last), last};
}

int ViewerList::rowAt(QPoint place) const {
    const int row = (place.y() + verticalScrollBar()->value()) / rowHeight();
    return place.y() >= 0 && row < m_model.size() ? row : -1;
}

void ViewerList::measure() {
    const int whole = m_model.size() * rowHeight();
    verticalScrollBar()->setRange(0, std::max(0, whole - viewport()->height()));
    verticalScrollBar()->setPageStep(std::max(1, viewport()->height()));
    verticalScrollBar()->setSingleStep(rowHeight());
    moved();
}

void ViewerList::moved() {
    viewport()->update();
    if (const auto [first, last] = inView(); last >= 0)
        m_model.reached(last);
}

/// Where the visit that was current is now. One that is not there any more leaves nothing current once all is read.
void ViewerList::keepCurrent() {
    if (!m_chosen)
        return;
    const int now = m_model.rowOf(m_chosen->first, m_chosen->second);
    if (now < 0 && m_current < 0)
        return;
    m_current = now;
    Q_EMIT currentChanged(m_current); // what came of it may be new
}

void ViewerList::setCurrent(int row) {
    if (row >= m_model.size() || (row >= 0 && !m_model.at(row).visit))
        return;
    m_current = row;
    m_chosen.reset();
    if (row >= 0) {
        const ViewerVisit& visit = *m_model.at(row).visit;
        m_chosen = {visit.door, visit.shown.event.visit};
        QScrollBar* bar = verticalScrollBar();
        const int least = (row + 1) * rowHeight() - viewport()->height(), most = row * rowHeight();
        bar->setValue(std::clamp(bar->value(), std::min(least, most), most));
    }
    viewport()->update();
    Q_EMIT currentChanged(row);
}

void ViewerList::setShowsDoor(bool shows) {
    m_showsDoor = shows;
    viewport()->update();
}

void ViewerList::restyle(const Style& style) {
    m_style = style;
    QPalette colours = verticalScrollBar()->palette(); // the desktop's bar in our colours
    for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Button, QPalette::Light, QPalette::Midlight})
        colours.setColor(role, style.colour(&resources::Palette::surface));
    for (const auto role : {QPalette::Dark, QPalette::Mid, QPalette::Text, QPalette::ButtonText})
        colours.setColor(role, style.colour(&resources::Palette::muted));
    verticalScrollBar()->setPalette(colours);
    m_icons.clear();
    m_pictures.clear();
    measure();
}

void ViewerList::resizeEvent(QResizeEvent*) {
    measure();
}

void ViewerList::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    if (const int row = rowAt(event->position().toPoint()); row >= 0)
        setCurrent(row);
}

void ViewerList::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const int row = rowAt(event->position().toPoint()); row >= 0 && row == m_current)
        Q_EMIT activated(row);
}

/// The next row with a visit from `row` on, in steps of +1 or -1; -1 where there is none.
int ViewerList::visitNear(int row, int step) const {
    while (row >= 0 && row < m_model.size() && !m_model.at(row).visit)
        row += step;
    return row >= 0 && row < m_model.size() ? row : -1;
}

void ViewerList::keyPressEvent(QKeyEvent* event) {
    const int page = std::max(1, viewport()->height() / rowHeight() - 1);
    const int last = m_model.size() - 1;
    int row = -1;
    switch (event->key()) {
    case Qt::Key_Down:
        row = visitNear(m_current + 1, 1);
        break;
    case Qt::Key_Up:
        row = m_current <= 0 ? -1 : visitNear(m_current - 1, -1);
        if (row < 0)
            verticalScrollBar()->setValue(0); // the heading of the newest day
        break;
    case Qt::Key_PageDown:
        row = visitNear(std::min(last, std::max(0, m_current) + page), -1);
        break;
    case Qt::Key_PageUp:
        row = visitNear(std::max(0, m_current - page), 1);
        break;
    case Qt::Key_Home:
        row = visitNear(0, 1);
        break;
    case Qt::Key_End:
        row = visitNear(last, -1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT activated(m_current);
        return;
    default:
        event->ignore();
        return;
    }
    if (row >= 0)
        setCurrent(row);
}

void ViewerList::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void ViewerList::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace facelatch::ui
