// SPDX-License-Identifier: GPL-3.0-or-later
// Lockouts after wrong PINs: per person and per door, over a restart.
#include "core/factors.h"

#include <gtest/gtest.h>

using namespace facelatch::core;
using namespace std::chrono_literals;

namespace {

PersonId person(std::uint8_t number) {
    PersonId id;
    id.value.bytes[15] = number;
    return id;
}

class Lockouts : public ::testing::Test {
protected:
    Now now{MonoTime{} + 1000s, WallTime{1'800'000'000'000ms}};
    PinLockouts lockouts;
    const PersonId alice = person(1), bob = person(2);

    void pass(milliseconds time) {
        now.mono += time;
        now.wall += time;
    }
    void fail(const PinLockouts::Who& who, int times) {
        for (int i = 0; i < times; ++i)
            lockouts.failed(who, now);
    }
    milliseconds left(const PinLockouts::Who& who) const {
        const auto until = lockouts.lockedUntil(who, now.mono);
        return until ? std::chrono::duration_cast<milliseconds>(*until - now.mono) : 0ms;
    }
};

TEST_F(Lockouts, countEachForThemselves) {
    fail(alice, 4);
    fail(std::nullopt, 4);
    EXPECT_EQ(left(alice), 0ms);
    EXPECT_EQ(left(std::nullopt), 0ms);
    fail(alice, 1);
    EXPECT_EQ(left(alice), 30s);
    EXPECT_EQ(left(bob), 0ms);
    EXPECT_EQ(left(std::nullopt), 0ms);
    fail(std::nullopt, 1);
    EXPECT_EQ(left(std::nullopt), 30s);
}

TEST_F(Lockouts, doubleUpToAQuarterOfAnHour) {
    fail(alice, 4);
    for (const milliseconds length : {30'000ms, 60'000ms, 120'000ms, 240'000ms, 480'000ms, 900'000ms, 900'000ms}) {
        fail(alice, 1);
        EXPECT_EQ(left(alice), length);
        pass(length - 1ms);
        EXPECT_EQ(left(alice), 1ms);
        pass(1ms);
        EXPECT_EQ(left(alice), 0ms);
    }
}

TEST_F(Lockouts, aRightPinBeginsAPersonAnewButNotTheDoor) {
    fail(alice, 4);
    fail(std::nullopt, 4);
    lockouts.succeeded(alice, now);
    lockouts.succeeded(std::nullopt, now);
    fail(alice, 4);
    EXPECT_EQ(left(alice), 0ms);
    fail(std::nullopt, 1);
    EXPECT_EQ(left(std::nullopt), 30s);
}

TEST_F(Lockouts, theDoorForgetsAfterAQuietHour) {
    fail(std::nullopt, 4);
    pass(PinLockouts::doorForgets - 1ms);
    fail(std::nullopt, 1);
    EXPECT_EQ(left(std::nullopt), 30s);
    pass(PinLockouts::doorForgets);
    fail(std::nullopt, 4);
    EXPECT_EQ(left(std::nullopt), 0ms);
    fail(alice, 4);
    pass(10 * PinLockouts::doorForgets);
    fail(alice, 1);
    EXPECT_EQ(left(alice), 30s) << "a person's count is ended by the right PIN alone";
}

TEST_F(Lockouts, areToldAndGivenBack) {
    std::map<PinLockouts::Who, Lockout::Row> disk;
    lockouts.onChange([&](const PinLockouts::Who& who, const Lockout::Row& row) {
        if (row.failures == 0)
            disk.erase(who);
        else
            disk[who] = row;
    });
    fail(alice, 6);
    fail(bob, 2);
    fail(std::nullopt, 5);
    lockouts.succeeded(bob, now);
    ASSERT_EQ(disk.size(), 2U);
    pass(10s);
    PinLockouts again;
    const Now restarted{MonoTime{} + 5s, now.wall}; // another monotonic clock
    again.restore({disk.begin(), disk.end()}, restarted);
    EXPECT_EQ(again.lockedUntil(std::nullopt, restarted.mono), restarted.mono + 20s);
    EXPECT_FALSE(again.lockedUntil(bob, restarted.mono));
    again.failed(bob, restarted);
    const MonoTime later = restarted.mono + 25s;
    again.failed(std::nullopt, {later, now.wall + 25s});
    EXPECT_EQ(again.lockedUntil(std::nullopt, later), later + 60s) << "the sixth failure, not the first";
}

TEST_F(Lockouts, whatIsGivenBackLateDoesNotEaseWhatWasCounted) {
    fail(alice, 7);
    const milliseconds before = left(alice);
    lockouts.restore({{alice, {1, {}}}, {std::nullopt, {5, now.wall + 30s}}}, now);
    EXPECT_EQ(left(alice), before);
    EXPECT_EQ(left(std::nullopt), 30s);
}

} // namespace
