// SPDX-License-Identifier: GPL-3.0-or-later
// Frame: one picture of a camera, with when and how it came to be.
#pragma once

#include "core/image.h"
#include "core/time.h"

#include <cstdint>

namespace facelatch::core {

/// What a frame may be trusted with: only Camera frames open a real door by themselves (rule 2 of the domain).
enum class FrameOrigin {
    Camera,
    Network, ///< dated by a sender's clock: opens where the owner has allowed it
    Undated, ///< a live camera that does not say when its pictures were taken: never opens a real door
    Replay,
    Test
};

struct Frame {
    Image image;
    MonoTime capturedAt{};    ///< when the picture was taken, not when it arrived
    std::uint64_t number = 0; ///< counts up from 1 within a source; 0 is no frame
    FrameOrigin origin = FrameOrigin::Test;
};

} // namespace facelatch::core
