// SPDX-License-Identifier: GPL-3.0-or-later
// When the screen sleeps and wakes.
#include "core/screen_rest.h"

#include <gtest/gtest.h>

using namespace facelatch::core;
using std::chrono::seconds;

namespace {

const MonoTime start(std::chrono::hours(7));

TEST(ScreenRest, SleepsInTwoSteps) {
    ScreenRest rest({seconds(60), seconds(300)}, start);
    EXPECT_EQ(rest.at(start + seconds(59), false), Rest::Awake);
    EXPECT_EQ(rest.at(start + seconds(60), false), Rest::Clock);
    EXPECT_EQ(rest.at(start + seconds(299), false), Rest::Clock);
    EXPECT_EQ(rest.at(start + seconds(300), false), Rest::Dark);
}

TEST(ScreenRest, AFaceAndATouchWakeIt) {
    ScreenRest rest({seconds(60), seconds(300)}, start);
    EXPECT_EQ(rest.at(start + seconds(400), false), Rest::Dark);
    EXPECT_EQ(rest.at(start + seconds(401), true), Rest::Awake);
    EXPECT_EQ(rest.at(start + seconds(460), false), Rest::Awake);
    EXPECT_EQ(rest.at(start + seconds(461), false), Rest::Clock);
    rest.touched(start + seconds(470));
    EXPECT_EQ(rest.at(start + seconds(470), false), Rest::Awake);
}

TEST(ScreenRest, WhatIsShownKeepsItAwake) {
    ScreenRest rest({seconds(60), seconds(0)}, start);
    for (int second = 0; second < 1000; second += 10)
        EXPECT_EQ(rest.at(start + seconds(second), true), Rest::Awake);
    EXPECT_EQ(rest.at(start + seconds(1060), false), Rest::Clock);
}

TEST(ScreenRest, ZeroIsNever) {
    ScreenRest never({seconds(0), seconds(0)}, start), dark({seconds(0), seconds(30)}, start);
    EXPECT_EQ(never.at(start + std::chrono::hours(1000), false), Rest::Awake);
    EXPECT_EQ(dark.at(start + seconds(29), false), Rest::Awake);
    EXPECT_EQ(dark.at(start + seconds(30), false), Rest::Dark);
}

TEST(ScreenRest, DarkBeforeTheClockIsDark) {
    ScreenRest rest({seconds(60), seconds(30)}, start);
    EXPECT_EQ(rest.at(start + seconds(45), false), Rest::Dark);
    EXPECT_EQ(rest.at(start + seconds(90), false), Rest::Dark);
}

} // namespace
