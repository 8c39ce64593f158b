// SPDX-License-Identifier: GPL-3.0-or-later
// Searching and drawing the cards.
#include "ui/people_cards.h"

#include "ui/icon.h"
#include "ui/people_words.h"
#include "ui/text_block.h"

#include <QDateTime>
#include <QJsonArray>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

namespace {

constexpr std::chrono::hours week = std::chrono::days(resources::weekDays);

/// Letters without case and accents.
QString folded(const QString& text) {
    QString plain;
    for (const QChar letter : text.normalized(QString::NormalizationForm_KD))
        if (letter.category() != QChar::Mark_NonSpacing)
            plain += letter;
    return plain.toCaseFolded();
}

std::optional<core::WallTime> timeOf(const QJsonValue& value) {
    return value.isDouble() ? std::optional(core::WallTime(core::milliseconds(value.toInteger()))) : std::nullopt;
}

QDate dateOf(core::WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()).date();
}

} // namespace

PersonEntry personEntry(const QJsonObject& person) {
    PersonEntry entry;
    entry.id = person.value(u"id").toString();
    entry.name = person.value(u"name").toString();
    entry.card = person.value(u"card").toString();
    for (const auto& group : person.value(u"groups").toArray())
        entry.groups << group.toString();
    entry.suspended = person.value(u"status").toString() == u"suspended";
    entry.from = timeOf(person.value(u"valid_from"));
    entry.until = timeOf(person.value(u"valid_until"));
    entry.templates = person.value(u"templates").toInt();
    return entry;
}

QPixmap portraitOf(const QJsonObject& answer) {
    QPixmap picture;
    picture.loadFromData(QByteArray::fromBase64(answer.value(u"jpeg").toString().toLatin1()), "JPG");
    return picture;
}

QString dayText(core::WallTime time, core::WallTime now, const QLocale& locale) {
    const QDate day = dateOf(time), today = dateOf(now);
    const qint64 away = today.daysTo(day);
    if (away >= 0 && away < resources::weekDays)
        return locale.dayName(day.dayOfWeek(), QLocale::LongFormat);
    return locale.toString(day, QLocale::ShortFormat);
}

PersonState personState(const PersonEntry& person, core::WallTime now, const QLocale& locale) {
    if (person.suspended)
        return {PeopleWords::suspended(), Tone::Attention};
    if (person.until && now >= *person.until)
        return {PeopleWords::expired(), Tone::Attention};
    if (person.from && now < *person.from)
        return {PeopleWords::validFrom(dayText(*person.from, now, locale)), Tone::Neutral};
    // The end is the first moment that is too late: the day before it is the last.
    if (person.until && *person.until - now < week)
        return {PeopleWords::expires(dayText(*person.until - core::milliseconds(1), now, locale)), Tone::Attention};
    if (person.templates == 0)
        return {PeopleWords::withoutFace(), Tone::Neutral};
    return {PeopleWords::active(), Tone::Good};
}

PeopleCards::PeopleCards(std::function<core::Now()> clock, const QLocale& locale, QWidget* parent)
    : QWidget(parent), m_clock(std::move(clock)), m_locale(locale), m_pictures(resources::keptPortraits) {
    setFocusPolicy(Qt::TabFocus);
}

void PeopleCards::setPeople(std::vector<PersonEntry> people) {
    m_people = std::move(people);
    m_words.clear();
    for (const PersonEntry& person : m_people)
        m_words.push_back(folded(person.name + u'\n' + person.card + u'\n' + person.groups.join(u'\n')));
    arrange();
}

void PeopleCards::setFilter(const QString& text) {
    m_filter = folded(text.trimmed());
    arrange();
}

void PeopleCards::arrange() {
    m_shown.clear();
    for (std::size_t i = 0; i < m_people.size(); ++i)
        if (m_filter.isEmpty() || m_words[i].contains(m_filter))
            m_shown.push_back(i);
    m_pressed = m_current = -1;
    setFixedHeight(std::max(1, sizeHint().height()));
    update();
}

void PeopleCards::setPicture(const QString& id, const QPixmap& picture) {
    m_pictures.insert(id, new QPixmap(picture));
    update(visibleRegion());
}

void PeopleCards::askAgain(const QString& id) {
    m_asked.remove(id);
}

void PeopleCards::forgetPictures() {
    m_pictures.clear();
    m_asked.clear();
    update();
}

int PeopleCards::columns() const {
    return std::max(1, width() / m_style.px(resources::personCardWidth));
}

QSize PeopleCards::sizeHint() const {
    const int rows = (count() + columns() - 1) / columns();
    return {m_style.px(resources::personCardWidth), rows * m_style.px(resources::personCardHeight)};
}

QRect PeopleCards::cardRect(int index) const {
    const int gap = m_style.px(resources::spaceXs), high = m_style.px(resources::personCardHeight);
    const int wide = width() / columns();
    return {index % columns() * wide, index / columns() * high, wide - gap, high - gap};
}

int PeopleCards::cardAt(QPoint at) const {
    const int high = m_style.px(resources::personCardHeight), wide = width() / columns();
    if (at.x() < 0 || at.y() < 0 || at.x() >= wide * columns())
        return -1;
    const int index = at.y() / high * columns() + at.x() / wide;
    return index < count() && cardRect(index).contains(at) ? index : -1;
}

