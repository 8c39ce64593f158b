// SPDX-License-Identifier: GPL-3.0-or-later
// Alignment: the similarity that brings five landmarks onto the ArcFace template, and the 112x112 face it cuts out.
#pragma once

#include "core/image.h"
#include "core/observation.h"

#include <optional>

namespace facelatch::recognition {

inline constexpr int kAlignedSide = 112; ///< pixels

/// x' = a x - b y + tx, y' = b x + a y + ty: rotation, uniform scale and shift.
struct Similarity {
    float a = 1, b = 0, tx = 0, ty = 0;
    core::PointF apply(core::PointF p) const { return {a * p.x - b * p.y + tx, b * p.x + a * p.y + ty}; }
    /// Where a point came from. a and b must not both be 0.
    core::PointF undo(core::PointF p) const {
        const float u = p.x - tx, v = p.y - ty, squares = a * a + b * b;
        return {(a * u + b * v) / squares, (a * v - b * u) / squares};
    }
};

/// Where the five points lie in the 112x112 face (insightface's arcface template).
const core::Landmarks& alignmentTemplate();

/// Closed-form least squares (Umeyama without reflection). Nothing when the points coincide or are not finite.
std::optional<Similarity> similarityBetween(const core::Landmarks& from, const core::Landmarks& to);

/// The 112x112 Bgr8 face; black where it reaches over the picture. Empty when there is no similarity or no picture.
/// Faces much larger than 112 pixels are averaged down first, since bilinear sampling alone would alias.
core::Image alignFace(const core::Image& picture, const core::Landmarks& landmarks);

} // namespace facelatch::recognition
