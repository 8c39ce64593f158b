// SPDX-License-Identifier: GPL-3.0-or-later
// Untrusted pictures: sound ones come out right, hostile ones are refused with words.
#include "made_pictures.h"
#include "recognition/pictures.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;
using testing::HasSubstr;

constexpr Colour kRed{220, 20, 20}, kGreen{20, 200, 20}, kBlue{20, 20, 220}, kWhite{240, 240, 240};

/// Red and green above, blue and white below.
Colour quarter(int x, int y, int width, int height) {
    if (y < height / 2)
        return x < width / 2 ? kRed : kGreen;
    return x < width / 2 ? kBlue : kWhite;
}

core::Image quartered(int width, int height) {
    return painted(width, height, [=](int x, int y) { return quarter(x, y, width, height); });
}

bool near(const Colour& a, const Colour& b, int tolerance = 40) {
    for (std::size_t i = 0; i < 3; ++i)
        if (std::abs(a[i] - b[i]) > tolerance)
            return false;
    return true;
}

char letterOf(const Colour& colour) {
    for (const auto& [known, letter] : {std::pair{kRed, 'R'}, {kGreen, 'G'}, {kBlue, 'B'}, {kWhite, 'W'}})
        if (near(colour, known))
            return letter;
    return '?';
}

/// The four corners as letters: top left, top right, bottom left, bottom right.
std::string cornersOf(const core::Image& image) {
    const int right = image.width() - 3, bottom = image.height() - 3;
    return {letterOf(colourOf(image, 2, 2)), letterOf(colourOf(image, right, 2)), letterOf(colourOf(image, 2, bottom)),
            letterOf(colourOf(image, right, bottom))};
}

Bytes jpegOf(const core::Image& image) {
    const auto bytes = encodeJpeg(image, 95);
    EXPECT_TRUE(bytes);
    return *bytes;
}

TEST(Pictures, comeBackFromJpeg) {
    const auto image = decodePicture(jpegOf(quartered(64, 48)), "a.jpg");
    ASSERT_TRUE(image) << image.error().text();
    EXPECT_EQ(image->width(), 64);
    EXPECT_EQ(image->height(), 48);
    EXPECT_EQ(image->format(), core::PixelFormat::Bgr8);
    EXPECT_EQ(cornersOf(*image), "RGBW");
}

class Orientation : public testing::TestWithParam<std::pair<int, const char*>> {};

TEST_P(Orientation, isApplied) {
    const auto [orientation, corners] = GetParam();
    const Bytes jpeg = withOrientation(jpegOf(quartered(64, 32)), static_cast<std::uint8_t>(orientation));
    const auto image = decodePicture(jpeg, "turned.jpg");
    ASSERT_TRUE(image) << image.error().text();
    EXPECT_EQ(cornersOf(*image), corners);
    EXPECT_EQ(image->width(), orientation < 5 ? 64 : 32);
    EXPECT_EQ(image->height(), orientation < 5 ? 32 : 64);
}

INSTANTIATE_TEST_SUITE_P(Exif, Orientation,
                         testing::Values(std::pair{1, "RGBW"}, std::pair{2, "GRWB"}, std::pair{3, "WBGR"},
                                         std::pair{4, "BWRG"}, std::pair{5, "RBGW"}, std::pair{6, "BRWG"},
                                         std::pair{7, "WGBR"}, std::pair{8, "GWRB"}));

TEST(Pictures, ignoreAnOrientationThatDoesNotExist) {
    const auto image = decodePicture(withOrientation(jpegOf(quartered(64, 32)), 77), "odd.jpg");
    ASSERT_TRUE(image);
    EXPECT_EQ(cornersOf(*image), "RGBW");
}

class PngKinds : public testing::TestWithParam<PngKind> {};

