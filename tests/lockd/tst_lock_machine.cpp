// SPDX-License-Identifier: GPL-3.0-or-later
// The lock's timing rules: each in a table, then all of them under random commands.
#include "hardware/lockd/lock_machine.h"

#include <gtest/gtest.h>

#include <optional>
#include <random>

namespace facelatch::lockd {
namespace {

TimePoint at(int ms) {
    return TimePoint{} + std::chrono::hours(1) + Ms(ms);
}

/// At rest since at(0), free to release from at(1000), at most 5 s; the client's BEAT is at at(1000).
LockMachine ready(bool holdAllowed = true) {
    LockMachine machine(Ms(5000), Ms(1000), holdAllowed, at(0));
    machine.beat(at(1000));
    return machine;
}

void beatUntil(LockMachine& machine, int from, int to) {
    for (int ms = from; ms <= to; ms += 500) {
        machine.tick(at(ms));
        machine.beat(at(ms));
    }
}

TEST(LockMachine, beginsAtRest) {
    const LockMachine machine = ready();
    EXPECT_FALSE(machine.released());
    EXPECT_EQ(machine.remaining(at(1000)), Ms(0));
}

TEST(LockMachine, aPulseEndsByItself) {
    LockMachine machine = ready();
    EXPECT_EQ(machine.pulse(Ms(300), at(1000)), Refusal::None);
    EXPECT_EQ(machine.state(), LockState::Pulse);
    EXPECT_EQ(machine.remaining(at(1100)), Ms(200));
    EXPECT_FALSE(machine.tick(at(1299)));
    EXPECT_TRUE(machine.tick(at(1300)));
    EXPECT_FALSE(machine.released());
    EXPECT_FALSE(machine.tick(at(1301)));
}

TEST(LockMachine, onlyTimesUpToTheMaximumAreTaken) {
    for (const int ms : {-1, 0, 5001, 100000}) {
        LockMachine machine = ready();
        EXPECT_EQ(machine.pulse(Ms(ms), at(1000)), Refusal::Range) << ms;
        EXPECT_FALSE(machine.released()) << ms;
    }
    for (const int ms : {1, 5000}) {
        LockMachine machine = ready();
        EXPECT_EQ(machine.pulse(Ms(ms), at(1000)), Refusal::None) << ms;
    }
}

TEST(LockMachine, aRefusedTimeLeavesARunningPulseAlone) {
    LockMachine machine = ready();
    ASSERT_EQ(machine.pulse(Ms(300), at(1000)), Refusal::None);
    EXPECT_EQ(machine.pulse(Ms(5001), at(1100)), Refusal::Range);
    EXPECT_EQ(machine.remaining(at(1100)), Ms(200));
}

TEST(LockMachine, aSecondPulseProlongsAndNeverShortens) {
    LockMachine machine = ready();
    ASSERT_EQ(machine.pulse(Ms(1000), at(1000)), Refusal::None);
    EXPECT_EQ(machine.pulse(Ms(100), at(1200)), Refusal::None);
    EXPECT_EQ(machine.remaining(at(1200)), Ms(800));
    EXPECT_EQ(machine.pulse(Ms(1500), at(1200)), Refusal::None);
    EXPECT_EQ(machine.remaining(at(1200)), Ms(1500));
}

TEST(LockMachine, noChainOfPulsesPassesTheMaximum) {
    LockMachine machine = ready();
    for (int ms = 1000; ms < 6000; ms += 500) {
        machine.beat(at(ms));
        ASSERT_EQ(machine.pulse(Ms(5000), at(ms)), Refusal::None);
    }
    EXPECT_FALSE(machine.tick(at(5999)));
    EXPECT_TRUE(machine.tick(at(6000)));
}

TEST(LockMachine, aNewReleaseWaitsForTheRest) {
    LockMachine machine = ready();
    ASSERT_EQ(machine.pulse(Ms(100), at(1000)), Refusal::None);
    ASSERT_TRUE(machine.tick(at(1100)));
    machine.beat(at(1100));
    EXPECT_EQ(machine.pulse(Ms(100), at(2099)), Refusal::TooSoon);
    EXPECT_EQ(machine.hold(at(2099)), Refusal::TooSoon);
    EXPECT_EQ(machine.wait(at(2099)), Ms(1));
    EXPECT_EQ(machine.pulse(Ms(100), at(2100)), Refusal::None);
}

TEST(LockMachine, aPulseThatIsOverButNotYetTickedIsNoPulseToProlong) {
    LockMachine machine = ready();
    ASSERT_EQ(machine.pulse(Ms(100), at(1000)), Refusal::None);
    EXPECT_EQ(machine.pulse(Ms(100), at(1500)), Refusal::TooSoon);
    EXPECT_FALSE(machine.released());
}

TEST(LockMachine, theStartCountsAsTheBeginOfARest) {
    LockMachine machine(Ms(5000), Ms(1000), true, at(0));
    machine.beat(at(500));
    EXPECT_EQ(machine.pulse(Ms(100), at(999)), Refusal::TooSoon);
    EXPECT_EQ(machine.pulse(Ms(100), at(1000)), Refusal::None);
}

TEST(LockMachine, aReleaseEndsWithItsLease) {
    LockMachine machine = ready();
    ASSERT_EQ(machine.pulse(Ms(5000), at(1000)), Refusal::None);
    EXPECT_FALSE(machine.leaseOver(at(2999)));
    EXPECT_FALSE(machine.tick(at(2999)));
    EXPECT_TRUE(machine.leaseOver(at(3000)));
    EXPECT_TRUE(machine.tick(at(3000)));
}

TEST(LockMachine, onlyABeatRenewsTheLease) {
    LockMachine machine = ready();
    ASSERT_EQ(machine.hold(at(1000)), Refusal::None);
    EXPECT_EQ(machine.hold(at(2500)), Refusal::None);
    EXPECT_EQ(machine.pulse(Ms(5000), at(2500)), Refusal::None);
    EXPECT_TRUE(machine.tick(at(3000)));
}

TEST(LockMachine, holdNeedsPermission) {
    LockMachine machine = ready(false);
    EXPECT_EQ(machine.hold(at(1000)), Refusal::HoldForbidden);
    EXPECT_FALSE(machine.released());
}

TEST(LockMachine, aHoldLastsWhileBeatsComeAndNoLonger) {
    LockMachine machine = ready();
    ASSERT_EQ(machine.hold(at(1000)), Refusal::None);
    beatUntil(machine, 1000, 60000);
    EXPECT_EQ(machine.state(), LockState::Hold);
    EXPECT_TRUE(machine.tick(at(62000)));
}

TEST(LockMachine, holdTakesAPulseOverAndAPulseLeavesItAlone) {
    LockMachine machine = ready();
    ASSERT_EQ(machine.pulse(Ms(100), at(1000)), Refusal::None);
    ASSERT_EQ(machine.hold(at(1050)), Refusal::None);
    EXPECT_FALSE(machine.tick(at(1200)));
    EXPECT_EQ(machine.pulse(Ms(100), at(1300)), Refusal::None);
    EXPECT_EQ(machine.state(), LockState::Hold);
    machine.rest(at(1400));
    EXPECT_FALSE(machine.released());
}

TEST(LockMachine, restAtRestDoesNotPutOffTheNextRelease) {
    LockMachine machine = ready();
    machine.rest(at(1000));
    EXPECT_EQ(machine.pulse(Ms(100), at(1000)), Refusal::None);
}

/// Any commands at any times, the machine ticked first, as the daemon does it: what the line does is sampled and
/// checked.
TEST(LockMachine, noOrderOfCommandsBreaksTheRules) {
    std::mt19937 random(20240611);
    const auto upTo = [&random](int most) { return std::uniform_int_distribution(0, most)(random); };
    for (int round = 0; round < 2000; ++round) {
        const Ms maxPulse(100 + upTo(900)), minOff(100 + upTo(900));
        const bool holdAllowed = upTo(3) == 0;
        LockMachine machine(maxPulse, minOff, holdAllowed, at(0));
        std::optional<int> released, held;
        int rested = 0, beat = -10000, ms = 0;
        for (int step = 0; step < 400; ++step) {
            const int due = static_cast<int>(std::chrono::ceil<Ms>(machine.due() - at(0)).count());
            const int next = ms + upTo(upTo(20) == 0 ? 3000 : 60);
            ms = machine.released() ? std::min(next, std::max(due, ms))
                                    : next; // the daemon wakes up when something is due
            machine.tick(at(ms));
            const int command = upTo(9);
            if (command < 4) {
                machine.pulse(Ms(upTo(1200)), at(ms));
            } else if (command == 4) {
                machine.hold(at(ms));
            } else if (command == 5) {
                machine.rest(at(ms));
            } else if (command < 9) {
                machine.beat(at(ms));
                beat = ms;
            }
            machine.tick(at(ms));
            if (machine.released() && !released) {
                ASSERT_GE(Ms(ms - rested), minOff) << "round " << round << " step " << step;
                released = ms;
            } else if (!machine.released() && released) {
                rested = ms;
                released.reset();
            }
            held = machine.state() == LockState::Hold ? std::optional(ms) : std::nullopt;
            ASSERT_TRUE(!held || holdAllowed);
            ASSERT_TRUE(!machine.released() || ms - beat < 2000) << "round " << round << " step " << step;
            ASSERT_TRUE(machine.state() != LockState::Pulse || Ms(ms - *released) < maxPulse) << "round " << round;
            ASSERT_GE(machine.remaining(at(ms)), Ms(0));
            ASSERT_TRUE(!machine.released() || machine.remaining(at(ms)) > Ms(0));
        }
    }
}

} // namespace
} // namespace facelatch::lockd
