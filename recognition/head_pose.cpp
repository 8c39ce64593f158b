// SPDX-License-Identifier: GPL-3.0-or-later
// The nose between eyes and mouth.
#include "recognition/head_pose.h"

#include <cmath>
#include <numbers>

namespace facelatch::recognition {

namespace {

constexpr float kNoseAtRest = 0.495F, kNoseOut = 0.4F;

core::PointF middle(core::PointF a, core::PointF b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

} // namespace

float pitchFromPoints(const core::Landmarks& landmarks) {
    const auto& [right, left, nose, mouthRight, mouthLeft] = landmarks;
    const core::PointF eyes = middle(right, left), mouth = middle(mouthRight, mouthLeft);
    // Downwards, at a right angle to the line of the eyes: a head that leans to a side changes nothing.
    const float dx = left.x - right.x, dy = left.y - right.y;
    const auto below = [&](core::PointF point) { return (point.y - eyes.y) * dx - (point.x - eyes.x) * dy; };
    if (!(std::abs(below(mouth)) > 0))
        return 0;
    const float ratio = below(nose) / below(mouth);
    return std::atan((kNoseAtRest - ratio) / kNoseOut) * 180 / std::numbers::pi_v<float>;
}

float mouthWidth(const core::Landmarks& landmarks) {
    const auto& [right, left, nose, mouthRight, mouthLeft] = landmarks;
    const float eyes = std::hypot(left.x - right.x, left.y - right.y);
    return eyes > 0 ? std::hypot(mouthLeft.x - mouthRight.x, mouthLeft.y - mouthRight.y) / eyes : 0;
}

} // namespace facelatch::recognition
