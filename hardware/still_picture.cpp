// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding of single pictures through GStreamer, guarded by their own headers.
#include "hardware/still_picture.h"

#include "core/picture_header.h"
#include "hardware/gst_support.h"

#include <array>
#include <fstream>
#include <iterator>
#include <vector>

namespace facelatch::hardware {

using core::fail;
using core::PictureHeader;
using core::Result;

namespace {

// Before a pixel is allocated: a header of 65535x65535 in a file of 1 KB would ask for gigabytes.
constexpr std::uintmax_t mostBytes = std::uintmax_t{30} << 20;
constexpr std::int64_t mostPixels = 50'000'000;
constexpr core::milliseconds decodeTime{10'000};

/// The whole file as bytes, if it may be a picture.
Result<std::vector<std::uint8_t>> readBytes(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error); // fails for what is no regular file
    if (error)
        return fail("the picture cannot be read: " + error.message(), file.string());
    if (size == 0)
        return fail("the picture is empty (0 bytes)", file.string());
    if (size > mostBytes)
        return fail("the picture is larger than 30 MiB", file.string(), "Save it smaller");
    std::ifstream stream(file, std::ios::binary);
    std::vector<std::uint8_t> bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (!stream && bytes.empty())
        return fail("the picture cannot be read", file.string(), "Check its permissions");
    return bytes;
}

Result<PictureHeader> checkedHeader(const std::vector<std::uint8_t>& bytes, const std::filesystem::path& file) {
    const auto header = core::readPictureHeader(bytes, file.string());
    if (!header)
        return fail(core::looksLikePicture(bytes) ? "the picture is damaged" : "this is no JPEG or PNG picture",
                    file.string());
    if (header->width < 1 || header->height < 1 || std::int64_t{header->width} * header->height > mostPixels)
        return fail("the picture says to be " + std::to_string(header->width) + "x" + std::to_string(header->height) +
                        " pixels, 50 million at most are read",
                    file.string(), "Save it smaller");
    return *header;
}

/// EXIF orientation to what videoflip has to do.
const char* flipFor(int orientation) {
    static constexpr std::array<const char*, 9> methods{"none",
                                                        "none",
                                                        "horizontal-flip",
                                                        "rotate-180",
                                                        "vertical-flip",
                                                        "upper-left-diagonal",
                                                        "clockwise",
                                                        "upper-right-diagonal",
                                                        "counterclockwise"};
    return methods[static_cast<std::size_t>(orientation)];
}

} // namespace

Result<core::Image> decodeStill(const std::filesystem::path& file, int width, int height) {
    const auto bytes = readBytes(file);
    if (!bytes)
        return bytes.error();
    const auto header = checkedHeader(*bytes, file);
    if (!header)
        return header.error();
    if (auto ready = initGstreamer(); !ready)
        return ready.error();

    GstPictures pictures(file.string());
    if (GstElement* source = pictures.add("filesrc"))
        g_object_set(source, "location", file.c_str(), nullptr);
    pictures.add(header->kind == PictureHeader::Kind::Jpeg ? "jpegdec" : "pngdec");
    if (header->orientation != 1)
        if (GstElement* flip = pictures.add("videoflip"))
            gst_util_set_object_arg(G_OBJECT(flip), "method", flipFor(header->orientation));
    pictures.addSink({width, height, 0, false});
    if (auto playing = pictures.play(); !playing)
        return playing.error();
    const SamplePtr sample = pictures.pull(decodeTime);
    if (!sample) {
        core::Error reason = fail("the picture is damaged and cannot be decoded", file.string());
        pictures.takeError(reason);
        reason.kind = core::ErrorKind::Failed;
        return reason;
    }
    PictureMemory memory;
    core::Image image = GstPictures::imageOf(sample.get(), memory);
    if (image.empty())
        return fail("the picture cannot be decoded", file.string());
    return image;
}

bool isStill(const std::filesystem::path& file) {
    std::array<char, 8> beginning{};
    std::ifstream stream(file, std::ios::binary);
    stream.read(beginning.data(), beginning.size());
    std::array<std::uint8_t, 8> bytes{};
    std::copy(beginning.begin(), beginning.end(), bytes.begin());
    return core::looksLikePicture(std::span(bytes).first(static_cast<std::size_t>(stream.gcount())));
}

} // namespace facelatch::hardware
