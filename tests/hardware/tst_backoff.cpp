// SPDX-License-Identifier: GPL-3.0-or-later
// Waits between tries.
#include "hardware/backoff.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using facelatch::core::MonoTime;
using facelatch::hardware::Backoff;

TEST(Backoff, DoublesFromHalfASecondToTen) {
    Backoff backoff;
    const MonoTime now{100s};
    for (const auto expected : {500ms, 1000ms, 2000ms, 4000ms, 8000ms, 10000ms, 10000ms})
        EXPECT_EQ(backoff.failed(now), expected);
}

TEST(Backoff, IsDueWhenTheWaitIsOver) {
    Backoff backoff;
    const MonoTime now{100s};
    EXPECT_TRUE(backoff.due(now)) << "nothing has failed";
    backoff.failed(now);
    EXPECT_FALSE(backoff.due(now));
    EXPECT_FALSE(backoff.due(now + 499ms));
    EXPECT_TRUE(backoff.due(now + 500ms));
}

TEST(Backoff, BeginsAnewAfterSuccess) {
    Backoff backoff(10ms, 40ms);
    const MonoTime now{100s};
    backoff.failed(now);
    backoff.failed(now);
    backoff.succeeded();
    EXPECT_TRUE(backoff.due(now));
    EXPECT_EQ(backoff.failed(now), 10ms);
}
