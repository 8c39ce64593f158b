// SPDX-License-Identifier: GPL-3.0-or-later
// Picture to widget.
#include "ui/overlay_geometry.h"

#include <algorithm>
#include <cmath>

namespace facelatch::ui {

namespace {

// A detector's box reaches from the brows or hairline to the chin. These proportions put the head inside.
constexpr double ovalWider = 1.35, ovalHigher = 1.34, ovalLift = 0.06;
constexpr double restingHeight = 0.78, restingAspect = 0.76;
constexpr double notVisible = 0.25; // pixels, or hundredths of a progress

} // namespace

QRectF pictureRect(QSizeF picture, QSizeF widget, double coveredBelow) {
    if (picture.isEmpty() || widget.isEmpty())
        return {};
    const double byWidth = widget.width() / picture.width();
    const double byHeight = widget.height() / picture.height();
    const double most = std::min(byWidth, byHeight) / leastVisibleShare;
    const QSizeF shown = picture * std::min(std::max(byWidth, byHeight), most);
    const double spare = widget.height() - shown.height(); // negative where the picture is cut
    const double top =
        std::clamp((widget.height() - coveredBelow - shown.height()) / 2, std::min(spare, 0.0), std::max(spare, 0.0));
    return {(widget.width() - shown.width()) / 2, top, shown.width(), shown.height()};
}

QRectF toWidget(const core::RectF& box, QSizeF picture, const QRectF& shown, bool mirrored) {
    if (picture.isEmpty())
        return {};
    const double sx = shown.width() / picture.width();
    const double sy = shown.height() / picture.height();
    const double left = mirrored ? picture.width() - static_cast<double>(box.x) - static_cast<double>(box.width)
                                 : static_cast<double>(box.x);
    return {shown.x() + left * sx, shown.y() + static_cast<double>(box.y) * sy, static_cast<double>(box.width) * sx,
            static_cast<double>(box.height) * sy};
}

QRectF ovalAround(const QRectF& face) {
    const QSizeF size(face.width() * ovalWider, face.height() * ovalHigher);
    const QPointF centre = face.center() - QPointF(0, face.height() * ovalLift);
    return {centre.x() - size.width() / 2, centre.y() - size.height() / 2, size.width(), size.height()};
}

QRectF restingOval(QSizeF widget, double coveredBelow) {
    const double free = widget.height() - coveredBelow;
    const double height = std::min(free, widget.width()) * restingHeight;
    const double width = height * restingAspect;
    return {(widget.width() - width) / 2, (free - height) / 2, width, height};
}

double glide(double current, double target, double elapsedMs, double timeConstant) {
    const double share = 1 - std::exp(-std::max(0.0, elapsedMs) / timeConstant);
    return current + (target - current) * share;
}

QRectF glide(const QRectF& current, const QRectF& target, double elapsedMs, double timeConstant) {
    const auto step = [&](double from, double to) {
        const double next = glide(from, to, elapsedMs, timeConstant);
        return std::abs(to - next) < notVisible ? to : next;
    };
    return {step(current.x(), target.x()), step(current.y(), target.y()), step(current.width(), target.width()),
            step(current.height(), target.height())};
}

} // namespace facelatch::ui
