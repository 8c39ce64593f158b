// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing and painting a week.
#include "ui/week_grid.h"

#include "ui/access_words.h"
#include "ui/touchable.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

namespace {

constexpr int days = core::daysOfWeek, hours = core::hoursOfDay, cellsOfHour = core::minutesOfHour / core::cellMinutes;

int weekdayOf(int row) {
    return AccessWords::weekdays[static_cast<std::size_t>(row)];
}
int rowOf(int weekday) {
    return (weekday + days - 1) % days;
}

} // namespace

WeekGrid::WeekGrid(const QLocale& locale, QWidget* parent) : QWidget(parent), m_locale(locale) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(AccessWords::tr("Hours of the week"));
}

void WeekGrid::setCells(const core::WeekCells& cells) {
    m_cells = cells;
    m_from.reset();
    update();
}

void WeekGrid::restyle(const Style& style) {
    m_style = style;
    updateGeometry();
    update();
}

QSize WeekGrid::sizeHint() const {
    return {m_style.px(resources::referenceWidth), m_style.px(days * resources::listRow + resources::spaceM)};
}

QSize WeekGrid::minimumSizeHint() const {
    return {m_style.px(resources::fieldWidth), sizeHint().height()};
}

bool WeekGrid::takesDragAt(QPoint place) const {
    return isEnabled() && field().contains(place);
}

QRect WeekGrid::field() const {
    const int names = m_style.px(resources::touchTarget), hours = m_style.px(resources::spaceM);
    const int edge = m_style.px(resources::spaceXs); // half of the last hour's number
    return {names, hours, std::max(core::cellsOfDay, width() - names - edge), std::max(days, height() - hours)};
}

QRect WeekGrid::rowPlace(int row) const {
    const QRect all = field();
    const int top = all.top() + row * all.height() / days, next = all.top() + (row + 1) * all.height() / days;
    return {all.left(), top, all.width(), next - top};
}

QRect WeekGrid::placeOf(int weekday, int cell) const {
    const QRect row = rowPlace(rowOf(weekday));
    const int left = row.left() + cell * row.width() / core::cellsOfDay;
    const int next = row.left() + (cell + 1) * row.width() / core::cellsOfDay;
    return {left, row.top(), next - left, row.height()};
}

QRect WeekGrid::nameOf(int weekday) const {
    const QRect row = rowPlace(rowOf(weekday));
    return {0, row.top(), row.left(), row.height()};
}

WeekGrid::Spot WeekGrid::spotAt(QPoint place) const {
    const QRect all = field();
    const int cell = (place.x() - all.left()) * core::cellsOfDay / all.width();
    const int row = (place.y() - all.top()) * days / all.height();
    return {std::clamp(row, 0, days - 1), std::clamp(cell, 0, core::cellsOfDay - 1)};
}

int WeekGrid::nameRowAt(QPoint place) const {
    for (int row = 0; row < days; ++row)
        if (nameOf(weekdayOf(row)).contains(place))
            return row;
    return -1;
}

void WeekGrid::mousePressEvent(QMouseEvent* event) {
    const QPoint place = event->position().toPoint();
    m_ring = false;
    m_pressedName = nameRowAt(place);
    if (m_pressedName < 0 && field().contains(place)) {
        m_before = m_cells;
        m_from = spotAt(place);
        m_paints = !m_cells.at(weekdayOf(m_from->row), m_from->cell);
        paintTo(*m_from);
    }
    update();
}

void WeekGrid::mouseMoveEvent(QMouseEvent* event) {
    if (!m_from)
        return;
    const QPoint place = event->position().toPoint();
    if (const Spot spot = spotAt(place); spot != m_to)
        paintTo(spot);
    Q_EMIT paintedAt(place);
}

void WeekGrid::mouseReleaseEvent(QMouseEvent* event) {
    const int name = nameRowAt(event->position().toPoint());
    const bool named = name >= 0 && name == std::exchange(m_pressedName, -1);
    m_from.reset();
    update();
    if (named)
        Q_EMIT dayPressed(weekdayOf(name));
}

void WeekGrid::paintTo(Spot spot) {
    m_to = m_cursor = spot;
    m_cells = m_before;
    for (int row = std::min(m_from->row, spot.row); row <= std::max(m_from->row, spot.row); ++row)
        m_cells.paint(weekdayOf(row), m_from->cell, spot.cell, m_paints);
    update();
    Q_EMIT changed();
}

void WeekGrid::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
        m_cursor.cell = std::max(0, m_cursor.cell - 1);
        break;
    case Qt::Key_Right:
        m_cursor.cell = std::min(core::cellsOfDay - 1, m_cursor.cell + 1);
        break;
    case Qt::Key_Up:
        m_cursor.row = std::max(0, m_cursor.row - 1);
        break;
    case Qt::Key_Down:
        m_cursor.row = std::min(days - 1, m_cursor.row + 1);
        break;
    case Qt::Key_Space: {
        const int weekday = weekdayOf(m_cursor.row);
        m_cells.paint(weekday, m_cursor.cell, m_cursor.cell, !m_cells.at(weekday, m_cursor.cell));
        Q_EMIT changed();
        break;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT dayPressed(weekdayOf(m_cursor.row));
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    m_ring = true;
    update();
}

