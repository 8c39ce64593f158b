// SPDX-License-Identifier: GPL-3.0-or-later
// Image: immutable shared pixels that every module can look at without a copy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace facelatch::core {

enum class PixelFormat {
    Bgr8, ///< 3 bytes a pixel, blue first: what OpenCV computes on and QImage::Format_BGR888 shows
    Gray8 ///< 1 byte a pixel
};

/// Copying shares the pixels; they never change after construction, so any thread may read them.
class Image {
public:
    Image() = default;
    /// `pixels` owns (or keeps alive) at least height * stride bytes; stride in bytes.
    Image(int width, int height, std::ptrdiff_t stride, PixelFormat format, std::shared_ptr<const std::uint8_t> pixels)
        : m_pixels(std::move(pixels)), m_stride(stride), m_width(width), m_height(height), m_format(format) {}

    bool empty() const { return !m_pixels || m_width <= 0 || m_height <= 0; }
    int width() const { return m_width; }
    int height() const { return m_height; }
    std::ptrdiff_t stride() const { return m_stride; }
    PixelFormat format() const { return m_format; }
    const std::uint8_t* data() const { return m_pixels.get(); }
    const std::shared_ptr<const std::uint8_t>& share() const { return m_pixels; }

private:
    std::shared_ptr<const std::uint8_t> m_pixels;
    std::ptrdiff_t m_stride = 0;
    int m_width = 0, m_height = 0;
    PixelFormat m_format = PixelFormat::Bgr8;
};

} // namespace facelatch::core
