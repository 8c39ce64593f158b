// SPDX-License-Identifier: GPL-3.0-or-later
// How each kind of camera is opened. Only for the .cpp files of this module.
#pragma once

#include "hardware/frame_source.h"
#include "hardware/gst_support.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace facelatch::hardware {

/// The elements up to the conversion; the pipeline is not playing yet.
struct OpenedCamera {
    std::unique_ptr<GstPictures> pictures;
    std::string description;
    std::vector<core::Error> complaints; ///< what the camera cannot do of what was asked
};

core::Result<OpenedCamera> openUsbCamera(const CameraSettings& settings);
core::Result<OpenedCamera> openCsiCamera(const CameraSettings& settings);
core::Result<OpenedCamera> openRtspCamera(const CameraSettings& settings);
core::Result<OpenedCamera> openFormCamera(const CameraSettings& settings);

/// Errors Usage: an address that is none, or that holds a user name or password; an unknown form. The texts repeat
/// nothing of the address but its host.
core::Status checkRtsp(const CameraSettings& settings);
core::Status checkForm(const CameraSettings& settings);
core::FrameOrigin formOrigin(const std::string& form);

/// libcamera's cameras, as its GStreamer plug-in lists them; nothing when that is not installed.
std::vector<std::string> libcameraNames();

/// "camera.lan:554" of "rtsp://camera.lan:554/stream"; empty when it is no such URL, has credentials before the host,
/// or a scheme other than one of `schemes`.
std::string hostOf(const std::string& url, const std::vector<std::string>& schemes);

/// Takes out of a text what must not be told: the password, and what follows the host in the address.
core::Error withoutSecrets(core::Error error, const CameraSettings& settings);

} // namespace facelatch::hardware
