// SPDX-License-Identifier: GPL-3.0-or-later
// The original way's stages on a face, with and without landmarks; what its network says has no meaning, only a size.
#include "made_pictures.h"
#include "real_data.h"
#include "recognition/pictures.h"
#include "recognition/reference_way.h"

#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>

namespace facelatch::tests {
namespace {

using namespace recognition;

void runsOnAFace(ReferenceWay& way) {
    const Pictures johns = dlibJohns();
    if (johns.empty())
        GTEST_SKIP() << "dlib's example photographs are not installed (package libdlib19.1 or newer)";
    const auto image = readPicture(johns.begin()->second.front());
    ASSERT_TRUE(image);
    const auto faces = way.detect(*image);
    ASSERT_TRUE(faces);
    ASSERT_EQ(faces->size(), 1U);
    EXPECT_NEAR(faces->front().centre().x, 75, 25); // 150x150 pictures of one face each
    ASSERT_TRUE(way.align(*image, faces->front()));
    const auto once = way.embed();
    ASSERT_TRUE(once) << once.error().text();
    ASSERT_EQ(once->size(), std::size_t{ReferenceWay::kOutputs});
    for (const float value : *once)
        EXPECT_TRUE(std::isfinite(value));
    const auto again = way.embed();
    ASSERT_TRUE(again);
    EXPECT_EQ(*once, *again);
}

TEST(ReferenceWay, runsWithoutLandmarks) {
    const auto way = ReferenceWay::create({});
    ASSERT_TRUE(way);
    EXPECT_FALSE((*way)->hasLandmarks());
    runsOnAFace(**way);
}

TEST(ReferenceWay, runsWithLandmarks) {
    const ModelStatus file = shippedStore().check("dlib-68");
    if (file.state != ModelState::Good)
        GTEST_SKIP() << "dlib's landmarks are not installed (package libdlib-data)";
    const auto way = ReferenceWay::create(file.path);
    ASSERT_TRUE(way) << way.error().text();
    EXPECT_TRUE((*way)->hasLandmarks());
    runsOnAFace(**way);
}

TEST(ReferenceWay, saysWhatIsMissing) {
    const auto none = ReferenceWay::create("no-such-file.dat");
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().text().find("no-such-file.dat"), std::string::npos);
    EXPECT_NE(none.error().text().find("libdlib-data"), std::string::npos);
    const auto way = ReferenceWay::create({});
    ASSERT_TRUE(way);
    EXPECT_FALSE((*way)->detect({}));
    EXPECT_FALSE((*way)->align({}, {0, 0, 10, 10}));
    EXPECT_FALSE((*way)->embed()); // nothing aligned yet
    const auto nobody = (*way)->detect(plain(320, 240, {90, 90, 90}));
    ASSERT_TRUE(nobody);
    EXPECT_TRUE(nobody->empty());
}

} // namespace
} // namespace facelatch::tests
