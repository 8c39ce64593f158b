// SPDX-License-Identifier: GPL-3.0-or-later
// MadePictures: pictures and picture files made by hand, sound and hostile ones.
#pragma once

#include "core/image.h"

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace facelatch::tests {

using Colour = std::array<std::uint8_t, 3>; ///< red, green, blue
using Bytes = std::vector<std::uint8_t>;

/// A Bgr8 image of what `colourAt` says for each x and y.
core::Image painted(int width, int height, const std::function<Colour(int, int)>& colourAt);
core::Image plain(int width, int height, Colour colour);
/// One channel.
core::Image grey(int width, int height, const std::function<std::uint8_t(int, int)>& levelAt);
/// Red, green, blue.
Colour colourOf(const core::Image& image, int x, int y);

enum class PngKind { Grey8, Rgb8, Rgba8, Rgb16 };
/// A valid PNG (stored, not compressed), every pixel of the colour that `colourAt` says.
Bytes pngOf(int width, int height, PngKind kind, const std::function<Colour(int, int)>& colourAt);
/// Only a signature and a header of that size, without data, properly ended.
Bytes pngHeaderOnly(std::uint32_t width, std::uint32_t height);
/// A JPEG whose frame header says that size; start, header, an empty scan and the end mark.
Bytes jpegHeaderOnly(std::uint16_t width, std::uint16_t height);
/// `jpeg` with an EXIF segment that carries this orientation (1 to 8).
Bytes withOrientation(const Bytes& jpeg, std::uint8_t orientation);

} // namespace facelatch::tests
