// SPDX-License-Identifier: GPL-3.0-or-later
// BenchScene: frames as a camera at a door would give them, made of one photograph.
#pragma once

#include "core/image.h"

#include <cstdint>
#include <optional>

namespace facelatch::app {

/// 640x480 frames of an empty, evenly lit hall with a camera's noise, and in it a photograph that moves as somebody
/// does who stands before a door: a few pixels to the sides, up and down, nearer and farther, slowly. The same frames
/// in each run. One thread.
class BenchScene {
public:
    static constexpr int width = 640, height = 480;
    static constexpr double framesPerSecond = 30;

    BenchScene() = default;
    explicit BenchScene(core::Image photograph) : m_photograph(std::move(photograph)) {}

    /// The next frame of the visit, or of the empty hall.
    core::Image face();
    core::Image empty();

private:
    core::Image frame(bool withFace);

    core::Image m_photograph; ///< Bgr8
    std::uint32_t m_noise = 1;
    int m_shown = 0;
};

} // namespace facelatch::app
