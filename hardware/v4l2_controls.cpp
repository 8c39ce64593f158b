// SPDX-License-Identifier: GPL-3.0-or-later
// Setting V4L2 controls.
#include "hardware/v4l2_controls.h"

#include "hardware/v4l2_descriptor.h"

#include <cmath>
#include <cstring>
#include <optional>

#include <linux/videodev2.h>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;

namespace {

/// A control together with the one that makes it automatic.
struct Control {
    const char* name;
    std::uint32_t value;     ///< V4L2_CID_...
    std::uint32_t automatic; ///< V4L2_CID_...
    int manually;            ///< what `automatic` is set to by hand; automatic again is its default
};
constexpr Control exposure{"exposure", V4L2_CID_EXPOSURE_ABSOLUTE, V4L2_CID_EXPOSURE_AUTO, V4L2_EXPOSURE_MANUAL};
constexpr Control gain{"gain", V4L2_CID_GAIN, V4L2_CID_AUTOGAIN, 0};
constexpr Control focus{"focus", V4L2_CID_FOCUS_ABSOLUTE, V4L2_CID_FOCUS_AUTO, 0};

std::optional<v4l2_queryctrl> query(const V4l2Descriptor& device, std::uint32_t id) {
    v4l2_queryctrl answer{};
    answer.id = id;
    if (!device.ask(VIDIOC_QUERYCTRL, answer) || (answer.flags & V4L2_CTRL_FLAG_DISABLED) != 0)
        return std::nullopt;
    return answer;
}

bool set(const V4l2Descriptor& device, std::uint32_t id, int value) {
    v4l2_control control{id, value};
    return device.ask(VIDIOC_S_CTRL, control);
}

/// `value`: nothing is automatic.
std::optional<Error> apply(const V4l2Descriptor& device, const Control& control, std::optional<double> value,
                           const std::string& path) {
    const auto automatic = query(device, control.automatic);
    if (!value) {
        if (automatic)
            set(device, control.automatic, automatic->default_value);
        return std::nullopt;
    }
    const std::string name = control.name;
    const auto range = query(device, control.value);
    if (!range)
        return Error{ErrorKind::Failed, "the camera has no setting of its " + name, path,
                     "camera." + name + " has no effect; take it out of the settings"};
    if (automatic)
        set(device, control.automatic, control.manually);
    const double rounded = std::round(*value);
    const bool inside = rounded >= range->minimum && rounded <= range->maximum;
    if (inside && set(device, control.value, static_cast<int>(rounded)))
        return std::nullopt;
    const std::string reason = inside ? std::string(": ") + std::strerror(errno) : std::string();
    return Error{ErrorKind::Failed, "the camera does not take that " + name + reason, path,
                 "It takes " + std::to_string(range->minimum) + " to " + std::to_string(range->maximum)};
}

} // namespace

std::vector<Error> setControls(const std::string& path, const CameraControls& wanted) {
    const V4l2Descriptor device(path);
    if (!device.open())
        return {}; // opening it for pictures says why
    const auto above = [](double value, double limit, double scale) {
        return value > limit ? std::optional(value * scale) : std::nullopt;
    };
    std::vector<Error> complaints;
    // V4L2 counts exposure in 100 us.
    for (auto& complaint : {apply(device, exposure, above(wanted.exposureUs, 0, 0.01), path),
                            apply(device, gain, above(wanted.gain, 0, 1), path),
                            apply(device, focus, above(wanted.focus, -0.5, 1), path)})
        if (complaint)
            complaints.push_back(*complaint);
    return complaints;
}

} // namespace facelatch::hardware
