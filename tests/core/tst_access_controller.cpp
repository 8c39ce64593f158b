// SPDX-License-Identifier: GPL-3.0-or-later
// What it takes to be let in, and what each missing condition comes to.
#include "tests/support/door_scene.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <ostream>

using namespace facelatch::core;
using namespace facelatch::testing;

namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

TEST(AccessController, threeAgreeingFramesOfALivingFaceReleaseOnce) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice");
    scene.play(200ms, {known(1, alice)});
    EXPECT_TRUE(scene.log.empty()) << "two frames are not enough";
    scene.play(100ms, {known(1, alice)});

    ASSERT_EQ(scene.log.size(), 1U);
    const Decision& granted = scene.log[0].decision;
    EXPECT_TRUE(granted.releases);
    EXPECT_TRUE(granted.wantsSnapshot);
    EXPECT_EQ(granted.event.outcome, Outcome::Granted);
    EXPECT_EQ(granted.event.reason, Reason::Face);
    EXPECT_EQ(granted.event.person, alice);
    EXPECT_EQ(granted.event.personName, "Alice");
    EXPECT_EQ(granted.event.cardId, "CARD");
    EXPECT_EQ(granted.event.door, "door-1");
    EXPECT_EQ(granted.event.live, LivenessVerdict::Live);
    EXPECT_EQ(granted.event.modelId, "model");
    EXPECT_EQ(granted.event.source, DecisionSource::Face);
    EXPECT_EQ(granted.event.score, 0.7F);
    EXPECT_FALSE(granted.event.margin) << "there is no second person";
    EXPECT_FALSE(granted.event.visit.isNull());
    EXPECT_NE(granted.event.visit, granted.event.id);
    EXPECT_EQ(granted.face, known(1, alice).box);
    EXPECT_TRUE(scene.machine.released(scene.now.mono));
}

TEST(AccessController, theNumberOfAgreeingFramesIsARule) {
    for (const int frames : {1, 2, 5, 7}) {
        AccessRules rules;
        rules.agreeingFrames = frames;
        DoorScene scene(rules);
        const PersonId alice = scene.enrol("Alice");
        scene.play(1s, {known(1, alice)});
        ASSERT_EQ(scene.releases(), 1) << frames;
        EXPECT_EQ(scene.log[0].at, (frames - 1) * scene.period);
    }
    AccessRules rules;
    rules.agreeingFrames = 0;
    DoorScene scene(rules);
    scene.play(1s, {withQuality(stranger(1), Quality::TooDark)});
    scene.play(1s, {stranger(2)});
    EXPECT_EQ(scene.releases(), 0) << "no frames at all is not a rule";
}

TEST(AccessController, switchedOffLivenessIsNotAskedFor) {
    AccessRules rules;
    rules.livenessRequired = false;
    for (const auto verdict : {LivenessVerdict::Off, LivenessVerdict::Pending, LivenessVerdict::Unavailable}) {
        DoorScene scene(rules);
        scene.play(300ms, {withLiveness(known(1, scene.enrol("Alice")), verdict)});
        ASSERT_EQ(scene.releases(), 1);
        EXPECT_EQ(scene.last().live, verdict);
    }
}

TEST(AccessController, otherOriginsOpenWhereTheRulesSaySo) {
    AccessRules network, replay;
    network.networkMayOpen = true;
    replay.replayMayOpen = true;
    const auto opens = [](const AccessRules& rules, FrameOrigin origin) {
        DoorScene scene(rules);
        scene.origin = origin;
        scene.play(5s, {known(1, scene.enrol("Alice"))});
        return scene.releases() == 1;
    };
    EXPECT_TRUE(opens(network, FrameOrigin::Network));
    EXPECT_FALSE(opens(network, FrameOrigin::Replay));
    EXPECT_TRUE(opens(replay, FrameOrigin::Replay));
    EXPECT_TRUE(opens(replay, FrameOrigin::Test));
    EXPECT_FALSE(opens(replay, FrameOrigin::Network));
    EXPECT_FALSE(opens(network, FrameOrigin::Undated)) << "no permission makes up for a time that is not known";
    EXPECT_TRUE(opens(replay, FrameOrigin::Undated)) << "the lock is a simulated one";
    EXPECT_TRUE(opens({}, FrameOrigin::Camera));
}

