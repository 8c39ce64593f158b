// SPDX-License-Identifier: GPL-3.0-or-later
// Replays: order, pace by captured times, loops, ends, and files that cannot be shown.
#include "hardware/frame_source.h"

#include "tests/hardware/media_files.h"

#include <gmock/gmock.h>

#include <cmath>
#include <future>

using namespace facelatch;
using namespace facelatch::hardware;
using namespace facelatch::testing;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

constexpr int rate = 50;
constexpr auto period = 20ms;
constexpr int emptyScene = 88;

int greyOf(const core::Frame& frame) {
    const core::Image& image = frame.image;
    return image.data()[image.stride() * (image.height() / 2) + 3 * (image.width() / 2)];
}

class Replay : public ::testing::Test {
protected:
    std::unique_ptr<FrameSource> open(std::vector<ReplayGroup> groups, bool looped) {
        CameraSettings settings;
        settings.kind = SourceKind::Replay;
        settings.width = 160;
        settings.height = 120;
        settings.framesPerSecond = rate;
        settings.replay = {std::move(groups), looped};
        auto source = makeFrameSource(settings);
        EXPECT_TRUE(source);
        return std::move(*source);
    }
    /// The next `count` frames, fewer when the source ends or fails.
    static std::vector<core::Frame> take(FrameSource& source, std::size_t count) {
        std::vector<core::Frame> frames;
        const auto deadline = steady_clock::now() + 30s;
        while (frames.size() < count && !source.finished() && steady_clock::now() < deadline) {
            auto next = source.next(100ms);
            if (!next) {
                ADD_FAILURE() << next.error().text();
                break;
            }
            if (*next)
                frames.push_back(**next);
        }
        return frames;
    }
    /// Greys rounded to tens: what was shown, run by run, as (grey, times).
    static std::vector<std::pair<int, int>> runs(const std::vector<core::Frame>& frames) {
        std::vector<std::pair<int, int>> runs;
        for (const core::Frame& frame : frames) {
            const int grey =
                greyOf(frame) == emptyScene ? emptyScene : static_cast<int>(std::lround(greyOf(frame) / 10.0)) * 10;
            if (runs.empty() || runs.back().first != grey)
                runs.emplace_back(grey, 0);
            ++runs.back().second;
        }
        return runs;
    }
    ReplayGroup pictures(std::initializer_list<const char*> names) const {
        ReplayGroup group;
        for (const char* name : names)
            group.files.push_back(folder / name);
        group.show = 3 * period;
        return group;
    }

    MediaFolder folder;
};

using Shown = std::pair<int, int>;

} // namespace

TEST_F(Replay, ShowsPicturesInOrderWithPausesAndEnds) {
    makePicture(folder / "a.png", 40);
    makePicture(folder / "b.jpg", 120);
    makePicture(folder / "c.png", 200);
    ReplayGroup first = pictures({"a.png", "b.jpg"});
    first.pauseBetween = 2 * period;
    first.pauseAfter = 4 * period;
    const auto source = open({first, pictures({"c.png"})}, false);
    ASSERT_TRUE(source->start());
    const auto frames = take(*source, 1000);
    EXPECT_THAT(runs(frames),
                ElementsAre(Shown(40, 3), Shown(emptyScene, 2), Shown(120, 3), Shown(emptyScene, 4), Shown(200, 3)));
    EXPECT_TRUE(source->finished());
    EXPECT_TRUE(source->takeComplaints().empty());
    const auto after = source->next(1ms);
    ASSERT_TRUE(after);
    EXPECT_FALSE(*after);
}

TEST_F(Replay, StandsInTheEmptySceneWhereAsked) {
    makePicture(folder / "a.png", 160);
    CameraSettings settings;
    settings.kind = SourceKind::Replay;
    settings.width = 160;
    settings.height = 120;
    settings.framesPerSecond = rate;
    settings.replay = {{pictures({"a.png"})}, false, 0.5F};
    const auto source = std::move(*makeFrameSource(settings));
    ASSERT_TRUE(source->start());
    const auto frames = take(*source, 1);
    ASSERT_EQ(frames.size(), 1U);
    const core::Image& image = frames[0].image;
    const auto grey = [&](int x, int y) { return static_cast<int>(image.data()[image.stride() * y + 3 * x]); };
    EXPECT_NEAR(grey(80, 60), 160, 6);
    for (const auto& [x, y] : {std::pair(0, 0), {159, 119}, {80, 28}, {48, 60}, {112, 60}, {80, 91}})
        EXPECT_EQ(grey(x, y), emptyScene) << x << ' ' << y;
}

