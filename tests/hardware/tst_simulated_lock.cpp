// SPDX-License-Identifier: GPL-3.0-or-later
// The simulated lock keeps the rules of the lock daemon.
#include "hardware/simulated_lock.h"

#include <gtest/gtest.h>

#include <random>

using namespace facelatch;
using namespace facelatch::hardware;
using namespace std::chrono_literals;

namespace {

class Simulated : public ::testing::Test {
protected:
    Simulated() { EXPECT_TRUE(lock.connect(t0)); }
    const core::MonoTime t0{1000s};
    SimulatedLock lock;
};

} // namespace

TEST_F(Simulated, IsNeverReal) {
    EXPECT_FALSE(lock.real());
    EXPECT_FALSE(makeDoorLock({LockKind::Simulated, "", false})->real());
}

TEST_F(Simulated, ReleasesForTheGivenTime) {
    EXPECT_FALSE(lock.state(t0).released);
    ASSERT_TRUE(lock.pulse(3s, t0));
    EXPECT_TRUE(lock.state(t0).released);
    EXPECT_EQ(lock.state(t0 + 1s).remaining, 2s);
    EXPECT_TRUE(lock.state(t0 + 2999ms).released);
    EXPECT_FALSE(lock.state(t0 + 3s).released);
}

TEST_F(Simulated, ProlongsButNeverShortensNorExceedsTheMaximum) {
    ASSERT_TRUE(lock.pulse(5s, t0));
    ASSERT_TRUE(lock.pulse(1s, t0 + 1s));
    EXPECT_TRUE(lock.state(t0 + 4999ms).released);
    for (auto t = 2s; t < 60s; t += 1s)
        (void)lock.pulse(10s, t0 + t);
    EXPECT_FALSE(lock.state(t0 + 60s).remaining > SimulatedLock::longestPulse);
    SimulatedLock other;
    ASSERT_TRUE(other.connect(t0));
    ASSERT_TRUE(other.pulse(10s, t0));
    ASSERT_TRUE(other.pulse(10s, t0 + 9s));
    EXPECT_FALSE(other.state(t0 + 10s).released);
}

TEST_F(Simulated, RefusesWhatTheDaemonRefuses) {
    EXPECT_FALSE(lock.pulse(0ms, t0));
    EXPECT_FALSE(lock.pulse(10001ms, t0));
    ASSERT_TRUE(lock.pulse(1s, t0));
    EXPECT_FALSE(lock.pulse(1s, t0 + 1500ms)) << "too soon";
    EXPECT_TRUE(lock.pulse(1s, t0 + 2s));
    SimulatedLock unconnected;
    const auto refused = unconnected.pulse(1s, t0);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, core::ErrorKind::OutOfService);
    EXPECT_FALSE(unconnected.state(t0).detail.empty());
}

TEST_F(Simulated, HoldsWhileItIsTold) {
    ASSERT_TRUE(lock.hold(true, t0));
    EXPECT_TRUE(lock.state(t0).held);
    for (auto t = 500ms; t <= 30s; t += 500ms)
        lock.beat(t0 + t);
    EXPECT_TRUE(lock.state(t0 + 30s).released);
    EXPECT_FALSE(lock.state(t0 + 32s).released) << "nobody beats any more";
    ASSERT_TRUE(lock.hold(true, t0 + 40s));
    ASSERT_TRUE(lock.hold(false, t0 + 41s));
    EXPECT_FALSE(lock.state(t0 + 41s).released);
}

TEST_F(Simulated, RestsWhenTold) {
    ASSERT_TRUE(lock.pulse(5s, t0));
    ASSERT_TRUE(lock.rest(t0 + 1s));
    EXPECT_FALSE(lock.state(t0 + 1s).released);
    EXPECT_FALSE(lock.pulse(1s, t0 + 1500ms)) << "too soon, as at the daemon";
    ASSERT_TRUE(lock.hold(true, t0 + 3s));
    ASSERT_TRUE(lock.rest(t0 + 4s));
    lock.beat(t0 + 4s);
    EXPECT_FALSE(lock.state(t0 + 4s).released);
    EXPECT_TRUE(lock.rest(t0 + 5s)) << "nothing to end";
}

TEST_F(Simulated, NoOrderOfPulsesLeavesItReleasedPastTheMaximum) {
    std::mt19937 random(3);
    core::MonoTime now = t0, releasedSince{};
    bool was = false;
    for (int i = 0; i < 20000; ++i) {
        now += core::milliseconds(random() % 700);
        if (random() % 3 == 0)
            (void)lock.pulse(core::milliseconds(random() % 11000), now);
        const bool is = lock.state(now).released;
        if (is && !was)
            releasedSince = now;
        if (is) {
            ASSERT_LE(now - releasedSince, SimulatedLock::longestPulse);
        }
        was = is;
    }
}
