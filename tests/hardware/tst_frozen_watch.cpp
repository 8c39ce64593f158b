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

TEST(FrozenWatch, NoticesTheSamePicture) {
    FrozenWatch watch;
    const MonoTime now{100s};
    EXPECT_FALSE(watch.frozen(scene(1), now));
    EXPECT_FALSE(watch.frozen(scene(1), now + 2499ms));
    EXPECT_TRUE(watch.frozen(scene(1), now + 2500ms));
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

TEST(FrozenWatch, NoticesAPictureThatIsOnlyCodedAnew) {
    FrozenWatch watch;
    const MonoTime now{100s};
    bool frozen = false;
    for (int i = 0; i <= 77; ++i) // every second a key picture, which differs by one grey level
        frozen = watch.frozen(scene(i % 30 == 29 ? 2 : 1), now + i * 33ms);
    EXPECT_TRUE(frozen);
}

TEST(FrozenWatch, IsNotMisledByAPastOfSmallChanges) {
    FrozenWatch watch;
    MonoTime now{100s};
    for (int i = 0; i < 1000; ++i, now += 33ms)
        ASSERT_FALSE(watch.frozen(scene(static_cast<std::uint8_t>(i % 2)), now)) << "a still scene, with its noise";
    const MonoTime hangs = now;
    while (!watch.frozen(scene(1), now) && now - hangs < 10s)
        now += 33ms;
    EXPECT_LE(now - hangs, 2600ms);
}

TEST(FrozenWatch, BearsACameraThatRepeatsPictures) {
    FrozenWatch watch;
    const MonoTime now{100s};
    for (int i = 0; i < 300; ++i) // 7.5 pictures a second, each four times
        ASSERT_FALSE(watch.frozen(scene(static_cast<std::uint8_t>(i / 4 % 2)), now + i * 33ms));
}

TEST(FrozenWatch, StartsAnewWhenTheSceneMoves) {
    FrozenWatch watch;
    const MonoTime now{100s};
    for (int i = 0; i < 100; ++i)
        ASSERT_FALSE(watch.frozen(scene(static_cast<std::uint8_t>(i / 2 * 3)), now + i * 1s))
            << "twice each, but moving";
}
