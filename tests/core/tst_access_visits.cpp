// SPDX-License-Identifier: GPL-3.0-or-later
// Visits over time: one release a visit, events, cool-down, second chances, leaving, the wall clock.
#include "tests/support/door_scene.h"

#include <gtest/gtest.h>

#include <set>

using namespace facelatch::core;
using namespace facelatch::testing;

namespace {

std::set<Uuid7> visits(const std::vector<DoorScene::Logged>& log) {
    std::set<Uuid7> ids;
    for (const DoorScene::Logged& entry : log)
        ids.insert(entry.event().visit);
    return ids;
}

class Visits : public ::testing::Test {
protected:
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice"), bob = scene.enrol("Bob");

    void expectOneEventASecond() const {
        for (std::size_t i = 1; i < scene.log.size(); ++i)
            EXPECT_EQ(scene.log[i].at - scene.log[i - 1].at, scene.rules.eventInterval);
    }
};

TEST_F(Visits, aFaceThatStaysIsReleasedOnceAndLoggedEverySecond) {
    scene.play(60s, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.log.size(), 60U);
    EXPECT_EQ(visits(scene.log).size(), 1U);
    expectOneEventASecond();
    std::set<Uuid7> ids;
    for (const auto& entry : scene.log) {
        EXPECT_EQ(entry.event().outcome, Outcome::Granted);
        EXPECT_EQ(entry.event().personName, "Alice");
        EXPECT_EQ(entry.decision.wantsSnapshot, &entry == &scene.log[0]);
        ids.insert(entry.event().id);
    }
    EXPECT_EQ(ids.size(), scene.log.size());
}

TEST_F(Visits, aStrangerWhoStaysIsLoggedEverySecondInOneVisit) {
    scene.play(60s, {stranger(1)});
    EXPECT_EQ(scene.log.size(), 58U);
    EXPECT_EQ(visits(scene.log).size(), 1U);
    expectOneEventASecond();
    for (const auto& entry : scene.log) {
        EXPECT_EQ(entry.event().reason, Reason::UnknownPerson);
        EXPECT_FALSE(entry.event().person);
        EXPECT_EQ(entry.decision.wantsSnapshot, &entry == &scene.log[0]);
    }
}

TEST_F(Visits, theEventIntervalIsARule) {
    AccessRules rules;
    rules.eventInterval = 5s;
    DoorScene slow(rules);
    slow.play(60s, {stranger(1)});
    EXPECT_EQ(slow.log.size(), 12U);
}

TEST_F(Visits, missedDetectionsDoNotEndAVisit) {
    scene.play(30s, [&](milliseconds at) {
        return (at / 100ms) % 12 < 3 ? DoorScene::Faces{known(1, alice)} : DoorScene::Faces{};
    });
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(visits(scene.log).size(), 1U);
}

TEST_F(Visits, refusedThenGrantedInOneVisitAfterTheRefusal) {
    scene.play(3s, {stranger(1)});
    scene.play(5s, {known(1, alice)});
    ASSERT_EQ(scene.releases(), 1);
    EXPECT_EQ(visits(scene.log).size(), 1U);
    const auto denied = scene.events(Outcome::Denied), granted = scene.events(Outcome::Granted);
    EXPECT_EQ(denied[0].at, 2500ms);
    EXPECT_GE(granted[0].at - denied[0].at, scene.rules.refusedFor);
    EXPECT_LE(granted[0].at - denied[0].at, scene.rules.refusedFor + 3 * scene.period);
    EXPECT_TRUE(denied[0].decision.wantsSnapshot);
    EXPECT_TRUE(granted[0].decision.wantsSnapshot) << "the outcome changed";
    EXPECT_FALSE(granted[1].decision.wantsSnapshot);
}

TEST_F(Visits, evidenceOfBeforeTheSecondChanceDoesNotCount) {
    scene.play(2500ms, {stranger(1)});
    scene.play(3s, {withLiveness(known(1, alice), LivenessVerdict::Pending)});
    ASSERT_EQ(scene.log[0].at, 2500ms);
    scene.play(200ms, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 0);
    scene.play(100ms, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 1);
}

TEST_F(Visits, whoComesBackWithinTheCoolDownGoesOnWithTheVisit) {
    scene.play(1s, {known(1, alice)});
    scene.empty(1500ms);
    scene.play(2s, {known(2, alice)});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(visits(scene.log).size(), 1U);
    EXPECT_TRUE(scene.events(Outcome::Denied).empty());
    for (std::size_t i = 1; i < scene.log.size(); ++i) {
        EXPECT_FALSE(scene.log[i].decision.wantsSnapshot);
        EXPECT_GE(scene.log[i].at - scene.log[i - 1].at, scene.rules.eventInterval);
    }
}

TEST_F(Visits, whoIsStillThereWhenTheCoolDownIsOverIsLetInAgain) {
    scene.play(1s, {known(1, alice)});
    scene.empty(1500ms);
    scene.play(5s, {known(2, alice)});
    ASSERT_EQ(scene.releases(), 2);
    EXPECT_EQ(visits(scene.log).size(), 2U);
    const auto second =
        std::find_if(scene.log.begin() + 1, scene.log.end(), [](const auto& entry) { return entry.decision.releases; });
    EXPECT_GE(second->at - scene.log[0].at, scene.rules.coolDown);
    EXPECT_LE(second->at - scene.log[0].at, scene.rules.coolDown + 4 * scene.period);
    EXPECT_TRUE(second->decision.wantsSnapshot);
}

TEST_F(Visits, leavingJustThenIsNoRefusedAttempt) {
    scene.play(1s, {known(1, alice)});
    scene.empty(1500ms);
    scene.play(2800ms, {known(2, alice)}); // two frames longer than the cool-down
    scene.empty(2s);
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_TRUE(scene.events(Outcome::Denied).empty());
}

TEST_F(Visits, alsoWithAStrangerBehind) {
    scene.play(1s, {known(1, alice, 200)});
    scene.empty(1500ms);
    scene.play(10s, {known(2, alice, 200), stranger(3, 80)});
    EXPECT_EQ(scene.releases(), 2);
}

TEST_F(Visits, afterTheCoolDownANewVisitReleasesAgain) {
    scene.play(1s, {known(1, alice)});
    scene.empty(6s);
    scene.play(1s, {known(2, alice)});
    EXPECT_EQ(scene.releases(), 2);
    EXPECT_EQ(visits(scene.log).size(), 2U);
}

TEST_F(Visits, twoPeopleOneAfterAnother) {
    scene.play(1s, {known(1, alice)});
    scene.empty(1500ms);
    scene.play(1s, {known(2, bob)});
    ASSERT_EQ(scene.releases(), 2) << "the cool-down is Alice's";
    EXPECT_EQ(scene.last().personName, "Bob");
    EXPECT_EQ(visits(scene.log).size(), 2U);
}

TEST_F(Visits, aSecondFaceOfTheSamePersonTakesTheVisitOver) {
    // Two living faces that are recognised as Alice (a twin): the visit goes with the one decided last.
    scene.play(1s, {known(1, alice, 130)});
    scene.play(3s, {known(1, alice, 130), known(2, alice, 120)});
    EXPECT_EQ(scene.releases(), 1);
    for (std::size_t i = 1; i < scene.log.size(); ++i) {
        if (scene.log[i].event().visit == scene.log[0].event().visit) {
            EXPECT_GE(scene.log[i].at - scene.log[0].at, scene.rules.eventInterval);
        }
    }
}

TEST_F(Visits, anotherFaceOnAGrantedTrackIsNotLoggedUnderThatGrant) {
    // As the pipeline embeds a face that was granted: four times a second.
    scene.play(1s, {known(1, alice)});
    scene.period = 250ms;
    scene.play(6s, {stranger(1)});
    EXPECT_EQ(visits(scene.log).size(), 2U);
    EXPECT_EQ(scene.last().reason, Reason::UnknownPerson);
    EXPECT_LE(scene.events(Outcome::Granted).back().at, 2500ms);
    scene.play(6s, {known(1, bob)});
    EXPECT_EQ(scene.releases(), 2);
    EXPECT_EQ(scene.last().personName, "Bob");
}

TEST_F(Visits, aFewDoubtfulFramesDoNotEndAVisit) {
    scene.play(1s, {known(1, alice)});
    const FaceObservation doubt = with(known(1, alice), [](FaceObservation& seen) { seen.match->score = 0.4F; });
    scene.play(10s, {doubt});
    scene.play(300ms, {stranger(1)});
    scene.play(2s, {withQuality(known(1, alice), Quality::TurnedAway)});
    scene.play(300ms, {stranger(1)});
    scene.play(10s, {known(1, alice)});
    EXPECT_EQ(visits(scene.log).size(), 1U);
    EXPECT_EQ(scene.releases(), 1);
}

TEST_F(Visits, aPersonRemovedWhileStandingThereIsNotLoggedAsGrantedAnyMore) {
    scene.play(1s, {known(1, alice)});
    scene.people.erase(alice);
    scene.publish();
    const auto events = scene.log.size();
    scene.play(5s, {known(1, alice)});
    ASSERT_GT(scene.log.size(), events);
    EXPECT_EQ(scene.log[events].event().reason, Reason::UnknownPerson);
    EXPECT_NE(scene.log[events].event().visit, scene.log[0].event().visit);
}

TEST_F(Visits, walkingPastWithoutAUsableFaceIsNoEvent) {
    scene.play(2s, {withQuality(stranger(1), Quality::TurnedAway)});
    scene.play(200ms, {stranger(1)});
    scene.empty(5s);
    EXPECT_TRUE(scene.log.empty());
}

TEST_F(Visits, anAttemptThatEndsBeforeItsDecisionIsAnEvent) {
    // One photograph after another, each withdrawn before it was decided.
    for (TrackId id = 1; id <= 5; ++id) {
        scene.play(2s, {withLiveness(known(id, alice), LivenessVerdict::Spoof)});
        scene.empty(1500ms);
    }
    EXPECT_EQ(scene.log.size(), 5U);
    EXPECT_EQ(visits(scene.log).size(), 5U);
    for (const auto& entry : scene.log) {
        EXPECT_EQ(entry.event().outcome, Outcome::Denied);
        EXPECT_EQ(entry.event().reason, Reason::LivenessFailed);
        EXPECT_EQ(entry.event().person, alice);
        EXPECT_TRUE(entry.decision.wantsSnapshot);
        EXPECT_FALSE(entry.decision.releases);
    }
}

TEST_F(Visits, suchAnAttemptComesWithItsPicture) {
    Observation seen = scene.observation({stranger(1)});
    const auto pixels = std::make_shared<std::uint8_t>(std::uint8_t{7});
    for (int i = 0; i < 3; ++i) {
        seen = scene.observation({stranger(1)});
        seen.image = Image(1, 1, 1, PixelFormat::Gray8, pixels);
        scene.show(seen);
        scene.pass(100ms);
    }
    scene.tick();
    scene.empty(2s);
    ASSERT_EQ(scene.log.size(), 1U);
    EXPECT_EQ(scene.log[0].decision.picture.data(), pixels.get());
    EXPECT_EQ(scene.log[0].decision.face, stranger(1).box);
    EXPECT_EQ(scene.last().reason, Reason::UnknownPerson);
}

TEST_F(Visits, whoIsRemovedAfterLeavingIsNotNamedAnyMore) {
    scene.play(1s, {withLiveness(known(1, alice), LivenessVerdict::Pending)});
    scene.pass(2s);
    scene.tick();
    scene.people.erase(alice);
    scene.publish();
    scene.empty(100ms);
    ASSERT_EQ(scene.log.size(), 1U);
    EXPECT_EQ(scene.last().reason, Reason::LivenessFailed);
    EXPECT_FALSE(scene.last().person);
}

TEST_F(Visits, whoLeavesFromBehindIsLoggedAsThat) {
    scene.play(1s, {stranger(1, 160), known(2, alice, 100)});
    scene.empty(2s);
    ASSERT_EQ(scene.log.size(), 2U);
    EXPECT_EQ(scene.log[0].event().reason, Reason::UnknownPerson);
    EXPECT_EQ(scene.log[1].event().reason, Reason::NotClaimant);
}

TEST_F(Visits, aFaceCloseByThatNeverBecomesUsableIsRefusedAtLast) {
    scene.play(7500ms, {withQuality(stranger(1), Quality::TooDark)});
    EXPECT_TRUE(scene.log.empty());
    scene.play(100ms, {withQuality(stranger(1), Quality::TooDark)});
    ASSERT_EQ(scene.log.size(), 1U);
    EXPECT_EQ(scene.last().reason, Reason::UnknownPerson);
    scene.play(60s, {withQuality(stranger(2), Quality::TooSmall)});
    EXPECT_EQ(visits(scene.log).size(), 1U) << "somebody far away wants nothing";
}

TEST_F(Visits, theLockThatDoesNotMoveMakesItARefusal) {
    scene.lockWorks = false;
    scene.play(3s, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 0);
    ASSERT_FALSE(scene.log.empty());
    for (const auto& entry : scene.log)
        EXPECT_EQ(entry.event().reason, Reason::OutOfService);
    EXPECT_EQ(scene.log[0].event().personName, "Alice");
    EXPECT_TRUE(scene.log[0].decision.wantsSnapshot);
    expectOneEventASecond();
    EXPECT_EQ(scene.view().screen, Screen::Refused);
    const auto openedByHand = scene.now.mono + 1s;
    EXPECT_TRUE(scene.controller.view(scene.now.mono, openedByHand, {}).name.empty());

    scene.lockWorks = true; // neither the visit nor the cool-down was used up
    scene.play(1s, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(visits(scene.log).size(), 1U);
}

TEST_F(Visits, aWithdrawnGrantOfAVisitThatIsOverChangesNobodyElse) {
    scene.play(300ms, {known(1, alice)});
    const Decision granted = scene.log[0].decision;
    scene.empty(2s);
    scene.play(300ms, {known(2, bob)});
    EXPECT_FALSE(scene.controller.withdrawn(granted, scene.now).releases);
    scene.play(2s, {known(2, bob)});
    EXPECT_EQ(scene.last().outcome, Outcome::Granted);
    EXPECT_EQ(scene.last().personName, "Bob");
}

TEST_F(Visits, theWallClockChangesNoTiming) {
    const auto play = [](std::function<void(DoorScene&)> jump) {
        DoorScene door;
        const PersonId carol = door.enrol("Carol");
        const auto part = [&](milliseconds duration, const DoorScene::Faces& faces) {
            door.play(duration, faces);
            jump(door);
        };
        part(200ms, {known(1, carol)});
        part(2s, {known(1, carol)});
        part(1500ms, {});
        part(300ms, {known(2, carol)});
        part(6s, {known(2, carol)});
        part(2s, {stranger(3)});
        part(6s, {stranger(3)});
        std::vector<std::tuple<milliseconds, Reason, bool>> story;
        for (const auto& entry : door.log)
            story.emplace_back(entry.at, entry.event().reason, entry.decision.releases);
        return story;
    };
    const auto calm = play([](DoorScene&) {});
    int jumps = 0;
    const auto wild = play(
        [&](DoorScene& door) { door.now.wall += (++jumps % 2 == 0 ? 1 : -1) * std::chrono::hours(24 * 365 * 10); });
    EXPECT_EQ(jumps, 7);
    EXPECT_GT(calm.size(), 10U);
    EXPECT_EQ(wild, calm);
}

TEST_F(Visits, aStalledCameraGivesNothingAway) {
    scene.play(200ms, {known(1, alice)});
    scene.pass(5s);
    scene.tick();
    EXPECT_EQ(scene.view().screen, Screen::Idle);
    scene.play(200ms, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 0) << "the frames of before the stall are too old";
    scene.play(100ms, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 1);
}

} // namespace
