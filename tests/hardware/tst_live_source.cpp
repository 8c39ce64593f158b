// SPDX-License-Identifier: GPL-3.0-or-later
// Live sources: times, loss, silence, restart; and a USB camera that is not there.
#include "hardware/devices.h"
#include "hardware/frame_source.h"

#include <gmock/gmock.h>

#include <cmath>
#include <future>

using namespace facelatch;
using namespace facelatch::hardware;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using ::testing::HasSubstr;

namespace {

std::unique_ptr<FrameSource> testSource(int endsAfter, int stallsAfter) {
    CameraSettings settings;
    settings.kind = SourceKind::Test;
    settings.width = 160;
    settings.height = 120;
    settings.framesPerSecond = 50;
    settings.testEndsAfter = endsAfter;
    settings.testStallsAfter = stallsAfter;
    auto source = makeFrameSource(settings);
    EXPECT_TRUE(source);
    return std::move(*source);
}

/// Frames until the error that ends them, which is returned; nothing when none came within a minute.
std::optional<core::Error> drain(FrameSource& source, std::vector<core::Frame>& frames) {
    const auto deadline = steady_clock::now() + 60s;
    while (steady_clock::now() < deadline) {
        auto next = source.next(200ms);
        if (!next)
            return next.error();
        if (*next)
            frames.push_back(**next);
    }
    return std::nullopt;
}

} // namespace

TEST(LiveSource, GivesFramesWithTheTimeOfTheirCapture) {
    const auto source = testSource(0, 0);
    const auto begun = steady_clock::now();
    ASSERT_TRUE(source->start());
    std::optional<core::Frame> last;
    for (int count = 0; count < 10;) {
        auto next = source->next(5s);
        ASSERT_TRUE(next) << next.error().text();
        ASSERT_TRUE(*next);
        const core::Frame& frame = **next;
        EXPECT_EQ(frame.image.width(), 160);
        EXPECT_EQ(frame.image.height(), 120);
        EXPECT_EQ(frame.origin, core::FrameOrigin::Test);
        EXPECT_GE(frame.capturedAt, begun);
        EXPECT_LE(frame.capturedAt, steady_clock::now());
        if (last) {
            EXPECT_GT(frame.number, last->number);
            // Captured 20 ms apart, or a multiple where the reader was too slow and frames were dropped.
            const auto gap = std::chrono::duration<double, std::milli>(frame.capturedAt - last->capturedAt).count();
            EXPECT_NEAR(std::remainder(gap, 20.0), 0.0, 0.01) << gap;
        }
        last = frame;
        ++count;
    }
}

TEST(LiveSource, SaysThatTheSourceVanishedAndCountsOnAfterReopening) {
    const auto source = testSource(3, 0);
    ASSERT_TRUE(source->start());
    std::vector<core::Frame> frames;
    const auto lost = drain(*source, frames);
    ASSERT_TRUE(lost);
    EXPECT_EQ(lost->kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(lost->text(), HasSubstr("ended"));
    ASSERT_FALSE(frames.empty());
    const auto stillLost = source->next(1ms);
    ASSERT_FALSE(stillLost);
    EXPECT_THAT(stillLost.error().text(), HasSubstr("not started"));
    ASSERT_TRUE(source->start());
    const auto seen = frames.back().number;
    frames.clear();
    drain(*source, frames);
    ASSERT_FALSE(frames.empty());
    EXPECT_EQ(frames.front().number, seen + 1);
}

TEST(LiveSource, CountsTwoSecondsOfSilenceAsLoss) {
    const auto source = testSource(0, 5);
    ASSERT_TRUE(source->start());
    std::vector<core::Frame> frames;
    const auto lost = drain(*source, frames);
    const auto noticed = steady_clock::now();
    ASSERT_TRUE(lost);
    EXPECT_EQ(lost->kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(lost->text(), HasSubstr("no picture for 2 s"));
    ASSERT_FALSE(frames.empty());
    EXPECT_GE(noticed - frames.back().capturedAt, 2s);
}

TEST(LiveSource, StopsFromAnotherThread) {
    const auto source = testSource(0, 1);
    ASSERT_TRUE(source->start());
    ASSERT_TRUE(*source->next(5s));
    std::promise<void> waiting;
    auto stopped = std::async(std::launch::async, [&] {
        waiting.set_value();
        auto next = source->next(1h);
        return next && !*next;
    });
    waiting.get_future().wait();
    source->stop();
    EXPECT_TRUE(stopped.get());
    EXPECT_FALSE(source->start());
}

TEST(UsbCamera, SaysThatADeviceIsNotThere) {
    CameraSettings settings;
    settings.device = "/dev/video-of-nobody";
    const auto source = std::move(*makeFrameSource(settings));
    const auto started = source->start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(started.error().text(), HasSubstr("/dev/video-of-nobody"));
    EXPECT_FALSE(started.error().remedy.empty());
    EXPECT_EQ(source->origin(), core::FrameOrigin::Camera);
    EXPECT_FALSE(source->next(1ms));
}

TEST(UsbCamera, SaysThatADeviceIsNoCamera) {
    CameraSettings settings;
    settings.device = "/dev/null";
    const auto started = (*makeFrameSource(settings))->start();
    ASSERT_FALSE(started);
    EXPECT_THAT(started.error().text(), HasSubstr("no camera (/dev/null)"));
}

TEST(UsbCamera, SaysThatThereIsNone) {
    if (!listCameras().empty())
        GTEST_SKIP() << "this machine has a camera";
    const auto started = (*makeFrameSource({}))->start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(started.error().text(), HasSubstr("no camera found"));
    EXPECT_THAT(started.error().text(), HasSubstr("Plug in a USB camera"));
}
