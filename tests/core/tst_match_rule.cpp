// SPDX-License-Identifier: GPL-3.0-or-later
// When a score counts as a person.
#include "core/match_rule.h"

#include <gtest/gtest.h>

#include <limits>

using namespace facelatch::core;

namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr MatchRule rule{0.5F, 0.125F};

std::optional<Reason> judge(float score, std::optional<float> second = {}, MatchRule by = rule) {
    Match match;
    match.score = score;
    if (second) {
        match.second = PersonId{};
        match.secondScore = *second;
    }
    return shortfall(match, by);
}

TEST(MatchRule, aScoreAtTheThresholdWithTheMarginCounts) {
    EXPECT_EQ(judge(0.5F), std::nullopt);
    EXPECT_EQ(judge(0.5F, {}, {0.5F, 1.9F}), std::nullopt) << "alone in the gallery, nobody is second";
    EXPECT_EQ(judge(0.5F, 0.375F), std::nullopt);
    EXPECT_EQ(judge(1.0F, -1.0F), std::nullopt);
}

TEST(MatchRule, belowItIsAnUnknownPersonOrANearMiss) {
    EXPECT_EQ(shortfall(std::nullopt, rule), Reason::UnknownPerson);
    EXPECT_EQ(judge(-1), Reason::UnknownPerson);
    EXPECT_EQ(judge(0.39F), Reason::UnknownPerson);
    EXPECT_EQ(judge(0.41F), Reason::BelowThreshold);
    EXPECT_EQ(judge(0.4999F), Reason::BelowThreshold);
}

TEST(MatchRule, tooCloseASecondPersonIsAmbiguous) {
    EXPECT_EQ(judge(0.9F, 0.8F), Reason::Ambiguous);
    EXPECT_EQ(judge(0.9F, 0.9F), Reason::Ambiguous);
    EXPECT_EQ(judge(0.6F, 0.9F), Reason::Ambiguous) << "a search that mixed them up";
    EXPECT_EQ(judge(0.45F, 0.44F), Reason::BelowThreshold);
}

TEST(MatchRule, whatIsNoFiniteNumberNeverCounts) {
    for (const float wrong : {nan, infinity, -infinity}) {
        EXPECT_EQ(judge(wrong), Reason::UnknownPerson);
        EXPECT_EQ(judge(0.9F, wrong), Reason::UnknownPerson);
    }
    EXPECT_NE(judge(0.9F, 0.1F, {nan, 0.1F}), std::nullopt);
    EXPECT_NE(judge(0.9F, 0.1F, {0.5F, nan}), std::nullopt);
}

} // namespace