/// One thing is wrong with an otherwise welcome face, for four seconds.
struct Missing {
    const char* name;
    std::optional<Reason> reason; ///< of the refusal; nothing when there is none in that time
    milliseconds after;           ///< when it is refused
    /// Changes the door before, and each frame.
    std::function<void(DoorScene&)> before = [](DoorScene&) {};
    std::function<void(Observation&, int index)> frame = [](Observation&, int) {};
};
void PrintTo(const Missing& missing, std::ostream* out) {
    *out << missing.name;
}

Missing inScore(const char* name, Reason reason, const std::function<void(Match&)>& edit) {
    return {name, reason, 2500ms, [](DoorScene&) {}, [edit](Observation& seen, int) { edit(*seen.faces[0].match); }};
}
Missing inFace(const char* name, std::optional<Reason> reason, const std::function<void(FaceObservation&, int)>& edit) {
    return {name, reason, 2500ms, [](DoorScene&) {},
            [edit](Observation& seen, int index) { edit(seen.faces[0], index); }};
}
Missing inDoor(const char* name, Reason reason, milliseconds after, std::function<void(DoorScene&)> edit) {
    return {name, reason, after, std::move(edit)};
}
Missing inPerson(const char* name, Reason reason, const std::function<void(Person&, WallTime)>& edit) {
    return inDoor(name, reason, 200ms, [edit](DoorScene& scene) {
        edit(scene.people.begin()->second, scene.now.wall);
        scene.publish();
    });
}
/// A grant would come with frame 2; these are refused at once, the others when decideWithin is over.
const std::vector<Missing> missing{
    inFace("usable_twice_only", Reason::UnknownPerson,
           [](FaceObservation& face, int index) { face.quality = index < 2 ? Quality::Good : Quality::TurnedAway; }),
    inDoor("frames_too_far_apart", Reason::StaleFrame, 3000ms, [](DoorScene& scene) { scene.period = 600ms; }),
    inDoor("stale", Reason::StaleFrame, 2500ms, [](DoorScene& scene) { scene.age = 500ms; }),
    inDoor("from_the_future", Reason::StaleFrame, 2500ms, [](DoorScene& scene) { scene.age = -1ms; }),
    {"frame_number_repeated", std::nullopt, 0ms, [](DoorScene&) {},
     [](Observation& seen, int) { seen.frameNumber = 1; }},
    {"frame_numbers_falling", std::nullopt, 0ms, [](DoorScene&) {},
     [](Observation& seen, int index) { seen.frameNumber = static_cast<std::uint64_t>(1000 - index); }},
    {"frame_number_zero", std::nullopt, 0ms, [](DoorScene&) {}, [](Observation& seen, int) { seen.frameNumber = 0; }},
    {"one_picture_again_and_again", Reason::StaleFrame, 2500ms, [](DoorScene& scene) { scene.period = 100ms; },
     [](Observation& seen, int index) { seen.capturedAt -= index * 100ms; }},
    {"one_frame_with_the_track_thrice", Reason::StaleFrame, 3200ms, [](DoorScene& scene) { scene.period = 800ms; },
     [](Observation& seen, int) {
         seen.faces = {seen.faces[0], seen.faces[0], seen.faces[0]};
     }},
    inFace("liveness_pending", Reason::LivenessFailed,
           [](FaceObservation& face, int) { face.liveness.verdict = LivenessVerdict::Pending; }),
    inFace("spoof", Reason::LivenessFailed,
           [](FaceObservation& face, int) { face.liveness.verdict = LivenessVerdict::Spoof; }),
    inFace("liveness_unavailable", Reason::LivenessFailed,
           [](FaceObservation& face, int) { face.liveness.verdict = LivenessVerdict::Unavailable; }),
    inFace("liveness_off_while_required", Reason::LivenessFailed,
           [](FaceObservation& face, int) { face.liveness.verdict = LivenessVerdict::Off; }),
    inFace("spoof_of_a_stranger", Reason::LivenessFailed,
           [](FaceObservation& face, int) {
               face.liveness.verdict = LivenessVerdict::Spoof;
               face.match->score = 0;
           }),
    inScore("unknown", Reason::UnknownPerson, [](Match& match) { match.score = 0.34F; }),
    inScore("near_miss", Reason::BelowThreshold, [](Match& match) { match.score = 0.36F; }),
    inScore("just_below_threshold", Reason::BelowThreshold, [](Match& match) { match.score = 0.4499F; }),
    inScore("margin_too_small", Reason::Ambiguous,
            [](Match& match) {
                match.second = PersonId{};
                match.secondScore = 0.66F;
            }),
    inScore("score_not_a_number", Reason::UnknownPerson, [](Match& match) { match.score = nan; }),
    inScore("score_infinite", Reason::UnknownPerson, [](Match& match) { match.score = infinity; }),
    inScore("score_minus_infinite", Reason::UnknownPerson, [](Match& match) { match.score = -infinity; }),
    inScore("second_not_a_number", Reason::UnknownPerson,
            [](Match& match) {
                match.second = PersonId{};
                match.secondScore = nan;
            }),
    inScore("second_minus_infinite", Reason::UnknownPerson,
            [](Match& match) {
                match.second = PersonId{};
                match.secondScore = -infinity;
            }),
    inScore("person_not_in_the_gallery", Reason::UnknownPerson, [](Match& match) { match.person.value.bytes.fill(7); }),
    inFace("nobody_enrolled", Reason::UnknownPerson, [](FaceObservation& face, int) { face.match.reset(); }),
    inPerson("suspended", Reason::Suspended, [](Person& person, WallTime) { person.status = PersonStatus::Suspended; }),
    inPerson("expired", Reason::Expired, [](Person& person, WallTime now) { person.validUntil = now; }),
    inPerson("not_yet_valid", Reason::Expired, [](Person& person, WallTime now) { person.validFrom = now + 1h; }),
    inDoor("no_lock", Reason::OutOfService, 200ms, [](DoorScene& scene) { scene.raise(FaultCode::NoLock); }),
    inDoor("liveness_model_missing", Reason::OutOfService, 200ms,
           [](DoorScene& scene) { scene.raise(FaultCode::NoLiveness); }),
    {"unknown_while_out_of_service", Reason::OutOfService, 2500ms,
     [](DoorScene& scene) { scene.raise(FaultCode::NoCamera); },
     [](Observation& seen, int) { seen.faces[0].match->score = 0; }},
    inDoor("replay", Reason::OutOfService, 2500ms, [](DoorScene& scene) { scene.origin = FrameOrigin::Replay; }),
    inDoor("test_picture", Reason::OutOfService, 2500ms, [](DoorScene& scene) { scene.origin = FrameOrigin::Test; }),
    inDoor("undated", Reason::OutOfService, 2500ms, [](DoorScene& scene) { scene.origin = FrameOrigin::Undated; }),
    inDoor("network", Reason::OutOfService, 2500ms, [](DoorScene& scene) { scene.origin = FrameOrigin::Network; }),
    inFace("never_embedded", std::nullopt, [](FaceObservation& face, int) { face.embedded = false; }),
    inFace("too_small", std::nullopt, [](FaceObservation& face, int) { face.quality = Quality::TooSmall; }),
    inFace("blurred", std::nullopt, [](FaceObservation& face, int) { face.quality = Quality::TooBlurred; }),
    inFace("dark", std::nullopt, [](FaceObservation& face, int) { face.quality = Quality::TooDark; }),
    inFace("bright", std::nullopt, [](FaceObservation& face, int) { face.quality = Quality::TooBright; }),
    inFace("turned_away", std::nullopt, [](FaceObservation& face, int) { face.quality = Quality::TurnedAway; }),
    inFace("cut_off", std::nullopt, [](FaceObservation& face, int) { face.quality = Quality::CutOff; }),
};

