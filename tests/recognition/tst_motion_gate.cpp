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
    const auto moved = gate.examine(scene(60), now + 33ms);
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
