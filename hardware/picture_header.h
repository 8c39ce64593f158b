// SPDX-License-Identifier: GPL-3.0-or-later
// What the first bytes of a picture file say: its kind, size and orientation, before anything is decoded.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace facelatch::hardware {

struct PictureHeader {
    enum class Kind { Jpeg, Png } kind = Kind::Jpeg;
    int width = 0, height = 0;
    int orientation = 1; ///< EXIF 2.32, tag 0x0112: 1 upright .. 8; anything else found counts as 1
};

/// Reads a whole file or its beginning (the size of a JPEG may stand after a large EXIF block). Nothing when it is
/// neither JPEG (ITU T.81) nor PNG, or when the size does not stand in `bytes`. Never reads past the span. Any thread.
std::optional<PictureHeader> readPictureHeader(std::span<const std::uint8_t> bytes);

/// Whether the first bytes are those of a JPEG or PNG file, damaged or not.
bool looksLikePicture(std::span<const std::uint8_t> bytes);

} // namespace facelatch::hardware
