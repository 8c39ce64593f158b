// SPDX-License-Identifier: GPL-3.0-or-later
// What the installer's overlay is told of the frames.
#include "core/installer_view.h"

#include <gtest/gtest.h>

using namespace facelatch::core;

namespace {

PersonId personId(std::uint8_t last) {
    return {makeUuid7(WallTime(milliseconds(1)), {0, 0, 0, 0, 0, 0, 0, 0, 0, last})};
}

MonoTime at(int ms) {
    return MonoTime(milliseconds(100'000 + ms));
}

Observation frame(std::uint64_t number, int ms) {
    Observation observation;
    observation.frameNumber = number;
    observation.capturedAt = at(ms);
    observation.width = 640;
    observation.height = 480;
    return observation;
}

class InstallerWatchTest : public ::testing::Test {
protected:
    InstallerWatchTest() : watch({{0.47F, 0.05F}, true, 0.5F, {"detector", "embedder", "liveness"}}) {}
    InstallerWatch watch;
};

TEST_F(InstallerWatchTest, hasNothingBeforeTheFirstFrame) {
    EXPECT_EQ(watch.view(), nullptr);
}

TEST_F(InstallerWatchTest, namesTheBestAndTheSecondAndKeepsTheirScores) {
    Person alice, bob;
    alice.id = personId(1);
    alice.name = "Alice";
    bob.id = personId(2);
    bob.name = "Bob";
    watch.setGallery(Gallery::build({alice, bob}, {}, "m", 2));
    Observation seen = frame(1, 0);
    FaceObservation face;
    face.track = 7;
    face.match = Match{alice.id, 0.41F, bob.id, 0.2F};
    seen.faces = {face, FaceObservation{}};
    seen.faces[1].match = Match{personId(9), 0.6F, std::nullopt, -1};
    watch.observe(seen, at(40));
    const auto view = watch.view();
    ASSERT_NE(view, nullptr);
    ASSERT_EQ(view->faces.size(), 2U);
    EXPECT_EQ(view->faces[0].best, "Alice"); // below the threshold: an installer sees whom it nearly was
    EXPECT_EQ(view->faces[0].second, "Bob");
    EXPECT_EQ(view->faces[0].face.track, 7U);
    EXPECT_FLOAT_EQ(view->faces[0].face.match->score, 0.41F);
    EXPECT_EQ(view->faces[1].best, ""); // somebody who is no longer enrolled
    EXPECT_EQ(view->frameAge, milliseconds(40));
    EXPECT_EQ(view->frameWidth, 640);
    EXPECT_FLOAT_EQ(view->facts.match.threshold, 0.47F);
    EXPECT_EQ(view->facts.models.size(), 3U);
}

TEST_F(InstallerWatchTest, countsRatesAndSkippedFrames) {
    // A camera at 25 a second of which every second frame is looked at, for longer than the rates reach back.
    for (int i = 0; i < 100; ++i)
        watch.observe(frame(static_cast<std::uint64_t>(1 + 2 * i), 80 * i), at(80 * i + 10));
    EXPECT_NEAR(watch.view()->cameraRate, 25, 0.01);
    EXPECT_NEAR(watch.view()->lookedAt, 12.5, 0.01);
    EXPECT_EQ(watch.view()->skipped, 99U);
    watch.observe(frame(100, 0), at(9000)); // older than the last: not counted
    EXPECT_EQ(watch.view()->skipped, 99U);
    EXPECT_EQ(watch.view()->frameAge, milliseconds(10));
}

TEST_F(InstallerWatchTest, aLongPauseIsNoRate) {
    watch.observe(frame(1, 0), at(0));
    watch.observe(frame(2, 60'000), at(60'000));
    EXPECT_EQ(watch.view()->cameraRate, 0);
    EXPECT_EQ(watch.view()->lookedAt, 0);
}

TEST_F(InstallerWatchTest, keepsTheTimeOfAStageThatDidNotRunForAWhile) {
    using std::chrono::microseconds;
    Observation first = frame(1, 0);
    first.times = StageTimes{microseconds(9000), microseconds(19000), microseconds(8000), microseconds(40000)};
    watch.observe(first, at(0));
    Observation second = frame(2, 40);
    second.times = StageTimes{microseconds(10000), {}, {}, microseconds(11000)};
    watch.observe(second, at(40));
    ASSERT_TRUE(watch.view()->times);
    EXPECT_EQ(watch.view()->times->detect, microseconds(10000));
    EXPECT_EQ(watch.view()->times->embed, microseconds(19000));
    EXPECT_EQ(watch.view()->times->whole, microseconds(11000));
    second.frameNumber = 3;
    watch.observe(second, at(5000));
    EXPECT_EQ(watch.view()->times->embed, microseconds(0));
    watch.observe(frame(4, 5040), at(5040));
    EXPECT_FALSE(watch.view()->times); // nobody measures
}

} // namespace
