// SPDX-License-Identifier: GPL-3.0-or-later
// Which devices are cameras, and which of their formats is taken.
#include "hardware/v4l2.h"

#include "hardware/devices.h"

#include <gmock/gmock.h>

#include <fstream>

#include <linux/videodev2.h>
#include <unistd.h>

using namespace facelatch::hardware;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t webcam = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;

CaptureFormat format(std::uint32_t fourcc, int width, int height, std::vector<FrameRate> rates = {}) {
    return {fourcc, width, height, std::move(rates)};
}

} // namespace

TEST(JudgeDevice, TakesWhatGivesPictures) {
    EXPECT_TRUE(judgeDevice("uvcvideo", "HD Webcam", webcam).captures);
    EXPECT_TRUE(judgeDevice("vivid", "vivid", V4L2_CAP_VIDEO_CAPTURE_MPLANE | V4L2_CAP_STREAMING).captures);
}

TEST(JudgeDevice, PassesOverWhatDoesNot) {
    EXPECT_FALSE(judgeDevice("uvcvideo", "HD Webcam", V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING).captures);
    EXPECT_FALSE(judgeDevice("v4l2 loopback", "Dummy", V4L2_CAP_VIDEO_OUTPUT | V4L2_CAP_STREAMING).captures);
    EXPECT_FALSE(judgeDevice("some-codec", "encoder", V4L2_CAP_VIDEO_M2M | V4L2_CAP_STREAMING).captures);
    EXPECT_FALSE(judgeDevice("bttv", "tuner", V4L2_CAP_VIDEO_CAPTURE).captures);
    const auto sensor = judgeDevice("rp1-cfe", "rp1-cfe", webcam);
    EXPECT_FALSE(sensor.captures);
    EXPECT_THAT(sensor.reason, HasSubstr("libcamera"));
}

TEST(ChooseFormat, PrefersTheWantedSizeUncompressed) {
    const auto choice =
        chooseFormat({format(V4L2_PIX_FMT_MJPEG, 1920, 1080, {{30, 1}}),
                      format(V4L2_PIX_FMT_MJPEG, 640, 480, {{30, 1}}), format(V4L2_PIX_FMT_YUYV, 320, 240, {{30, 1}}),
                      format(V4L2_PIX_FMT_YUYV, 640, 480, {{30, 1}, {15, 1}, {5, 1}})},
                     640, 480, 15);
    ASSERT_TRUE(choice);
    EXPECT_FALSE(choice->jpeg);
    EXPECT_EQ(choice->rawFormat, "YUY2");
    EXPECT_EQ(choice->width, 640);
    ASSERT_TRUE(choice->rate);
    EXPECT_EQ(choice->rate->numerator, 15U) << "no faster than needed";
}

TEST(ChooseFormat, TakesJpegWhereRawIsTooSlow) {
    const auto choice =
        chooseFormat({format(V4L2_PIX_FMT_YUYV, 1280, 720, {{5, 1}}), format(V4L2_PIX_FMT_MJPEG, 1280, 720, {{30, 1}})},
                     1280, 720, 15);
    ASSERT_TRUE(choice);
    EXPECT_TRUE(choice->jpeg);
    EXPECT_EQ(choice->rate->numerator, 30U);
}

TEST(ChooseFormat, TakesALargerPictureRatherThanASmallerOne) {
    const auto choice =
        chooseFormat({format(V4L2_PIX_FMT_YUYV, 320, 240), format(V4L2_PIX_FMT_YUYV, 800, 600)}, 640, 480, 15);
    ASSERT_TRUE(choice);
    EXPECT_EQ(choice->width, 800);
    EXPECT_FALSE(choice->rate) << "a driver that names no rate gets none asked for";
}

TEST(ChooseFormat, TakesTheFastestWhereNoneIsFastEnough) {
    const auto choice = chooseFormat({format(V4L2_PIX_FMT_YUYV, 640, 480, {{5, 1}, {10, 1}, {15, 2}})}, 640, 480, 30);
    ASSERT_TRUE(choice);
    EXPECT_EQ(choice->rate->numerator, 10U);
}

TEST(ChooseFormat, PrefersColourAndRefusesWhatItCannotRead) {
    const auto choice =
        chooseFormat({format(V4L2_PIX_FMT_GREY, 640, 480), format(V4L2_PIX_FMT_MJPEG, 1280, 960)}, 640, 480, 15);
    ASSERT_TRUE(choice);
    EXPECT_TRUE(choice->jpeg);
    EXPECT_FALSE(chooseFormat({format(V4L2_PIX_FMT_H264, 640, 480), format(V4L2_PIX_FMT_Z16, 640, 480)}, 640, 480, 15));
    EXPECT_FALSE(chooseFormat({}, 640, 480, 15));
    EXPECT_TRUE(chooseFormat({format(V4L2_PIX_FMT_YUYV, 640, 480, {{30, 0}})}, 640, 480, 15)) << "a broken rate";
}

TEST(ScanCameras, FindsNoneInAFolderWithoutDevices) {
    std::string pattern = (fs::temp_directory_path() / "facelatch-dev-XXXXXX").string();
    const fs::path dev = ::mkdtemp(pattern.data());
    EXPECT_TRUE(scanCameras(dev / "absent").cameras.empty());
    std::ofstream(dev / "video0") << "no device";
    fs::create_symlink("/dev/null", dev / "video10");
    fs::create_symlink("/dev/null", dev / "video2");
    fs::create_directories(dev / "v4l" / "by-id");
    fs::create_symlink("../../video0", dev / "v4l" / "by-id" / "usb-camera-index0");
    const CameraScan scan = scanCameras(dev);
    EXPECT_TRUE(scan.cameras.empty());
    ASSERT_EQ(scan.rejected.size(), 2U) << "each device is asked once, whatever leads to it";
    EXPECT_THAT(scan.rejected[0], HasSubstr("by-id"));
    EXPECT_THAT(scan.rejected[1], HasSubstr("video2"));
    fs::remove_all(dev);
}
