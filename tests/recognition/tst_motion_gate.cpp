// SPDX-License-Identifier: GPL-3.0-or-later
// When the detector is worth running.
#include "made_pictures.h"
#include "recognition/motion_gate.h"

#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;
using namespace std::chrono_literals;

core::Image scene(int squareAt) {
    return painted(320, 240, [=](int x, int y) {
        const bool inside = x >= squareAt && x < squareAt + 40 && y >= 100 && y < 140;
        return inside ? Colour{230, 230, 230} : Colour{60, 60, 60};
    });
}

TEST(MotionGate, seesTheFirstPictureAndWhatMoves) {
    MotionGate gate({});
    core::MonoTime now{};
    EXPECT_TRUE(gate.examine(scene(10), now).look);
    const auto moved = gate.examine(scene(60), now + 66ms);
    EXPECT_TRUE(moved.motion);
    EXPECT_TRUE(moved.look);
}

TEST(MotionGate, closesOverAStillSceneButPeeks) {
    MotionSettings settings;
    MotionGate gate(settings);
    core::MonoTime now{};
    int looks = 0;
    gate.examine(scene(10), now);
    for (int i = 1; i <= 300; ++i) {
        now += 33ms;
        const auto opinion = gate.examine(scene(10), now);
        EXPECT_FALSE(opinion.motion);
        if (i > 70) // 2.3 s later
            looks += opinion.look ? 1 : 0;
    }
    // 7.6 s at one peek in 500 ms
    EXPECT_GE(looks, 12);
    EXPECT_LE(looks, 17);
}

TEST(MotionGate, looksAtEverySecondPictureOfABusyScene) {
    MotionGate gate({});
    core::MonoTime now{};
    int looks = 0;
    for (int i = 0; i < 90; ++i)
        looks += gate.examine(scene(10 + i % 2 * 50), now += 33ms).look ? 1 : 0;
    EXPECT_EQ(looks, 45);
}

/// Squares all over, in another order for each `kind`.
core::Image mosaic(int kind, int gain = 100) {
    return painted(320, 240, [=](int x, int y) {
        const int tile = x / 20 + 16 * (y / 20);
        const int level = ((tile * 7919 + kind * 104729) % 97) * gain / 100 + 60;
        const auto value = static_cast<std::uint8_t>(level);
        return Colour{value, value, value};
    });
}

TEST(MotionGate, noticesACutAndLooksAtOnce) {
    MotionGate gate({});
    const core::MonoTime now{};
    EXPECT_FALSE(gate.examine(mosaic(0), now).cut) << "there was nothing before";
    EXPECT_FALSE(gate.examine(mosaic(0), now + 33ms).cut);
    const auto cut = gate.examine(mosaic(1), now + 66ms);
    EXPECT_TRUE(cut.cut);
    EXPECT_TRUE(cut.look);
    const auto back = gate.examine(mosaic(0), now + 67ms);
    EXPECT_TRUE(back.cut);
    EXPECT_TRUE(back.look);
    gate.reset();
    EXPECT_FALSE(gate.examine(mosaic(1), now + 99ms).cut);
}

TEST(MotionGate, takesNeitherLightNorMovementForACut) {
    MotionGate gate({});
    core::MonoTime now{};
    gate.examine(mosaic(0), now);
    const auto light = gate.examine(mosaic(0, 150), now += 33ms); // the light is switched on
    EXPECT_TRUE(light.motion);
    EXPECT_FALSE(light.cut);
    gate.examine(scene(10), now += 33ms);
    for (int x = 20; x < 280; x += 20)
        EXPECT_FALSE(gate.examine(scene(x), now += 33ms).cut);
}

TEST(MotionGate, ignoresNoiseAndASmallChange) {
    MotionGate gate({});
    core::MonoTime now{};
    const auto noisy = [](int seed) {
        return painted(320, 240, [=](int x, int y) {
            const auto level = static_cast<std::uint8_t>(100 + (x * 31 + y * 17 + seed * 7) % 8);
            return Colour{level, level, level};
        });
    };
    gate.examine(noisy(0), now);
    for (int i = 1; i < 20; ++i)
        EXPECT_FALSE(gate.examine(noisy(i), now + i * 33ms).motion);
}

TEST(MotionGate, alwaysLooksWhenSwitchedOffAndNeverAtNothing) {
    MotionSettings settings;
    settings.enabled = false;
    MotionGate gate(settings);
    core::MonoTime now{};
    for (int i = 0; i < 100; ++i)
        EXPECT_TRUE(gate.examine(scene(10), now + i * 33ms).look);
    EXPECT_FALSE(gate.examine({}, now + 10s).look);
}

TEST(MotionGate, takesGreyPicturesAndAChangeOfSize) {
    MotionGate gate({});
    const core::MonoTime now{};
    const auto level = [](int, int) { return std::uint8_t{80}; };
    EXPECT_TRUE(gate.examine(grey(320, 240, level), now).look);
    EXPECT_FALSE(gate.examine(grey(640, 480, level), now + 33ms).motion);
}

} // namespace
} // namespace facelatch::tests
