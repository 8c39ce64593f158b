// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing the timeline.
#include "ui/access_words.h"
#include "ui/log_words.h"
#include "ui/row_paint.h"
#include "ui/text_block.h"
#include "ui/viewer_list.h"
#include "ui/viewer_words.h"

#include <QDateTime>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

QDate ViewerList::today() const {
    return QDateTime::fromMSecsSinceEpoch(m_source.clock().time_since_epoch().count()).date();
}

QString ViewerList::timeOf(const ViewerVisit& visit) const {
    return LogWords::when(visit.shown.event.time, utf8(visit.shown.event.local), m_source.clock(), today());
}

QString ViewerList::doorName(const QString& id) const {
    const auto known = m_names.find(id);
    if (known != m_names.end())
        return known->second;
    const auto door = doorById(m_source.port, id);
    return m_names[id] = door ? ViewerWords::name(*door) : QString();
}

QString ViewerList::textOf(int index) const {
    const TimelineRow& row = m_model.at(index);
    if (!row.visit)
        return LogWords::dayHeading(row.day, today(), m_source.locale);
    const core::Event& event = row.visit->shown.event;
    QStringList parts{visitName(row.visit->shown), LogWords::outcome(event.outcome),
                      AccessWords::reason(event.reason, m_source.locale), timeOf(*row.visit)};
    if (m_showsDoor)
        parts << doorName(row.visit->door);
    return parts.join(QStringLiteral(", "));
}

void ViewerList::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const auto [first, last] = inView();
    for (int row = std::max(0, first); row <= last; ++row)
        paintRow(painter, row, {0, row * rowHeight() - verticalScrollBar()->value(), viewport()->width(), rowHeight()});
    askPictures();
}

void ViewerList::paintRow(QPainter& painter, int index, const QRect& place) {
    const TimelineRow& row = m_model.at(index);
    const int edge = m_style.px(resources::spaceS), gap = m_style.px(resources::spaceXs);
    if (!row.visit) {
        painter.setFont(m_style.font(resources::fontBody, true));
        painter.setPen(m_style.colour(&Palette::muted));
        painter.drawText(place.adjusted(gap, gap, 0, -gap), Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(textOf(index), Qt::ElideRight, place.width()));
        return;
    }
    const int half = gap / 2;
    const QRectF card = place.adjusted(1, half / 2, -1 - half, -half / 2);
    const int corner = m_style.px(resources::corner);
    const bool current = index == m_current;
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_style.colour(&Palette::surface));
    painter.drawRoundedRect(card, corner, corner);
    if (current) {
        painter.setBrush(m_style.colour(&Palette::accent, resources::pressVeil));
        if (hasFocus())
            painter.setPen(QPen(m_style.colour(&Palette::accent), m_style.px(resources::thinLine)));
        painter.drawRoundedRect(card, corner, corner);
    }
    paintVisit(painter, *row.visit, card.toRect().adjusted(gap, 0, -edge, 0));
}

void ViewerList::paintVisit(QPainter& painter, const ViewerVisit& visit, const QRect& place) {
    const int side = m_style.px(resources::iconTitle), gap = m_style.px(resources::spaceXs);
    paintThumbnail(painter, visit, {place.left(), place.top() + (place.height() - side) / 2, side, side});
    const int right = paintChip(painter, visit, place);
    const int left = place.left() + side + gap + gap / 2;
    QString detail = AccessWords::reason(visit.shown.event.reason, m_source.locale);
    if (m_showsDoor)
        detail = doorName(visit.door) + QStringLiteral(" · ") + detail;
    if (visit.shown.provisional)
        detail += QStringLiteral(" · ") + ViewerWords::tr("not in the log yet");
    paintTwoLines(painter, m_style, {left, place.top(), right - left - gap, place.height()}, visitName(visit.shown),
                  detail);
}

/// The time at the right, the outcome before it: icon and word.
int ViewerList::paintChip(QPainter& painter, const ViewerVisit& visit, const QRect& place) {
    const int gap = m_style.px(resources::spaceXs), side = m_style.px(resources::iconSmall);
    painter.setFont(m_style.font(resources::fontSmall));
    painter.setPen(m_style.colour(&Palette::muted));
    const QString time = timeOf(visit);
    const int timeWidth = std::max(painter.fontMetrics().horizontalAdvance(time), m_style.px(resources::touchTarget));
    painter.drawText(QRect(place.right() - timeWidth, place.top(), timeWidth, place.height()),
                     Qt::AlignVCenter | Qt::AlignRight, time);
    const bool granted = visit.shown.event.outcome == core::Outcome::Granted;
    const ColourRole colour = granted ? &Palette::granted : &Palette::refused;
    painter.setFont(m_style.font(resources::fontSmall, true));
    const QString word = LogWords::outcome(visit.shown.event.outcome);
    const int wide = painter.fontMetrics().horizontalAdvance(word);
    int right = place.right() - timeWidth - gap;
    painter.setPen(m_style.colour(colour));
    painter.drawText(QRect(right - wide, place.top(), wide, place.height()), rowTextFlags, word);
    right -= wide + gap / 2 + side;
    painter.drawPixmap(right, place.top() + (place.height() - side) / 2,
                       icon(granted ? Icon::Tick : Icon::Wave, colour));
    return right - gap;
}

const QPixmap& ViewerList::icon(Icon which, ColourRole colour) {
    QPixmap& kept = m_icons[which]; // one colour each here
    if (kept.isNull())
        kept = iconPixmap(which, m_style.px(resources::iconSmall), m_style.colour(colour), devicePixelRatioF());
    return kept;
}

void ViewerList::paintThumbnail(QPainter& painter, const ViewerVisit& visit, const QRect& place) {
    const PictureKey key{visit.door, visit.snapshot};
    const QPixmap* picture = visit.snapshot.isEmpty() ? nullptr : m_pictures.object(key);
    if (picture != nullptr && !picture->isNull()) {
        painter.drawPixmap(place.topLeft(), *picture);
        return;
    }
    if (picture == nullptr && !visit.snapshot.isEmpty()) {
        m_wanted.removeAll(key);
        m_wanted.append(key);
        while (m_wanted.size() > resources::logPicturesWanted)
            m_wanted.removeFirst();
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_style.colour(&Palette::outline, resources::barTrackOpacity));
    painter.drawRoundedRect(place, m_style.px(resources::corner), m_style.px(resources::corner));
    const int side = m_style.px(resources::iconSmall);
    painter.drawPixmap(place.center() - QPoint(side / 2, side / 2), icon(Icon::Person, &Palette::muted));
}

void ViewerList::askPictures() {
    while (m_awaited < resources::logPicturesAtATime && !m_wanted.isEmpty()) {
        const PictureKey key = m_wanted.takeLast();
        ++m_awaited;
        m_pictures.insert(key, new QPixmap); // is not asked for twice
        const int side = m_style.px(resources::iconTitle);
        m_source.port.picture(key.first, key.second, qRound(2 * side * devicePixelRatioF()), this,
                              [this, key, side](const core::Result<QImage>& answer) {
                                  --m_awaited;
                                  if (answer)
                                      m_pictures.insert(
                                          key, new QPixmap(roundThumbnail(*answer, side, m_style.px(resources::corner),
                                                                          devicePixelRatioF())));
                                  else if (answer.error().kind != core::ErrorKind::NotFound)
                                      m_missed.insert(key);
                                  viewport()->update();
                              });
    }
}

} // namespace facelatch::ui
