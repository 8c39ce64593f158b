// SPDX-License-Identifier: GPL-3.0-or-later
// Cutting patches out on one grid, and correlating them.
#include "recognition/face_patch.h"

#include "recognition/mat.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

namespace {

/// Steps of the patch's grid it may have moved by: a quarter of the box each way.
constexpr int kReach = 8;
/// Grey levels: below this deviation there is nothing in the patch but noise.
constexpr double kLeastContrast = 4;

bool sane(const core::Image& grey, const core::RectF& box) {
    constexpr float most = 1e5F; // false for what is not a number
    return !grey.empty() && box.width >= 2 && box.height >= 2 && box.width < most && box.height < most &&
           std::abs(box.x) < most && std::abs(box.y) < most;
}

/// The picture round `box` on the patch's grid, with `margin` steps more on each side. The same grid whatever the
/// margin, so that an unmoved face is found with a likeness of exactly 1.
void cut(const core::Image& grey, const core::RectF& box, int side, int margin, cv::Mat& out) {
    const float across = box.width / static_cast<float>(side), down = box.height / static_cast<float>(side);
    const float first = 0.5F - static_cast<float>(margin);
    const cv::Matx23f map(across, 0, box.x + first * across - 0.5F, 0, down, box.y + first * down - 0.5F);
    cv::warpAffine(viewOf(grey), out, map, cv::Size(side + 2 * margin, side + 2 * margin),
                   cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
}

/// Where between the neighbours the top of the parabola through three values lies, -0.5..0.5.
float between(float before, float top, float after) {
    const float curve = before - 2 * top + after;
    return curve < 0 ? std::clamp((before - after) / (2 * curve), -0.5F, 0.5F) : 0;
}

} // namespace

void FacePatch::take(const core::Image& grey, const core::RectF& box) {
    m_usable = sane(grey, box);
    if (!m_usable)
        return;
    cv::Mat pixels(kSide, kSide, CV_8U, m_pixels.data());
    cut(grey, box, kSide, 0, pixels);
    cv::Scalar mean, deviation;
    cv::meanStdDev(pixels, mean, deviation);
    m_usable = deviation[0] >= kLeastContrast;
}

std::optional<FacePatch::Found> FacePatch::find(const core::Image& grey, const core::RectF& box) const {
    if (!m_usable || !sane(grey, box))
        return std::nullopt;
    const cv::Mat patch(kSide, kSide, CV_8U, const_cast<std::uint8_t*>(m_pixels.data()));
    cv::Mat window, likeness;
    cut(grey, box, kSide, kReach, window);
    cv::matchTemplate(window, patch, likeness, cv::TM_CCOEFF_NORMED);
    double best = 0;
    cv::Point at;
    cv::minMaxLoc(likeness, nullptr, &best, nullptr, &at);
    Found found;
    found.likeness = static_cast<float>(best);
    core::PointF steps{static_cast<float>(at.x - kReach), static_cast<float>(at.y - kReach)};
    const auto value = [&](int dx, int dy) { return likeness.at<float>(at.y + dy, at.x + dx); };
    const bool inside = std::abs(steps.x) < kReach && std::abs(steps.y) < kReach;
    if (!inside)
        return std::nullopt;
    if (at.x != kReach || at.y != kReach) {
        steps.x += between(value(-1, 0), value(0, 0), value(1, 0));
        steps.y += between(value(0, -1), value(0, 0), value(0, 1));
    }
    found.shift = {steps.x * box.width / kSide, steps.y * box.height / kSide};
    return found;
}

} // namespace facelatch::recognition
