// SPDX-License-Identifier: GPL-3.0-or-later
// What a V4L2 device can do, and which of its formats the door takes. Only for the .cpp files of this module.
#pragma once

#include "core/result.h"
#include "hardware/frame_source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace facelatch::hardware {

/// Frames a second as a fraction, such as 30/1.
struct FrameRate {
    std::uint32_t numerator = 0, denominator = 1;
    double perSecond() const { return denominator == 0 ? 0.0 : double(numerator) / denominator; }
};

struct CaptureFormat {
    std::uint32_t fourcc = 0; ///< as in linux/videodev2.h
    int width = 0, height = 0;
    std::vector<FrameRate> rates; ///< empty: the driver does not say
};

/// The chosen format in GStreamer's words.
struct CaptureChoice {
    bool jpeg = false;
    std::string rawFormat; ///< "YUY2" ...; empty for jpeg
    int width = 0, height = 0;
    std::optional<FrameRate> rate;
};

struct V4l2Device {
    std::string driver, card;
    bool captures = false; ///< gives pictures by itself
    std::string reason;    ///< why it does not
};

/// Opens the node and asks VIDIOC_QUERYCAP. Error: it cannot be opened (no permission, gone) or is no V4L2 device.
core::Result<V4l2Device> queryDevice(const std::string& path);

/// Judges VIDIOC_QUERYCAP's answer; capabilities as V4L2_CAP_*.
V4l2Device judgeDevice(std::string_view driver, std::string_view card, std::uint32_t capabilities);

/// Every format and size the device offers; ranges of sizes and rates count as the one nearest to the wanted one.
core::Result<std::vector<CaptureFormat>> captureFormats(const std::string& path, int width, int height,
                                                        int framesPerSecond);

/// The format that suits best: at least the wanted size, at least the wanted rate, uncompressed rather than JPEG, no
/// more pixels or frames than needed. Nothing when no format of that coding can be read here.
std::optional<CaptureChoice> chooseFormat(const std::vector<CaptureFormat>& formats, int width, int height,
                                          int framesPerSecond, CaptureCoding coding = CaptureCoding::Any);

} // namespace facelatch::hardware