TEST_P(PngKinds, becomeEightBitBgr) {
    const auto colourAt = [](int x, int y) { return quarter(x, y, 40, 30); };
    // Named .jpg on purpose: the content decides.
    const auto image = decodePicture(pngOf(40, 30, GetParam(), colourAt), "really_a_png.jpg");
    ASSERT_TRUE(image) << image.error().text();
    EXPECT_EQ(image->format(), core::PixelFormat::Bgr8);
    EXPECT_EQ(image->width(), 40);
    if (GetParam() == PngKind::Grey8)
        EXPECT_TRUE(near(colourOf(*image, 2, 2), {kRed[0], kRed[0], kRed[0]}));
    else
        EXPECT_EQ(cornersOf(*image), "RGBW");
}

INSTANTIATE_TEST_SUITE_P(Png, PngKinds, testing::Values(PngKind::Grey8, PngKind::Rgb8, PngKind::Rgba8, PngKind::Rgb16));

struct Hostile {
    const char* what;
    Bytes bytes;
    const char* message;
};

Bytes truncated(Bytes bytes, double share) {
    bytes.resize(static_cast<std::size_t>(static_cast<double>(bytes.size()) * share));
    return bytes;
}
Bytes textBytes(const std::string& text) {
    return {text.begin(), text.end()};
}
Bytes noisyPng() {
    Bytes png = pngOf(40, 30, PngKind::Rgb8, [](int, int) { return kRed; });
    for (std::size_t i = 60; i < 600; ++i)
        png[i] = static_cast<std::uint8_t>(i * 37);
    return png;
}

class HostilePicture : public testing::TestWithParam<Hostile> {};

TEST_P(HostilePicture, isRefusedInPlainWords) {
    const auto image = decodePicture(GetParam().bytes, "hostile.jpg");
    ASSERT_FALSE(image);
    EXPECT_THAT(image.error().what, HasSubstr(GetParam().message));
    EXPECT_EQ(image.error().where, "hostile.jpg");
    EXPECT_FALSE(image.error().remedy.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, HostilePicture,
    testing::Values(Hostile{"ZeroBytes", {}, "0 bytes"}, Hostile{"OneByte", {0xFF}, "not a picture"},
                    Hostile{"Text", textBytes("this is a text, not a picture"), "not a picture"},
                    Hostile{"Gif", textBytes("GIF89a...."), "not a picture"},
                    Hostile{"JpegStartOnly", {0xFF, 0xD8, 0xFF}, "no usable size"},
                    Hostile{"JpegHalf", truncated(jpegOf(quartered(200, 200)), 0.5), "ends too early"},
                    Hostile{"JpegWithoutItsEnd", truncated(jpegOf(quartered(200, 200)), 0.999), "ends too early"},
                    Hostile{"HugeJpeg", jpegHeaderOnly(65535, 65535), "65535 x 65535"},
                    Hostile{"HugeTruncatedJpeg", truncated(jpegHeaderOnly(65535, 65535), 0.6), "65535 x 65535"},
                    Hostile{"FlatJpeg", jpegHeaderOnly(0, 100), "no usable size"},
                    Hostile{"HugePng", pngHeaderOnly(65535, 65535), "65535 x 65535"},
                    Hostile{"EnormousPng", pngHeaderOnly(0x7FFFFFFF, 0x7FFFFFFF), "too large"},
                    Hostile{"ImpossiblePng", pngHeaderOnly(0xFFFFFFFF, 1), "no usable size"},
                    Hostile{"PngWithoutData", pngHeaderOnly(300, 300), "damaged"},
                    Hostile{"NoisyPng", noisyPng(), "damaged"},
                    Hostile{"PngHalf", truncated(pngOf(40, 30, PngKind::Rgb8, [](int, int) { return kRed; }), 0.5),
                            "ends too early"},
                    Hostile{"JpegWithoutScan", jpegHeaderOnly(64, 64), "damaged"}),
    [](const auto& instance) { return std::string(instance.param.what); });

TEST(Pictures, hasNoRoomForTooManyBytes) {
    PictureLimits limits;
    limits.maxBytes = 100;
    const auto image = decodePicture(jpegOf(quartered(64, 48)), "big.jpg", limits);
    ASSERT_FALSE(image);
    EXPECT_THAT(image.error().what, HasSubstr("file is too large"));
}

TEST(Pictures, survivesEveryTruncationAndFlippedByte) {
    const Bytes whole = withOrientation(jpegOf(quartered(48, 32)), 6);
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_FALSE(decodePicture(std::span(whole).first(length), "cut.jpg")) << length;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        Bytes flipped = whole;
        flipped[i] = static_cast<std::uint8_t>(~flipped[i]);
        const auto image = decodePicture(flipped, "flipped.jpg"); // either is fine, crashing is not
        EXPECT_TRUE(image ? !image->empty() : !image.error().what.empty());
    }
}

