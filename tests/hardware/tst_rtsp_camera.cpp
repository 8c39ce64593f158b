// SPDX-License-Identifier: GPL-3.0-or-later
// The RTSP camera against a server on 127.0.0.1: pictures and their ages, log-in, TCP only, loss, frozen, back again.
#include "hardware/frame_source.h"

#include "tests/hardware/rtsp_lab.h"
#include "tests/hardware/shown_time.h"

#include <gmock/gmock.h>
#include <gst/gst.h>

#include <filesystem>
#include <functional>

using namespace facelatch;
using namespace facelatch::hardware;
using namespace facelatch::testing;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

constexpr auto generous = 40s;

CameraSettings network(const std::string& url) {
    CameraSettings settings;
    settings.camera = CameraKind::Rtsp;
    settings.address = url;
    settings.width = shownWidth;
    settings.height = shownHeight;
    return settings;
}

/// As the capture thread does it: opened again after each loss, until a picture satisfies. The losses' texts.
std::vector<std::string> watch(FrameSource& source, const std::function<bool(const core::Frame&)>& satisfied) {
    std::vector<std::string> losses;
    bool open = false;
    for (const auto deadline = steady_clock::now() + generous; steady_clock::now() < deadline;) {
        if (!open) {
            const auto started = source.start();
            open = bool(started);
            if (!started)
                losses.push_back(started.error().text());
            continue;
        }
        const auto next = source.next(100ms);
        if (!next) {
            losses.push_back(next.error().text());
            open = false;
        } else if (*next && satisfied(**next)) {
            return losses;
        }
    }
    losses.emplace_back("NOT SATISFIED");
    return losses;
}

bool anything(const core::Frame&) {
    return true;
}

/// Whether an open source is lost with such a text, be it after other losses (of a machine that is too busy). How long
/// it took is printed.
bool losesWith(FrameSource& source, const char* text, const char* what) {
    const auto begun = steady_clock::now();
    bool open = true;
    while (steady_clock::now() - begun < generous) {
        if (!open) {
            open = bool(source.start());
            continue;
        }
        const auto next = source.next(100ms);
        if (next)
            continue;
        open = false;
        if (next.error().text().find(text) != std::string::npos) {
            std::printf("[ FIGURES  ] %s is noticed after %.1f s\n", what,
                        std::chrono::duration<double>(steady_clock::now() - begun).count());
            return true;
        }
    }
    return false;
}

/// The first loss of one that is opened.
core::Error lossOf(FrameSource& source) {
    const auto started = source.start();
    if (!started)
        return started.error();
    for (const auto deadline = steady_clock::now() + generous; steady_clock::now() < deadline;)
        if (const auto next = source.next(100ms); !next)
            return next.error();
    return core::fail("it was not lost");
}

std::unique_ptr<FrameSource> sourceOf(const CameraSettings& settings) {
    auto source = makeFrameSource(settings);
    EXPECT_TRUE(source) << source.error().text();
    return std::move(*source);
}

/// How much younger than it is each of `count` pictures claims to be: the worst. Each must show its time.
milliseconds worstClaim(FrameSource& source, int count, SlowCable* cable = nullptr) {
    milliseconds worst{0};
    int seen = 0, unread = 0;
    const auto losses = watch(source, [&](const core::Frame& frame) {
        const auto now = steady_clock::now();
        const milliseconds shown = shownAge(frame.image, now);
        unread += shown < 0ms;
        EXPECT_EQ(frame.origin, core::FrameOrigin::Network);
        EXPECT_LE(frame.capturedAt, now);
        worst = std::max(worst, shown - std::chrono::duration_cast<milliseconds>(now - frame.capturedAt));
        if (cable != nullptr && ++seen % 10 == 0) {
            cable->hold(true);
            std::this_thread::sleep_for(1s); // the fault itself, not a way of waiting for something
            cable->hold(false);
        }
        return (cable != nullptr ? seen : ++seen) >= count;
    });
    EXPECT_THAT(losses, Not(::testing::Contains("NOT SATISFIED")));
    EXPECT_EQ(unread, 0);
    return worst;
}

} // namespace

TEST(RtspCamera, GivesPicturesThatAreAsOldAsTheySay) {
    const RtspCamera camera({"jpeg"});
    ASSERT_GT(camera.port(), 0);
    const auto source = sourceOf(network(camera.url()));
    EXPECT_LT(worstClaim(*source, 20), 800ms);
    EXPECT_THAT(source->describe(), HasSubstr("127.0.0.1:"));
    EXPECT_THAT(source->describe(), Not(HasSubstr("live")));
}

TEST(RtspCamera, GivesPicturesOfH264) {
    gst_init(nullptr, nullptr);
    if (GstElementFactory* encoder = gst_element_factory_find("x264enc"))
        gst_object_unref(encoder);
    else
        GTEST_SKIP() << "no encoder to test with (apt-get install gstreamer1.0-plugins-ugly)";
    const RtspCamera camera({"h264"});
    ASSERT_GT(camera.port(), 0);
    const auto source = sourceOf(network(camera.url()));
    EXPECT_LT(worstClaim(*source, 20), 800ms);
    camera.send(SIGUSR1);
    EXPECT_TRUE(losesWith(*source, "same picture", "an H.264 camera that shows one picture"))
        << "although it is coded anew every second";
}

TEST(RtspCamera, PicturesThatWereHeldUpDoNotLookFresh) {
    const RtspCamera camera({"jpeg"});
    ASSERT_GT(camera.port(), 0);
    SlowCable cable(camera.port());
    const auto source = sourceOf(network("rtsp://127.0.0.1:" + std::to_string(cable.port()) + "/live"));
    EXPECT_LT(worstClaim(*source, 40, &cable), 800ms) << "held up by a second each time";
}

