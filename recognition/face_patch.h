// SPDX-License-Identifier: GPL-3.0-or-later
// FacePatch: what a face looked like when it was detected, to find it again in the frames until the next detection.
#pragma once

#include "core/geometry.h"
#include "core/image.h"

#include <array>
#include <cstdint>
#include <optional>

namespace facelatch::recognition {

/// 32x32 grey values. It is never renewed from what it found itself, so it cannot drift away from the face step by
/// step: either the picture still looks like the detected face, or nothing is found. A value; one thread at a time.
class FacePatch {
public:
    struct Found {
        core::PointF shift;  ///< pixels from `box`; exactly (0, 0) where nothing moved
        float likeness = -1; ///< normalised correlation, -1..1; light that changes evenly does not matter
    };

    /// Remembers what is in `box`, in pixels of the small grey picture. Boxes over the border see its edge repeated.
    void take(const core::Image& grey, const core::RectF& box);
    /// Where it is now, less than a quarter of the box away from `box`; nothing where it fits best further off, or when
    /// there is nothing to go by: no picture, a box without size, a patch as even as a wall.
    std::optional<Found> find(const core::Image& grey, const core::RectF& box) const;

private:
    static constexpr int kSide = 32;
    float likeness(const std::uint8_t* window, int windowSide, int x, int y) const;

    std::array<std::uint8_t, std::size_t{kSide} * kSide> m_pixels{};
    int m_sum = 0, m_squares = 0; ///< of the pixels
    bool m_usable = false;
};

} // namespace facelatch::recognition
