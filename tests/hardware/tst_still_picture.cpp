// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures as frames: size, borders, orientation, and files that are none.
#include "hardware/still_picture.h"

#include "tests/hardware/media_files.h"

#include <gmock/gmock.h>

using namespace facelatch;
using namespace facelatch::hardware;
using namespace facelatch::testing;
using ::testing::HasSubstr;

namespace {

int pixel(const core::Image& image, int x, int y) {
    return image.data()[image.stride() * y + 3 * x + 1]; // green
}

class StillPicture : public ::testing::Test {
protected:
    void expectRefused(const std::filesystem::path& file, const std::string& what) const {
        const auto image = decodeStill(file, 320, 240);
        ASSERT_FALSE(image) << file;
        EXPECT_THAT(image.error().text(), HasSubstr(what));
        EXPECT_THAT(image.error().text(), HasSubstr(file.string()));
    }
    MediaFolder folder;
};

} // namespace

TEST_F(StillPicture, HasTheWantedSizeWithBlackBordersAndNoStretching) {
    for (const char* name : {"square.jpg", "square.png"}) {
        makePicture(folder / name, 200);
        const auto image = decodeStill(folder / name, 320, 240);
        ASSERT_TRUE(image) << image.error().text();
        EXPECT_EQ(image->width(), 320);
        EXPECT_EQ(image->height(), 240);
        EXPECT_EQ(image->format(), core::PixelFormat::Bgr8);
        EXPECT_NEAR(pixel(*image, 160, 120), 200, 4);
        EXPECT_NEAR(pixel(*image, 45, 120), 200, 4) << "the square fills the height: columns 40 to 279";
        EXPECT_NEAR(pixel(*image, 275, 5), 200, 4);
        EXPECT_LT(pixel(*image, 34, 120), 8);
        EXPECT_LT(pixel(*image, 285, 120), 8);
    }
}

TEST_F(StillPicture, MakesHugePicturesSmaller) {
    makePicture(folder / "large.jpg", 120, 6000, 4500);
    const auto image = decodeStill(folder / "large.jpg", 320, 240);
    ASSERT_TRUE(image) << image.error().text();
    EXPECT_EQ(image->width(), 320);
    EXPECT_NEAR(pixel(*image, 10, 10), 120, 4);
}

TEST_F(StillPicture, TurnsPicturesUprightByTheirExif) {
    makeGradient(folder / "plain.jpg", 240, 240);
    const auto bytes = bytesOf(folder / "plain.jpg");
    const auto plain = decodeStill(folder / "plain.jpg", 240, 240);
    ASSERT_TRUE(plain);
    const int top = pixel(*plain, 120, 20), bottom = pixel(*plain, 120, 220);
    ASSERT_GT(std::abs(top - bottom), 60);
    // What is stored at the top belongs, for each orientation, to this side of the scene (EXIF 2.32, tag 0x0112).
    const auto sideOf = [&](int orientation) {
        auto turned = bytes;
        const std::vector<std::uint8_t> exif{
            0xff, 0xe1, 0, 30, 'E', 'x', 'i',  'f', 0, 0, 'M', 'M', 0, 42, 0,
            0,    0,    8, 0,  1,   1,   0x12, 0,   3, 0, 0,   0,   1, 0,  static_cast<std::uint8_t>(orientation),
            0,    0};
        turned.insert(turned.begin() + 2, exif.begin(), exif.end());
        const auto file = folder / ("turned" + std::to_string(orientation) + ".jpg");
        writeBytes(file, turned);
        const auto image = decodeStill(file, 240, 240);
        if (!image)
            return image.error().text();
        const auto isTop = [&](int x, int y) { return std::abs(pixel(*image, x, y) - top) < 25; };
        return std::string(isTop(120, 20) && isTop(20, 20) && isTop(220, 20)   ? "top"
                           : isTop(120, 220) && isTop(20, 220)                 ? "bottom"
                           : isTop(20, 120) && isTop(20, 20) && isTop(20, 220) ? "left"
                           : isTop(220, 120) && isTop(220, 20)                 ? "right"
                                                                               : "none");
    };
    EXPECT_EQ(sideOf(1), "top");
    EXPECT_EQ(sideOf(2), "top");
    EXPECT_EQ(sideOf(3), "bottom");
    EXPECT_EQ(sideOf(4), "bottom");
    EXPECT_EQ(sideOf(5), "left");
    EXPECT_EQ(sideOf(6), "right");
    EXPECT_EQ(sideOf(7), "right");
    EXPECT_EQ(sideOf(8), "left");
}

TEST_F(StillPicture, SaysWhatIsWrongWithAFile) {
    expectRefused(folder / "absent.jpg", "cannot be read");
    expectRefused(folder.path(), "cannot be read");
    writeBytes(folder / "empty.jpg", {});
    expectRefused(folder / "empty.jpg", "empty (0 bytes)");
    writeBytes(folder / "text.jpg", {'h', 'e', 'l', 'l', 'o'});
    expectRefused(folder / "text.jpg", "no JPEG or PNG");
    EXPECT_FALSE(isStill(folder / "text.jpg"));
    makePicture(folder / "whole.jpg", 90);
    auto bytes = bytesOf(folder / "whole.jpg");
    writeBytes(folder / "head.jpg", {bytes.begin(), bytes.begin() + 30});
    expectRefused(folder / "head.jpg", "damaged");
    EXPECT_TRUE(isStill(folder / "head.jpg")) << "a damaged picture is still no video";
    makePicture(folder / "whole.png", 90);
    bytes = bytesOf(folder / "whole.png");
    writeBytes(folder / "half.png", {bytes.begin(), bytes.begin() + std::ssize(bytes) / 2});
    expectRefused(folder / "half.png", "");
}

TEST_F(StillPicture, RefusesAHeaderOf65535SquareBeforeDecoding) {
    makePicture(folder / "small.jpg", 90);
    auto bytes = bytesOf(folder / "small.jpg");
    for (std::size_t i = 0; i + 9 < bytes.size(); ++i)
        if (bytes[i] == 0xff && bytes[i + 1] == 0xc0)
            bytes[i + 5] = bytes[i + 6] = bytes[i + 7] = bytes[i + 8] = 0xff;
    writeBytes(folder / "bomb.jpg", bytes);
    expectRefused(folder / "bomb.jpg", "65535x65535");
}

TEST_F(StillPicture, KnowsAPictureWhateverItsName) {
    makePicture(folder / "real.png", 90);
    std::filesystem::rename(folder / "real.png", folder / "lies.jpg");
    EXPECT_TRUE(isStill(folder / "lies.jpg"));
    EXPECT_TRUE(decodeStill(folder / "lies.jpg", 64, 64));
}
