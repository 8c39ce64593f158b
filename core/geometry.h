// SPDX-License-Identifier: GPL-3.0-or-later
// Points and boxes in picture coordinates: pixels, x to the right, y down.
#pragma once

#include <algorithm>

namespace facelatch::core {

struct PointF {
    float x = 0, y = 0;
    bool operator==(const PointF&) const = default;
};

struct RectF {
    float x = 0, y = 0, width = 0, height = 0;
    bool operator==(const RectF&) const = default;

    float area() const { return width * height; }
    PointF centre() const { return {x + width / 2, y + height / 2}; }
};

/// Intersection over union, 0..1.
inline float overlap(const RectF& a, const RectF& b) {
    const float w = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const float h = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    if (w <= 0 || h <= 0)
        return 0;
    return w * h / (a.area() + b.area() - w * h);
}

} // namespace facelatch::core