TEST_F(Replay, PacesByCapturedTimes) {
    makePicture(folder / "a.png", 40);
    const auto source = open({pictures({"a.png"})}, true);
    const auto begun = steady_clock::now();
    ASSERT_TRUE(source->start());
    const auto frames = take(*source, 25);
    ASSERT_EQ(frames.size(), 25U);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        EXPECT_EQ(frames[i].number, i + 1);
        EXPECT_EQ(frames[i].origin, core::FrameOrigin::Replay);
        EXPECT_GE(frames[i].capturedAt, begun);
        EXPECT_LE(frames[i].capturedAt, steady_clock::now()) << "no frame from the future";
        if (i > 0) {
            EXPECT_GE(frames[i].capturedAt - frames[i - 1].capturedAt, period);
        }
    }
}

TEST_F(Replay, LoopsOverAFolderOfOne) {
    makePicture(folder / "only.jpg", 120);
    const auto script = replayScriptFrom(folder.path(), {2 * period, 0ms, period}, true);
    ASSERT_TRUE(script);
    const auto source = open(script->groups, true);
    ASSERT_TRUE(source->start());
    EXPECT_THAT(runs(take(*source, 9)), ElementsAre(Shown(120, 2), Shown(emptyScene, 1), Shown(120, 2),
                                                    Shown(emptyScene, 1), Shown(120, 2), Shown(emptyScene, 1)));
    EXPECT_FALSE(source->finished());
}

TEST_F(Replay, CountsOnThroughARestart) {
    makePicture(folder / "a.png", 40);
    const auto source = open({pictures({"a.png"})}, true);
    ASSERT_TRUE(source->start());
    EXPECT_EQ(take(*source, 4).back().number, 4U);
    ASSERT_TRUE(source->start());
    EXPECT_EQ(take(*source, 1).back().number, 5U);
}

TEST_F(Replay, SkipsAndNamesWhatItCannotShowOnce) {
    makePicture(folder / "a.png", 40);
    writeBytes(folder / "empty.jpg", {});
    writeBytes(folder / "text.mp4", {'n', 'o', ' ', 'v', 'i', 'd', 'e', 'o'});
    const auto source = open({pictures({"empty.jpg", "a.png", "text.mp4", "absent.png"})}, true);
    ASSERT_TRUE(source->start());
    EXPECT_THAT(runs(take(*source, 9)), ElementsAre(Shown(40, 9))) << "three rounds";
    std::string told;
    const auto complaints = source->takeComplaints();
    for (const core::Error& complaint : complaints)
        told += complaint.text() + "\n";
    EXPECT_EQ(complaints.size(), 3U) << told;
    for (const char* name : {"empty.jpg", "text.mp4", "absent.png"})
        EXPECT_THAT(told, HasSubstr(name));
    EXPECT_THAT(told, HasSubstr("skipped"));
    EXPECT_TRUE(source->takeComplaints().empty());
}

TEST_F(Replay, IsOutOfServiceWhenNothingCanBeShown) {
    writeBytes(folder / "text.jpg", {'n', 'o'});
    writeBytes(folder / "noise.avi", std::vector<std::uint8_t>(5000, 0x5a));
    const auto source = open({pictures({"text.jpg", "noise.avi"})}, true);
    const auto started = source->start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(started.error().text(), HasSubstr("none of the 2 files"));
    EXPECT_EQ(source->takeComplaints().size(), 2U);
    EXPECT_FALSE(source->next(1ms)) << "not started";
    makePicture(folder / "text.jpg", 120);
    EXPECT_TRUE(source->start()) << "the file has been mended";
}

