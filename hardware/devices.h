// SPDX-License-Identifier: GPL-3.0-or-later
// The cameras of this machine, as V4L2 and libcamera tell them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace facelatch::hardware {

struct CameraInfo {
    std::string path; ///< /dev/v4l/by-id/... where there is one (it survives replugging), else /dev/videoN
    std::string name; ///< as the driver calls it
};

struct CameraScan {
    std::vector<CameraInfo> cameras; ///< usable, in the order the door tries them
    std::vector<std::string>
        rejected; ///< nodes that are no usable camera, with the reason: "/dev/video2: permission denied"
};

/// Looks through dev/v4l/by-id, then dev/video*, and asks each node by VIDIOC_QUERYCAP. Nodes that give no pictures by
/// themselves (metadata, encoders, the raw sensor nodes of the Raspberry Pi, which need libcamera) are no cameras.
/// Any thread; opens and closes every node, some milliseconds each. No error: an empty list is the answer.
CameraScan scanCameras(const std::filesystem::path& dev = "/dev");

/// The usable ones, or libcamera's where there is none (their path is libcamera's name): empty when there is no camera.
std::vector<CameraInfo> listCameras();

} // namespace facelatch::hardware
