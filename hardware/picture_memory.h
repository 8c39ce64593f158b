// SPDX-License-Identifier: GPL-3.0-or-later
// PictureMemory: the one copy from a driver's buffer to core::Image, into memory that is used again.
#pragma once

#include "core/image.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace facelatch::hardware {

/// Pixels are copied once, so that a driver's buffers go back to it at once however long a picture is looked at, and
/// turned on the way. Memory whose picture nobody holds any more is taken for the next one: with steady readers no
/// memory is allocated for a frame. Used by one thread; the pictures are for any, and outlive it.
class PictureMemory {
public:
    /// How far a picture is turned clockwise.
    enum class Turn { None, Quarter, Half, ThreeQuarters };

    /// A Bgr8 picture of `width` x `height` pixels; turned by a quarter or three it is `height` x `width`.
    core::Image copy(const std::uint8_t* from, std::ptrdiff_t stride, int width, int height, Turn turn = Turn::None);
    /// For tests: how many pictures' memory is kept.
    std::size_t kept() const { return m_kept.size(); }

private:
    std::shared_ptr<std::uint8_t[]> memory(std::size_t bytes);

    std::vector<std::shared_ptr<std::uint8_t[]>> m_kept;
    std::size_t m_bytes = 0; ///< of each
};

} // namespace facelatch::hardware
