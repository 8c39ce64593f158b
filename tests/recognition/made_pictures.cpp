// SPDX-License-Identifier: GPL-3.0-or-later
// Painting pixels and writing picture files byte by byte.
#include "made_pictures.h"

#include <algorithm>
#include <memory>
#include <string_view>

namespace facelatch::tests {

namespace {

core::Image imageOf(int width, int height, int channels, std::vector<std::uint8_t> pixels) {
    auto owner = std::make_shared<std::vector<std::uint8_t>>(std::move(pixels));
    const auto format = channels == 1 ? core::PixelFormat::Gray8 : core::PixelFormat::Bgr8;
    const std::uint8_t* first = owner->data();
    return {width, height, std::ptrdiff_t{width} * channels, format, {std::move(owner), first}};
}

void put32(Bytes& bytes, std::uint32_t value) {
    for (const int shift : {24, 16, 8, 0})
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::uint32_t crcOf(const Bytes& bytes, std::size_t from) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (std::size_t i = from; i < bytes.size(); ++i) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
    }
    return ~crc;
}

void putChunk(Bytes& png, std::string_view type, const Bytes& data) {
    put32(png, static_cast<std::uint32_t>(data.size()));
    const std::size_t start = png.size();
    png.insert(png.end(), type.begin(), type.end());
    png.insert(png.end(), data.begin(), data.end());
    put32(png, crcOf(png, start));
}

Bytes pngStart(std::uint32_t width, std::uint32_t height, std::uint8_t depth, std::uint8_t colourType) {
    Bytes png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    Bytes header;
    put32(header, width);
    put32(header, height);
    header.insert(header.end(), {depth, colourType, 0, 0, 0});
    putChunk(png, "IHDR", header);
    return png;
}

/// A zlib stream of stored blocks.
Bytes stored(const Bytes& data) {
    Bytes out{0x78, 0x01};
    std::uint32_t a = 1, b = 0;
    for (std::size_t at = 0; at < data.size();) {
        const std::size_t length = std::min<std::size_t>(data.size() - at, 65535);
        const auto low = static_cast<std::uint8_t>(length), high = static_cast<std::uint8_t>(length >> 8);
        out.push_back(at + length == data.size() ? 1 : 0);
        out.insert(out.end(), {low, high, static_cast<std::uint8_t>(~low), static_cast<std::uint8_t>(~high)});
        for (std::size_t i = at; i < at + length; ++i) {
            out.push_back(data[i]);
            a = (a + data[i]) % 65521;
            b = (b + a) % 65521;
        }
        at += length;
    }
    put32(out, b << 16 | a);
    return out;
}

} // namespace

core::Image painted(int width, int height, const std::function<Colour(int, int)>& colourAt) {
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const Colour colour = colourAt(x, y);
            pixels.insert(pixels.end(), {colour[2], colour[1], colour[0]});
        }
    return imageOf(width, height, 3, std::move(pixels));
}

core::Image plain(int width, int height, Colour colour) {
    return painted(width, height, [&](int, int) { return colour; });
}

core::Image grey(int width, int height, const std::function<std::uint8_t(int, int)>& levelAt) {
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            pixels.push_back(levelAt(x, y));
    return imageOf(width, height, 1, std::move(pixels));
}

Colour colourOf(const core::Image& image, int x, int y) {
    const std::uint8_t* pixel = image.data() + y * image.stride() + std::ptrdiff_t{x} * 3;
    return {pixel[2], pixel[1], pixel[0]};
}

Bytes pngOf(int width, int height, PngKind kind, const std::function<Colour(int, int)>& colourAt) {
    const bool wide = kind == PngKind::Rgb16;
    const std::uint8_t type = kind == PngKind::Grey8 ? 0 : kind == PngKind::Rgba8 ? 6 : 2;
    Bytes rows;
    for (int y = 0; y < height; ++y) {
        rows.push_back(0); // no filter
        for (int x = 0; x < width; ++x) {
            const Colour colour = colourAt(x, y);
            if (kind == PngKind::Grey8) {
                rows.push_back(colour[0]);
                continue;
            }
            for (const std::uint8_t level : colour)
                rows.insert(rows.end(), wide ? 2 : 1, level);
            if (kind == PngKind::Rgba8)
                rows.push_back(128);
        }
    }
    Bytes png = pngStart(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), wide ? 16 : 8, type);
    putChunk(png, "IDAT", stored(rows));
    putChunk(png, "IEND", {});
    return png;
}

Bytes pngHeaderOnly(std::uint32_t width, std::uint32_t height) {
    Bytes png = pngStart(width, height, 8, 2);
    putChunk(png, "IDAT", stored({0}));
    putChunk(png, "IEND", {});
    return png;
}

Bytes jpegHeaderOnly(std::uint16_t width, std::uint16_t height) {
    const auto high = [](std::uint16_t value) { return static_cast<std::uint8_t>(value >> 8); };
    const auto low = [](std::uint16_t value) { return static_cast<std::uint8_t>(value); };
    return {0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, high(height), low(height), high(width), low(width), 1, 1, 0x11, 0, 0xFF,
            0xDA, 0,    8,    1,    1, 0,  0, 63,           0,           0xFF,        0xD9};
}

Bytes withOrientation(const Bytes& jpeg, std::uint8_t orientation) {
    // "Exif", a little-endian TIFF header, and one directory with tag 0x0112 (short, one value).
    const Bytes exif{0xFF, 0xE1, 0,    34,   'E', 'x', 'i', 'f', 0, 0, 'I',         'I', 42, 0, 8, 0, 0, 0,
                     1,    0,    0x12, 0x01, 3,   0,   1,   0,   0, 0, orientation, 0,   0,  0, 0, 0, 0, 0};
    Bytes out(jpeg.begin(), jpeg.begin() + 2);
    out.insert(out.end(), exif.begin(), exif.end());
    out.insert(out.end(), jpeg.begin() + 2, jpeg.end());
    return out;
}

} // namespace facelatch::tests
