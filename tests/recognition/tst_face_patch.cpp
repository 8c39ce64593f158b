// SPDX-License-Identifier: GPL-3.0-or-later
// A face is found again where it moved to, and another picture is not taken for it.
#include "made_pictures.h"
#include "recognition/face_patch.h"

#include <cmath>
#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;

constexpr core::RectF kBox{50, 40, 40, 48};

/// Soft blobs, as a face has; `kind` makes another arrangement of them.
double blobs(double x, double y, int kind) {
    double level = 90;
    for (int i = 0; i < 7; ++i) {
        const double cx = 52 + (i * 17 + kind * 23) % 37, cy = 42 + (i * 29 + kind * 11) % 43;
        level += ((i + kind) % 2 == 0 ? 70 : -50) * std::exp(-((x - cx) * (x - cx) + (y - cy) * (y - cy)) / 40);
    }
    return level;
}

core::Image view(double dx, double dy, int kind = 0, double gain = 1, double offset = 0) {
    return grey(160, 120, [=](int x, int y) {
        return static_cast<std::uint8_t>(std::clamp(gain * blobs(x - dx, y - dy, kind) + offset, 0.0, 255.0));
    });
}

TEST(FacePatch, findsAnUnmovedFaceExactlyWhereItWas) {
    FacePatch patch;
    patch.take(view(0, 0), kBox);
    const auto found = patch.find(view(0, 0), kBox);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->shift, (core::PointF{0, 0}));
    EXPECT_NEAR(found->likeness, 1, 1e-4);
}

TEST(FacePatch, tellsHowFarAFaceMoved) {
    FacePatch patch;
    patch.take(view(0, 0), kBox);
    for (const auto& [dx, dy] : {std::pair{4.0, 0.0}, {-5.0, 3.0}, {0.0, -8.0}, {2.4, 6.6}}) {
        const auto found = patch.find(view(dx, dy), kBox);
        ASSERT_TRUE(found) << dx << " " << dy;
        EXPECT_NEAR(found->shift.x, dx, 0.7);
        EXPECT_NEAR(found->shift.y, dy, 0.7);
        EXPECT_GT(found->likeness, 0.95F);
    }
}

TEST(FacePatch, doesNotMindTheLightButMindsAnotherFace) {
    FacePatch patch;
    patch.take(view(0, 0), kBox);
    EXPECT_GT(patch.find(view(0, 0, 0, 0.6, 50), kBox).value().likeness, 0.95F);
    for (const int other : {1, 2, 3}) {
        const auto found = patch.find(view(0, 0, other), kBox);
        EXPECT_TRUE(!found || found->likeness < 0.8F) << other;
    }
}

TEST(FacePatch, losesWhatMovedTooFar) {
    FacePatch patch;
    patch.take(view(0, 0), kBox);
    const auto found = patch.find(view(25, 0), kBox);
    EXPECT_TRUE(!found || found->likeness < 0.9F);
}

TEST(FacePatch, looksBeyondTheBorder) {
    FacePatch patch;
    const core::RectF box{140, 100, 40, 48}; // half of it outside
    const auto picture = [](double dx) {
        return grey(160, 120, [=](int x, int y) { return static_cast<std::uint8_t>(blobs(x - 90 - dx, y - 60, 0)); });
    };
    patch.take(picture(0), box);
    ASSERT_TRUE(patch.find(picture(0), box));
    EXPECT_NEAR(patch.find(picture(0), box)->likeness, 1, 1e-4);
}

TEST(FacePatch, hasNothingToGoByOnAWallOrWithoutABox) {
    FacePatch patch;
    EXPECT_FALSE(patch.find(view(0, 0), kBox)) << "nothing was taken";
    patch.take(grey(160, 120, [](int x, int) { return static_cast<std::uint8_t>(100 + x % 2); }), kBox);
    EXPECT_FALSE(patch.find(view(0, 0), kBox));
    const float nan = std::nanf(""), inf = INFINITY;
    for (const core::RectF& box : {core::RectF{nan, 1, 20, 20}, {1, 1, inf, 20}, {1, 1, 0, 0}, {1, 1, -20, 20}, {}}) {
        patch.take(view(0, 0), box);
        EXPECT_FALSE(patch.find(view(0, 0), kBox));
        patch.take(view(0, 0), kBox);
        EXPECT_FALSE(patch.find(view(0, 0), box));
    }
    EXPECT_FALSE(patch.find({}, kBox));
    patch.take({}, kBox);
    EXPECT_FALSE(patch.find(view(0, 0), kBox));
}

} // namespace
} // namespace facelatch::tests
