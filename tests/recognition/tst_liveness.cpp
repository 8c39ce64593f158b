// SPDX-License-Identifier: GPL-3.0-or-later
// Log-odds, and the mean over a track that never sticks.
#include "recognition/liveness.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace facelatch::tests {
namespace {

using namespace recognition;
using core::LivenessVerdict;

TEST(LiveLogOdds, isTheDifferenceOfTwoLogits) {
    EXPECT_NEAR(liveLogOdds(std::vector<float>{4.5F, -3}, 0), 7.5, 1e-4);
    EXPECT_NEAR(liveLogOdds(std::vector<float>{-3, 4.5F}, 0), -7.5, 1e-4);
    EXPECT_NEAR(liveLogOdds(std::vector<float>{0.1F, 2, 0.3F}, 1), 2 - std::log(std::exp(0.1F) + std::exp(0.3F)), 1e-4);
}

TEST(LiveLogOdds, isLimitedAndNeverLiveWhenBroken) {
    EXPECT_EQ(liveLogOdds(std::vector<float>{500, -500}, 0), 10);
    EXPECT_EQ(liveLogOdds(std::vector<float>{-500, 500}, 0), -10);
    EXPECT_EQ(liveLogOdds(std::vector<float>{std::nanf(""), 0}, 0), -10);
    EXPECT_EQ(liveLogOdds(std::vector<float>{std::numeric_limits<float>::infinity(), 0}, 0), -10);
    EXPECT_EQ(liveLogOdds(std::vector<float>{1}, 1), -10);
    EXPECT_EQ(liveLogOdds({}, 0), -10);
}

class LivenessAverageTest : public testing::Test {
protected:
    void add(float score, int times = 1) {
        for (int i = 0; i < times; ++i)
            m_average.add(score, m_settings);
    }
    LivenessVerdict verdict() const { return m_average.verdict(m_settings).verdict; }
    LivenessSettings m_settings;
    LivenessAverage m_average;
};

TEST_F(LivenessAverageTest, waitsForEnoughFrames) {
    EXPECT_EQ(verdict(), LivenessVerdict::Pending);
    add(8, 4);
    EXPECT_EQ(verdict(), LivenessVerdict::Pending);
    EXPECT_EQ(m_average.verdict(m_settings).frames, 4);
    add(8);
    EXPECT_EQ(verdict(), LivenessVerdict::Live);
    EXPECT_FLOAT_EQ(m_average.verdict(m_settings).score, 8);
}

TEST_F(LivenessAverageTest, isAMean) {
    add(6, 3);
    add(-8, 2); // (18 - 16) / 5
    EXPECT_EQ(verdict(), LivenessVerdict::Live);
    EXPECT_NEAR(m_average.verdict(m_settings).score, 0.4, 1e-5);
    add(-8);
    EXPECT_EQ(verdict(), LivenessVerdict::Spoof);
}

TEST_F(LivenessAverageTest, onTheThresholdIsNotAbove) {
    add(0, 5);
    EXPECT_EQ(verdict(), LivenessVerdict::Spoof);
}

TEST_F(LivenessAverageTest, doesNotStickToLive) {
    add(8, 1000);
    EXPECT_EQ(verdict(), LivenessVerdict::Live);
    int frames = 0;
    while (verdict() == LivenessVerdict::Live && frames < 100) {
        add(-8);
        ++frames;
    }
    EXPECT_LE(frames, m_settings.window / 2) << "a picture held up later must turn the verdict soon";
    add(8, 10);
    EXPECT_EQ(verdict(), LivenessVerdict::Live); // nor to Spoof
}

TEST_F(LivenessAverageTest, countsABrokenScoreAgainstTheFace) {
    add(std::nanf(""), 5);
    EXPECT_EQ(verdict(), LivenessVerdict::Spoof);
}

} // namespace
} // namespace facelatch::tests
