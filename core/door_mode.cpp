// SPDX-License-Identifier: GPL-3.0-or-later
// Codes of the modes.
#include "core/door_mode.h"

namespace facelatch::core {

namespace {

constexpr std::string_view normal = "normal", lockedDown = "locked_down";

} // namespace

std::string_view doorModeCode(DoorMode mode) {
    return mode == DoorMode::Normal ? normal : lockedDown;
}

std::optional<DoorMode> doorModeFromCode(std::string_view code) {
    if (code == normal)
        return DoorMode::Normal;
    if (code == lockedDown)
        return DoorMode::LockedDown;
    return std::nullopt;
}

} // namespace facelatch::core