void WeekGrid::focusInEvent(QFocusEvent* event) {
    m_ring = cameByKey(event->reason());
    update();
}

void WeekGrid::focusOutEvent(QFocusEvent*) {
    m_ring = false;
    update();
}

void WeekGrid::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintHours(painter);
    for (int row = 0; row < days; ++row)
        paintDay(painter, row);
    if (m_ring && hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_style.colour(&Palette::accent), m_style.px(resources::bandEdge)));
        painter.drawRect(placeOf(weekdayOf(m_cursor.row), m_cursor.cell));
    }
    if (m_from)
        paintReading(painter);
}

void WeekGrid::paintHours(QPainter& painter) const {
    const QRect all = field();
    painter.setFont(m_style.font(resources::fontSmall));
    painter.setPen(m_style.colour(&Palette::muted));
    const int wide = painter.fontMetrics().horizontalAdvance(QStringLiteral("00")) + 2;
    for (int hour = 0; hour <= hours; hour += resources::hourMarks) {
        const int x = all.left() + hour * cellsOfHour * all.width() / core::cellsOfDay;
        painter.drawText(QRect(x - wide, 0, 2 * wide, all.top()), Qt::AlignCenter, QString::number(hour));
    }
}

void WeekGrid::paintDay(QPainter& painter, int row) const {
    const int weekday = weekdayOf(row), gap = m_style.px(resources::spaceXs) / 2;
    const QRect place = rowPlace(row).adjusted(0, gap / 2, 0, -gap / 2);
    const QRect name = nameOf(weekday).adjusted(0, gap / 2, -gap, -gap / 2);
    const int corner = m_style.px(resources::corner) / 2;
    painter.setPen(QPen(m_style.colour(&Palette::outline, resources::edgeOpacity), m_style.px(resources::thinLine)));
    painter.setBrush(row == m_pressedName ? m_style.colour(&Palette::text, resources::pressedOpacity)
                                          : QColor(Qt::transparent));
    painter.drawRoundedRect(QRectF(name).adjusted(1, 1, -1, -1), corner, corner);
    painter.setFont(m_style.font(resources::fontSmall, true));
    painter.setPen(m_style.colour(&Palette::text));
    painter.drawText(name, Qt::AlignCenter, AccessWords::day(weekday, m_locale));
    QPainterPath whole;
    whole.addRoundedRect(place, corner, corner);
    painter.save();
    painter.setClipPath(whole);
    painter.fillRect(place, m_style.colour(&Palette::surface));
    for (int cell = 0; cell < core::cellsOfDay; ++cell)
        if (m_cells.at(weekday, cell)) {
            const QRect at = placeOf(weekday, cell);
            painter.fillRect(QRect(at.left(), place.top(), at.width(), place.height()),
                             m_style.colour(&Palette::accent));
        }
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int hour = 1; hour < hours; ++hour) {
        const int x = placeOf(weekday, hour * cellsOfHour).left();
        painter.setPen(m_style.colour(&Palette::outline, hour % resources::hourMarks == 0 ? resources::edgeOpacity
                                                                                          : resources::pressedOpacity));
        painter.drawLine(x, place.top(), x, place.bottom());
    }
    painter.restore();
}

/// What is being painted, above or below the finger.
void WeekGrid::paintReading(QPainter& painter) const {
    const int first = std::min(m_from->cell, m_to.cell), last = std::max(m_from->cell, m_to.cell) + 1;
    const QString text =
        AccessWords::clock(first * core::cellMinutes) + QChar(0x2013) + AccessWords::clock(last * core::cellMinutes);
    painter.setFont(m_style.font(resources::fontBody, true));
    const int gap = m_style.px(resources::spaceXs);
    const QSize size(painter.fontMetrics().horizontalAdvance(text) + 2 * gap, painter.fontMetrics().height() + gap);
    const QRect finger = placeOf(weekdayOf(m_to.row), m_to.cell);
    const int above = std::min(rowPlace(m_from->row).top(), finger.top()) - size.height() - gap;
    const int below = std::max(rowPlace(m_from->row).bottom(), finger.bottom()) + gap;
    const int top = above >= 0 ? above : std::min(below, height() - size.height());
    const QRect place({std::clamp(finger.center().x() - size.width() / 2, 0, std::max(0, width() - size.width())), top},
                      size);
    painter.setPen(QPen(m_style.colour(&Palette::accent), m_style.px(resources::thinLine)));
    painter.setBrush(m_style.colour(&Palette::background));
    painter.drawRoundedRect(place, gap, gap);
    painter.setPen(m_style.colour(&Palette::text));
    painter.drawText(place, Qt::AlignCenter, text);
}

} // namespace facelatch::ui
