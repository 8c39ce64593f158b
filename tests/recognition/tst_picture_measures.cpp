// SPDX-License-Identifier: GPL-3.0-or-later
// Brightness is the mean grey value; sharpness falls when a picture is blurred.
#include "made_pictures.h"
#include "recognition/picture_measures.h"

#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using recognition::measurePicture;

TEST(PictureMeasures, brightnessIsTheMeanGreyValue) {
    EXPECT_NEAR(measurePicture(plain(64, 48, {0, 0, 0})).brightness, 0, 0.5);
    EXPECT_NEAR(measurePicture(plain(64, 48, {255, 255, 255})).brightness, 255, 0.5);
    EXPECT_NEAR(measurePicture(plain(64, 48, {120, 120, 120})).brightness, 120, 0.5);
    EXPECT_NEAR(measurePicture(grey(64, 48, [](int x, int) { return x < 32 ? std::uint8_t{0} : std::uint8_t{200}; }))
                    .brightness,
                100, 0.5);
}

TEST(PictureMeasures, anEvenPictureIsNotSharpAndAnEdgeIs) {
    EXPECT_NEAR(measurePicture(plain(64, 48, {120, 120, 120})).sharpness, 0, 1e-6);
    const auto edges = [](int width) {
        return grey(64, 48, [width](int x, int) {
            const int phase = x % 16; // a ramp of `width` pixels up, and down again
            const int level =
                phase < 8 ? std::min(phase * 200 / width, 200) : std::max(200 - (phase - 8) * 200 / width, 0);
            return static_cast<std::uint8_t>(level);
        });
    };
    const double sharp = measurePicture(edges(1)).sharpness, soft = measurePicture(edges(8)).sharpness;
    EXPECT_GT(sharp, 1000);
    EXPECT_GT(sharp, 10 * soft);
}

TEST(PictureMeasures, anEmptyPictureMeasuresNothing) {
    EXPECT_EQ(measurePicture({}).brightness, 0);
    EXPECT_EQ(measurePicture({}).sharpness, 0);
}

} // namespace
} // namespace facelatch::tests