TEST(Pictures, takeBytesBehindTheEndMark) {
    Bytes jpeg = jpegOf(quartered(48, 32));
    jpeg.insert(jpeg.end(), 500, 0);
    EXPECT_TRUE(decodePicture(jpeg, "padded.jpg"));
}

TEST(Pictures, areScaledDownToTheLongestSide) {
    PictureLimits limits;
    limits.longestSide = 100;
    const auto image = decodePicture(jpegOf(quartered(400, 200)), "wide.jpg", limits);
    ASSERT_TRUE(image);
    EXPECT_EQ(image->width(), 100);
    EXPECT_EQ(image->height(), 50);
    EXPECT_EQ(cornersOf(*image), "RGBW");
}

TEST(Pictures, areReadFromFiles) {
    const auto path = std::filesystem::path(testing::TempDir()) / "facelatch-picture.jpg";
    const Bytes jpeg = jpegOf(quartered(64, 48));
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(jpeg.data()), static_cast<std::streamsize>(jpeg.size()));
    EXPECT_TRUE(readPicture(path.string()));
    std::filesystem::remove(path);
    const auto gone = readPicture(path.string());
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, core::ErrorKind::NotFound);
    EXPECT_EQ(gone.error().where, path.string());
    EXPECT_FALSE(readPicture(testing::TempDir())); // a directory
    EXPECT_FALSE(readPicture("/dev/zero"));        // no regular file
}

TEST(EncodeJpeg, refusesNothingAndScalesDown) {
    EXPECT_FALSE(encodeJpeg({}));
    const auto large = encodeJpeg(quartered(640, 480), 90), small = encodeJpeg(quartered(640, 480), 90, 100);
    ASSERT_TRUE(large && small);
    EXPECT_LT(small->size(), large->size());
    const auto back = decodePicture(*small, "small.jpg");
    ASSERT_TRUE(back);
    EXPECT_EQ(back->width(), 100);
    EXPECT_TRUE(encodeJpeg(grey(32, 32, [](int, int) { return std::uint8_t{9}; })));
}

TEST(Crop, staysInsideAndSharesPixels) {
    const core::Image image = quartered(100, 80);
    const core::Image part = crop(image, {50, 40, 30, 20});
    EXPECT_EQ(part.width(), 30);
    EXPECT_EQ(part.height(), 20);
    EXPECT_EQ(part.data(), image.data() + 40 * image.stride() + 50 * 3);
    EXPECT_EQ(letterOf(colourOf(part, 5, 5)), 'W');
    EXPECT_EQ(crop(image, {-50, -50, 1000, 1000}).width(), 100);
    EXPECT_TRUE(crop(image, {200, 10, 30, 30}).empty());
    EXPECT_TRUE(crop(image, {10, 10, -5, 30}).empty());
    EXPECT_TRUE(crop({}, {0, 0, 10, 10}).empty());
    const float nan = std::nanf("");
    EXPECT_TRUE(crop(image, {nan, nan, nan, nan}).empty());
}

TEST(FaceThumbnail, keepsNothingButTheFace) {
    const core::Image image = quartered(1000, 800);
    const core::Image large = faceThumbnail(image, {300, 200, 400, 400}, 160);
    EXPECT_EQ(std::max(large.width(), large.height()), 160);
    const core::Image small = faceThumbnail(image, {10, 10, 40, 40}, 160);
    EXPECT_EQ(small.width(), 60);
    EXPECT_NE(small.share().get(), image.share().get() + 10);
    EXPECT_LT(small.stride(), image.stride()); // a copy, not a view of the whole
}

} // namespace
} // namespace facelatch::tests
