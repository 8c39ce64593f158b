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

TEST(MatchRule, scoresInWords) {
    struct Row {
        std::optional<float> score, threshold;
        Likeness likeness;
    };
    const Row rows[]{
        {{}, 0.5F, Likeness::Unmeasured},       {0.7F, {}, Likeness::Unmeasured},     {nan, 0.5F, Likeness::Unmeasured},
        {0.5F, infinity, Likeness::Unmeasured}, {-0.2F, 0.5F, Likeness::Unlike},      {0.39F, 0.5F, Likeness::Unlike},
        {0.41F, 0.5F, Likeness::JustBelow},     {0.4999F, 0.5F, Likeness::JustBelow}, {0.5F, 0.5F, Likeness::Enough},
        {0.59F, 0.5F, Likeness::Enough},        {0.61F, 0.5F, Likeness::Clear},       {1.0F, 0.5F, Likeness::Clear},
    };
    for (const Row& row : rows)
        EXPECT_EQ(likeness(row.score, row.threshold), row.likeness) << row.score.value_or(-9);
}

TEST(MatchRule, wordsAndReasonsAgree) {
    for (float score = -0.5F; score < 1; score += 0.013F) {
        const Likeness words = likeness(score, 0.5F);
        EXPECT_EQ(words == Likeness::Unlike, judge(score) == Reason::UnknownPerson) << score;
        EXPECT_EQ(words == Likeness::JustBelow, judge(score) == Reason::BelowThreshold) << score;
    }
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
