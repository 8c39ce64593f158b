// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing and moving the list of the log.
#include "ui/log_list.h"

#include "ui/access_words.h"
#include "ui/log_words.h"
#include "ui/row_paint.h"
#include "ui/text_block.h"
#include "ui/touchable.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QScroller>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

namespace {

QString subjectOf(const LogRow& row) {
    return row.subject.isEmpty() ? row.who : row.subject + QStringLiteral(" · ") + row.who;
}

} // namespace

LogList::LogList(LogModel& model, const Source& source, QWidget* parent)
    : QAbstractScrollArea(parent), m_model(model), m_source(source), m_pictures(resources::logPicturesKept) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    setFocusPolicy(Qt::StrongFocus);
    QScroller::grabGesture(viewport(), QScroller::LeftMouseButtonGesture);
    QScrollerProperties way = QScroller::scroller(viewport())->scrollerProperties();
    way.setScrollMetric(QScrollerProperties::MousePressEventDelay, resources::pressDelayMs / 1000.0);
    way.setScrollMetric(QScrollerProperties::HorizontalOvershootPolicy, QScrollerProperties::OvershootAlwaysOff);
    way.setScrollMetric(QScrollerProperties::VerticalOvershootPolicy, QScrollerProperties::OvershootAlwaysOff);
    QScroller::scroller(viewport())->setScrollerProperties(way);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &LogList::moved);
    connect(&model, &LogModel::replaced, this, [this] {
        m_current = m_pressed = -1;
        m_wanted.clear();
        verticalScrollBar()->setValue(0);
        measure();
    });
    connect(&model, &LogModel::updated, this, &LogList::measure);
    connect(&model, &LogModel::grewOnTop, this, [this](int rows) {
        const int value = verticalScrollBar()->value();
        measure();
        if (m_current >= 0)
            m_current += rows;
        if (value > 0) // else one looks at the newest, and goes on doing so
            verticalScrollBar()->setValue(value + rows * rowHeight());
    });
}

int LogList::rowHeight() const {
    return m_style.px(resources::touchTarget);
}

std::pair<int, int> LogList::inView() const {
    if (m_model.size() == 0 || viewport()->height() <= 0)
        return {-1, -1};
    const int top = verticalScrollBar()->value();
    const int last = std::min(m_model.size() - 1, (top + viewport()->height() - 1) / rowHeight());
    return {std::min(top / rowHeight(), last), last};
}

int LogList::rowAt(QPoint place) const {
    const int row = (place.y() + verticalScrollBar()->value()) / rowHeight();
    return place.y() >= 0 && row < m_model.size() ? row : -1;
}

void LogList::measure() {
    const int whole = m_model.size() * rowHeight();
    verticalScrollBar()->setRange(0, std::max(0, whole - viewport()->height()));
    verticalScrollBar()->setPageStep(std::max(1, viewport()->height()));
    verticalScrollBar()->setSingleStep(rowHeight());
    moved();
}

void LogList::moved() {
    viewport()->update();
    if (const auto [first, last] = inView(); last >= 0)
        m_model.reached(last);
}

void LogList::restyle(const Style& style) {
    m_style = style;
    m_icons.clear();
    m_pictures.clear();
    measure();
}

void LogList::resizeEvent(QResizeEvent*) {
    measure();
}

void LogList::mousePressEvent(QMouseEvent* event) {
    m_pressedAt = event->position().toPoint();
    m_pressed = rowAt(m_pressedAt);
    m_ring = false;
    viewport()->update();
}

void LogList::mouseReleaseEvent(QMouseEvent* event) {
    const int row = rowAt(event->position().toPoint());
    const bool tapped = row >= 0 && row == std::exchange(m_pressed, -1) && m_model.at(row).kind != LogRow::Kind::Day;
    viewport()->update();
    if (!tapped)
        return;
    m_current = row;
    Q_EMIT chosen(row);
}

