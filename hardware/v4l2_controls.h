// SPDX-License-Identifier: GPL-3.0-or-later
// Exposure, gain and focus of a V4L2 camera. Only for the .cpp files of this module.
#pragma once

#include "core/result.h"
#include "hardware/frame_source.h"

#include <string>
#include <vector>

namespace facelatch::hardware {

/// Sets what is wanted and puts the rest back to automatic: a camera keeps its controls for as long as it has power.
/// Returns what the device lacks or refuses; an automatic that is wanted and not there is no complaint.
std::vector<core::Error> setControls(const std::string& path, const CameraControls& wanted);

} // namespace facelatch::hardware
