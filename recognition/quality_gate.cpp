// SPDX-License-Identifier: GPL-3.0-or-later
// The measures of a face picture and their limits.
#include "recognition/quality_gate.h"

#include "recognition/alignment.h"
#include "recognition/mat.h"

#include <cmath>
#include <numbers>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

namespace {

constexpr float kNoseOverEyes = 0.9F;
/// From the brows to the chin in the 112x112 face: no hair, no background, no black from beyond the picture's border.
const cv::Rect kMeasured(26, 36, 60, 68);
/// From ear to ear and from the forehead to the chin, in the same face.
constexpr core::RectF kWhole{18, 24, 76, 84};
constexpr int kSamples = 12; ///< points a side that are looked for in the picture

void measure(const core::Image& aligned, QualityReport& report) {
    const cv::Mat view = viewOf(aligned);
    cv::Mat grey = view;
    if (view.channels() == 3)
        cv::cvtColor(view, grey, cv::COLOR_BGR2GRAY);
    const cv::Mat face = grey(kMeasured);
    cv::Mat edges;
    cv::Laplacian(face, edges, CV_32F);
    cv::Scalar mean, deviation;
    cv::meanStdDev(edges, mean, deviation);
    report.sharpness = static_cast<float>(deviation[0] * deviation[0]);
    report.brightness = static_cast<float>(cv::mean(face)[0]);
}

/// Share of the face that lies outside the picture, 0..1. By the landmarks where there are some: the detector draws its
/// box round what is left of a face that is cut off.
float outside(const Detection& face, int width, int height) {
    const auto map = face.landmarks ? similarityBetween(*face.landmarks, alignmentTemplate()) : std::nullopt;
    int points = 0, missing = 0;
    for (int row = 0; row < kSamples; ++row)
        for (int column = 0; column < kSamples; ++column) {
            const float x = (static_cast<float>(column) + 0.5F) / kSamples,
                        y = (static_cast<float>(row) + 0.5F) / kSamples;
            core::PointF point{face.box.x + x * face.box.width, face.box.y + y * face.box.height};
            if (map)
                point = map->undo({kWhole.x + x * kWhole.width, kWhole.y + y * kWhole.height});
            const bool inside = point.x >= 0 && point.y >= 0 && point.x < static_cast<float>(width) &&
                                point.y < static_cast<float>(height);
            ++points;
            missing += inside ? 0 : 1;
        }
    return static_cast<float>(missing) / static_cast<float>(points);
}

} // namespace

float yawFromPoints(const core::Landmarks& landmarks) {
    const auto& [right, left, nose, mouthRight, mouthLeft] = landmarks;
    const float dx = left.x - right.x, dy = left.y - right.y;
    const float squares = dx * dx + dy * dy;
    if (!(squares > 0))
        return 90;
    // 0 at the right eye, 1 at the left: the nose's place along the line of the eyes.
    const float place = ((nose.x - right.x) * dx + (nose.y - right.y) * dy) / squares;
    const float ratio = 2 * place - 1;
    return std::atan(ratio / kNoseOverEyes) * 180 / std::numbers::pi_v<float>;
}

QualityReport judgeQuality(const Detection& face, const core::Image& aligned, int pictureWidth, int pictureHeight,
                           const QualityLimits& limits) {
    QualityReport report;
    const bool measured = face.landmarks && !aligned.empty();
    if (measured) {
        measure(aligned, report);
        report.yawDegrees = yawFromPoints(*face.landmarks);
    }
    using enum core::Quality;
    // Each written so that a value that is not a number fails.
    if (!(std::min(face.box.width, face.box.height) >= limits.minFacePx))
        report.quality = TooSmall;
    else if (measured && !(report.brightness >= limits.minBrightness))
        report.quality = TooDark;
    else if (measured && !(report.brightness <= limits.maxBrightness))
        report.quality = TooBright;
    else if (measured && !(report.sharpness >= limits.minSharpness)) // after the light: what is dark has no contrast
        report.quality = TooBlurred;
    else if (measured && !(std::abs(report.yawDegrees) <= limits.maxYawDegrees))
        report.quality = TurnedAway;
    else if (!(outside(face, pictureWidth, pictureHeight) <= limits.maxOutside))
        report.quality = CutOff;
    return report;
}

} // namespace facelatch::recognition