class OneThingMissing : public ::testing::TestWithParam<Missing> {};

TEST_P(OneThingMissing, isRefusedForThatReason) {
    const Missing& test = GetParam();
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice");
    test.before(scene);
    int index = 0;
    while (scene.time() < 4s) {
        Observation seen = scene.observation({known(1, alice)});
        test.frame(seen, index++);
        scene.show(seen);
        scene.pass(scene.period);
    }
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_FALSE(scene.machine.released(scene.now.mono));
    EXPECT_TRUE(scene.events(Outcome::Granted).empty());
    EXPECT_TRUE(scene.view().name.empty());
    ASSERT_EQ(scene.log.empty(), !test.reason);
    if (!test.reason)
        return;
    EXPECT_EQ(reasonRow(scene.log[0].event().reason).code, reasonRow(*test.reason).code);
    EXPECT_EQ(scene.log[0].at, test.after);
    EXPECT_TRUE(scene.log[0].decision.wantsSnapshot);
    EXPECT_FALSE(scene.log[0].event().score && !std::isfinite(*scene.log[0].event().score));
    EXPECT_FALSE(scene.log[0].event().margin && !std::isfinite(*scene.log[0].event().margin));
}

INSTANTIATE_TEST_SUITE_P(AccessController, OneThingMissing, ::testing::ValuesIn(missing),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(AccessController, theLimitsThemselvesAreGoodEnough) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice");
    scene.age = 499ms;
    scene.play(500ms, {with(known(1, alice), [&](FaceObservation& face) {
                   face.match = Match{alice, scene.rules.match.threshold, PersonId{}, 0.2F};
               })});
    ASSERT_EQ(scene.releases(), 1);
    EXPECT_FLOAT_EQ(scene.last().margin.value(), 0.25F);
}

