// SPDX-License-Identifier: GPL-3.0-or-later
// Several faces in view: who is being decided, and who is only logged.
#include "tests/support/door_scene.h"

#include <gtest/gtest.h>

#include <limits>

using namespace facelatch::core;
using namespace facelatch::testing;

namespace {

class Claims : public ::testing::Test {
protected:
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice"), bob = scene.enrol("Bob");

    std::vector<DoorScene::Logged> eventsOf(TrackId track) const {
        std::vector<DoorScene::Logged> found;
        for (const DoorScene::Logged& entry : scene.log)
            if (entry.decision.face.x == face(track).box.x)
                found.push_back(entry);
        return found;
    }
};

TEST_F(Claims, theLargestFaceIsDecidedTheOtherIsLogged) {
    scene.play(5s, {known(1, alice, 100), known(2, bob, 150)});
    EXPECT_EQ(scene.releases(), 2) << "Bob, who was nearer, and then Alice beside him";
    EXPECT_EQ(scene.log[0].event().person, bob);
}

TEST_F(Claims, whoStandsBehindAStrangerIsNeverLetIn) {
    scene.play(60s, {stranger(1, 160), known(2, alice, 100)});
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_TRUE(scene.events(Outcome::Granted).empty());
    ASSERT_FALSE(eventsOf(1).empty());
    ASSERT_FALSE(eventsOf(2).empty());
    for (const auto& entry : eventsOf(1))
        EXPECT_EQ(entry.event().reason, Reason::UnknownPerson);
    for (const auto& entry : eventsOf(2)) {
        EXPECT_EQ(entry.event().reason, Reason::NotClaimant);
        EXPECT_EQ(entry.event().person, alice);
    }
    EXPECT_EQ(eventsOf(1)[0].at, 2500ms);
    EXPECT_EQ(eventsOf(2)[0].at, 2500ms);
    EXPECT_NE(eventsOf(1)[0].event().visit, eventsOf(2)[0].event().visit);
}

TEST_F(Claims, norWhileTheStrangersFaceIsMissed) {
    // The detector loses the stranger for up to 0.9 s, again and again.
    scene.play(60s, [&](milliseconds at) {
        DoorScene::Faces faces{known(2, alice, 100)};
        if ((at / 100ms) % 10 == 0)
            faces.push_back(stranger(1, 160));
        return faces;
    });
    EXPECT_EQ(scene.releases(), 0);
}

TEST_F(Claims, norWhileTheTrackerGivesTheStrangerNewIds) {
    scene.play(60s, [&](milliseconds at) -> DoorScene::Faces {
        const auto id = static_cast<TrackId>(10 + at / 700ms);
        return {known(2, alice, 100), with(stranger(id, 160), [](FaceObservation& seen) { seen.box.x = 100; })};
    });
    EXPECT_EQ(scene.releases(), 0);
}

TEST_F(Claims, norByAFaceWithoutASize) {
    for (const float size : {std::numeric_limits<float>::quiet_NaN(), 0.0F, -1.0F}) {
        DoorScene door;
        const auto sizeless =
            with(known(2, door.enrol("Carol")), [&](FaceObservation& seen) { seen.box.width = size; });
        door.play(10s, {sizeless, stranger(1, 160)});
        EXPECT_EQ(door.releases(), 0);
    }
}

TEST_F(Claims, norAlmostInTheStrangersPlace) {
    const auto beside = with(known(2, alice, 160), [](FaceObservation& seen) { seen.box.x = 420; });
    scene.play(100ms, {stranger(1, 150)});
    scene.play(10s, {stranger(1, 150), beside});
    EXPECT_EQ(scene.releases(), 0);
}

TEST_F(Claims, aStrangerWithAPhotographBesideIsLoggedAsASpoof) {
    scene.play(4s, {stranger(1, 160), withLiveness(known(2, alice, 100), LivenessVerdict::Spoof)});
    EXPECT_EQ(eventsOf(2)[0].event().reason, Reason::LivenessFailed);
}

TEST_F(Claims, whoIsRemovedWhileBehindIsUnknown) {
    scene.play(2400ms, {stranger(1, 160), known(2, alice, 100)});
    scene.people.erase(alice);
    scene.publish();
    scene.pass(100ms);
    scene.show({stranger(1, 160), with(known(2, alice, 100), [](FaceObservation& seen) { seen.embedded = false; })});
    EXPECT_EQ(eventsOf(2).at(0).event().reason, Reason::UnknownPerson);
}

TEST_F(Claims, twoStrangersSideBySideDoNotAlternate) {
    scene.play(10s, [&](milliseconds at) -> DoorScene::Faces {
        const float sway = (at / 100ms) % 2 == 0 ? 6 : -6;
        return {stranger(1, 120 + sway), stranger(2, 120 - sway)};
    });
    for (const auto& entry : scene.log)
        EXPECT_EQ(entry.event().reason, Reason::UnknownPerson);
    EXPECT_EQ(scene.view().claimant->x, stranger(1).box.x) << "the first that was the larger keeps the claim";
}

TEST_F(Claims, anEnrolledPersonAsLargeAsTheStrangerBesideKeepsTheClaim) {
    scene.play(100ms, {known(1, alice, 120)});
    scene.play(300ms, {known(1, alice, 120), stranger(2, 130)});
    EXPECT_EQ(scene.releases(), 1);
}

TEST_F(Claims, theClaimPassesToWhoIsClearlyNearerWithNoEvidenceOfBefore) {
    scene.play(2400ms, {stranger(1, 100), known(2, alice, 90)});
    scene.play(200ms, {stranger(1, 100), known(2, alice, 130)});
    EXPECT_EQ(scene.releases(), 0) << "frames in which somebody else was nearer do not count";
    scene.play(100ms, {stranger(1, 100), known(2, alice, 130)});
    EXPECT_EQ(scene.releases(), 1);
}

TEST_F(Claims, theClaimPassesSoonAfterTheStrangerHasLeft) {
    scene.play(10s, {stranger(1, 160), known(2, alice, 100)});
    ASSERT_EQ(scene.last().reason, Reason::NotClaimant);
    const milliseconds left = scene.time();
    scene.play(5s, {known(2, alice, 100)});
    ASSERT_EQ(scene.releases(), 1);
    EXPECT_LE(scene.events(Outcome::Granted)[0].at - left, scene.rules.trackGone + 3 * scene.period);
    EXPECT_EQ(scene.events(Outcome::Granted)[0].event().visit, eventsOf(2)[0].event().visit);
}

TEST_F(Claims, aRefusalWhileBehindDoesNotCountAtTheFront) {
    // Not recognised while behind the stranger, thus logged as unknown to the last moment.
    scene.play(10s, {stranger(1, 160), stranger(2, 100)});
    ASSERT_EQ(eventsOf(2).back().event().reason, Reason::UnknownPerson);
    const milliseconds passed = scene.time();
    scene.play(3s, {stranger(1, 160), known(2, alice, 210)});
    ASSERT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.events(Outcome::Granted)[0].at - passed, 2 * scene.period);
}

