// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures in and out: untrusted bytes become a core::Image, a core::Image becomes a JPEG.
#pragma once

#include "core/geometry.h"
#include "core/image.h"
#include "core/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace facelatch::recognition {

/// Checked before a pixel is allocated, from the picture's own header.
struct PictureLimits {
    std::size_t maxBytes = std::size_t{30} << 20; ///< of the file
    std::int64_t maxPixels = 50'000'000;          ///< width * height as the header says
    int longestSide = 1920;                       ///< larger pictures are scaled down to it; 0: never
};

/// JPEG or PNG (recognised by content, never by name), any depth or number of channels, to Bgr8 with its EXIF
/// orientation applied. `name` appears in messages. Refuses, with a plain message: no bytes, too many bytes, neither
/// JPEG nor PNG, too many pixels, a file that ends too early, data the decoder refuses. Any thread.
core::Result<core::Image> decodePicture(std::span<const std::uint8_t> bytes, const std::string& name,
                                        const PictureLimits& limits = {});
/// decodePicture() of a file; also refuses what is not a regular, readable file.
core::Result<core::Image> readPicture(const std::string& path, const PictureLimits& limits = {});

/// quality 1..100; longestSide 0 keeps the size, else larger pictures are scaled down to it.
core::Result<std::vector<std::uint8_t>> encodeJpeg(const core::Image& image, int quality = 85, int longestSide = 0);

/// The part of `image` inside `box`, which is limited to the picture; empty when nothing is left. Shares the pixels.
core::Image crop(const core::Image& image, const core::RectF& box);
/// Scaled down so that no side is above longestSide (area averaging); unchanged and shared when it already fits.
core::Image scaledDown(const core::Image& image, int longestSide);
/// The face with a little of its surroundings (the box enlarged by a quarter on each side), at most longestSide pixels.
core::Image faceThumbnail(const core::Image& image, const core::RectF& box, int longestSide = 160);

} // namespace facelatch::recognition
