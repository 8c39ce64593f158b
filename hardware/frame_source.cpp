// SPDX-License-Identifier: GPL-3.0-or-later
// The factory of frame sources.
#include "hardware/frame_source.h"

#include "hardware/cameras.h"
#include "hardware/live_source.h"
#include "hardware/replay_source.h"

#include <algorithm>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;

namespace {

constexpr int smallestSide = 64, largestSide = 4096;
constexpr int fastest = 120;

core::Status check(const CameraSettings& settings) {
    const auto size = std::minmax(settings.width, settings.height);
    if (size.first < smallestSide || size.second > largestSide)
        return Error{ErrorKind::Usage,
                     "pictures of " + std::to_string(settings.width) + "x" + std::to_string(settings.height) +
                         " pixels are not possible",
                     {},
                     "Choose between 64 and 4096 for each side, such as 640x480"};
    if (settings.framesPerSecond < 1 || settings.framesPerSecond > fastest)
        return Error{ErrorKind::Usage,
                     std::to_string(settings.framesPerSecond) + " pictures a second are not possible",
                     {},
                     "Choose between 1 and 120, such as 15"};
    if (settings.rotation % 90 != 0 || settings.rotation < 0 || settings.rotation > 270)
        return Error{ErrorKind::Usage,
                     "a picture cannot be turned by " + std::to_string(settings.rotation) + " degrees",
                     {},
                     "Choose 0, 90, 180 or 270"};
    if (settings.kind == SourceKind::Camera && settings.camera == CameraKind::Rtsp)
        return checkRtsp(settings);
    if (settings.kind == SourceKind::Camera && settings.camera == CameraKind::Form)
        return checkForm(settings);
    if (settings.kind == SourceKind::Replay &&
        std::ranges::all_of(settings.replay.groups, [](const ReplayGroup& group) { return group.files.empty(); }))
        return Error{
            ErrorKind::Usage, "the replay names no picture and no video", {}, "Name a file or a folder to replay"};
    return core::Done{};
}

} // namespace

core::Result<std::unique_ptr<FrameSource>> makeFrameSource(const CameraSettings& settings) {
    if (auto checked = check(settings); !checked)
        return checked.error();
    switch (settings.kind) {
    case SourceKind::Camera:
        return makeCamera(settings);
    case SourceKind::Replay:
        return makeReplaySource(settings);
    case SourceKind::Test:
        break;
    }
    return makeTestSource(settings);
}

} // namespace facelatch::hardware