TEST(AccessController, aRuleThatIsNotANumberLetsNobodyIn) {
    for (const MatchRule& rule : {MatchRule{nan, 0.05F}, MatchRule{0.45F, nan}}) {
        AccessRules rules;
        rules.match = rule;
        DoorScene scene(rules);
        const PersonId alice = scene.enrol("Alice");
        scene.play(4s, {with(known(1, alice), [](FaceObservation& face) {
                       face.match->second = PersonId{};
                       face.match->secondScore = 0.1F;
                   })});
        EXPECT_EQ(scene.releases(), 0);
    }
}

TEST(AccessController, theAgreeingFramesMustFollowEachOther) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice"), bob = scene.enrol("Bob");
    const FaceObservation doubt = with(known(1, alice), [](FaceObservation& face) { face.match->score = 0.4F; });
    scene.play(4s, [&](milliseconds at) -> DoorScene::Faces {
        if ((at / 100ms) % 3 < 2)
            return {known(1, alice)};
        return {at < 2s ? doubt : known(1, bob)};
    });
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_EQ(scene.log[0].event().reason, Reason::BelowThreshold);
}

TEST(AccessController, framesOfTwoPeopleAreAmbiguous) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice"), bob = scene.enrol("Bob");
    scene.play(3s,
               [&](milliseconds at) -> DoorScene::Faces { return {known(1, (at / 100ms) % 2 == 0 ? alice : bob)}; });
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_EQ(scene.log[0].event().reason, Reason::Ambiguous);
    EXPECT_FALSE(scene.log[0].event().person);
}

