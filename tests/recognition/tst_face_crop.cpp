// SPDX-License-Identifier: GPL-3.0-or-later
// The crops of the liveness networks, seen through core::Image.
#include "made_pictures.h"
#include "recognition/face_crop.h"
#include "recognition/mat.h"

#include <cmath>
#include <gtest/gtest.h>
#include <opencv2/core/mat.hpp>

namespace facelatch::tests {
namespace {

using namespace recognition;

ModelRow rowOf(CropKind crop, float scale, int side) {
    ModelRow row;
    row.crop = crop;
    row.cropScale = scale;
    row.inputWidth = row.inputHeight = side;
    return row;
}

core::Image cropped(const core::Image& picture, const core::RectF& box, const ModelRow& row) {
    return imageOf(faceCrop(picture, box, row));
}

/// Red grows to the right, green downwards, one level a pixel.
core::Image ramp() {
    return painted(200, 200, [](int x, int y) {
        return Colour{static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 0};
    });
}

TEST(SquareCrop, isCentredOnTheBoxWithTheLongerSideAsMeasure) {
    // Box 40 x 60 round (100, 100), scale 1.5: the square from 55 to 145.
    const core::Image face = cropped(ramp(), {80, 70, 40, 60}, rowOf(CropKind::SquareReflect, 1.5F, 90));
    ASSERT_EQ(face.width(), 90);
    EXPECT_EQ(colourOf(face, 0, 0)[0], 55);
    EXPECT_EQ(colourOf(face, 0, 0)[1], 55);
    EXPECT_EQ(colourOf(face, 89, 89)[0], 144);
}

TEST(SquareCrop, isReflectedAtTheBorder) {
    // Square from -20 to 40: left of the border the picture comes back.
    const core::Image face = cropped(ramp(), {-10, 80, 40, 40}, rowOf(CropKind::SquareReflect, 1.5F, 60));
    ASSERT_EQ(face.width(), 60);
    EXPECT_EQ(colourOf(face, 20, 10)[0], 0);
    EXPECT_EQ(colourOf(face, 19, 10)[0], 1);
    EXPECT_EQ(colourOf(face, 10, 10)[0], 10);
    EXPECT_EQ(colourOf(face, 30, 10)[0], 10);
}

TEST(BoxCrop, isShiftedInsideAndStretched) {
    // Box 20 x 40 at the left border, scale 2: 40 x 80, shifted to begin at 0.
    const core::Image face = cropped(ramp(), {0, 80, 20, 40}, rowOf(CropKind::BoxResize, 2, 80));
    ASSERT_EQ(face.width(), 80);
    EXPECT_NEAR(colourOf(face, 0, 40)[0], 0, 1);
    EXPECT_NEAR(colourOf(face, 79, 40)[0], 40, 1);
    EXPECT_NEAR(colourOf(face, 40, 0)[1], 60, 1);
    EXPECT_NEAR(colourOf(face, 40, 79)[1], 140, 1);
}

TEST(BoxCrop, shrinksItsScaleWhereThePictureEnds) {
    const core::Image face = cropped(ramp(), {50, 50, 100, 100}, rowOf(CropKind::BoxResize, 4, 100));
    ASSERT_FALSE(face.empty());
    EXPECT_NEAR(colourOf(face, 0, 0)[0], 0, 2);
    EXPECT_NEAR(colourOf(face, 99, 99)[0], 199, 3);
}

TEST(FaceCrop, refusesBoxesThatAreNone) {
    const float nan = std::nanf(""), huge = 1e12F;
    for (const CropKind kind : {CropKind::SquareReflect, CropKind::BoxResize}) {
        const ModelRow row = rowOf(kind, 2.7F, 80);
        for (const core::RectF box : {core::RectF{nan, 0, 10, 10},
                                      {0, 0, nan, nan},
                                      {0, 0, 0, 10},
                                      {0, 0, -10, 10},
                                      {500, 10, 50, 50},
                                      {0, 0, huge, huge},
                                      {-huge, 0, huge, 10}})
            EXPECT_TRUE(cropped(ramp(), box, row).empty());
        EXPECT_TRUE(cropped({}, {10, 10, 20, 20}, row).empty());
        EXPECT_FALSE(cropped(grey(50, 50, [](int, int) { return std::uint8_t{5}; }), {10, 10, 20, 20}, row).empty());
    }
    EXPECT_TRUE(cropped(ramp(), {80, 80, 40, 40}, rowOf(CropKind::Aligned112, 1, 112)).empty());
}

} // namespace
} // namespace facelatch::tests