TEST_F(Claims, whoLeavesAsSoonAsTheClaimPassedIsLoggedAsTheOther) {
    scene.play(1s, {stranger(1, 100), known(2, alice, 90)});
    scene.play(100ms, {stranger(1, 100), known(2, alice, 130)});
    scene.empty(2s);
    EXPECT_EQ(eventsOf(2).at(0).event().reason, Reason::NotClaimant);
}

TEST_F(Claims, theNextEmployeeNeedNotWaitUntilTheFirstHasLeft) {
    scene.play(1s, {known(1, alice, 130)});
    scene.play(1s, {known(1, alice, 130), known(2, bob, 120)});
    ASSERT_EQ(scene.releases(), 2);
    EXPECT_EQ(scene.events(Outcome::Granted).back().event().outcome, Outcome::Granted);
    EXPECT_EQ(eventsOf(2)[0].at, 1200ms);
    scene.play(10s, {known(1, alice, 130), known(2, bob, 120)});
    EXPECT_EQ(scene.releases(), 2);
    EXPECT_TRUE(scene.events(Outcome::Denied).empty());
}

TEST_F(Claims, theNewIdOfAFaceGoesOnAtOnceWithTheClaimButWithoutItsEvidence) {
    scene.play(200ms, {known(1, alice)});
    const auto moved = [&](TrackId id) {
        return with(known(id, alice), [](FaceObservation& seen) { seen.box.x = 410; });
    };
    scene.play(200ms, {moved(7)});
    EXPECT_EQ(scene.releases(), 0);
    scene.play(100ms, {moved(7)});
    EXPECT_EQ(scene.releases(), 1);
    scene.play(5s, {moved(7)});
    EXPECT_TRUE(scene.events(Outcome::Denied).empty()) << "the id that was given up is no attempt of its own";
}

TEST_F(Claims, norIsItOneAfterTheGrantUnderTheNewId) {
    scene.play(500ms, {withLiveness(known(1, alice), LivenessVerdict::Pending)});
    scene.play(5s, {with(known(7, alice), [](FaceObservation& seen) { seen.box.x = 410; })});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_TRUE(scene.events(Outcome::Denied).empty());
}

TEST_F(Claims, aFaceElsewhereWaitsUntilTheClaimantHasSurelyLeft) {
    scene.play(200ms, {stranger(1)});
    scene.play(1s, {known(2, alice)});
    EXPECT_EQ(scene.releases(), 0);
    scene.play(400ms, {known(2, alice)});
    EXPECT_EQ(scene.releases(), 1);
}

TEST_F(Claims, swappedIdsLetNobodyIn) {
    // The stranger in front and Alice behind exchange their ids every 200 ms.
    scene.play(30s, [&](milliseconds at) -> DoorScene::Faces {
        const bool swapped = (at / 200ms) % 2 == 1;
        return {stranger(swapped ? 2 : 1, 160), known(swapped ? 1 : 2, alice, 100)};
    });
    EXPECT_EQ(scene.releases(), 0);
}

TEST_F(Claims, aHundredFacesAtOnceAreNoTrouble) {
    DoorScene::Faces crowd{known(1, alice, 200)};
    for (TrackId id = 2; id <= 100; ++id)
        crowd.push_back(stranger(id, 50));
    scene.play(1s, crowd);
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.view().others.size(), 99U);
    scene.empty(1500ms);
    EXPECT_TRUE(scene.view().others.empty());
}

} // namespace