TEST(RtspCamera, NoticesThatTheCameraIsGoneAndComesBack) {
    auto camera = std::make_unique<RtspCamera>(std::vector<std::string>{"jpeg"});
    ASSERT_GT(camera->port(), 0);
    const auto source = sourceOf(network(camera->url()));
    ASSERT_THAT(watch(*source, anything), Not(::testing::Contains("NOT SATISFIED")));
    const int port = camera->port();
    camera->kill();
    EXPECT_TRUE(losesWith(*source, "", "an RTSP camera that is gone"));
    const core::Error none = lossOf(*source);
    EXPECT_EQ(none.kind, core::ErrorKind::OutOfService);
    EXPECT_FALSE(none.remedy.empty());
    const RtspCamera again({"jpeg"}, port);
    ASSERT_EQ(again.port(), port);
    EXPECT_THAT(watch(*source, anything), Not(::testing::Contains("NOT SATISFIED")));
}

TEST(RtspCamera, NoticesACameraThatFallsSilent) {
    const RtspCamera camera({"jpeg"});
    ASSERT_GT(camera.port(), 0);
    const auto source = sourceOf(network(camera.url()));
    ASSERT_THAT(watch(*source, anything), Not(::testing::Contains("NOT SATISFIED")));
    camera.send(SIGSTOP);
    EXPECT_TRUE(losesWith(*source, "no picture for 2 s", "an RTSP camera that falls silent"));
    camera.send(SIGCONT);
    EXPECT_THAT(watch(*source, anything), Not(::testing::Contains("NOT SATISFIED")));
}

TEST(RtspCamera, NoticesACameraThatShowsOnePictureForEver) {
    const RtspCamera camera({"jpeg"});
    ASSERT_GT(camera.port(), 0);
    const auto source = sourceOf(network(camera.url()));
    ASSERT_THAT(watch(*source, anything), Not(::testing::Contains("NOT SATISFIED")));
    camera.send(SIGUSR1);
    EXPECT_TRUE(losesWith(*source, "same picture", "an RTSP camera that shows one picture"));
}

TEST(RtspCamera, LogsInAndTellsNobodyThePassword) {
    const RtspCamera camera({"jpeg", "login", "door", "sesame-42"});
    ASSERT_GT(camera.port(), 0);
    CameraSettings settings = network(camera.url());
    settings.user = "door";
    settings.password = "sesame-42";
    const auto source = sourceOf(settings);
    EXPECT_THAT(watch(*source, anything), Not(::testing::Contains("NOT SATISFIED")));
    EXPECT_THAT(source->describe(), Not(HasSubstr("sesame")));

    settings.password = "guessed-17";
    settings.address += "?token=guessed-17";
    const core::Error refused = lossOf(*sourceOf(settings));
    EXPECT_THAT(refused.text(), HasSubstr("user name or the password"));
    EXPECT_THAT(refused.text(), Not(HasSubstr("guessed")));
    EXPECT_THAT(refused.text(), HasSubstr("127.0.0.1:" + std::to_string(camera.port())));
    EXPECT_THAT(refused.remedy, HasSubstr("camera.password"));
    settings.user.clear();
    settings.password.clear();
    EXPECT_THAT(lossOf(*sourceOf(settings)).text(), HasSubstr("user name or the password"));
}

TEST(RtspCamera, SaysThatNobodyIsThereAndKeepsNothingOpen) {
    CameraSettings settings = network("rtsp://127.0.0.1:9/live?key=opensesame");
    settings.password = "opensesame";
    const auto source = sourceOf(settings);
    const auto descriptors = [] { return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}); };
    const core::Error none = lossOf(*source);
    EXPECT_THAT(none.text(), HasSubstr("RTSP camera 127.0.0.1:9)"));
    EXPECT_THAT(none.text(), Not(HasSubstr("sesame")));
    EXPECT_FALSE(none.remedy.empty());
    lossOf(*source);
    const auto before = descriptors();
    for (int i = 0; i < 30; ++i)
        lossOf(*source);
    EXPECT_LE(descriptors(), before + 2) << "a source that is opened again and again";
}

TEST(RtspCamera, TakesNoPicturesOverUdp) {
    const RtspCamera camera({"jpeg", "udp"});
    ASSERT_GT(camera.port(), 0);
    const core::Error lost = lossOf(*sourceOf(network(camera.url())));
    EXPECT_EQ(lost.kind, core::ErrorKind::OutOfService);
    EXPECT_THAT(lost.text(), HasSubstr("TCP"));
}

TEST(RtspCamera, RefusesAddressesThatAreNoneOrHoldAPassword) {
    for (const std::string address :
         {"", "camera.lan", "http://camera.lan/live", "rtsp://", "rtsp:///live", "rtsp://door:sesame@camera.lan/live",
          "rtsp://door@camera.lan", "rtsp://camera.lan/li ve", "rtspsrc location=x ! fakesink", "rtsp://a\nb/"}) {
        const auto source = makeFrameSource(network(address));
        ASSERT_FALSE(source) << address;
        EXPECT_EQ(source.error().kind, core::ErrorKind::Usage);
        EXPECT_THAT(source.error().text(), Not(HasSubstr("sesame")));
        EXPECT_THAT(source.error().text(), HasSubstr("camera.address"));
    }
    EXPECT_TRUE(makeFrameSource(network("rtsps://camera.lan:322/a/b?c=d")));
    EXPECT_TRUE(makeFrameSource(network("rtsp://[fe80::1]:554/")));
}
