// SPDX-License-Identifier: GPL-3.0-or-later
// What rows of the log's lists are drawn of, at the door and on the desktop.
#pragma once

#include "ui/style.h"

#include <QImage>
#include <QPixmap>

class QPainter;

namespace facelatch::ui {

/// For names: one line, plain, as it stands.
inline constexpr int rowTextFlags = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextForceLeftToRight | Qt::TextDontClip;

/// The middle of a picture as a square of `size` logical pixels with round corners; null for a null picture.
QPixmap roundThumbnail(const QImage& picture, int size, int corner, qreal devicePixelRatio);
/// A title and a muted line below it, both elided, in the middle of `place`.
void paintTwoLines(QPainter& painter, const Style& style, const QRect& place, const QString& title,
                   const QString& detail);

} // namespace facelatch::ui
