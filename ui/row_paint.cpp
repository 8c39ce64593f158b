// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of rows.
#include "ui/row_paint.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

QPixmap roundThumbnail(const QImage& picture, int size, int corner, qreal devicePixelRatio) {
    if (picture.isNull())
        return {};
    const int pixels = qRound(size * devicePixelRatio);
    QPixmap made(pixels, pixels);
    made.fill(Qt::transparent);
    QPainter painter(&made);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath path;
    path.addRoundedRect(QRectF(0, 0, pixels, pixels), corner * devicePixelRatio, corner * devicePixelRatio);
    painter.setClipPath(path);
    const int side = std::min(picture.width(), picture.height());
    painter.drawImage(QRect(0, 0, pixels, pixels), picture,
                      QRect((picture.width() - side) / 2, (picture.height() - side) / 2, side, side));
    painter.end();
    made.setDevicePixelRatio(devicePixelRatio);
    return made;
}

void paintTwoLines(QPainter& painter, const Style& style, const QRect& place, const QString& title,
                   const QString& detail) {
    const QFont body = style.font(resources::fontBody, true), small = style.font(resources::fontSmall);
    const int high = QFontMetrics(body).height(), low = QFontMetrics(small).height();
    const int top = place.top() + (place.height() - high - low) / 2;
    painter.setFont(body);
    painter.setPen(style.colour(&Palette::text));
    painter.drawText(QRect(place.left(), top, place.width(), high), rowTextFlags,
                     painter.fontMetrics().elidedText(title, Qt::ElideRight, place.width()));
    painter.setFont(small);
    painter.setPen(style.colour(&Palette::muted));
    painter.drawText(QRect(place.left(), top + high, place.width(), low), rowTextFlags,
                     painter.fontMetrics().elidedText(detail, Qt::ElideRight, place.width()));
}

} // namespace facelatch::ui
