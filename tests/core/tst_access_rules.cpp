// SPDX-License-Identifier: GPL-3.0-or-later
// Access rules at the door: the reason in the event, changes that take effect at once, uses counted once a visit.
#include "tests/support/door_scene.h"

#include <gtest/gtest.h>

using namespace facelatch::core;
using namespace facelatch::testing;

namespace {

/// Its local time is 1 January 1970, a Thursday, 00:00, whatever the clock says: see DoorScene.
struct RuledScene : DoorScene {
    using DoorScene::DoorScene;
    const GroupId staff{newUuid(now.wall)};
    AccessConfig config;

    void rule(const char* schedule, AuthMode mode = AuthMode::Face) {
        const ScheduleId id{newUuid(now.wall)};
        config.groups = {{staff, "Staff"}};
        config.schedules.push_back({id, "a schedule", *parseWeek(schedule), false});
        config.rules.push_back({{newUuid(now.wall)}, staff, "", id, mode});
        publishRules();
    }
    void publishRules() { controller.setAccess(std::make_shared<const AccessConfig>(config)); }
    PersonId member(const char* name) {
        return enrol(name, [this](Person& person) { person.groups = {staff}; });
    }
    PersonId guest(int uses) {
        return enrol("Guest", [&](Person& person) { person.uses = UseLimit{uses, 0, 1}; });
    }
    /// A visit of half a second, and the door is left alone until it is long over.
    void visit(TrackId track, PersonId who) {
        play(500ms, {known(track, who)});
        empty(7s);
    }
};

TEST(AccessRulesAtTheDoor, theReasonGoesToTheEvent) {
    struct Row {
        const char* what;
        std::function<PersonId(RuledScene&)> prepare;
        Reason reason;
    };
    const auto member = [](auto edit) {
        return [edit](RuledScene& scene) {
            scene.rule("always");
            return scene.enrol("Alice", [&](Person& person) {
                person.groups = {scene.staff};
                edit(person, scene);
            });
        };
    };
    const auto ruled = [](const char* schedule, AuthMode mode) {
        return [=](RuledScene& scene) {
            scene.rule(schedule, mode);
            return scene.member("Alice");
        };
    };
    const Row rows[] = {
        {"let in", member([](Person&, RuledScene&) {}), Reason::Face},
        {"suspended", member([](Person& person, RuledScene&) { person.status = PersonStatus::Suspended; }),
         Reason::Suspended},
        {"expired", member([](Person& person, RuledScene& scene) { person.validUntil = scene.now.wall; }),
         Reason::Expired},
        {"used up", member([](Person& person, RuledScene&) {
             person.uses = UseLimit{1, 1, 0};
         }),
         Reason::UsedUp},
        {"in no group", member([](Person& person, RuledScene&) { person.groups.clear(); }), Reason::NotPermitted},
        {"another time", ruled("Fri 00:00-24:00", AuthMode::Face), Reason::OutOfSchedule},
        {"the right time", ruled("Thu 00:00-00:01", AuthMode::Face), Reason::Face},
        {"face and PIN", ruled("always", AuthMode::FacePin), Reason::FactorUnavailable},
        {"face and card", ruled("always", AuthMode::FaceCard), Reason::FactorUnavailable},
        {"card and PIN", ruled("always", AuthMode::CardPin), Reason::FactorUnavailable},
        {"face or PIN", ruled("always", AuthMode::FaceOrPin), Reason::Face},
        {"no clock",
         [](RuledScene& scene) {
             scene.now.wall = WallTime{};
             scene.rule("Thu 00:00-01:00");
             return scene.member("Alice");
         },
         Reason::ClockUnknown},
    };
    for (const Row& row : rows) {
        RuledScene scene;
        const PersonId alice = row.prepare(scene);
        scene.play(1s, {known(1, alice)});
        ASSERT_FALSE(scene.log.empty()) << row.what;
        EXPECT_EQ(scene.log[0].event().reason, row.reason) << row.what;
        EXPECT_EQ(scene.log[0].event().person, alice) << row.what;
        EXPECT_EQ(scene.releases(), row.reason == Reason::Face ? 1 : 0) << row.what;
    }
}

TEST(AccessRulesAtTheDoor, aPinPadAloneDoesNotMakeAFaceEnough) {
    AccessRules rules;
    rules.takes = {true, true, true};
    for (const AuthMode mode : {AuthMode::FacePin, AuthMode::FaceCard, AuthMode::CardPin}) {
        RuledScene scene(rules);
        scene.rule("always", mode);
        scene.play(3s, {known(1, scene.member("Alice"))});
        EXPECT_EQ(scene.releases(), 0) << "nobody has given a second factor";
        EXPECT_EQ(scene.last().reason, Reason::FactorUnavailable);
    }
}

TEST(AccessRulesAtTheDoor, changedRulesHoldFromTheNextDecisionOn) {
    RuledScene scene;
    const PersonId alice = scene.member("Alice");
    scene.rule("Fri 00:00-24:00");
    scene.play(1s, {known(1, alice)});
    EXPECT_EQ(scene.last().reason, Reason::OutOfSchedule);
    scene.config.schedules[0].week = *parseWeek("always");
    scene.publishRules();
    scene.play(4s, {known(1, alice)}); // the refusal ends, and the same face is looked at anew
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.events(Outcome::Granted).at(0).event().reason, Reason::Face);
    scene.empty(10s);
    scene.config.schedules[0].week = {};
    scene.publishRules();
    scene.play(1s, {known(2, alice)});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.last().reason, Reason::OutOfSchedule);
    scene.controller.setAccess(nullptr);
    scene.play(1s, {known(2, alice)});
    EXPECT_EQ(scene.releases(), 1) << "no snapshot is no freedom";
}

