// SPDX-License-Identifier: GPL-3.0-or-later
// Each limit of the quality gate, and the order in which they are told.
#include "made_pictures.h"
#include "recognition/alignment.h"
#include "recognition/quality_gate.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace facelatch::tests {
namespace {

using namespace recognition;
using core::Quality;

/// A pattern of stripes, `period` pixels wide, round a mean level.
core::Image stripes(int period, int mean, int swing) {
    return painted(kAlignedSide, kAlignedSide, [=](int x, int) {
        const double wave = std::sin(2 * std::numbers::pi * x / period);
        const auto level = static_cast<std::uint8_t>(std::clamp(mean + static_cast<int>(swing * wave), 0, 255));
        return Colour{level, level, level};
    });
}

Detection frontalFace() {
    Detection face;
    face.box = {100, 100, 120, 140};
    face.landmarks = core::Landmarks{{{130, 150}, {190, 150}, {160, 180}, {140, 210}, {180, 210}}};
    face.confidence = 0.9F;
    return face;
}

/// frontalFace() at the left border, and from there by so many pixels over it.
Detection shifted(float by) {
    Detection face = frontalFace();
    face.box.x += by - 100;
    for (core::PointF& point : *face.landmarks)
        point.x += by - 100;
    return face;
}

Quality judged(const Detection& face, const core::Image& aligned) {
    return judgeQuality(face, aligned, 640, 480, {}).quality;
}

TEST(QualityGate, passesAGoodFace) {
    const auto report = judgeQuality(frontalFace(), stripes(12, 128, 60), 640, 480, {});
    EXPECT_EQ(report.quality, Quality::Good);
    EXPECT_NEAR(report.brightness, 128, 3);
    EXPECT_NEAR(report.yawDegrees, 0, 0.1);
    EXPECT_GT(report.sharpness, 100);
}

TEST(QualityGate, measuresSharpnessAsTheVarianceOfTheLaplacian) {
    // The 3x3 Laplacian of a sine in x is (2 cos(w) - 2) times it; its variance half the square of that amplitude.
    const double w = 2 * std::numbers::pi / 16, amplitude = 50 * (2 - 2 * std::cos(w));
    const auto report = judgeQuality(frontalFace(), stripes(16, 128, 50), 640, 480, {});
    EXPECT_NEAR(report.sharpness, amplitude * amplitude / 2, 8);
}

TEST(QualityGate, tellsWhatIsWrong) {
    const core::Image sharp = stripes(12, 128, 60);
    Detection small = frontalFace();
    small.box = {100, 100, 50, 140};
    EXPECT_EQ(judged(small, sharp), Quality::TooSmall);
    EXPECT_EQ(judged(frontalFace(), stripes(112, 128, 60)), Quality::TooBlurred);
    EXPECT_EQ(judged(frontalFace(), stripes(12, 20, 20)), Quality::TooDark);
    EXPECT_EQ(judged(frontalFace(), stripes(12, 235, 20)), Quality::TooBright);
    Detection turned = frontalFace();
    (*turned.landmarks)[2].x = 215;
    EXPECT_EQ(judged(turned, sharp), Quality::TurnedAway);
    EXPECT_EQ(judged(shifted(-60), sharp), Quality::CutOff);
    EXPECT_EQ(judged(shifted(-15), sharp), Quality::Good) << "the ear may be outside";
    Detection hugged = shifted(-60); // a detector draws its box round what is left of the face
    hugged.box = {0, 100, 80, 140};
    EXPECT_EQ(judged(hugged, sharp), Quality::CutOff);
}

TEST(QualityGate, tellsTheFirstOfSeveral) {
    Detection face = frontalFace();
    face.box = {-40, 100, 50, 50};
    EXPECT_EQ(judged(face, stripes(112, 10, 5)), Quality::TooSmall);
}

TEST(QualityGate, judgesWithoutLandmarksBySizeAndBorderOnly) {
    Detection face = frontalFace();
    face.landmarks.reset();
    EXPECT_EQ(judged(face, {}), Quality::Good);
    face.box.y = 440;
    EXPECT_EQ(judged(face, {}), Quality::CutOff);
}

TEST(QualityGate, passesNothingThatIsNotANumber) {
    Detection face = frontalFace();
    face.box.width = std::nanf("");
    EXPECT_EQ(judged(face, stripes(12, 128, 60)), Quality::TooSmall);
    face = frontalFace();
    (*face.landmarks)[2].x = std::nanf("");
    EXPECT_EQ(judged(face, stripes(12, 128, 60)), Quality::TurnedAway);
}

/// Points of a head with n / e = 0.9, turned and tilted, in parallel projection.
TEST(Yaw, comesOutOfATurnedHead) {
    for (const float degrees : {-60.0F, -35.0F, -10.0F, 0.0F, 20.0F, 45.0F}) {
        const float yaw = degrees * std::numbers::pi_v<float> / 180, roll = 0.3F, e = 30, n = 27;
        const auto turned = [&](float x, float y) {
            return core::PointF{200 + x * std::cos(roll) - y * std::sin(roll),
                                200 + x * std::sin(roll) + y * std::cos(roll)};
        };
        const core::Landmarks points{turned(-e * std::cos(yaw), 0), turned(e * std::cos(yaw), 0),
                                     turned(n * std::sin(yaw), 35), turned(-20, 70), turned(20, 70)};
        EXPECT_NEAR(yawFromPoints(points), degrees, 0.1);
    }
    EXPECT_EQ(yawFromPoints({}), 90); // points that coincide are no frontal face
}

} // namespace
} // namespace facelatch::tests
