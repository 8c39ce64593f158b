// SPDX-License-Identifier: GPL-3.0-or-later
// dlib's detector as the one that needs no model file.
#include "made_pictures.h"
#include "real_data.h"
#include "recognition/dlib_detector.h"
#include "recognition/pictures.h"

#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;

TEST(DlibDetector, findsNothingWhereNothingIs) {
    DlibDetector detector;
    EXPECT_EQ(detector.name(), "dlib-hog");
    const auto faces = detector.detect(plain(320, 240, {90, 90, 90}));
    ASSERT_TRUE(faces);
    EXPECT_TRUE(faces->empty());
    EXPECT_FALSE(detector.detect({}));
    EXPECT_TRUE(detector.detect(grey(7, 5, [](int, int) { return std::uint8_t{1}; })));
}

TEST(DlibDetector, findsPeopleWithoutLandmarks) {
    const Pictures johns = dlibJohns();
    if (johns.empty())
        GTEST_SKIP() << "dlib's example photographs are not installed (package libdlib19.1 or newer)";
    DlibDetector detector;
    int pictures = 0, found = 0;
    for (const auto& [name, files] : johns) {
        const auto image = readPicture(files.front());
        ASSERT_TRUE(image);
        const auto faces = detector.detect(*image);
        ASSERT_TRUE(faces);
        ++pictures;
        if (faces->empty())
            continue;
        ++found;
        const Detection& face = faces->front();
        EXPECT_FALSE(face.landmarks);
        EXPECT_GT(face.confidence, 0.5F);
        EXPECT_LE(face.confidence, 1.0F);
        EXPECT_GT(face.box.width, 60);
        EXPECT_NEAR(face.box.centre().x, 75, 25); // 150x150 pictures of one face each
    }
    EXPECT_EQ(found, pictures);
}

} // namespace
} // namespace facelatch::tests
