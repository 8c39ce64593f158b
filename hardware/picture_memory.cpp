// SPDX-License-Identifier: GPL-3.0-or-later
// Copying and turning pictures into recycled memory.
#include "hardware/picture_memory.h"

#include <algorithm>
#include <atomic>
#include <cstring>

namespace facelatch::hardware {

namespace {

constexpr std::size_t mostKept = 8; // more are in use only while events wait for a slow disk
constexpr int block = 16;           // pixels: turning whole rows would miss the cache at every pixel
constexpr std::ptrdiff_t pixel = 3;

struct Shape {
    int width, height; ///< of the source
    std::ptrdiff_t stride;
};

/// Turns by a quarter: `first` is where the source's first pixel goes, `alongX` and `alongY` the steps from there.
void turned(const std::uint8_t* from, const Shape& shape, std::uint8_t* first, std::ptrdiff_t alongX,
            std::ptrdiff_t alongY) {
    for (int top = 0; top < shape.height; top += block)
        for (int left = 0; left < shape.width; left += block)
            for (int y = top; y < std::min(top + block, shape.height); ++y)
                for (int x = left; x < std::min(left + block, shape.width); ++x)
                    std::memcpy(first + x * alongX + y * alongY, from + y * shape.stride + x * pixel,
                                static_cast<std::size_t>(pixel));
}

} // namespace

std::shared_ptr<std::uint8_t[]> PictureMemory::memory(std::size_t bytes) {
    if (bytes != m_bytes) {
        m_kept.clear();
        m_bytes = bytes;
    }
    for (const auto& kept : m_kept)
        if (kept.use_count() == 1) { // ours alone; nobody can take a share of it but from us
            // Pairs with the release of the last reader's share: its reading is over before we write.
            std::atomic_thread_fence(std::memory_order_acquire);
            return kept;
        }
    std::shared_ptr<std::uint8_t[]> made(new std::uint8_t[bytes]);
    if (m_kept.size() < mostKept)
        m_kept.push_back(made);
    return made;
}

core::Image PictureMemory::copy(const std::uint8_t* from, std::ptrdiff_t stride, int width, int height, Turn turn) {
    const bool sideways = turn == Turn::Quarter || turn == Turn::ThreeQuarters;
    const std::ptrdiff_t row = pixel * (sideways ? height : width);
    const int rows = sideways ? width : height;
    const auto pixels = memory(static_cast<std::size_t>(row * rows));
    std::uint8_t* to = pixels.get();
    const Shape shape{width, height, stride};
    switch (turn) {
    case Turn::None:
        for (int y = 0; y < height; ++y)
            std::memcpy(to + row * y, from + stride * y, static_cast<std::size_t>(row));
        break;
    case Turn::Quarter:
        turned(from, shape, to + row - pixel, row, -pixel);
        break;
    case Turn::Half:
        turned(from, shape, to + row * rows - pixel, -pixel, -row);
        break;
    case Turn::ThreeQuarters:
        turned(from, shape, to + row * (rows - 1), -row, pixel);
        break;
    }
    return {static_cast<int>(row / pixel), rows, row, core::PixelFormat::Bgr8,
            std::shared_ptr<const std::uint8_t>(pixels, to)};
}

} // namespace facelatch::hardware
