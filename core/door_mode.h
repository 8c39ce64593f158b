// SPDX-License-Identifier: GPL-3.0-or-later
// DoorMode: what holds for a door whoever asks, and who said so.
#pragma once

#include "core/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace facelatch::core {

enum class DoorMode {
    Normal,
    LockedDown ///< nobody is let in, by whatever means; leaving is free
};

struct DoorModeState {
    DoorMode mode = DoorMode::Normal;
    std::string by;     ///< a principal's name; empty where nobody ever changed it
    WallTime since{};   ///< by the door's clock; 0 where nobody ever changed it
    std::string reason; ///< as given; may be empty
    bool operator==(const DoorModeState&) const = default;
};

/// "normal", "locked_down".
std::string_view doorModeCode(DoorMode mode);
std::optional<DoorMode> doorModeFromCode(std::string_view code);

} // namespace facelatch::core
