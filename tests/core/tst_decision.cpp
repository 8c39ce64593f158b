// SPDX-License-Identifier: GPL-3.0-or-later
// Stable codes of decision sources and liveness verdicts; what a fresh decision is.
#include "core/decision.h"

#include <gtest/gtest.h>

using namespace facelatch::core;

namespace {

TEST(Decision, sourcesHaveStableCodes) {
    EXPECT_EQ(sourceCode(DecisionSource::Face), "face");
    EXPECT_EQ(sourceCode(DecisionSource::Pin), "pin");
    EXPECT_EQ(sourceCode(DecisionSource::Card), "card");
    EXPECT_EQ(sourceCode(DecisionSource::ExitButton), "exit_button");
    EXPECT_EQ(sourceCode(DecisionSource::Remote), "remote");
    for (const auto source : {DecisionSource::Face, DecisionSource::Pin, DecisionSource::Card,
                              DecisionSource::ExitButton, DecisionSource::Remote})
        EXPECT_EQ(sourceFromCode(sourceCode(source)), source);
    EXPECT_FALSE(sourceFromCode(""));
    EXPECT_FALSE(sourceFromCode("button"));
}

TEST(Decision, verdictsHaveStableCodes) {
    EXPECT_EQ(livenessCode(LivenessVerdict::Pending), "pending");
    EXPECT_EQ(livenessCode(LivenessVerdict::Live), "live");
    EXPECT_EQ(livenessCode(LivenessVerdict::Spoof), "spoof");
    EXPECT_EQ(livenessCode(LivenessVerdict::Unavailable), "unavailable");
    EXPECT_EQ(livenessCode(LivenessVerdict::Off), "off");
    for (const auto verdict : {LivenessVerdict::Pending, LivenessVerdict::Live, LivenessVerdict::Spoof,
                               LivenessVerdict::Unavailable, LivenessVerdict::Off})
        EXPECT_EQ(livenessFromCode(livenessCode(verdict)), verdict);
    EXPECT_FALSE(livenessFromCode(""));
    EXPECT_FALSE(livenessFromCode("alive"));
}

TEST(Decision, oneThatNobodyFilledInOpensNothing) {
    const Decision decision;
    EXPECT_FALSE(decision.releases);
    EXPECT_EQ(decision.event.outcome, Outcome::Denied);
    EXPECT_EQ(reasonRow(decision.event.reason).outcome, Outcome::Denied);
    EXPECT_EQ(Liveness{}.verdict, LivenessVerdict::Pending);
    EXPECT_EQ(Frame{}.origin, FrameOrigin::Test);
    EXPECT_EQ(Observation{}.origin, FrameOrigin::Test);
    EXPECT_FALSE(FaceObservation{}.embedded);
}

} // namespace
