// SPDX-License-Identifier: GPL-3.0-or-later
// When a sender's pictures were taken.
#include "hardware/delay_watch.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using facelatch::core::MonoTime;
using facelatch::hardware::DelayWatch;
using std::chrono::nanoseconds;

namespace {

constexpr MonoTime begin{5000s};

/// A camera with 25 pictures a second; its clock reads 0 when the first is taken at `begin`.
struct Camera {
    DelayWatch watch;
    nanoseconds stamp{0};
    MonoTime now = begin;

    /// Pictures for so long, each arriving `delay` after it was taken. The age of the last as the watch sees it.
    std::optional<nanoseconds> send(nanoseconds time, nanoseconds delay, double clockSpeed = 1) {
        std::optional<MonoTime> taken;
        for (const nanoseconds until = stamp + time; stamp < until; stamp += 40ms) {
            const auto real = nanoseconds(static_cast<std::int64_t>(static_cast<double>(stamp.count()) * clockSpeed));
            now = begin + real + delay;
            watch.arrived(stamp, now);
            taken = watch.taken(stamp, now);
        }
        return taken ? std::optional(now - *taken) : std::nullopt;
    }
};

} // namespace

TEST(DelayWatch, SaysNothingBeforeItHasSettled) {
    Camera camera;
    EXPECT_FALSE(camera.watch.taken(0ns, begin));
    EXPECT_FALSE(camera.send(900ms, 5ms));
    ASSERT_TRUE(camera.send(300ms, 5ms));
}

TEST(DelayWatch, CountsWhatAPictureWasHeldUp) {
    Camera camera;
    camera.send(5s, 5ms);
    const auto held = camera.send(40ms, 905ms);
    ASSERT_TRUE(held);
    EXPECT_NEAR(std::chrono::duration<double>(*held).count(), 0.9, 0.002);
    const auto after = camera.send(40ms, 5ms);
    ASSERT_TRUE(after);
    EXPECT_NEAR(std::chrono::duration<double>(*after).count(), 0, 0.002);
}

TEST(DelayWatch, DoesNotGetUsedToADelay) {
    Camera camera;
    camera.send(5s, 5ms);
    const auto held = camera.send(60s, 905ms);
    ASSERT_TRUE(held);
    EXPECT_GT(*held, 880ms) << "a minute later they are still late";
}

TEST(DelayWatch, FollowsAClockThatDrifts) {
    for (const double speed : {0.9999, 1.0001}) {
        Camera camera;
        const auto age = camera.send(3600s, 5ms, speed);
        ASSERT_TRUE(age);
        EXPECT_NEAR(std::chrono::duration<double>(*age).count(), 0, 0.01) << speed;
    }
}

TEST(DelayWatch, SeesThroughABurstOfOldPicturesAtTheBeginning) {
    Camera camera; // three seconds of old pictures within a third of a second, then live ones
    for (int i = 0; i < 75; ++i) {
        camera.now = begin + 3s + i * 4ms;
        camera.watch.arrived(camera.stamp, camera.now);
        EXPECT_FALSE(camera.watch.taken(camera.stamp, camera.now)) << "old, and nobody can know yet";
        camera.stamp += 40ms;
    }
    camera.stamp += 320ms;
    const auto age = camera.send(3s, 5ms);
    ASSERT_TRUE(age);
    EXPECT_LT(*age, 10ms);
}

TEST(DelayWatch, WaitsForABurstThatIsSlowlyOvertaken) {
    Camera camera; // each picture is late by 10 ms less than the one before
    for (int i = 0; i < 100; ++i) {
        camera.now = begin + i * 40ms + (1000ms - i * 10ms);
        camera.watch.arrived(camera.stamp, camera.now);
        ASSERT_FALSE(camera.watch.taken(camera.stamp, camera.now)) << i;
        camera.stamp += 40ms;
    }
}

TEST(DelayWatch, ASenderThatJumpsAheadIsNotFromTheFuture) {
    Camera camera;
    camera.send(5s, 5ms);
    const nanoseconds ahead = camera.stamp + 3600s;
    camera.watch.arrived(ahead, camera.now);
    const auto taken = camera.watch.taken(ahead, camera.now + 600ms);
    ASSERT_TRUE(taken);
    EXPECT_LE(*taken, camera.now + 600ms);
    const auto before = camera.watch.taken(camera.stamp, camera.now + 600ms);
    ASSERT_TRUE(before);
    EXPECT_GT(camera.now - *before, 3000s) << "what comes by the old clock counts as old";
}
