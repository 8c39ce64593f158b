// SPDX-License-Identifier: GPL-3.0-or-later
// V4L2 queries and the choice of a capture format.
#include "hardware/v4l2.h"

#include "hardware/v4l2_descriptor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>

#include <linux/videodev2.h>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

Error cannotOpen(const std::string& path) {
    const int reason = errno;
    std::string remedy;
    if (reason == EACCES || reason == EPERM)
        remedy = "Add the user to the group video: sudo adduser $USER video, then log in again";
    return {ErrorKind::OutOfService, std::string("the camera cannot be opened: ") + std::strerror(reason), path,
            remedy};
}

/// Nodes of the Raspberry Pi's camera pipeline: they report "capture", but their pictures need libcamera's processing.
constexpr std::array<std::string_view, 8> pipelineDrivers{"rp1-cfe",       "pispbe",         "unicam", "bcm2835-isp",
                                                          "bcm2835-codec", "bcm2835-camera", "rpivid", "rpi-hevc-dec"};

/// V4L2's names of raw formats and GStreamer's.
struct RawFormat {
    std::uint32_t fourcc;
    const char* name;
};
constexpr std::array<RawFormat, 10> rawFormats{{{V4L2_PIX_FMT_YUYV, "YUY2"},
                                                {V4L2_PIX_FMT_UYVY, "UYVY"},
                                                {V4L2_PIX_FMT_YVYU, "YVYU"},
                                                {V4L2_PIX_FMT_NV12, "NV12"},
                                                {V4L2_PIX_FMT_NV21, "NV21"},
                                                {V4L2_PIX_FMT_YUV420, "I420"},
                                                {V4L2_PIX_FMT_YVU420, "YV12"},
                                                {V4L2_PIX_FMT_RGB24, "RGB"},
                                                {V4L2_PIX_FMT_BGR24, "BGR"},
                                                {V4L2_PIX_FMT_GREY, "GRAY8"}}};

bool isJpeg(std::uint32_t fourcc) {
    return fourcc == V4L2_PIX_FMT_MJPEG || fourcc == V4L2_PIX_FMT_JPEG;
}

std::string rawName(std::uint32_t fourcc) {
    const auto it = std::ranges::find(rawFormats, fourcc, &RawFormat::fourcc);
    return it == rawFormats.end() ? std::string() : it->name;
}

/// The size in a driver's range that is nearest to the wanted one.
int nearest(int wanted, __u32 lowest, __u32 highest, __u32 step) {
    const auto low = static_cast<int>(lowest), high = static_cast<int>(highest);
    const int by = std::max(static_cast<int>(step), 1);
    const int inside = std::clamp(wanted, low, std::max(low, high));
    return low + (inside - low + by / 2) / by * by;
}

/// The rate of a driver's range of intervals that is nearest to the wanted one.
FrameRate nearestRate(const v4l2_frmival_stepwise& range, int wanted) {
    const FrameRate fastest{range.min.denominator, range.min.numerator},
        slowest{range.max.denominator, range.max.numerator};
    if (wanted > fastest.perSecond())
        return fastest;
    return wanted < slowest.perSecond() ? slowest : FrameRate{static_cast<std::uint32_t>(wanted), 1};
}

std::vector<FrameRate> ratesOf(const V4l2Descriptor& device, const CaptureFormat& format, int framesPerSecond) {
    std::vector<FrameRate> rates;
    v4l2_frmivalenum interval{};
    interval.pixel_format = format.fourcc;
    interval.width = static_cast<__u32>(format.width);
    interval.height = static_cast<__u32>(format.height);
    for (; device.ask(VIDIOC_ENUM_FRAMEINTERVALS, interval); ++interval.index) {
        if (interval.type == V4L2_FRMIVAL_TYPE_DISCRETE)
            rates.push_back({interval.discrete.denominator, interval.discrete.numerator});
        else
            return {nearestRate(interval.stepwise, framesPerSecond)};
    }
    return rates;
}

struct Wanted {
    int width, height, framesPerSecond;
};

void addSizes(const V4l2Descriptor& device, std::uint32_t fourcc, const Wanted& wanted,
              std::vector<CaptureFormat>& formats) {
    v4l2_frmsizeenum size{};
    size.pixel_format = fourcc;
    for (; device.ask(VIDIOC_ENUM_FRAMESIZES, size); ++size.index) {
        CaptureFormat format{fourcc, 0, 0, {}};
        if (size.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
            format.width = static_cast<int>(size.discrete.width);
            format.height = static_cast<int>(size.discrete.height);
        } else {
            const v4l2_frmsize_stepwise& range = size.stepwise;
            format.width = nearest(wanted.width, range.min_width, range.max_width, range.step_width);
            format.height = nearest(wanted.height, range.min_height, range.max_height, range.step_height);
        }
        format.rates = ratesOf(device, format, wanted.framesPerSecond);
        formats.push_back(std::move(format));
        if (size.type != V4L2_FRMSIZE_TYPE_DISCRETE)
            return;
    }
}

