// SPDX-License-Identifier: GPL-3.0-or-later
// The search against a plain loop, and faces that match nobody.
#include "recognition/embedder.h"
#include "recognition/matcher.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace facelatch::tests {
namespace {

using namespace recognition;

std::vector<float> randomUnit(std::mt19937& random, int dimension) {
    std::normal_distribution<float> normal;
    std::vector<float> values(static_cast<std::size_t>(dimension));
    for (float& value : values)
        value = normal(random);
    return *normalised(values);
}

core::Person person(int number) {
    core::Person out;
    out.id.value.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    out.id.value.bytes[15] = static_cast<std::uint8_t>(number);
    out.name = "Person " + std::to_string(number);
    return out;
}

std::shared_ptr<const core::Gallery> galleryOf(const std::vector<std::vector<float>>& rows) {
    std::vector<core::Person> people;
    std::vector<core::FaceTemplate> templates;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        people.push_back(person(static_cast<int>(i) + 1));
        core::FaceTemplate item;
        item.person = people.back().id;
        item.modelId = "net";
        item.values = rows[i];
        templates.push_back(item);
    }
    return core::Gallery::build(people, templates, "net", static_cast<int>(rows.front().size()));
}

TEST(Matcher, findsWhatAPlainLoopFinds) {
    std::mt19937 random(3);
    for (const int count : {1, 2, 3, 17, 500}) {
        std::vector<std::vector<float>> rows;
        for (int i = 0; i < count; ++i)
            rows.push_back(randomUnit(random, 128));
        const auto gallery = galleryOf(rows);
        for (int round = 0; round < 20; ++round) {
            const auto face = randomUnit(random, 128);
            float best = -2, second = -2;
            std::size_t bestRow = 0, secondRow = 0;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const float score = cosine(rows[i], face);
                if (score > best)
                    second = best, secondRow = bestRow, best = score, bestRow = i;
                else if (score > second)
                    second = score, secondRow = i;
            }
            const auto match = bestMatch(*gallery, face);
            ASSERT_TRUE(match);
            EXPECT_EQ(match->person, person(static_cast<int>(bestRow) + 1).id);
            EXPECT_NEAR(match->score, best, 1e-5);
            ASSERT_EQ(match->second.has_value(), count > 1);
            if (count > 1) {
                EXPECT_EQ(*match->second, person(static_cast<int>(secondRow) + 1).id);
                EXPECT_NEAR(match->secondScore, second, 1e-5);
            }
        }
    }
}

TEST(Matcher, matchesNobodyWithABrokenFace) {
    std::mt19937 random(4);
    const auto gallery = galleryOf({randomUnit(random, 128), randomUnit(random, 128)});
    std::vector<float> face(128, 0.0F);
    EXPECT_FALSE(bestMatch(*gallery, face));
    face.assign(128, std::nanf(""));
    EXPECT_FALSE(bestMatch(*gallery, face));
    face = randomUnit(random, 128);
    face[5] = std::nanf("");
    EXPECT_FALSE(bestMatch(*gallery, face));
    face.assign(128, std::numeric_limits<float>::infinity());
    EXPECT_FALSE(bestMatch(*gallery, face));
    face.assign(128, 1000.0F); // not of length 1: a score above 1 must not come out
    EXPECT_FALSE(bestMatch(*gallery, face));
    EXPECT_FALSE(bestMatch(*gallery, randomUnit(random, 64)));
    EXPECT_FALSE(bestMatch(*gallery, {}));
    EXPECT_FALSE(bestMatch(core::Gallery(), randomUnit(random, 128)));
}

TEST(Matcher, searchesTenThousandPeopleInTime) {
    std::mt19937 random(5);
    std::vector<std::vector<float>> rows;
    for (int i = 0; i < 10000; ++i)
        rows.push_back(randomUnit(random, 128));
    const auto gallery = galleryOf(rows);
    const auto face = randomUnit(random, 128);
    auto fastest = std::chrono::nanoseconds::max();
    for (int i = 0; i < 50; ++i) {
        const auto start = std::chrono::steady_clock::now();
        ASSERT_TRUE(bestMatch(*gallery, face));
        fastest = std::min<std::chrono::nanoseconds>(fastest, std::chrono::steady_clock::now() - start);
    }
    std::printf("[ FIGURES  ] search of 10000 people: %.3f ms\n", static_cast<double>(fastest.count()) / 1e6);
    EXPECT_LT(fastest,
              std::chrono::milliseconds(100)); // the aim is 1 ms; this only tells a search from a scan gone wrong
}

} // namespace
} // namespace facelatch::tests
