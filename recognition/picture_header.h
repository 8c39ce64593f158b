// SPDX-License-Identifier: GPL-3.0-or-later
// PictureHeader: what a JPEG or PNG says of itself, read without decoding or allocating anything.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <span>
#include <string>

namespace facelatch::recognition {

struct PictureHeader {
    enum class Kind { Jpeg, Png };
    Kind kind = Kind::Jpeg;
    int width = 0, height = 0; ///< pixels, before any EXIF rotation
    bool complete = false;     ///< its end mark is there; else the file was cut off
};

/// Walks the file's segments or chunks to its end mark (ITU-T T.81 annex B, PNG specification 5), so that a file that
/// was cut off is told from a whole one; bytes after the end mark are allowed. Errors (Failed): no bytes, neither JPEG
/// nor PNG, no size or a size of 0.
core::Result<PictureHeader> readPictureHeader(std::span<const std::uint8_t> bytes, const std::string& name);

} // namespace facelatch::recognition
