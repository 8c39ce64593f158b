// SPDX-License-Identifier: GPL-3.0-or-later
// Where a camera picture and the faces in it stand in a widget: pure functions, no widget needed.
#pragma once

#include "core/geometry.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace facelatch::ui {

/// At least this share of the picture's width and height stays visible: a wide picture on a narrow screen gets bars
/// rather than losing faces at its edges.
inline constexpr double leastVisibleShare = 0.6;

/// The rectangle, in widget coordinates and usually larger than the widget, that the whole picture fills, its aspect
/// kept, covering the widget as far as leastVisibleShare allows. Its middle lies as near to that of the widget without
/// `coveredBelow`, the height that something else hides, as it can without baring an edge. Empty for an empty picture
/// or widget.
QRectF pictureRect(QSizeF picture, QSizeF widget, double coveredBelow);

/// A box in picture pixels (of a picture of size `picture`) in widget coordinates, where `shown` is its pictureRect().
/// `mirrored`: the picture is shown as in a mirror.
QRectF toWidget(const core::RectF& box, QSizeF picture, const QRectF& shown, bool mirrored);

/// The oval around a face box: it holds hair and chin, which detectors leave out.
QRectF ovalAround(const QRectF& face);
/// The oval that shows where to stand while no face is followed: in the middle of what is not covered, the size of a
/// face at a good distance.
QRectF restingOval(QSizeF widget, double coveredBelow);

/// One step of a glide towards `target`: the remaining distance shrinks by 1/e each `timeConstant` ms, whatever the
/// frame rate. Arrives exactly once the rest is not visible.
QRectF glide(const QRectF& current, const QRectF& target, double elapsedMs, double timeConstant);
double glide(double current, double target, double elapsedMs, double timeConstant);

} // namespace facelatch::ui