void LogList::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    const bool opens = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (opens && m_current >= 0 && m_current < m_model.size()) {
        Q_EMIT chosen(m_current);
        return;
    }
    if (step == 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    int next = m_current + step;
    while (next >= 0 && next < m_model.size() && m_model.at(next).kind == LogRow::Kind::Day)
        next += step;
    if (next < 0 || next >= m_model.size())
        return;
    m_current = next;
    m_ring = true;
    QScrollBar* bar = verticalScrollBar();
    bar->setValue(std::clamp(bar->value(), (next + 1) * rowHeight() - viewport()->height(), next * rowHeight()));
    viewport()->update();
}

QDate LogList::today() const {
    return QDateTime::fromMSecsSinceEpoch(m_source.clock().wall.time_since_epoch().count()).date();
}

QString LogList::timeOf(const LogRow& row) const {
    return LogWords::when(row.time, row.local, m_source.clock().wall, today());
}

QString LogList::textOf(int index) const {
    const LogRow& row = m_model.at(index);
    if (row.kind == LogRow::Kind::Day)
        return LogWords::dayHeading(row.day, today(), m_source.locale);
    if (row.kind == LogRow::Kind::Change)
        return QStringList{LogWords::action(row.action), subjectOf(row), timeOf(row)}.join(QStringLiteral(", "));
    return QStringList{row.name.isEmpty() ? LogWords::unknown() : cleanName(row.name), LogWords::outcome(row.outcome),
                       AccessWords::reason(row.reason, m_source.locale), timeOf(row)}
        .join(QStringLiteral(", "));
}

void LogList::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const auto [first, last] = inView();
    for (int row = std::max(0, first); row <= last; ++row)
        paintRow(painter, row, {0, row * rowHeight() - verticalScrollBar()->value(), viewport()->width(), rowHeight()});
    askPictures();
}

void LogList::paintRow(QPainter& painter, int index, const QRect& place) {
    const LogRow& row = m_model.at(index);
    const int edge = m_style.px(resources::spaceS), gap = m_style.px(resources::spaceXs);
    if (row.kind == LogRow::Kind::Day) {
        painter.setFont(m_style.font(resources::fontBody, true));
        painter.setPen(m_style.colour(&Palette::muted));
        painter.drawText(place.adjusted(0, gap, 0, 0), Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(textOf(index), Qt::ElideRight, place.width()));
        return;
    }
    const int half = gap / 2;
    const QRect card = place.adjusted(0, half / 2, 0, -half / 2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_style.colour(&Palette::surface));
    painter.drawRoundedRect(card, m_style.px(resources::corner), m_style.px(resources::corner));
    if (index == m_pressed) {
        painter.setBrush(m_style.colour(&Palette::text, resources::pressedOpacity));
        painter.drawRoundedRect(card, m_style.px(resources::corner), m_style.px(resources::corner));
    }
    const QRect inside = card.adjusted(gap, 0, -edge, 0);
    if (row.kind == LogRow::Kind::Visit)
        paintVisit(painter, row, inside);
    else
        paintChange(painter, row, inside);
    if (m_ring && index == m_current && hasFocus()) {
        painter.setPen(QPen(m_style.colour(&Palette::accent), m_style.px(resources::bandEdge)));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(card, m_style.px(resources::corner), m_style.px(resources::corner));
    }
}

void LogList::paintVisit(QPainter& painter, const LogRow& row, const QRect& place) {
    const int side = m_style.px(resources::iconTitle), gap = m_style.px(resources::spaceXs);
    paintThumbnail(painter, row, {place.left(), place.top() + (place.height() - side) / 2, side, side});
    const int right = paintChip(painter, row, place);
    const int left = place.left() + side + 2 * gap;
    paintTwoLines(painter, m_style, {left, place.top(), right - left - gap, place.height()},
                  row.name.isEmpty() ? LogWords::unknown() : cleanName(row.name),
                  AccessWords::reason(row.reason, m_source.locale));
}

