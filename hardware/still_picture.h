// SPDX-License-Identifier: GPL-3.0-or-later
// A picture file as one frame of a given size.
#pragma once

#include "core/image.h"
#include "core/result.h"

#include <filesystem>

namespace facelatch::hardware {

/// Decodes a JPEG or PNG file, turned upright by its EXIF orientation, scaled into width x height with black borders.
/// Blocks for the decoding, seconds at most. Any thread. Errors: what is wrong with the file (missing, empty, damaged,
/// no picture, over 30 MiB or 50 megapixels), or OutOfService when GStreamer lacks a decoder.
core::Result<core::Image> decodeStill(const std::filesystem::path& file, int width, int height);

/// Whether the file begins as a JPEG or PNG does; false too when it cannot be read.
bool isStill(const std::filesystem::path& file);

} // namespace facelatch::hardware
