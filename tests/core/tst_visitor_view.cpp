// SPDX-License-Identifier: GPL-3.0-or-later
// What the screen at the door shows at each moment of a visit.
#include "tests/support/door_scene.h"

#include <gtest/gtest.h>

using namespace facelatch::core;
using namespace facelatch::testing;

namespace {

class View : public ::testing::Test {
protected:
    DoorScene scene;
    const PersonId alice = scene.enrol("Alice"), bob = scene.enrol("Bob");

    Hint hintFor(const DoorScene::Faces& faces) {
        scene.show(faces);
        scene.pass(100ms);
        return scene.view().hint;
    }
};

TEST_F(View, idleWhenNobodyIsThere) {
    EXPECT_EQ(scene.view().screen, Screen::Idle);
    scene.empty(1s);
    const VisitorView view = scene.view();
    EXPECT_EQ(view.screen, Screen::Idle);
    EXPECT_EQ(view.hint, Hint::None);
    EXPECT_FALSE(view.claimant);
    EXPECT_TRUE(view.others.empty());
    EXPECT_TRUE(view.name.empty());
    EXPECT_FALSE(view.doorReleased);
    EXPECT_EQ(view.frameWidth, 640);
    EXPECT_EQ(view.frameHeight, 480);
}

TEST_F(View, aVisitFromFirstSightToTheLockedDoor) {
    const FaceObservation pending = withLiveness(known(1, alice), LivenessVerdict::Pending);
    float before = -1;
    for (int frame = 1; frame <= 3; ++frame) { // the ring fills
        scene.play(100ms, {pending});
        EXPECT_EQ(scene.view().screen, Screen::Looking);
        EXPECT_EQ(scene.view().claimant, pending.box);
        EXPECT_TRUE(scene.view().name.empty()) << "recognised, but not yet granted";
        EXPECT_GT(scene.view().progress, before);
        EXPECT_LT(scene.view().progress, 1);
        before = scene.view().progress;
    }
    scene.play(100ms, {known(1, alice)});
    const MonoTime granted = scene.now.mono - 100ms;
    while (scene.now.mono < granted + 4s) {
        const VisitorView view = scene.view();
        EXPECT_EQ(view.screen, Screen::Granted);
        EXPECT_EQ(view.name, "Alice");
        EXPECT_TRUE(view.doorReleased);
        EXPECT_EQ(view.until, granted + 4s);
        EXPECT_EQ(view.lasts, 4s);
        EXPECT_EQ(view.progress, 1);
        scene.play(100ms, {known(1, alice)});
    }
    const VisitorView locked = scene.view();
    EXPECT_EQ(locked.screen, Screen::Looking);
    EXPECT_TRUE(locked.name.empty());
    EXPECT_FALSE(locked.doorReleased);
    EXPECT_EQ(locked.progress, 0) << "the ring must not promise a second release";
    EXPECT_EQ(locked.hint, Hint::StepBack);
    scene.empty(1200ms);
    EXPECT_EQ(scene.view().screen, Screen::Idle);
}

TEST_F(View, theGrantIsShownToItsEndAlsoWhenThePersonHasLeft) {
    scene.play(300ms, {known(1, alice)});
    scene.empty(3600ms);
    EXPECT_EQ(scene.view().screen, Screen::Granted);
    EXPECT_EQ(scene.view().name, "Alice");
    scene.empty(400ms);
    EXPECT_EQ(scene.view().screen, Screen::Idle);
    EXPECT_TRUE(scene.view().name.empty());
}

TEST_F(View, theNextPersonsNameReplacesTheFirst) {
    scene.play(300ms, {known(1, alice)});
    scene.empty(1500ms);
    scene.play(200ms, {known(2, bob)});
    EXPECT_EQ(scene.view().name, "Alice") << "Bob is not granted yet";
    scene.play(100ms, {known(2, bob)});
    EXPECT_EQ(scene.view().name, "Bob");
    EXPECT_EQ(scene.view().lasts, 4s);
}

TEST_F(View, allRefusalsLookAlikeAndEnd) {
    scene.enrol("Carol", [](Person& person) { person.status = PersonStatus::Suspended; });
    const PersonId carol = scene.people.rbegin()->first;
    for (const FaceObservation& seen : {known(1, carol), stranger(2)}) {
        scene.empty(2s);
        while (scene.view().screen != Screen::Refused)
            scene.play(100ms, {seen});
        const MonoTime refused = scene.now.mono - 100ms;
        VisitorView view = scene.view();
        EXPECT_TRUE(view.name.empty());
        EXPECT_EQ(view.until, refused + 3s);
        EXPECT_EQ(view.lasts, 3s);
        scene.play(2800ms, {seen});
        EXPECT_EQ(scene.view().screen, Screen::Refused);
        scene.play(100ms, {seen});
        EXPECT_EQ(scene.view().screen, Screen::Looking) << "it looks again";
    }
}

TEST_F(View, aRefusalIsShownToItsEndWhenThePersonLeaves) {
    scene.play(2600ms, {stranger(1)});
    ASSERT_EQ(scene.view().screen, Screen::Refused);
    scene.empty(2800ms);
    EXPECT_EQ(scene.view().screen, Screen::Refused);
    scene.empty(200ms);
    EXPECT_EQ(scene.view().screen, Screen::Idle);
}

TEST_F(View, theNextPersonIsNotShownTheRefusalOfTheLast) {
    scene.play(2600ms, {stranger(1)});
    scene.empty(1100ms);
    ASSERT_EQ(scene.view().screen, Screen::Refused);
    scene.play(100ms, {known(2, alice)});
    EXPECT_EQ(scene.view().screen, Screen::Looking);
    scene.play(200ms, {known(2, alice)});
    EXPECT_EQ(scene.view().screen, Screen::Granted);
}

TEST_F(View, aNewIdOfTheRefusedFaceDoesNotFlash) {
    scene.play(2600ms, {stranger(1)});
    scene.play(1s, {with(stranger(2), [](FaceObservation& seen) { seen.box = stranger(1).box; })});
    EXPECT_EQ(scene.view().screen, Screen::Refused);
}

TEST_F(View, aGrantEndsTheRefusalBeforeIt) {
    AccessRules rules;
    rules.refusedFor = 20s;
    DoorScene door(rules, {1s, 12s});
    const PersonId carol = door.enrol("Carol");
    door.play(2600ms, {stranger(1)}); // in bad light
    ASSERT_EQ(door.view().screen, Screen::Refused);
    door.play(300ms, {with(known(2, carol), [](FaceObservation& seen) { seen.box = stranger(1).box; })});
    EXPECT_EQ(door.view().screen, Screen::Granted);
    door.empty(2s);
    EXPECT_EQ(door.view().screen, Screen::Idle);
}

TEST_F(View, outOfServiceUnlessTheDoorIsOpen) {
    scene.raise(FaultCode::LogNotWritable);
    EXPECT_EQ(scene.view().screen, Screen::Idle);
    EXPECT_EQ(scene.view().faults.size(), 1U);
    scene.play(300ms, {known(1, alice)});
    scene.raise(FaultCode::NoCamera);
    EXPECT_EQ(scene.view().screen, Screen::Granted);
    scene.empty(5s);
    EXPECT_EQ(scene.view().screen, Screen::OutOfService);
    scene.play(3s, {stranger(2)});
    EXPECT_EQ(scene.view().screen, Screen::OutOfService);
    EXPECT_EQ(scene.view().faults.size(), 2U);
    scene.clear(FaultCode::NoCamera);
    EXPECT_EQ(scene.view().screen, Screen::Refused);
}

TEST_F(View, hints) {
    EXPECT_EQ(hintFor({stranger(1)}), Hint::None);
    EXPECT_EQ(hintFor({withQuality(stranger(1), Quality::TooSmall)}), Hint::Closer);
    EXPECT_EQ(hintFor({withQuality(stranger(1), Quality::TooBlurred)}), Hint::HoldStill);
    EXPECT_EQ(hintFor({withQuality(stranger(1), Quality::TooDark)}), Hint::MoreLight);
    EXPECT_EQ(hintFor({withQuality(stranger(1), Quality::TooBright)}), Hint::LookHere);
    EXPECT_EQ(hintFor({withQuality(stranger(1), Quality::TurnedAway)}), Hint::LookHere);
    EXPECT_EQ(hintFor({withQuality(stranger(1), Quality::CutOff)}), Hint::LookHere);
    EXPECT_EQ(hintFor({withQuality(stranger(1, 320), Quality::CutOff)}), Hint::StepBack);
    EXPECT_EQ(hintFor({stranger(1, 150), stranger(2, 130)}), Hint::OneAtATime);
    EXPECT_EQ(hintFor({stranger(1, 150)}), Hint::None) << "the second face is not there any more";
    EXPECT_EQ(hintFor({stranger(1, 150), stranger(2, 80)}), Hint::None) << "somebody in the background";
}

TEST_F(View, onlyFacesOfTheNewestFrameAreBoxed) {
    scene.play(300ms, {stranger(1, 150), stranger(2, 80), stranger(3, 70)});
    EXPECT_EQ(scene.view().others, (std::vector{stranger(2, 80).box, stranger(3, 70).box}));
    scene.play(100ms, {stranger(1, 150), stranger(3, 70)});
    EXPECT_EQ(scene.view().others, std::vector{stranger(3, 70).box});
    scene.empty(500ms);
    EXPECT_EQ(scene.view().claimant, stranger(1, 150).box) << "a missed detection does not make the oval flicker";
    EXPECT_EQ(scene.view().screen, Screen::Looking);
    scene.empty(700ms);
    EXPECT_FALSE(scene.view().claimant);
}

TEST_F(View, theRingCountsOnlyFramesOfOnePersonInARow) {
    for (int i = 0; i < 12; ++i) {
        scene.play(100ms, {i % 2 == 0 ? known(1, alice) : known(1, bob)});
        EXPECT_NEAR(scene.view().progress, 1.0F / 3, 1e-6);
    }
    scene.play(100ms, {stranger(1)});
    EXPECT_EQ(scene.view().progress, 0);
    scene.play(100ms, {known(1, alice)});
    EXPECT_GT(scene.view().progress, 0);
    scene.pass(800ms);
    scene.tick();
    EXPECT_GT(scene.view().progress, 0);
    scene.pass(60ms);
    EXPECT_EQ(scene.view().progress, 0) << "evidence grows old also while no frame comes";
}

} // namespace
