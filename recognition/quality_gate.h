// SPDX-License-Identifier: GPL-3.0-or-later
// QualityGate: whether a face is large, sharp, lit, frontal and whole enough to be compared.
#pragma once

#include "core/image.h"
#include "core/observation.h"
#include "recognition/face_detector.h"
#include "recognition/settings.h"

namespace facelatch::recognition {

struct QualityReport {
    core::Quality quality = core::Quality::Good; ///< the first limit that is broken: size, light, blur, yaw, border
    float sharpness = 0;                         ///< variance of the Laplacian, grey levels squared
    float brightness = 0;                        ///< mean grey value 0..255
    float yawDegrees = 0;                        ///< positive: turned to the image's right
};

/// Angle from where the nose tip stands between the eyes. With e half the distance of the eyes and n how far the nose
/// tip stands out of their plane, a head turned by yaw shows the nose at n sin(yaw) and the eyes at +-e cos(yaw), so
/// tan(yaw) = (e / n) * ratio. n / e = 0.9 (adult means about 28 mm and 31.5 mm). Good to some 10 degrees.
float yawFromPoints(const core::Landmarks& landmarks);

/// `aligned` is alignFace() of the detection, empty where there is none (then only size and border are judged).
QualityReport judgeQuality(const Detection& face, const core::Image& aligned, int pictureWidth, int pictureHeight,
                           const QualityLimits& limits);

} // namespace facelatch::recognition
