// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing the rows of lists.
#include "ui/list_row.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

namespace {

/// The middle of a picture as a disc of that size in device pixels.
QPixmap disc(const QPixmap& picture, int size, qreal ratio) {
    const int pixels = qRound(size * ratio);
    QPixmap round(pixels, pixels);
    round.fill(Qt::transparent);
    QPainter painter(&round);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath circle;
    circle.addEllipse(QRectF(0, 0, pixels, pixels));
    painter.setClipPath(circle);
    const int side = std::min(picture.width(), picture.height());
    painter.drawPixmap(QRect(0, 0, pixels, pixels), picture,
                       QRect((picture.width() - side) / 2, (picture.height() - side) / 2, side, side));
    painter.end();
    round.setDevicePixelRatio(ratio);
    return round;
}

} // namespace

ListRow::ListRow(const QString& title, QWidget* parent) : Touchable(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTitle(title);
}

void ListRow::setTitle(const QString& title) {
    m_title = cleanName(title);
    describe();
}

void ListRow::setDetail(const QString& detail) {
    m_detail = cleanName(detail);
    describe();
}

void ListRow::setPicture(const QPixmap& picture) {
    m_picture = picture;
    m_drawnLeading = {};
    updateGeometry();
    update();
}

void ListRow::setLeadingIcon(Icon icon, ColourRole colour) {
    m_leading = icon;
    m_leadingColour = colour;
    m_drawnLeading = {};
    update();
}

void ListRow::setChip(const QString& text, Tone tone, std::optional<Icon> symbol) {
    delete m_chip;
    m_chip = nullptr;
    if (!text.isEmpty()) {
        m_chip = new Chip(text, tone, this);
        m_chip->setObjectName(QStringLiteral("rowChip"));
        m_chip->setSymbol(symbol);
        m_chip->restyle(look());
        m_chip->show();
    }
    placeChip();
    describe();
}

void ListRow::setChevron(bool leadsOn) {
    m_trailing = leadsOn ? std::optional(Icon::Chevron) : std::nullopt;
    m_drawnTrailing = {};
    update();
}

void ListRow::setTrailingIcon(Icon icon) {
    m_trailing = icon;
    m_drawnTrailing = {};
    update();
}

/// What assistive programs read: the whole row.
void ListRow::describe() {
    QStringList all{m_title};
    if (!m_detail.isEmpty())
        all << m_detail;
    if (m_chip != nullptr)
        all << m_chip->text();
    setAccessibleName(all.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void ListRow::restyled() {
    m_drawnLeading = m_drawnTrailing = {};
    if (m_chip != nullptr)
        m_chip->restyle(look());
    placeChip();
}

QSize ListRow::sizeHint() const {
    const bool high = !m_detail.isEmpty() || !m_picture.isNull();
    return {look().px(resources::fieldWidth), look().px(high ? resources::touchTarget : resources::listRow)};
}

QSize ListRow::minimumSizeHint() const {
    return {look().px(resources::touchTarget), sizeHint().height()};
}

int ListRow::leadingWidth() const {
    if (!m_picture.isNull())
        return look().px(resources::iconTitle);
    return m_leading ? look().px(resources::iconBody) : 0;
}

int ListRow::textLeft() const {
    const int leading = leadingWidth(), edge = look().px(resources::spaceS);
    return edge + (leading > 0 ? leading + edge : 0);
}

int ListRow::textWidth() const {
    const int edge = look().px(resources::spaceS);
    int right = width() - edge;
    if (m_trailing)
        right -= look().px(resources::iconSmall) + edge / 2;
    if (m_chip != nullptr)
        right -= m_chip->width() + edge / 2;
    return std::max(1, right - textLeft());
}

FittedText ListRow::fittedTitle() const {
    const bool two = m_detail.isEmpty();
    return fitText(m_title,
                   {.fits = {{resources::fontBody, 1}, {resources::fontSmall, two ? 2 : 1}}, .balanced = false}, look(),
                   textWidth());
}

void ListRow::placeChip() {
    if (m_chip == nullptr)
        return;
    m_chip->resize(m_chip->sizeHint());
    const int edge = look().px(resources::spaceS);
    const int trailing = m_trailing ? look().px(resources::iconSmall) + edge / 2 : 0;
    m_chip->move(width() - edge - trailing - m_chip->width(), (height() - m_chip->height()) / 2);
}

void ListRow::resizeEvent(QResizeEvent*) {
    placeChip();
}

void ListRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!isEnabled())
        painter.setOpacity(resources::disabledOpacity);
    paintField(painter, rect(), look().colour(&Palette::surface), nullptr);
    const int leading = leadingWidth(), edge = look().px(resources::spaceS);
    if (leading > 0 && m_drawnLeading.isNull())
        m_drawnLeading = m_picture.isNull()
                             ? iconPixmap(*m_leading, leading, look().colour(m_leadingColour), devicePixelRatioF())
                             : disc(m_picture, leading, devicePixelRatioF());
    if (leading > 0)
        painter.drawPixmap(edge, (height() - leading) / 2, m_drawnLeading);
    if (m_trailing) {
        const int size = look().px(resources::iconSmall);
        if (m_drawnTrailing.isNull())
            m_drawnTrailing = iconPixmap(*m_trailing, size, look().colour(&Palette::muted), devicePixelRatioF());
        painter.drawPixmap(width() - edge - size, (height() - size) / 2, m_drawnTrailing);
    }
    const FittedText words = fittedTitle();
    const QFont small = look().font(resources::fontSmall);
    const int lineHeight = QFontMetrics(words.font).height();
    const int detailHeight = m_detail.isEmpty() ? 0 : QFontMetrics(small).height();
    int y = (height() - lineHeight * static_cast<int>(words.lines.size()) - detailHeight) / 2;
    painter.setFont(words.font);
    painter.setPen(look().colour(&Palette::text));
    constexpr int how = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextForceLeftToRight | Qt::TextDontClip;
    for (const QString& line : words.lines) {
        painter.drawText(QRect(textLeft(), y, textWidth(), lineHeight), how, line);
        y += lineHeight;
    }
    if (detailHeight > 0) {
        painter.setFont(small);
        painter.setPen(look().colour(&Palette::muted));
        painter.drawText(QRect(textLeft(), y, textWidth(), detailHeight), how,
                         painter.fontMetrics().elidedText(m_detail, Qt::ElideRight, textWidth()));
    }
}

} // namespace facelatch::ui
