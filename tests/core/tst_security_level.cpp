// SPDX-License-Identifier: GPL-3.0-or-later
// Named levels of recognition: their order, what they mean for so many people, and what is advised.
#include "core/security_level.h"

#include "core/settings.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace facelatch::core;

namespace {

constexpr std::string_view model = "mobilefacenet-paddlex";

TEST(SecurityLevel, StricterLevelsAreRarerToMatch) {
    const auto levels = securityLevels(model);
    ASSERT_EQ(levels.size(), 4U);
    EXPECT_EQ(levels.front().code, "low");
    EXPECT_EQ(levels.back().code, "very_high");
    for (std::size_t i = 1; i < levels.size(); ++i) {
        EXPECT_GT(levels[i].threshold, levels[i - 1].threshold);
        EXPECT_LT(levels[i].falseMatchRate, levels[i - 1].falseMatchRate);
        EXPECT_GE(static_cast<int>(levels[i].basis), static_cast<int>(levels[i - 1].basis));
    }
    const SettingRow* row = settingRow("recognition.threshold");
    for (const SecurityLevel& level : levels) {
        EXPECT_GT(level.threshold, row->min);
        EXPECT_LE(level.threshold, row->max);
    }
}

TEST(SecurityLevel, TheShippedThresholdIsTheNormalLevel) {
    const SecurityLevel* level = levelOf(model, static_cast<double>(0.47F)); // resources/models.toml
    ASSERT_NE(level, nullptr);
    EXPECT_EQ(level->code, "normal");
    EXPECT_EQ(levelOf(model, 0.4731), nullptr);
}

TEST(SecurityLevel, AModelNobodyMeasuredHasNone) {
    EXPECT_TRUE(securityLevels("sface-2021dec").empty());
    EXPECT_EQ(levelOf("sface-2021dec", 0.47), nullptr);
    EXPECT_EQ(falseMatchRate("sface-2021dec", 0.47), std::nullopt);
    EXPECT_EQ(advisedLevel("sface-2021dec", 10), nullptr);
}

TEST(SecurityLevel, RatesBetweenLevelsLieBetween) {
    for (const SecurityLevel& level : securityLevels(model))
        EXPECT_NEAR(*falseMatchRate(model, level.threshold) / level.falseMatchRate, 1, 1e-9);
    const auto levels = securityLevels(model);
    const auto between = falseMatchRate(model, (levels[0].threshold + levels[1].threshold) / 2);
    ASSERT_TRUE(between);
    EXPECT_LT(*between, levels[0].falseMatchRate);
    EXPECT_GT(*between, levels[1].falseMatchRate);
    EXPECT_FALSE(falseMatchRate(model, levels.front().threshold - 0.01));
    EXPECT_FALSE(falseMatchRate(model, levels.back().threshold + 0.01));
    EXPECT_FALSE(falseMatchRate(model, std::nan("")));
}

TEST(SecurityLevel, MorePeopleAreMoreOftenMistaken) {
    struct Row {
        double fmr;
        int people;
        double expected;
    };
    for (const Row& row : {Row{1e-4, 1, 1e-4}, Row{1e-4, 0, 0}, Row{1e-4, -3, 0}, Row{1e-4, 10, 9.9955e-4},
                           Row{1e-3, 1000, 0.632305}, Row{1e-9, 100, 1e-7}, Row{0, 100, 0}})
        EXPECT_NEAR(falseIdentificationRate(row.fmr, row.people), row.expected, 1e-6 * std::max(row.expected, 1e-3))
            << row.fmr << " " << row.people;
}

TEST(SecurityLevel, TheAdvisedLevelKeepsToTheAim) {
    double before = 0;
    for (const int people : {1, 5, 20, 100, 500, 5000, 1000000}) {
        const SecurityLevel* level = advisedLevel(model, people);
        ASSERT_NE(level, nullptr);
        EXPECT_GE(level->threshold, before);
        before = level->threshold;
        if (level->code != "very_high") {
            EXPECT_LE(falseIdentificationRate(level->falseMatchRate, people), aimedIdentificationRate);
        }
    }
    EXPECT_EQ(advisedLevel(model, 1)->code, "low");
    EXPECT_EQ(advisedLevel(model, 1000000)->code, "very_high");
}

} // namespace
