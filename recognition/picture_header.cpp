// SPDX-License-Identifier: GPL-3.0-or-later
// A careful walk over JPEG segments and PNG chunks.
#include "recognition/picture_header.h"

#include <algorithm>
#include <array>
#include <optional>

namespace facelatch::recognition {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::array<std::uint8_t, 8> kPngSignature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
constexpr std::size_t kPngChunkFrame = 12; // length, type, checksum

std::uint32_t big16(Bytes bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) << 8 | bytes[at + 1];
}
std::uint32_t big32(Bytes bytes, std::size_t at) {
    return big16(bytes, at) << 16 | big16(bytes, at + 2);
}

core::Error noSize(const std::string& name) {
    return core::fail("the picture says no usable size of itself", name, "Save it again as JPEG or PNG");
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

core::Result<PictureHeader> readJpeg(Bytes bytes, const std::string& name) {
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

core::Result<PictureHeader> readPng(Bytes bytes, const std::string& name) {
    PictureHeader header;
    header.kind = PictureHeader::Kind::Png;
    std::size_t at = kPngSignature.size();
    while (at + kPngChunkFrame <= bytes.size()) {
        const std::uint32_t length = big32(bytes, at);
        const std::uint32_t type = big32(bytes, at + 4);
        if (length > bytes.size() - at - kPngChunkFrame)
            break;
        if (at == kPngSignature.size()) {
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
        at += kPngChunkFrame + length;
    }
    if (header.width == 0)
        return noSize(name);
    return header;
}

} // namespace

core::Result<PictureHeader> readPictureHeader(std::span<const std::uint8_t> bytes, const std::string& name) {
    if (bytes.empty())
        return core::fail("the picture is empty (0 bytes)", name, "Copy or take the picture again");
    if (bytes.size() >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF)
        return readJpeg(bytes, name);
    if (bytes.size() >= kPngSignature.size() && std::equal(kPngSignature.begin(), kPngSignature.end(), bytes.begin()))
        return readPng(bytes, name);
    return core::fail("this is not a picture Facelatch can read", name, "Use a JPEG or PNG picture");
}

} // namespace facelatch::recognition
