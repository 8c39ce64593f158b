// SPDX-License-Identifier: GPL-3.0-or-later
// The five-point similarity against known ones, and the face it cuts out.
#include "made_pictures.h"
#include "recognition/alignment.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace facelatch::tests {
namespace {

using namespace recognition;

core::Landmarks moved(const Similarity& map, const core::Landmarks& points) {
    core::Landmarks out;
    for (std::size_t i = 0; i < points.size(); ++i)
        out[i] = map.apply(points[i]);
    return out;
}

TEST(Similarity, isFoundAgain) {
    std::mt19937 random(1);
    std::uniform_real_distribution<float> scale(0.1F, 5), turn(-3, 3), shift(-500, 500);
    for (int i = 0; i < 200; ++i) {
        const float s = scale(random), angle = turn(random);
        const Similarity known{s * std::cos(angle), s * std::sin(angle), shift(random), shift(random)};
        const auto found = similarityBetween(alignmentTemplate(), moved(known, alignmentTemplate()));
        ASSERT_TRUE(found);
        EXPECT_NEAR(found->a, known.a, 1e-4 * static_cast<double>(s) + 1e-5);
        EXPECT_NEAR(found->b, known.b, 1e-4 * static_cast<double>(s) + 1e-5);
        EXPECT_NEAR(found->tx, known.tx, 2e-2);
        EXPECT_NEAR(found->ty, known.ty, 2e-2);
    }
}

TEST(Similarity, isTheBestOneForPointsThatFitNone) {
    core::Landmarks crooked = alignmentTemplate();
    crooked[2].x += 6;
    crooked[0].y -= 4;
    const auto best = similarityBetween(crooked, alignmentTemplate());
    ASSERT_TRUE(best);
    const auto error = [&](const Similarity& map) {
        float sum = 0;
        for (std::size_t i = 0; i < crooked.size(); ++i) {
            const core::PointF p = map.apply(crooked[i]);
            sum += std::pow(p.x - alignmentTemplate()[i].x, 2.0F) + std::pow(p.y - alignmentTemplate()[i].y, 2.0F);
        }
        return sum;
    };
    for (const float d : {-0.01F, 0.01F}) { // every neighbour is worse
        EXPECT_LT(error(*best), error({best->a + d, best->b, best->tx, best->ty}));
        EXPECT_LT(error(*best), error({best->a, best->b + d, best->tx, best->ty}));
        EXPECT_LT(error(*best), error({best->a, best->b, best->tx + 10 * d, best->ty}));
        EXPECT_LT(error(*best), error({best->a, best->b, best->tx, best->ty + 10 * d}));
    }
}

TEST(Similarity, doesNotExistForBrokenPoints) {
    EXPECT_FALSE(similarityBetween({}, alignmentTemplate()));
    core::Landmarks broken = alignmentTemplate();
    broken[3].x = std::nanf("");
    EXPECT_FALSE(similarityBetween(broken, alignmentTemplate()));
    broken[3].x = std::numeric_limits<float>::infinity();
    EXPECT_FALSE(similarityBetween(broken, alignmentTemplate()));
}

/// A picture with a coloured disc at each landmark: after alignment each disc lies on the template's point.
class AlignFace : public testing::TestWithParam<float> {};

TEST_P(AlignFace, bringsThePointsToTheirPlaces) {
    const float s = GetParam(), angle = 0.4F;
    const float x0 = 30 + 45 * s, y0 = 20;
    const Similarity placed{s * std::cos(angle), s * std::sin(angle), x0, y0};
    const core::Landmarks points = moved(placed, alignmentTemplate());
    const std::array<Colour, 5> colours{{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 0}, {0, 255, 255}}};
    const float radius = 5 * s;
    const int side = static_cast<int>(60 + 200 * s);
    const core::Image picture = painted(side, side, [&](int x, int y) {
        for (std::size_t i = 0; i < points.size(); ++i)
            if (std::hypot(points[i].x - static_cast<float>(x), points[i].y - static_cast<float>(y)) <= radius)
                return colours[i];
        return Colour{128, 128, 128};
    });
    const core::Image face = alignFace(picture, points);
    ASSERT_EQ(face.width(), kAlignedSide);
    ASSERT_EQ(face.height(), kAlignedSide);
    for (std::size_t i = 0; i < points.size(); ++i) {
        // The centre of gravity of each disc's colour.
        double sx = 0, sy = 0, n = 0;
        for (int y = 0; y < kAlignedSide; ++y)
            for (int x = 0; x < kAlignedSide; ++x) {
                const Colour c = colourOf(face, x, y);
                const int distance =
                    std::abs(c[0] - colours[i][0]) + std::abs(c[1] - colours[i][1]) + std::abs(c[2] - colours[i][2]);
                if (distance < 120)
                    sx += x, sy += y, n += 1;
            }
        ASSERT_GT(n, 10) << i;
        EXPECT_NEAR(sx / n, alignmentTemplate()[i].x, 0.6) << i;
        EXPECT_NEAR(sy / n, alignmentTemplate()[i].y, 0.6) << i;
    }
}

// Far away, as it is, near, and so near that the picture is averaged down first.
INSTANTIATE_TEST_SUITE_P(Scales, AlignFace, testing::Values(0.7F, 1.0F, 1.6F, 3.0F, 6.5F));

TEST(AlignedFace, isEmptyWithoutAPictureOrPoints) {
    EXPECT_TRUE(alignFace({}, alignmentTemplate()).empty());
    EXPECT_TRUE(alignFace(plain(50, 50, {1, 2, 3}), {}).empty());
    core::Landmarks far = alignmentTemplate();
    for (core::PointF& point : far)
        point = {point.x * 9 + 1e6F, point.y * 9};
    EXPECT_TRUE(alignFace(plain(50, 50, {1, 2, 3}), far).empty());
    EXPECT_EQ(alignFace(grey(200, 200, [](int, int) { return std::uint8_t{77}; }), alignmentTemplate()).format(),
              core::PixelFormat::Bgr8);
}

} // namespace
} // namespace facelatch::tests
