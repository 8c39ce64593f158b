// SPDX-License-Identifier: GPL-3.0-or-later
// Markers of JPEG, IHDR of PNG, the orientation in EXIF.
#include "hardware/picture_header.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace facelatch::hardware {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::array<std::uint8_t, 8> pngSignature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
constexpr std::array<std::uint8_t, 6> exifSignature{'E', 'x', 'i', 'f', 0, 0};

bool beginsWith(Bytes bytes, Bytes prefix) {
    return bytes.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool isJpeg(Bytes bytes) {
    return bytes.size() >= 3 && bytes[0] == 0xff && bytes[1] == 0xd8 && bytes[2] == 0xff;
}

/// Big-endian or little-endian number of `size` bytes at `at`; nothing past the end.
std::optional<std::uint32_t> number(Bytes bytes, std::size_t at, std::size_t size, bool bigEndian) {
    if (at > bytes.size() || bytes.size() - at < size)
        return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | bytes[at + (bigEndian ? i : size - 1 - i)];
    return value;
}

/// The orientation in a TIFF block (EXIF): entry 0x0112 of the first directory.
int orientationIn(Bytes tiff) {
    if (tiff.size() < 8)
        return 1;
    const bool bigEndian = tiff[0] == 'M';
    const auto directory = number(tiff, 4, 4, bigEndian);
    const auto entries = directory ? number(tiff, *directory, 2, bigEndian) : std::nullopt;
    for (std::size_t i = 0; entries && i < *entries; ++i) {
        const std::size_t at = *directory + 2 + 12 * i;
        const auto tag = number(tiff, at, 2, bigEndian);
        if (!tag)
            return 1;
        if (*tag != 0x0112)
            continue;
        const auto value = number(tiff, at + 8, 2, bigEndian);
        return value && *value >= 1 && *value <= 8 ? static_cast<int>(*value) : 1;
    }
    return 1;
}

/// Start-of-frame markers, which carry the size: C0 to CF without C4, C8 and CC.
bool isStartOfFrame(std::uint8_t marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

std::optional<PictureHeader> readJpeg(Bytes bytes) {
    PictureHeader header;
    std::size_t at = 2;
    while (at + 4 <= bytes.size()) {
        if (bytes[at] != 0xff)
            return std::nullopt;
        const std::uint8_t marker = bytes[at + 1];
        if (marker == 0xff) { // fill byte
            ++at;
            continue;
        }
        const std::size_t length = *number(bytes, at + 2, 2, true);
        if (length < 2)
            return std::nullopt;
        const Bytes segment = bytes.subspan(at + 4, std::min(length - 2, bytes.size() - at - 4));
        if (marker == 0xe1 && beginsWith(segment, exifSignature))
            header.orientation = orientationIn(segment.subspan(exifSignature.size()));
        if (isStartOfFrame(marker)) {
            const auto height = number(segment, 1, 2, true), width = number(segment, 3, 2, true);
            if (!height || !width)
                return std::nullopt;
            header.width = static_cast<int>(*width);
            header.height = static_cast<int>(*height);
            return header;
        }
        at += 2 + length;
    }
    return std::nullopt;
}

std::optional<PictureHeader> readPng(Bytes bytes) {
    const auto width = number(bytes, 16, 4, true), height = number(bytes, 20, 4, true);
    if (!width || !height || *width > 0x7fffffff || *height > 0x7fffffff)
        return std::nullopt;
    return PictureHeader{PictureHeader::Kind::Png, static_cast<int>(*width), static_cast<int>(*height), 1};
}

} // namespace

bool looksLikePicture(Bytes bytes) {
    return isJpeg(bytes) || beginsWith(bytes, pngSignature);
}

std::optional<PictureHeader> readPictureHeader(Bytes bytes) {
    if (isJpeg(bytes))
        return readJpeg(bytes);
    if (beginsWith(bytes, pngSignature))
        return readPng(bytes);
    return std::nullopt;
}

} // namespace facelatch::hardware
