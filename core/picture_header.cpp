// SPDX-License-Identifier: GPL-3.0-or-later
// A careful walk over JPEG segments and PNG chunks, and the orientation in EXIF.
#include "core/picture_header.h"

#include <algorithm>
#include <array>
#include <optional>

namespace facelatch::core {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::array<std::uint8_t, 8> pngSignature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
constexpr std::array<std::uint8_t, 6> exifSignature{'E', 'x', 'i', 'f', 0, 0};
constexpr std::size_t pngChunkFrame = 12; // length, type, checksum

std::uint32_t big16(Bytes bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) << 8 | bytes[at + 1];
}
std::uint32_t big32(Bytes bytes, std::size_t at) {
    return big16(bytes, at) << 16 | big16(bytes, at + 2);
}

bool beginsWith(Bytes bytes, Bytes prefix) {
    return bytes.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), bytes.begin());
}
bool isJpeg(Bytes bytes) {
    return bytes.size() >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF;
}

/// A number of `size` bytes at `at` in either byte order; nothing past the end.
std::optional<std::uint32_t> number(Bytes bytes, std::size_t at, std::size_t size, bool bigEndian) {
    if (at > bytes.size() || bytes.size() - at < size)
        return {};
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

Error noSize(const std::string& name) {
    return fail("the picture says no usable size of itself", name, "Save it again as JPEG or PNG");
}

/// SOF0..SOF15 without DHT (C4), JPG (C8) and DAC (CC).
bool isStartOfFrame(std::uint8_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}
/// RST0..RST7, SOI and TEM stand alone; all others are followed by a length.
bool standsAlone(std::uint8_t marker) {
    return (marker >= 0xD0 && marker <= 0xD8) || marker == 0x01;
}

/// The next marker that is not part of entropy-coded data; `at` ends up behind it.
std::optional<std::uint8_t> nextMarker(Bytes bytes, std::size_t& at) {
    while (at + 1 < bytes.size()) {
        const auto* found = std::find(bytes.data() + at, bytes.data() + bytes.size() - 1, std::uint8_t{0xFF});
        at = static_cast<std::size_t>(found - bytes.data());
        if (at + 1 >= bytes.size())
            break;
        const std::uint8_t marker = bytes[at + 1];
        if (marker == 0xFF) { // fill byte
            ++at;
            continue;
        }
        at += 2;
        if (marker != 0x00) // FF 00 is a data byte
            return marker;
    }
    return {};
}

Result<PictureHeader> readJpeg(Bytes bytes, const std::string& name) {
    PictureHeader header;
    std::size_t at = 2;
    while (const auto marker = nextMarker(bytes, at)) {
        if (*marker == 0xD9) { // end of image
            header.complete = true;
            break;
        }
        if (standsAlone(*marker))
            continue;
        if (at + 2 > bytes.size())
            break;
        const std::size_t length = big16(bytes, at);
        if (length < 2 || at + length > bytes.size())
            break;
        const Bytes segment = bytes.subspan(at + 2, length - 2);
        if (*marker == 0xE1 && beginsWith(segment, exifSignature))
            header.orientation = orientationIn(segment.subspan(exifSignature.size()));
        if (isStartOfFrame(*marker)) {
            if (length < 8 || header.width != 0)
                return noSize(name);
            header.height = static_cast<int>(big16(bytes, at + 3));
            header.width = static_cast<int>(big16(bytes, at + 5));
        }
        at += length;
    }
    if (header.width <= 0 || header.height <= 0)
        return noSize(name);
    return header;
}

Result<PictureHeader> readPng(Bytes bytes, const std::string& name) {
    PictureHeader header;
    header.kind = PictureHeader::Kind::Png;
    std::size_t at = pngSignature.size();
    while (at + pngChunkFrame <= bytes.size()) {
        const std::uint32_t length = big32(bytes, at);
        const std::uint32_t type = big32(bytes, at + 4);
        if (length > bytes.size() - at - pngChunkFrame)
            break;
        if (at == pngSignature.size()) {
            if (type != 0x49484452 || length != 13) // "IHDR"
                return noSize(name);
            const std::uint32_t width = big32(bytes, at + 8), height = big32(bytes, at + 12);
            constexpr std::uint32_t most = 0x7FFFFFFF;
            if (width == 0 || height == 0 || width > most || height > most)
                return noSize(name);
            header.width = static_cast<int>(width);
            header.height = static_cast<int>(height);
        }
        if (type == 0x49454E44) // "IEND"
            header.complete = true;
        if (header.complete)
            break;
        at += pngChunkFrame + length;
    }
    if (header.width == 0)
        return noSize(name);
    return header;
}

} // namespace

bool looksLikePicture(Bytes bytes) {
    return isJpeg(bytes) || beginsWith(bytes, pngSignature);
}

Result<PictureHeader> readPictureHeader(std::span<const std::uint8_t> bytes, const std::string& name) {
    if (bytes.empty())
        return fail("the picture is empty (0 bytes)", name, "Copy or take the picture again");
    if (isJpeg(bytes))
        return readJpeg(bytes, name);
    if (beginsWith(bytes, pngSignature))
        return readPng(bytes, name);
    return fail("this is not a picture Facelatch can read", name, "Use a JPEG or PNG picture");
}

} // namespace facelatch::core