void PeopleCards::restyle(const Style& style) {
    m_style = style;
    setFixedHeight(std::max(1, sizeHint().height()));
    update();
}

void PeopleCards::resizeEvent(QResizeEvent*) {
    setFixedHeight(std::max(1, sizeHint().height()));
}

void PeopleCards::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    const int high = m_style.px(resources::personCardHeight);
    const int first = event->rect().top() / high * columns();
    const int last = std::min(count(), (event->rect().bottom() / high + 1) * columns());
    QStringList wanted;
    for (int i = first; i < last; ++i) {
        paintCard(painter, i);
        const PersonEntry& each = person(i);
        if (each.templates > 0 && !m_asked.contains(each.id)) {
            m_asked.insert(each.id);
            wanted << each.id;
        }
    }
    for (const QString& id : wanted)
        QMetaObject::invokeMethod(
            this, [this, id] { Q_EMIT wantsPicture(id); }, Qt::QueuedConnection); // not while painting
}

void PeopleCards::paintCard(QPainter& painter, int index) const {
    const PersonEntry& each = person(index);
    const QRect card = cardRect(index);
    const int edge = m_style.px(resources::spaceXs), side = m_style.px(resources::personThumb);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setPen(index == m_current ? QPen(m_style.colour(&Palette::accent), m_style.px(resources::bandEdge))
                                      : QPen(Qt::NoPen));
    painter.setBrush(m_style.colour(&Palette::surface));
    painter.drawRoundedRect(card, m_style.px(resources::corner), m_style.px(resources::corner));
    if (index == m_pressed) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_style.colour(&Palette::text, resources::pressVeil));
        painter.drawRoundedRect(card, m_style.px(resources::corner), m_style.px(resources::corner));
    }
    const QRect thumb(card.left() + edge, card.center().y() - side / 2, side, side);
    if (const QPixmap* picture = m_pictures.object(each.id); picture != nullptr && !picture->isNull()) {
        painter.save();
        QPainterPath circle;
        circle.addEllipse(thumb);
        painter.setClipPath(circle);
        const int least = std::min(picture->width(), picture->height());
        painter.drawPixmap(thumb, *picture,
                           QRect((picture->width() - least) / 2, (picture->height() - least) / 2, least, least));
        painter.restore();
    } else {
        const int icon = m_style.px(resources::iconBody);
        painter.drawPixmap(thumb.center() - QPoint(icon / 2, icon / 2),
                           iconPixmap(Icon::Person, icon, m_style.colour(&Palette::muted), devicePixelRatioF()));
    }
    const PersonState state = personState(each, m_clock().wall, m_locale);
    const int left = thumb.right() + edge * 2, wide = card.right() - edge - left;
    const FittedText name =
        fitText(cleanName(each.name),
                {.fits = {{resources::fontBody, 1}, {resources::fontSmall, 1}}, .balanced = false}, m_style, wide);
    painter.setFont(name.font);
    painter.setPen(m_style.colour(&Palette::text));
    const int middle = card.center().y();
    painter.drawText(QRect(left, card.top(), wide, middle - card.top()),
                     Qt::AlignBottom | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextForceLeftToRight,
                     name.lines.value(0));
    paintState(painter, QRect(left, middle, wide, card.bottom() - middle), state);
}

/// A dot and a word, in the colour of the chip of that tone.
void PeopleCards::paintState(QPainter& painter, const QRect& place, const PersonState& state) const {
    const ColourRole ink = state.tone == Tone::Good        ? &Palette::granted
                           : state.tone == Tone::Attention ? &Palette::refused
                                                           : &Palette::muted;
    const int dot = m_style.px(resources::spaceXs), gap = dot;
    painter.setFont(m_style.font(resources::fontSmall));
    const QFontMetrics letters(painter.font());
    const int line = place.top() + letters.height() / 2 + gap / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_style.colour(ink));
    painter.drawEllipse(QPointF(place.left() + dot / 2.0, line), dot / 2.0, dot / 2.0);
    painter.setPen(m_style.colour(ink));
    const int wide = place.width() - dot - gap;
    painter.drawText(QRect(place.left() + dot + gap, place.top(), wide, letters.height() + gap / 2),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     letters.elidedText(state.text, Qt::ElideRight, wide));
}

void PeopleCards::mousePressEvent(QMouseEvent* event) {
    m_pressed = cardAt(event->position().toPoint());
    update();
}

void PeopleCards::mouseReleaseEvent(QMouseEvent* event) {
    const int pressed = std::exchange(m_pressed, -1);
    update();
    if (pressed >= 0 && cardAt(event->position().toPoint()) == pressed)
        Q_EMIT chosen(person(pressed).id);
}

void PeopleCards::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Right  ? 1
                     : event->key() == Qt::Key_Left ? -1
                     : event->key() == Qt::Key_Down ? columns()
                     : event->key() == Qt::Key_Up   ? -columns()
                                                    : 0;
    if (step != 0 && count() > 0) {
        m_current = std::clamp(m_current + step, 0, count() - 1);
        update();
    } else if (m_current >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Space)) {
        Q_EMIT chosen(person(m_current).id);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void PeopleCards::focusOutEvent(QFocusEvent*) {
    m_current = -1;
    update();
}

} // namespace facelatch::ui