TEST(AccessController, unusableFramesBetweenDoNotCount) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice");
    scene.play(600ms, [&](milliseconds at) -> DoorScene::Faces {
        const bool good = (at / 100ms) % 2 == 0;
        return {withQuality(known(1, alice), good ? Quality::Good : Quality::TooBlurred)};
    });
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.log[0].at, 400ms);
}

TEST(AccessController, theFrameThatIsDecidedOnMustItselfBeFresh) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice");
    scene.play(300ms, {withLiveness(known(1, alice), LivenessVerdict::Pending)});
    // The proof of life comes with a picture of long ago, or of another origin.
    scene.age = 600ms;
    scene.show({known(1, alice)});
    scene.age = -100ms;
    scene.show({known(1, alice)});
    scene.age = 50ms;
    scene.origin = FrameOrigin::Replay;
    scene.show({known(1, alice)});
    EXPECT_EQ(scene.releases(), 0);
    scene.origin = FrameOrigin::Camera;
    scene.show({known(1, alice)});
    EXPECT_EQ(scene.releases(), 1);
}

TEST(AccessController, soMustTheNewestEvidence) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice");
    scene.play(300ms, {withLiveness(known(1, alice), LivenessVerdict::Pending)});
    const FaceObservation notCompared = with(known(1, alice), [](FaceObservation& seen) { seen.embedded = false; });
    scene.pass(400ms);
    scene.play(300ms, {notCompared});
    EXPECT_EQ(scene.releases(), 0) << "a living face, but compared with nobody lately";
}

TEST(AccessController, livenessOfOneFaceIsNoProofForAnother) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice");
    scene.play(4s, {withLiveness(known(1, alice, 130), LivenessVerdict::Spoof), stranger(2, 120)});
    EXPECT_EQ(scene.releases(), 0);
}

TEST(AccessController, aFaceNotRecognisedAsAliveIsNoVisitOfThePerson) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice", [](Person& person) { person.status = PersonStatus::Suspended; });
    scene.play(3s, {withLiveness(known(1, alice), LivenessVerdict::Spoof)});
    EXPECT_EQ(scene.log[0].event().reason, Reason::LivenessFailed) << "a photograph of a suspended person";
    EXPECT_EQ(scene.log[0].event().person, alice) << "whose photograph it was is told to the admin";
}

TEST(AccessController, aNewGalleryTakesTheEvidenceAway) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice");
    scene.play(200ms, {known(1, alice)});
    scene.publish();
    scene.play(200ms, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 0);
    scene.play(100ms, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 1);
}

TEST(AccessController, whoIsRemovedMeanwhileIsNobody) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice");
    scene.play(200ms, {known(1, alice)});
    scene.people.clear();
    scene.publish();
    scene.play(4s, {known(1, alice)}); // recognition still searches the old gallery
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_EQ(scene.log[0].event().reason, Reason::UnknownPerson);
    EXPECT_TRUE(scene.log[0].event().personName.empty());
    scene.controller.setGallery(nullptr);
    scene.play(4s, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 0);
}

TEST(AccessController, whoIsSuspendedBetweenTwoFramesStaysOut) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice");
    scene.play(200ms, {known(1, alice)});
    scene.people[alice].status = PersonStatus::Suspended;
    scene.publish();
    scene.play(3s, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_EQ(scene.log[0].event().reason, Reason::Suspended);
    EXPECT_EQ(scene.log[0].event().personName, "Alice");
}

TEST(AccessController, outOfServiceEndsWithItsFault) {
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice");
    scene.raise(FaultCode::LogNotWritable); // must not hold anybody outside
    scene.raise(FaultCode::NoLock);
    scene.play(1s, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_EQ(scene.log[0].event().person, alice);
    scene.clear(FaultCode::NoLock);
    scene.play(4s, {known(1, alice)});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.log[0].event().visit, scene.last().visit);
}

} // namespace
