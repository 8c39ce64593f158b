// SPDX-License-Identifier: GPL-3.0-or-later
// The replay of files as a live camera. Only for the .cpp files of this module.
#pragma once

#include "hardware/frame_source.h"

#include <memory>

namespace facelatch::hardware {

std::unique_ptr<FrameSource> makeReplaySource(const CameraSettings& settings);

} // namespace facelatch::hardware
