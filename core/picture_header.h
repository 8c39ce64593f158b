// SPDX-License-Identifier: GPL-3.0-or-later
// PictureHeader: what a JPEG or PNG says of itself, read before anything is decoded or allocated for it.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <span>
#include <string>

namespace facelatch::core {

struct PictureHeader {
    enum class Kind { Jpeg, Png };
    Kind kind = Kind::Jpeg;
    int width = 0, height = 0; ///< pixels, before any EXIF rotation
    int orientation = 1;       ///< EXIF 2.32, tag 0x0112: 1 upright .. 8; anything else found counts as 1
    bool complete = false;     ///< its end mark is there; else the file was cut off
};

/// Whether the first bytes are those of a JPEG or PNG file, damaged or not.
bool looksLikePicture(std::span<const std::uint8_t> bytes);

/// Walks the file's segments or chunks to its end mark (ITU-T T.81 annex B, PNG specification 5), so that a file that
/// was cut off is told from a whole one; bytes after the end mark are allowed. Errors (Failed): no bytes, neither JPEG
/// nor PNG, no size or a size of 0. Never reads past the span. Any thread.
Result<PictureHeader> readPictureHeader(std::span<const std::uint8_t> bytes, const std::string& name);

} // namespace facelatch::core
