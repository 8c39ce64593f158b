// SPDX-License-Identifier: GPL-3.0-or-later
// Headers of pictures, whole and damaged.
#include "core/picture_header.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

using namespace facelatch::core;
using Bytes = std::vector<std::uint8_t>;

namespace {

Bytes operator+(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

const Bytes startOfImage{0xff, 0xd8};
const Bytes app0{0xff, 0xe0, 0, 4, 'J', 'F'};

Bytes sof(std::uint8_t marker, int width, int height) {
    return {0xff,
            marker,
            0,
            17,
            8,
            static_cast<std::uint8_t>(height >> 8),
            static_cast<std::uint8_t>(height),
            static_cast<std::uint8_t>(width >> 8),
            static_cast<std::uint8_t>(width),
            3,
            1,
            0x22,
            0,
            2,
            0x11,
            1,
            3,
            0x11,
            1};
}

/// An EXIF segment with the orientation as its only entry.
Bytes exif(std::uint8_t orientation, bool bigEndian) {
    Bytes tiff = bigEndian
                     ? Bytes{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0}
                     : Bytes{'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0};
    tiff = Bytes{'E', 'x', 'i', 'f', 0, 0} + tiff;
    return Bytes{0xff, 0xe1, 0, static_cast<std::uint8_t>(tiff.size() + 2)} + tiff;
}

const Bytes png{0x89, 'P', 'N',  'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0,
                0,    2,   0x80, 0,   0,    1,    0xe0, 8,    2, 0, 0, 0,  1,   2,   3,   4};

Result<PictureHeader> headerOf(std::span<const std::uint8_t> bytes) {
    return readPictureHeader(bytes, "picture");
}

} // namespace

TEST(PictureHeader, ReadsTheSizeOfAJpeg) {
    for (const int marker : {0xc0, 0xc1, 0xc2, 0xcf}) {
        const auto header = headerOf(startOfImage + app0 + sof(static_cast<std::uint8_t>(marker), 640, 480));
        ASSERT_TRUE(header);
        EXPECT_EQ(header->kind, PictureHeader::Kind::Jpeg);
        EXPECT_EQ(header->width, 640);
        EXPECT_EQ(header->height, 480);
        EXPECT_EQ(header->orientation, 1);
    }
    EXPECT_FALSE(headerOf(startOfImage + sof(0xc4, 640, 480))) << "a Huffman table is no frame";
}

TEST(PictureHeader, ReadsTheOrientationInBothByteOrders) {
    for (const bool bigEndian : {false, true})
        for (std::uint8_t orientation = 1; orientation <= 8; ++orientation) {
            const auto header = headerOf(startOfImage + exif(orientation, bigEndian) + sof(0xc0, 4, 3));
            ASSERT_TRUE(header);
            EXPECT_EQ(header->orientation, orientation);
        }
    const auto strange = headerOf(startOfImage + exif(9, true) + sof(0xc0, 4, 3));
    ASSERT_TRUE(strange);
    EXPECT_EQ(strange->orientation, 1);
}

TEST(PictureHeader, ReadsTheSizeOfAPng) {
    const auto header = headerOf(png);
    ASSERT_TRUE(header);
    EXPECT_EQ(header->kind, PictureHeader::Kind::Png);
    EXPECT_EQ(header->width, 640);
    EXPECT_EQ(header->height, 480);
}

TEST(PictureHeader, TellsAWholeFileFromOneThatWasCutOff) {
    const Bytes beginning = startOfImage + app0 + sof(0xc0, 640, 480);
    const auto cut = headerOf(beginning);
    ASSERT_TRUE(cut);
    EXPECT_FALSE(cut->complete);
    const auto whole = headerOf(beginning + Bytes{0xff, 0xd9});
    ASSERT_TRUE(whole);
    EXPECT_TRUE(whole->complete);
    const Bytes end{0, 0, 0, 0, 'I', 'E', 'N', 'D', 1, 2, 3, 4};
    EXPECT_FALSE(headerOf(png)->complete);
    EXPECT_TRUE(headerOf(png + end)->complete);
    EXPECT_TRUE(headerOf(png + end + Bytes{1, 2, 3})->complete) << "bytes after the end are allowed";
}

TEST(PictureHeader, SaysWhatIsWrongAndWhere) {
    const auto empty = headerOf({});
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().where, "picture");
    EXPECT_NE(empty.error().what.find("0 bytes"), std::string::npos);
    const auto sizeless = headerOf(startOfImage + sof(0xc0, 640, 0));
    ASSERT_FALSE(sizeless);
    EXPECT_NE(sizeless.error().what.find("no usable size"), std::string::npos);
}

TEST(PictureHeader, TellsPicturesFromOtherFiles) {
    EXPECT_TRUE(looksLikePicture(png));
    EXPECT_TRUE(looksLikePicture(Bytes{0xff, 0xd8, 0xff}));
    EXPECT_FALSE(looksLikePicture(Bytes{}));
    EXPECT_FALSE(looksLikePicture(Bytes{'G', 'I', 'F', '8', '9', 'a', 0, 0}));
    EXPECT_FALSE(headerOf(Bytes{}));
    EXPECT_FALSE(headerOf(Bytes{'G', 'I', 'F', '8', '9', 'a', 0, 0}));
}

TEST(PictureHeader, SurvivesEveryTruncationAndNoise) {
    const Bytes whole = startOfImage + app0 + exif(6, true) + sof(0xc0, 640, 480);
    for (std::size_t size = 0; size < whole.size() - 10; ++size)
        EXPECT_FALSE(headerOf(std::span(whole).first(size))) << size;
    std::mt19937 random(7); // the sanitizers judge what is read
    for (int round = 0; round < 20000; ++round) {
        Bytes noisy = round % 2 ? whole : png;
        for (int i = 0; i < 4; ++i)
            noisy[2 + random() % (noisy.size() - 2)] = static_cast<std::uint8_t>(random());
        static_cast<void>(headerOf(noisy));
    }
}