TEST_F(Replay, NoticesThatItsFilesVanish) {
    makePicture(folder / "a.png", 40);
    makePicture(folder / "b.png", 120);
    const auto source = open({pictures({"a.png", "b.png"})}, true);
    ASSERT_TRUE(source->start());
    EXPECT_EQ(take(*source, 4).size(), 4U);
    std::filesystem::remove(folder / "a.png");
    std::filesystem::remove(folder / "b.png");
    core::Result<std::optional<core::Frame>> next = std::optional<core::Frame>{};
    for (int i = 0; i < 100 && next; ++i)
        next = source->next(100ms);
    ASSERT_FALSE(next);
    EXPECT_EQ(next.error().kind, core::ErrorKind::OutOfService);
    makePicture(folder / "b.png", 120);
    ASSERT_TRUE(source->start());
    EXPECT_GT(take(*source, 1).back().number, 4U);
}

TEST_F(Replay, PlaysAVideoAtItsOwnSpeed) {
    makeVideo(folder / "ball.avi", 10, 25); // 0.4 s: 20 frames at 50 a second
    ReplayGroup group = pictures({"ball.avi"});
    group.pauseAfter = 3 * period;
    const auto source = open({group}, false);
    const auto started = source->start();
    ASSERT_TRUE(started) << started.error().text();
    auto frames = take(*source, 1000);
    ASSERT_GT(frames.size(), 6U);
    EXPECT_EQ(greyOf(frames.back()), emptyScene);
    EXPECT_NEAR(static_cast<double>(frames.size()), 23, 2);
    EXPECT_EQ(frames.front().image.width(), 160);
    for (std::size_t i = 1; i < frames.size(); ++i)
        EXPECT_GE(frames[i].capturedAt - frames[i - 1].capturedAt, period);
}

TEST_F(Replay, LoopsAVideo) {
    makeVideo(folder / "ball.avi", 5, 50);
    const auto source = open({pictures({"ball.avi"})}, true);
    ASSERT_TRUE(source->start());
    EXPECT_EQ(take(*source, 17).size(), 17U);
    EXPECT_TRUE(source->takeComplaints().empty());
}

TEST_F(Replay, ShowsWhatThereIsOfATruncatedVideo) {
    makeVideo(folder / "ball.avi", 40, 50);
    auto bytes = bytesOf(folder / "ball.avi");
    bytes.resize(bytes.size() / 2);
    writeBytes(folder / "half.avi", bytes);
    const auto source = open({pictures({"half.avi"})}, false);
    ASSERT_TRUE(source->start());
    const auto frames = take(*source, 1000);
    EXPECT_GT(frames.size(), 5U);
    EXPECT_LT(frames.size(), 40U);
}

TEST_F(Replay, StopsAtOnceFromAnotherThread) {
    makePicture(folder / "a.png", 40);
    CameraSettings settings;
    settings.kind = SourceKind::Replay;
    settings.framesPerSecond = 1;
    settings.replay = {{pictures({"a.png"})}, true};
    const auto source = std::move(*makeFrameSource(settings));
    ASSERT_TRUE(source->start());
    ASSERT_TRUE(*source->next(5s));
    std::promise<void> waiting;
    auto stopped = std::async(std::launch::async, [&] {
        waiting.set_value();
        return bool(*source->next(1h)); // the next frame is due in a second
    });
    waiting.get_future().wait();
    source->stop();
    EXPECT_FALSE(stopped.get());
    EXPECT_FALSE(source->start());
}

TEST(MakeFrameSource, RefusesSenselessSettings) {
    CameraSettings settings;
    settings.kind = SourceKind::Replay;
    EXPECT_EQ(makeFrameSource(settings).error().kind, core::ErrorKind::Usage) << "nothing to replay";
    settings.kind = SourceKind::Test;
    settings.width = 0;
    EXPECT_EQ(makeFrameSource(settings).error().kind, core::ErrorKind::Usage);
    settings.width = 100'000;
    EXPECT_EQ(makeFrameSource(settings).error().kind, core::ErrorKind::Usage);
    settings.width = 640;
    settings.framesPerSecond = 0;
    EXPECT_EQ(makeFrameSource(settings).error().kind, core::ErrorKind::Usage);
}
