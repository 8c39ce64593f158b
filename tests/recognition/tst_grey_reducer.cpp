// SPDX-License-Identifier: GPL-3.0-or-later
// Small grey pictures of frames.
#include "made_pictures.h"
#include "recognition/grey_reducer.h"

#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;

TEST(GreyReducer, halvesUntilSmall) {
    GreyReducer reducer;
    const auto sizeOf = [&](int width, int height) {
        const core::Image small = reducer.reduce(plain(width, height, {80, 80, 80}));
        EXPECT_EQ(small.format(), core::PixelFormat::Gray8);
        return std::pair(small.width(), small.height());
    };
    EXPECT_EQ(sizeOf(640, 480), std::pair(160, 120));
    EXPECT_EQ(sizeOf(1280, 720), std::pair(160, 90));
    EXPECT_EQ(sizeOf(319, 200), std::pair(319, 200));
    EXPECT_EQ(sizeOf(480, 640), std::pair(120, 160));
    EXPECT_EQ(sizeOf(2000, 1), std::pair(250, 1));
    EXPECT_EQ(sizeOf(1, 1), std::pair(1, 1));
    EXPECT_TRUE(reducer.reduce({}).empty());
}

TEST(GreyReducer, keepsTheMeanAndTheMeaningOfColours) {
    GreyReducer reducer;
    const auto levelOf = [&](const core::Image& picture) { return int{*reducer.reduce(picture).data()}; };
    EXPECT_NEAR(levelOf(plain(640, 480, {255, 0, 0})), 76, 1); // ITU-R BT.601
    EXPECT_NEAR(levelOf(plain(640, 480, {0, 0, 255})), 29, 1);
    EXPECT_NEAR(levelOf(grey(640, 480, [](int x, int y) { return (x + y) % 2 ? 200 : 100; })), 150, 1);
}

TEST(GreyReducer, usesItsPixelsAgain) {
    GreyReducer reducer;
    const core::Image frame = plain(640, 480, {10, 20, 30});
    const auto* first = reducer.reduce(frame).data();
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(reducer.reduce(frame).data(), first);
}

} // namespace
} // namespace facelatch::tests
