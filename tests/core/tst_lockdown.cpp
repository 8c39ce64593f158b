// SPDX-License-Identifier: GPL-3.0-or-later
// A lockdown at the door: nobody is let in by whatever means, each attempt is logged, and it ends as it began.
#include "tests/support/door_scene.h"

#include <gtest/gtest.h>

#include <random>

using namespace facelatch::core;
using namespace facelatch::testing;

namespace {

struct LockedDoor : DoorScene {
    LockedDoor() : DoorScene(rulesWithPin()) { alice = enrol("Alice"); }
    static AccessRules rulesWithPin() {
        AccessRules rules;
        rules.takes.pin = true;
        rules.pinAlone = true;
        return rules;
    }
    void setMode(DoorMode mode) {
        machine.setMode(mode);
        carryOut(controller.setMode(mode, now));
    }
    void lockDown() { setMode(DoorMode::LockedDown); }

    PersonId alice;
};

TEST(Lockdown, whomTheDoorKnowsIsRefusedAndLogged) {
    LockedDoor door;
    door.lockDown();
    EXPECT_TRUE(door.view().lockedDown);
    door.play(3s, {known(1, door.alice)});
    EXPECT_EQ(door.releases(), 0);
    ASSERT_FALSE(door.log.empty());
    for (const auto& entry : door.log) {
        EXPECT_EQ(entry.event().outcome, Outcome::Denied);
        EXPECT_EQ(entry.event().reason, Reason::LockedDown);
        EXPECT_EQ(entry.event().personName, "Alice");
    }
    EXPECT_EQ(door.view().screen, Screen::Refused);
    EXPECT_TRUE(door.view().name.empty());
}

TEST(Lockdown, strangersAreRefusedForTheSameReason) {
    LockedDoor door;
    door.lockDown();
    door.play(4s, {stranger(1)});
    ASSERT_FALSE(door.log.empty());
    EXPECT_EQ(door.last().reason, Reason::LockedDown);
    EXPECT_EQ(door.events(Outcome::Granted).size(), 0U);
}

TEST(Lockdown, aReleaseThatRunsEndsAndTheVisitIsNotGrantedAnyMore) {
    LockedDoor door;
    door.play(1s, {known(1, door.alice)});
    ASSERT_EQ(door.releases(), 1);
    ASSERT_TRUE(door.view().doorReleased);
    door.lockDown();
    EXPECT_FALSE(door.view().doorReleased);
    EXPECT_TRUE(door.view().name.empty());
    const std::size_t before = door.log.size();
    door.play(3s, {known(1, door.alice)});
    EXPECT_EQ(door.releases(), 1);
    ASSERT_GT(door.log.size(), before);
    for (std::size_t i = before; i < door.log.size(); ++i)
        EXPECT_EQ(door.log[i].event().reason, Reason::LockedDown);
}

TEST(Lockdown, noPadOpensAndAnOpenOneCloses) {
    LockedDoor door;
    door.givePin(door.alice, 4711);
    ASSERT_TRUE(door.openPad());
    door.lockDown();
    EXPECT_NE(door.view().screen, Screen::Pin);
    EXPECT_FALSE(door.view().takesPin);
    EXPECT_FALSE(door.openPad());
    EXPECT_EQ(door.log.size(), 0U) << "a pad that was opened and left alone is no attempt";
}

TEST(Lockdown, aPinThatIsBeingLookedAtIsRefused) {
    LockedDoor door;
    door.givePin(door.alice, 4711);
    ASSERT_TRUE(door.openPad());
    const std::uint64_t request = door.view().pinRequest;
    door.controller.pinSubmitted(request, door.now);
    door.lockDown();
    door.carryOut(door.controller.pinEntered(request, DoorScene::verifierOf(4711), door.now));
    ASSERT_EQ(door.log.size(), 1U);
    EXPECT_EQ(door.last().reason, Reason::LockedDown);
    EXPECT_EQ(door.last().source, DecisionSource::Pin);
    EXPECT_EQ(door.releases(), 0);
}

TEST(Lockdown, whoIsAskedForAPinIsRefused) {
    LockedDoor door;
    door.givePin(door.alice, 4711);
    AccessConfig config;
    Group group{{door.newUuid(door.now.wall)}, "staff"};
    Schedule always{{door.newUuid(door.now.wall)}, "always", {}, true};
    always.week.fill({Period{0, 1440}});
    config.groups = {group};
    config.schedules = {always};
    config.rules = {{{door.newUuid(door.now.wall)}, group.id, "", always.id, AuthMode::FacePin}};
    door.people[door.alice].groups = {group.id};
    door.publish();
    door.controller.setAccess(std::make_shared<const AccessConfig>(config));
    door.play(1s, {known(1, door.alice)});
    ASSERT_EQ(door.view().screen, Screen::SecondFactor);
    door.lockDown();
    EXPECT_NE(door.view().screen, Screen::SecondFactor);
    ASSERT_EQ(door.log.size(), 1U);
    EXPECT_EQ(door.last().reason, Reason::LockedDown);
    EXPECT_EQ(door.last().personName, "Alice");
}

TEST(Lockdown, afterItEverythingIsAsBefore) {
    LockedDoor door;
    door.lockDown();
    door.play(1s, {known(1, door.alice)});
    door.setMode(DoorMode::Normal);
    EXPECT_FALSE(door.view().lockedDown);
    door.play(5s, {known(1, door.alice)});
    EXPECT_EQ(door.releases(), 1);
    EXPECT_EQ(door.last().reason, Reason::Face);
}

TEST(Lockdown, isToldBeforeAFaultAndBehindTheRelease) {
    LockedDoor door;
    door.raise(FaultCode::NoDetector);
    door.lockDown();
    door.play(3s, {known(1, door.alice)});
    EXPECT_EQ(door.last().reason, Reason::LockedDown);
    EXPECT_EQ(door.view().screen, Screen::OutOfService);
    EXPECT_TRUE(door.view().lockedDown);
}

TEST(Lockdown, theMachineReleasesNothingWhateverItIsTold) {
    DoorMachine machine{DoorTimes{}};
    Decision grant;
    grant.event.outcome = Outcome::Granted;
    grant.releases = true;
    const MonoTime now = MonoTime{} + 10s;
    ASSERT_TRUE(machine.onDecision(grant, now));
    machine.setMode(DoorMode::LockedDown);
    EXPECT_FALSE(machine.released(now));
    EXPECT_FALSE(machine.onDecision(grant, now + 1s));
    EXPECT_FALSE(machine.released(now + 1s));
    machine.setMode(DoorMode::Normal);
    EXPECT_FALSE(machine.released(now + 1s)) << "what ended does not come back";
    EXPECT_TRUE(machine.onDecision(grant, now + 2s));
}

/// Faces, PINs and lockdowns in any order: while it is locked down nothing is released and nothing granted.
TEST(Lockdown, neverAGrantMeanwhile) {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        LockedDoor door;
        const PersonId bob = door.enrol("Bob");
        door.givePin(door.alice, 4711);
        bool lockedDown = false;
        door.decided = [&](const Decision& decision) {
            EXPECT_FALSE(lockedDown && (decision.releases || decision.event.outcome == Outcome::Granted)) << seed;
        };
        std::mt19937 random(seed);
        const auto dice = [&](int sides) { return std::uniform_int_distribution(0, sides - 1)(random); };
        for (int step = 0; step < 300; ++step) {
            if (dice(20) == 0) {
                lockedDown = !lockedDown;
                door.setMode(lockedDown ? DoorMode::LockedDown : DoorMode::Normal);
            }
            if (dice(15) == 0)
                door.openPad();
            if (dice(10) == 0)
                door.enterPin(dice(2) == 0 ? 4711 : 1, milliseconds(dice(300)));
            const bool here = dice(4) != 0;
            door.play(milliseconds(100 * (1 + dice(5))),
                      here ? DoorScene::Faces{known(1 + static_cast<TrackId>(dice(2)), dice(2) == 0 ? door.alice : bob)}
                           : DoorScene::Faces{});
            EXPECT_FALSE(lockedDown && door.view().doorReleased);
        }
        EXPECT_GT(door.events(Reason::LockedDown).size(), 0U) << seed;
        EXPECT_GT(door.releases(), 0) << seed;
    }
}

