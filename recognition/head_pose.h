// SPDX-License-Identifier: GPL-3.0-or-later
// Head pose and mouth from the five landmarks, as far as they tell; the yaw is quality_gate.h's.
#pragma once

#include "core/observation.h"

namespace facelatch::recognition {

/// How far a face looks up (positive) or down, in degrees: with h the distance from the eyes to the mouth and n how far
/// the nose tip stands out of their plane, a head turned by p shows the nose at r h cos(p) - n sin(p) below the eyes
/// and the mouth at h cos(p), so tan(p) = (r - ratio) h / n. n / h = 0.4 (adult means about 27 mm and 67 mm), r = 0.495
/// (insightface's arcface template). Faces differ by some ten degrees: compare it with another picture of the same
/// face. 0 where the points coincide.
float pitchFromPoints(const core::Landmarks& landmarks);

/// Width of the mouth by the distance of the eyes; grows with a smile. 0 where the eyes coincide.
float mouthWidth(const core::Landmarks& landmarks);

} // namespace facelatch::recognition
