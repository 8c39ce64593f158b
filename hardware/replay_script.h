// SPDX-License-Identifier: GPL-3.0-or-later
// ReplayScript: which pictures or videos are shown to the door as if a camera had seen them, and for how long.
#pragma once

#include "core/result.h"
#include "core/time.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace facelatch::hardware {

/// Files shown one after the other, such as the pictures of one visit. JPEG and PNG files are still pictures; every
/// other file is taken as a video and played to its end.
struct ReplayGroup {
    std::vector<std::filesystem::path> files;
    core::milliseconds show{1000};      ///< how long each still picture stands; at least one frame is shown
    core::milliseconds pauseBetween{0}; ///< empty scene between two files of the group
    core::milliseconds pauseAfter{0};   ///< empty scene after the group
};

struct ReplayScript {
    std::vector<ReplayGroup> groups;
    bool looped = true; ///< false: shown once, then FrameSource::finished()
    /// Side of the square that a still picture fills, as a share of the frame's shorter side; the empty scene is around
    /// it. 1: it fills the whole frame.
    float stillShare = 1;
};

/// Times that replayScriptFrom() gives to every group it makes.
struct ReplayTimes {
    core::milliseconds show{1000};
    core::milliseconds pauseBetween{0};
    core::milliseconds pauseAfter{0};
};

/// The script for one path. A file: itself. A folder: its own pictures and videos (by suffix, in natural order: 2
/// before 10) as the first group, then one group for each sub-folder that holds any. Hidden entries are passed over.
/// Errors: NotFound for no such path, Failed for a folder that cannot be read or holds no picture or video.
core::Result<ReplayScript> replayScriptFrom(const std::filesystem::path& path, const ReplayTimes& times, bool looped);

/// Whether a sorts before b when runs of digits compare as numbers: "face2.jpg" before "face10.jpg".
bool naturalLess(std::string_view a, std::string_view b);

} // namespace facelatch::hardware
