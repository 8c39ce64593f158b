// SPDX-License-Identifier: GPL-3.0-or-later
// Cameras that repeat one picture.
#include "hardware/frozen_watch.h"

#include "tests/support/scripted_source.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using facelatch::core::Image;
using facelatch::core::MonoTime;
using facelatch::hardware::FrozenWatch;

namespace {

/// A picture with contrast; `seed` stands for the sensor's noise.
Image scene(std::uint8_t seed) {
    constexpr int width = 64, height = 48;
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(width * height * 3);
    for (std::size_t i = 0; i < pixels->size(); ++i)
        (*pixels)[i] = static_cast<std::uint8_t>(i * 7 % 200 + seed);
    const std::uint8_t* data = pixels->data();
    return {width, height, width * 3, facelatch::core::PixelFormat::Bgr8,
            std::shared_ptr<const std::uint8_t>(std::move(pixels), data)};
}

} // namespace

TEST(FrozenWatch, NoticesTheSamePictureAfterThreeSeconds) {
    FrozenWatch watch;
    const MonoTime now{100s};
    EXPECT_FALSE(watch.frozen(scene(1), now));
    EXPECT_FALSE(watch.frozen(scene(1), now + 2999ms));
    EXPECT_TRUE(watch.frozen(scene(1), now + 3000ms));
}

TEST(FrozenWatch, IsSatisfiedByTheSmallestChange) {
    FrozenWatch watch;
    const MonoTime now{100s};
    for (int i = 0; i < 100; ++i)
        EXPECT_FALSE(watch.frozen(scene(static_cast<std::uint8_t>(i % 2)), now + i * 100ms));
    watch.reset();
    EXPECT_FALSE(watch.frozen(scene(1), now + 20s));
}

TEST(FrozenWatch, DoesNotJudgeAPictureWithoutContrast) {
    FrozenWatch watch;
    const MonoTime now{100s};
    for (int i = 0; i < 10; ++i)
        EXPECT_FALSE(watch.frozen(facelatch::testing::plainImage(64, 48, 3), now + i * 1s)) << "a dark room";
}