/// The slowest rate that is fast enough, else the fastest.
std::optional<FrameRate> bestRate(const std::vector<FrameRate>& rates, int wanted) {
    std::optional<FrameRate> best;
    for (const FrameRate& rate : rates) {
        const double now = rate.perSecond(), before = best ? best->perSecond() : 0.0;
        const bool enough = now >= wanted - 0.01, hadEnough = before >= wanted - 0.01;
        if (!best || (enough && (!hadEnough || now < before)) || (!enough && !hadEnough && now > before))
            best = rate;
    }
    return best;
}

/// Smaller is better. A picture that is too small loses detail no scaling brings back; a slow one makes the door slow.
double costOf(const CaptureFormat& format, const std::optional<FrameRate>& rate, int width, int height,
              int framesPerSecond) {
    const double share = std::min(double(format.width) / width, double(format.height) / height);
    double cost = share < 1.0 ? 100.0 * (1.0 / share - 1.0) : 0.0;
    cost += std::log2(std::max(1.0, double(format.width) * format.height / (double(width) * height)));
    if (rate && rate->perSecond() < framesPerSecond - 0.01)
        cost += 20.0 * (framesPerSecond / std::max(rate->perSecond(), 0.1) - 1.0);
    if (isJpeg(format.fourcc))
        cost += 0.5; // it has to be decoded, and has lost a little
    if (format.fourcc == V4L2_PIX_FMT_GREY)
        cost += 50.0; // the models want colour
    return cost;
}

} // namespace

V4l2Device judgeDevice(std::string_view driver, std::string_view card, std::uint32_t capabilities) {
    V4l2Device device{std::string(driver), std::string(card), false, {}};
    if (std::ranges::find(pipelineDrivers, driver) != pipelineDrivers.end())
        device.reason = "it is part of the Raspberry Pi's camera pipeline, which needs libcamera";
    else if (!(capabilities & (V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_VIDEO_CAPTURE_MPLANE)))
        device.reason = "it gives no pictures";
    else if (!(capabilities & V4L2_CAP_STREAMING))
        device.reason = "it does not stream";
    else
        device.captures = true;
    return device;
}

Result<V4l2Device> queryDevice(const std::string& path) {
    const V4l2Descriptor descriptor(path);
    if (!descriptor.open())
        return cannotOpen(path);
    v4l2_capability capability{};
    if (!descriptor.ask(VIDIOC_QUERYCAP, capability))
        return Error{ErrorKind::OutOfService, "this is no camera", path, {}};
    const auto text = [](const auto& field) {
        const auto* begin = reinterpret_cast<const char*>(&field[0]);
        return std::string_view(begin, ::strnlen(begin, sizeof field));
    };
    // `capabilities` speaks of the whole device, device_caps of this node: a camera's metadata node shares the former.
    const bool perNode = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0;
    return judgeDevice(text(capability.driver), text(capability.card),
                       perNode ? capability.device_caps : capability.capabilities);
}

Result<std::vector<CaptureFormat>> captureFormats(const std::string& path, int width, int height, int framesPerSecond) {
    const V4l2Descriptor descriptor(path);
    if (!descriptor.open())
        return cannotOpen(path);
    std::vector<CaptureFormat> formats;
    for (const v4l2_buf_type type : {V4L2_BUF_TYPE_VIDEO_CAPTURE, V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE}) {
        v4l2_fmtdesc description{};
        description.type = type;
        for (; descriptor.ask(VIDIOC_ENUM_FMT, description); ++description.index)
            addSizes(descriptor, description.pixelformat, {width, height, framesPerSecond}, formats);
    }
    return formats;
}

std::optional<CaptureChoice> chooseFormat(const std::vector<CaptureFormat>& formats, int width, int height,
                                          int framesPerSecond, CaptureCoding coding) {
    std::optional<CaptureChoice> best;
    double lowest = 0;
    for (const CaptureFormat& format : formats) {
        const std::string raw = rawName(format.fourcc);
        if ((raw.empty() && !isJpeg(format.fourcc)) || format.width < 1 || format.height < 1)
            continue;
        if (coding != CaptureCoding::Any && (coding == CaptureCoding::Mjpeg) != isJpeg(format.fourcc))
            continue;
        const auto rate = bestRate(format.rates, framesPerSecond);
        const double cost = costOf(format, rate, width, height, framesPerSecond);
        if (best && cost >= lowest)
            continue;
        lowest = cost;
        best = CaptureChoice{isJpeg(format.fourcc), raw, format.width, format.height, rate};
    }
    return best;
}

} // namespace facelatch::hardware