TEST(OpenedFromAfar, isAnEventOfItsOwnWithWhoAndWhyAndWhoStandsThere) {
    LockedDoor door;
    door.play(200ms, {stranger(1)});
    Observation seen = door.observation({stranger(1)});
    door.show(seen);
    Decision decision = door.controller.remote(Outcome::Granted, Reason::RemoteUnlock, "Office", "parcel", door.now);
    EXPECT_EQ(decision.event.personName, "Office");
    EXPECT_EQ(decision.event.note, "parcel");
    EXPECT_EQ(decision.event.source, DecisionSource::Remote);
    EXPECT_EQ(decision.event.door, "door-1");
    EXPECT_FALSE(decision.event.person);
    EXPECT_TRUE(decision.wantsSnapshot);
    EXPECT_FALSE(decision.releases) << "that is the door thread's";
    EXPECT_EQ(decision.face, seen.faces.front().box);
    EXPECT_FALSE(door.controller.remote(Outcome::Denied, Reason::RemoteRefused, "a", "late", door.now).event.visit ==
                 decision.event.visit);
}

TEST(OpenedFromAfar, theScreenSaysWhoOpenedUntilSomebodyElseDoes) {
    LockedDoor door;
    Decision decision = door.controller.remote(Outcome::Granted, Reason::RemoteUnlock, "Office", "", door.now);
    decision.releases = true;
    ASSERT_TRUE(door.machine.onDecision(decision, door.now.mono));
    door.controller.openedFromAfar("Office", door.now);
    EXPECT_EQ(door.view().screen, Screen::Granted);
    EXPECT_EQ(door.view().openedBy, "Office");
    EXPECT_TRUE(door.view().name.empty());
    EXPECT_EQ(door.view().lasts, 4000ms);
    door.play(1s, {known(1, door.alice)});
    EXPECT_EQ(door.view().name, "Alice");
    EXPECT_TRUE(door.view().openedBy.empty());
    door.empty(10s);
    EXPECT_TRUE(door.view().openedBy.empty());
}

} // namespace
