// SPDX-License-Identifier: GPL-3.0-or-later
// When the frames of a replay are due.
#include "hardware/frame_schedule.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using facelatch::core::MonoTime;
using facelatch::hardware::FrameSchedule;

TEST(FrameSchedule, PutsFramesOnePeriodApart) {
    FrameSchedule schedule(20);
    MonoTime now{100s};
    EXPECT_EQ(schedule.due(now), now) << "the first frame is due at once";
    schedule.shown(now);
    EXPECT_EQ(schedule.due(now), now + 50ms);
    EXPECT_EQ(schedule.due(now + 30ms), now + 50ms) << "asking late does not move it";
    schedule.shown(now + 50ms);
    EXPECT_EQ(schedule.due(now + 95ms), now + 100ms) << "no drift by late readers";
}

TEST(FrameSchedule, KeepsItsPaceWhenALittleLate) {
    FrameSchedule schedule(20);
    const MonoTime now{100s};
    schedule.shown(now);
    EXPECT_EQ(schedule.due(now + 80ms), now + 50ms);
    EXPECT_EQ(schedule.due(now + 100ms), now + 50ms);
}

TEST(FrameSchedule, StartsOverAfterALongDelay) {
    FrameSchedule schedule(20);
    const MonoTime now{100s};
    schedule.shown(now);
    EXPECT_EQ(schedule.due(now + 101ms), now + 101ms)
        << "a frame is never more than a period old when it is handed out";
    EXPECT_EQ(schedule.due(now + 1h), now + 1h);
}

TEST(FrameSchedule, CountsFrames) {
    const FrameSchedule schedule(15);
    EXPECT_EQ(schedule.framesIn(0ms), 0);
    EXPECT_EQ(schedule.framesIn(1000ms), 15);
    EXPECT_EQ(schedule.framesIn(100ms), 2);
    EXPECT_EQ(schedule.framesIn(-5ms), 0);
}
