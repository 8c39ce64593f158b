// SPDX-License-Identifier: GPL-3.0-or-later
// Cutting patches out on one grid, and correlating them; by hand, since OpenCV would allocate a dozen times for each.
#include "recognition/face_patch.h"

#include <algorithm>
#include <cmath>

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

/// A place along a row or column of `size` pixels: the pixels on both sides, and the weight of the second.
struct Place {
    int first = 0, second = 0;
    float weight = 0;
};
Place placeAt(float at, int size) {
    const float limited = std::clamp(at, 0.0F, static_cast<float>(size - 1));
    const int first = static_cast<int>(limited);
    return {first, std::min(first + 1, size - 1), limited - static_cast<float>(first)};
}

/// The picture round `box` on a grid of `steps` a side, with `margin` steps more on each; what lies beyond the border
/// is as the border. The same grid whatever the margin, so that an unmoved face is found with a likeness of 1.
template<std::size_t Size>
void cut(const core::Image& grey, const core::RectF& box, int steps, int margin, std::array<std::uint8_t, Size>& out) {
    const int side = steps + 2 * margin;
    const auto place = [&](float from, float length, int index, int size) {
        const float step = (static_cast<float>(index - margin) + 0.5F) / static_cast<float>(steps);
        return placeAt(from + step * length - 0.5F, size);
    };
    for (int row = 0; row < side; ++row) {
        const Place y = place(box.y, box.height, row, grey.height());
        const std::uint8_t* upper = grey.data() + y.first * grey.stride();
        const std::uint8_t* lower = grey.data() + y.second * grey.stride();
        for (int column = 0; column < side; ++column) {
            const Place x = place(box.x, box.width, column, grey.width());
            const auto mix = [&](const std::uint8_t* line) {
                return static_cast<float>(line[x.first]) * (1 - x.weight) +
                       static_cast<float>(line[x.second]) * x.weight;
            };
            const float level = mix(upper) * (1 - y.weight) + mix(lower) * y.weight;
            out[static_cast<std::size_t>(row * side + column)] = static_cast<std::uint8_t>(level + 0.5F);
        }
    }
}

/// n times the sum of squares less the square of the sum: n squared times the variance.
double spread(int sum, int squares, int n) {
    return static_cast<double>(n) * squares - static_cast<double>(sum) * sum;
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
    cut(grey, box, kSide, 0, m_pixels);
    m_sum = m_squares = 0;
    for (const int level : m_pixels) {
        m_sum += level;
        m_squares += level * level;
    }
    m_usable = std::sqrt(spread(m_sum, m_squares, kSide * kSide)) / (kSide * kSide) >= kLeastContrast;
}

/// Normalised correlation with the part of `window` that begins at column `x` of row `y`.
float FacePatch::likeness(const std::uint8_t* window, int windowSide, int x, int y) const {
    int sum = 0, squares = 0, products = 0;
    for (int row = 0; row < kSide; ++row) {
        const std::uint8_t* theirs = window + (y + row) * windowSide + x;
        const std::uint8_t* own = m_pixels.data() + row * kSide;
        for (int column = 0; column < kSide; ++column) {
            sum += theirs[column];
            squares += theirs[column] * theirs[column];
            products += theirs[column] * own[column];
        }
    }
    constexpr int n = kSide * kSide;
    const double spreads = spread(sum, squares, n) * spread(m_sum, m_squares, n);
    const double shared = static_cast<double>(n) * products - static_cast<double>(sum) * m_sum;
    return spreads > 0 ? static_cast<float>(shared / std::sqrt(spreads)) : 0;
}

std::optional<FacePatch::Found> FacePatch::find(const core::Image& grey, const core::RectF& box) const {
    if (!m_usable || !sane(grey, box))
        return std::nullopt;
    constexpr int windowSide = kSide + 2 * kReach, places = 2 * kReach + 1;
    std::array<std::uint8_t, std::size_t{windowSide} * windowSide> window{};
    std::array<float, std::size_t{places} * places> values{};
    cut(grey, box, kSide, kReach, window);
    const auto value = [&](int x, int y) -> float& { return values[static_cast<std::size_t>(y * places + x)]; };
    int bestX = kReach, bestY = kReach; // the first among equals: it has not moved
    for (int y = 0; y < places; ++y)
        for (int x = 0; x < places; ++x)
            value(x, y) = likeness(window.data(), windowSide, x, y);
    for (int y = 0; y < places; ++y)
        for (int x = 0; x < places; ++x)
            if (value(x, y) > value(bestX, bestY))
                bestX = x, bestY = y;
    if (bestX == 0 || bestY == 0 || bestX == places - 1 || bestY == places - 1)
        return std::nullopt;
    core::PointF steps{static_cast<float>(bestX - kReach), static_cast<float>(bestY - kReach)};
    const float top = value(bestX, bestY);
    if (bestX != kReach || bestY != kReach) {
        steps.x += between(value(bestX - 1, bestY), top, value(bestX + 1, bestY));
        steps.y += between(value(bestX, bestY - 1), top, value(bestX, bestY + 1));
    }
    return Found{{steps.x * box.width / kSide, steps.y * box.height / kSide}, top};
}

} // namespace facelatch::recognition
