// SPDX-License-Identifier: GPL-3.0-or-later
// The release and its deadline, in the order of a visit and in any order.
#include "core/door_machine.h"

#include <gtest/gtest.h>

#include <random>

using namespace facelatch::core;
using namespace std::chrono_literals;

namespace {

constexpr MonoTime start = MonoTime{} + 1000s;

Decision grant() {
    Decision decision;
    decision.releases = true;
    decision.event.outcome = Outcome::Granted;
    return decision;
}

TEST(DoorMachine, releasesForTheStrikeTimeAndRelocksOnce) {
    DoorMachine door({4s, 12s});
    EXPECT_FALSE(door.released(start));
    EXPECT_FALSE(door.deadline());
    EXPECT_FALSE(door.tick(start));

    EXPECT_EQ(door.onDecision(grant(), start), 4000ms);
    EXPECT_EQ(door.deadline(), start + 4s);
    EXPECT_TRUE(door.released(start));
    EXPECT_FALSE(door.tick(start + 3999ms));
    EXPECT_TRUE(door.released(start + 3999ms));
    EXPECT_FALSE(door.released(start + 4s)) << "the deadline itself is locked, with or without a tick";
    EXPECT_TRUE(door.tick(start + 4s));
    EXPECT_FALSE(door.tick(start + 4s)) << "told once";
    EXPECT_FALSE(door.deadline());
}

TEST(DoorMachine, onlyAGrantThatReleasesMovesIt) {
    DoorMachine door({});
    Decision denied = grant(), logged = grant();
    denied.event.outcome = Outcome::Denied;
    logged.releases = false;
    EXPECT_FALSE(door.onDecision(denied, start));
    EXPECT_FALSE(door.onDecision(logged, start));
    EXPECT_FALSE(door.onDecision(Decision{}, start));
    EXPECT_FALSE(door.released(start));
}

TEST(DoorMachine, overlappingGrantsExtendUpToTheLongestRelease) {
    DoorMachine door({4s, 10s});
    EXPECT_EQ(door.onDecision(grant(), start), 4s);
    EXPECT_EQ(door.onDecision(grant(), start + 3s), 4s);
    EXPECT_EQ(door.deadline(), start + 7s);
    EXPECT_EQ(door.onDecision(grant(), start + 6500ms), 3500ms);
    EXPECT_EQ(door.deadline(), start + 10s);
    EXPECT_FALSE(door.onDecision(grant(), start + 9s)) << "no time is left";
    EXPECT_TRUE(door.released(start + 9999ms));
    EXPECT_FALSE(door.released(start + 10s));
    EXPECT_EQ(door.onDecision(grant(), start + 10s), 4s) << "locked again: a new release";
}

TEST(DoorMachine, aGrantAfterTheDeadlineBeginsAnewAlsoWithoutATick) {
    DoorMachine door({4s, 5s});
    door.onDecision(grant(), start);
    EXPECT_EQ(door.onDecision(grant(), start + 30s), 4s);
    EXPECT_EQ(door.deadline(), start + 34s);
}

TEST(DoorMachine, theLongestReleaseLimitsAlsoTheStrikeTime) {
    DoorMachine door({30s, 12s});
    EXPECT_EQ(door.onDecision(grant(), start), 12s);
}

TEST(DoorMachine, lessThanAMillisecondIsNoRelease) {
    DoorMachine door({4s, 4s});
    EXPECT_TRUE(door.onDecision(grant(), start));
    DoorMachine never({0ms, 0ms}), backwards({-1ms, 12s});
    EXPECT_FALSE(never.onDecision(grant(), start));
    EXPECT_FALSE(backwards.onDecision(grant(), start));
    EXPECT_FALSE(backwards.released(start));
    DoorMachine almost({4s, 8s});
    almost.onDecision(grant(), start);
    almost.onDecision(grant(), start + 3999500us);
    EXPECT_EQ(almost.deadline(), start + 7999500us);
    EXPECT_FALSE(almost.onDecision(grant(), start + 7999400us)) << "a pulse of 0 ms would be a senseless command";
}

TEST(DoorMachine, aLockThatFailedIsLocked) {
    DoorMachine door({4s, 12s});
    door.onDecision(grant(), start);
    door.lockFailed();
    EXPECT_FALSE(door.released(start));
    EXPECT_FALSE(door.deadline());
    EXPECT_FALSE(door.tick(start + 4s));
    EXPECT_EQ(door.onDecision(grant(), start + 11s), 4s) << "what failed was no release";
}

/// A lock as the daemon has it: a pulse prolongs, never shortens, and ends by itself.
struct Lock {
    MonoTime until{}, since{};
    void pulse(milliseconds duration, MonoTime now) {
        if (now >= until)
            since = now;
        until = std::max(until, now + duration);
    }
};

TEST(DoorMachine, inAnyOrderItIsNeverReleasedPastItsDeadlineNorTooLong) {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 random(seed);
        const auto below = [&](int end) { return std::uniform_int_distribution<int>(0, end - 1)(random); };
        const DoorTimes times{milliseconds(below(5000)), milliseconds(below(12000))};
        DoorMachine door(times);
        Lock lock;
        MonoTime now = start;
        int releases = 0;
        for (int step = 0; step < 2000; ++step) {
            now += std::chrono::microseconds(below(3) == 0 ? 0 : below(2'000'000));
            if (below(3) == 0)
                door.tick(now);
            if (below(3) == 0) {
                Decision decision = grant();
                decision.releases = below(4) != 0;
                decision.event.outcome = below(4) != 0 ? Outcome::Granted : Outcome::Denied;
                if (const auto duration = door.onDecision(decision, now)) {
                    ASSERT_TRUE(decision.releases && decision.event.outcome == Outcome::Granted);
                    ASSERT_GT(*duration, 0ms);
                    ASSERT_LE(*duration, times.strike);
                    lock.pulse(*duration, now);
                    ++releases;
                }
            }
            ASSERT_LE(lock.until - lock.since, times.longestRelease);
            if (now < lock.until) {
                ASSERT_TRUE(door.released(now)) << "the lock is open and the door does not know";
            }
            if (door.released(now)) {
                ASSERT_LT(now, *door.deadline());
                ASSERT_LE(*door.deadline() - lock.until, 1ms);
            }
            const MonoTime late = now + times.longestRelease;
            ASSERT_FALSE(door.released(late)) << "without another grant it is locked after the longest release";
        }
        if (times.strike > 500ms && times.longestRelease > 500ms) {
            EXPECT_GT(releases, 20);
        }
    }
}

} // namespace
