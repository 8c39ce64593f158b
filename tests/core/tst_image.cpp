// SPDX-License-Identifier: GPL-3.0-or-later
// Shared pixels, and the geometry of boxes.
#include "core/geometry.h"
#include "core/image.h"

#include <gtest/gtest.h>

using namespace facelatch::core;

namespace {

TEST(Image, isEmptyWithoutPixelsOrSize) {
    const auto pixels = std::make_shared<std::uint8_t>(std::uint8_t{0});
    EXPECT_TRUE(Image().empty());
    EXPECT_TRUE(Image(1, 1, 1, PixelFormat::Gray8, nullptr).empty());
    EXPECT_TRUE(Image(0, 1, 1, PixelFormat::Gray8, pixels).empty());
    EXPECT_TRUE(Image(1, 0, 1, PixelFormat::Gray8, pixels).empty());
    EXPECT_TRUE(Image(-1, -1, 1, PixelFormat::Gray8, pixels).empty());
    EXPECT_FALSE(Image(1, 1, 1, PixelFormat::Gray8, pixels).empty());
}

TEST(Image, copiesShareThePixelsAndKeepThemAlive) {
    auto pixels = std::make_shared<std::uint8_t>(std::uint8_t{42});
    const std::weak_ptr<std::uint8_t> watch = pixels;
    Image copy;
    {
        const Image image(2, 3, 8, PixelFormat::Bgr8, std::move(pixels));
        copy = image;
        EXPECT_EQ(copy.data(), image.data());
    }
    EXPECT_EQ(copy.width(), 2);
    EXPECT_EQ(copy.height(), 3);
    EXPECT_EQ(copy.stride(), 8);
    EXPECT_EQ(copy.format(), PixelFormat::Bgr8);
    EXPECT_EQ(*copy.data(), 42);
    copy = {};
    EXPECT_TRUE(watch.expired());
}

TEST(Geometry, areaAndCentre) {
    const RectF box{10, 20, 30, 40};
    EXPECT_EQ(box.area(), 1200);
    EXPECT_EQ(box.centre(), (PointF{25, 40}));
}

TEST(Geometry, overlap) {
    const RectF box{0, 0, 10, 10};
    EXPECT_EQ(overlap(box, box), 1);
    EXPECT_FLOAT_EQ(overlap(box, {5, 0, 10, 10}), 50.0F / 150);
    EXPECT_FLOAT_EQ(overlap({5, 0, 10, 10}, box), 50.0F / 150);
    EXPECT_FLOAT_EQ(overlap(box, {2, 2, 5, 5}), 0.25F);
    EXPECT_EQ(overlap(box, {10, 0, 10, 10}), 0) << "touching is not overlapping";
    EXPECT_EQ(overlap(box, {100, 100, 10, 10}), 0);
    EXPECT_EQ(overlap({}, {}), 0);
}

} // namespace