void LogList::paintChange(QPainter& painter, const LogRow& row, const QRect& place) {
    const int side = m_style.px(resources::iconBody), gap = m_style.px(resources::spaceXs);
    painter.drawPixmap(
        place.left() + gap, place.top() + (place.height() - side) / 2,
        icon(Icon::Edit, &Palette::muted).scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    const int left = place.left() + gap + side + 2 * gap;
    const int right = paintChip(painter, row, place);
    paintTwoLines(painter, m_style, {left, place.top(), right - left - gap, place.height()},
                  LogWords::action(row.action), cleanName(subjectOf(row)));
}

/// The time at the right, the outcome before it: icon and word.
int LogList::paintChip(QPainter& painter, const LogRow& row, const QRect& place) {
    painter.setFont(m_style.font(resources::fontSmall));
    painter.setPen(m_style.colour(&Palette::muted));
    const QString time = timeOf(row);
    const int gap = m_style.px(resources::spaceXs);
    const int timeWidth = std::max(painter.fontMetrics().horizontalAdvance(time), m_style.px(resources::touchTarget));
    painter.drawText(QRect(place.right() - timeWidth, place.top(), timeWidth, place.height()),
                     Qt::AlignVCenter | Qt::AlignRight, time);
    int right = place.right() - timeWidth - gap;
    if (row.kind != LogRow::Kind::Visit)
        return right;
    const bool granted = row.outcome == core::Outcome::Granted;
    const ColourRole colour = granted ? &Palette::granted : &Palette::refused;
    const int side = m_style.px(resources::iconSmall);
    painter.setFont(m_style.font(resources::fontSmall, true));
    const QString word = LogWords::outcome(row.outcome);
    const int wide = painter.fontMetrics().horizontalAdvance(word);
    painter.setPen(m_style.colour(colour));
    painter.drawText(QRect(right - wide, place.top(), wide, place.height()), rowTextFlags, word);
    right -= wide + gap / 2 + side;
    painter.drawPixmap(right, place.top() + (place.height() - side) / 2,
                       icon(granted ? Icon::Tick : Icon::Wave, colour));
    return right - gap;
}

const QPixmap& LogList::icon(Icon which, ColourRole colour) {
    QPixmap& kept = m_icons[which]; // one colour each here
    if (kept.isNull())
        kept = iconPixmap(which, m_style.px(resources::iconSmall), m_style.colour(colour), devicePixelRatioF());
    return kept;
}

void LogList::paintThumbnail(QPainter& painter, const LogRow& row, const QRect& place) {
    const QPixmap* picture = row.snapshot.isEmpty() ? nullptr : m_pictures.object(row.snapshot);
    if (picture != nullptr && !picture->isNull()) {
        painter.drawPixmap(place.topLeft(), *picture);
        return;
    }
    if (picture == nullptr && !row.snapshot.isEmpty())
        wantPicture(row.snapshot);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_style.colour(&Palette::outline, resources::pressedOpacity));
    painter.drawRoundedRect(place, m_style.px(resources::corner), m_style.px(resources::corner));
    const int side = m_style.px(resources::iconSmall);
    painter.drawPixmap(place.center() - QPoint(side / 2, side / 2), icon(Icon::Person, &Palette::muted));
}

void LogList::wantPicture(const QString& name) {
    m_wanted.removeAll(name);
    m_wanted.append(name);
    while (m_wanted.size() > resources::logPicturesWanted)
        m_wanted.removeFirst();
}

void LogList::askPictures() {
    while (m_awaited < resources::logPicturesAtATime && !m_wanted.isEmpty()) {
        const QString name = m_wanted.takeLast();
        ++m_awaited;
        m_pictures.insert(name, new QPixmap); // is not asked for twice
        const int side = m_style.px(resources::iconTitle);
        m_source.port.ask(
            QStringLiteral("log.picture"),
            {{QStringLiteral("name"), name}, {QStringLiteral("side"), qRound(2 * side * devicePixelRatioF())}}, this,
            [this, name, side](const core::Result<QJsonObject>& answer) {
                --m_awaited;
                if (answer)
                    m_pictures.insert(
                        name, new QPixmap(roundThumbnail(
                                  QImage::fromData(QByteArray::fromBase64(answer->value(u"jpeg").toString().toLatin1()),
                                                   "jpeg"),
                                  side, m_style.px(resources::corner), devicePixelRatioF())));
                viewport()->update();
            });
    }
}

} // namespace facelatch::ui
