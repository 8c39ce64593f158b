// SPDX-License-Identifier: GPL-3.0-or-later
// MotionGate: keeps the detector from searching a picture in which nothing moves, and notices cuts.
#pragma once

#include "core/image.h"
#include "core/time.h"
#include "recognition/settings.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace facelatch::recognition {

/// Compares the mean grey values of a coarse grid with the previous picture's. One thread at a time.
class MotionGate {
public:
    struct Opinion {
        bool motion = false; ///< something changed since the previous picture
        bool look = true;    ///< the detector should run: motion now or lately, or it is time for a peek
        bool cut = false;    ///< another picture altogether: nothing in it continues anything of the one before
    };
    explicit MotionGate(const MotionSettings& settings) : m_settings(settings) {}
    Opinion examine(const core::Image& picture, core::MonoTime capturedAt);
    void reset();

private:
    MotionSettings m_settings;
    std::vector<std::uint8_t> m_cells, m_before; ///< of the newest picture and the one before
    std::optional<core::MonoTime> m_lastMotion, m_lastLook;
};

} // namespace facelatch::recognition