TEST(AccessRulesAtTheDoor, aGrantCountsOnceAVisit) {
    RuledScene scene;
    const PersonId guest = scene.guest(2);
    scene.play(2s, {known(1, guest)}); // several events of one visit
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.log.size(), 2U);
    scene.empty(1500ms);
    scene.play(500ms, {known(2, guest)}); // back within the cool-down: the same visit
    EXPECT_EQ(scene.events(Outcome::Denied).size(), 0U);
    scene.empty(7s);
    scene.visit(3, guest);
    EXPECT_EQ(scene.releases(), 2);
    EXPECT_EQ(scene.events(Outcome::Denied).size(), 0U);
    scene.visit(4, guest);
    EXPECT_EQ(scene.releases(), 2);
    EXPECT_EQ(scene.last().reason, Reason::UsedUp);
}

TEST(AccessRulesAtTheDoor, theLastUseLastsForItsVisit) {
    RuledScene scene;
    const PersonId guest = scene.guest(1);
    scene.play(1s, {known(1, guest)});
    scene.empty(1500ms);
    scene.play(1s, {known(2, guest)});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_TRUE(scene.events(Outcome::Denied).empty()) << "the door still stands open for that visit";
}

TEST(AccessRulesAtTheDoor, galleriesThatAreBehindOrAheadDoNotMiscount) {
    RuledScene scene;
    const PersonId guest = scene.guest(2);
    scene.visit(1, guest);
    scene.publish(); // a gallery from before the grant was committed
    scene.visit(2, guest);
    scene.visit(3, guest);
    EXPECT_EQ(scene.releases(), 2);
    scene.people[guest].uses = UseLimit{2, 2, 1}; // the log has caught up
    scene.publish();
    scene.visit(4, guest);
    EXPECT_EQ(scene.releases(), 2);
    scene.people[guest].uses = UseLimit{1, 0, 2}; // one more, given by somebody
    scene.publish();
    scene.visit(5, guest);
    EXPECT_EQ(scene.releases(), 3);
    scene.visit(6, guest);
    EXPECT_EQ(scene.releases(), 3);
    scene.people[guest].uses.reset();
    scene.publish();
    scene.visit(7, guest);
    EXPECT_EQ(scene.releases(), 4);
}

TEST(AccessRulesAtTheDoor, aLockThatDoesNotMoveTakesNoUse) {
    RuledScene scene;
    const PersonId guest = scene.guest(1);
    scene.lockWorks = false;
    scene.visit(1, guest);
    EXPECT_EQ(scene.events(Outcome::Granted).size(), 0U);
    scene.lockWorks = true;
    scene.visit(2, guest);
    EXPECT_EQ(scene.events(Outcome::Granted).size(), 1U);
    scene.visit(3, guest);
    EXPECT_EQ(scene.last().reason, Reason::UsedUp);
}

} // namespace
