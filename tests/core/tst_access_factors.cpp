// SPDX-License-Identifier: GPL-3.0-or-later
// Face and PIN at the door: every mode with every order of factors, the time between them, who may go on with whose.
#include "tests/support/door_scene.h"

#include <gtest/gtest.h>

using namespace facelatch::core;
using namespace facelatch::testing;

namespace {

constexpr int alicesPin = 4711, bobsPin = 8080, nobodysPin = 1379;

AccessRules pinRules() {
    AccessRules rules;
    rules.takes = {true, true, false};
    return rules;
}

struct PinScene : DoorScene {
    explicit PinScene(AccessRules accessRules = pinRules()) : DoorScene(accessRules) {
        alice = member("Alice", alicesPin);
        bob = member("Bob", bobsPin);
    }
    const GroupId staff{newUuid(now.wall)};
    AccessConfig config;
    PersonId alice, bob;

    PersonId member(const char* name, int pin) {
        const PersonId who = enrol(name, [&](Person& person) { person.groups = {staff}; });
        givePin(who, pin);
        return who;
    }
    void rule(AuthMode mode, const char* schedule = "always") {
        const ScheduleId id{newUuid(now.wall)};
        config.groups = {{staff, "Staff"}};
        config.schedules.push_back({id, "a schedule", *parseWeek(schedule), false});
        config.rules.push_back({{newUuid(now.wall)}, staff, "", id, mode});
        controller.setAccess(std::make_shared<const AccessConfig>(config));
    }
    Screen screen() const { return view().screen; }
    std::vector<Reason> reasons() const {
        std::vector<Reason> all;
        for (const Logged& entry : log)
            if (all.empty() || all.back() != entry.event().reason)
                all.push_back(entry.event().reason);
        return all;
    }
    /// Alice's face has agreed and the pad is open.
    void askAlice(TrackId track = 1) {
        play(400ms, {known(track, alice)});
        ASSERT_EQ(screen(), Screen::SecondFactor);
    }
};

TEST(AccessFactors, everyModeWithEveryOrderOfFactors) {
    enum class Order { Face, Pin, FacePin, PinFace };
    struct Row {
        AuthMode mode;
        Order order;
        std::vector<Reason> told;
        int releases;
    };
    using enum Order;
    const Row rows[] = {
        {AuthMode::Face, Face, {Reason::Face}, 1},
        {AuthMode::Face, Pin, {}, 0}, // there is no pad to type into
        {AuthMode::Face, PinFace, {Reason::Face}, 1},
        {AuthMode::FaceOrPin, Face, {Reason::Face}, 1},
        {AuthMode::FaceOrPin, Pin, {Reason::Pin}, 1},
        {AuthMode::FaceOrPin, PinFace, {Reason::Pin, Reason::Face}, 1}, // the face goes on with the visit
        {AuthMode::FaceOrPin, FacePin, {Reason::Face}, 1},
        {AuthMode::FacePin, Face, {Reason::SecondFactorTimeout}, 0},
        {AuthMode::FacePin, FacePin, {Reason::FacePin}, 1},
        {AuthMode::FacePin, Pin, {}, 0},
        {AuthMode::FaceCard, FacePin, {Reason::FactorUnavailable}, 0},
        {AuthMode::FaceCard, Pin, {}, 0},
        {AuthMode::CardPin, FacePin, {Reason::FactorUnavailable}, 0},
        {AuthMode::CardPin, Pin, {}, 0},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(std::string(authModeCode(row.mode)) + " " + std::to_string(static_cast<int>(row.order)));
        PinScene scene;
        scene.rule(row.mode);
        if (row.order == Pin || row.order == PinFace) {
            scene.openPad();
            scene.enterPin(alicesPin);
        }
        if (row.order != Pin)
            scene.play(1s, {known(1, scene.alice)});
        if (row.order == FacePin)
            scene.enterPin(alicesPin);
        if (row.order != Pin)
            scene.play(row.order == Face ? 16s : 1s, {known(1, scene.alice)});
        EXPECT_EQ(scene.releases(), row.releases);
        EXPECT_EQ(scene.reasons(), row.told);
        for (const auto& entry : scene.log)
            if (entry.decision.releases) {
                EXPECT_EQ(entry.event().source,
                          row.told[0] == Reason::Face ? DecisionSource::Face : DecisionSource::Pin);
            }
    }
}

TEST(AccessFactors, whereAPinAloneIsTakenItMayAlsoComeBeforeTheFace) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    scene.rule(AuthMode::FaceOrPin, "Fri 00:00-24:00"); // not now, but there is a button for it
    EXPECT_TRUE(scene.openPad());
    scene.enterPin(alicesPin);
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_TRUE(scene.log.empty());
    scene.play(2s, {known(1, scene.bob)}); // not whose PIN it was
    EXPECT_EQ(scene.releases(), 0);
    scene.play(2s, {known(2, scene.alice)});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.events(Outcome::Granted).at(0).event().person, scene.alice);
    EXPECT_EQ(scene.events(Outcome::Granted).at(0).event().reason, Reason::FacePin);
}

TEST(AccessFactors, aPinWhoseFaceNeverComesIsToldOnce) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    scene.rule(AuthMode::FaceOrPin, "Fri 00:00-24:00");
    scene.openPad();
    scene.enterPin(alicesPin);
    scene.empty(6s);
    ASSERT_EQ(scene.log.size(), 1U);
    EXPECT_EQ(scene.last().reason, Reason::SecondFactorTimeout);
    EXPECT_EQ(scene.last().source, DecisionSource::Pin);
    EXPECT_EQ(scene.last().person, scene.alice);
    scene.play(1s, {known(1, scene.alice)});
    EXPECT_EQ(scene.releases(), 0) << "too late for that PIN";
    EXPECT_EQ(scene.screen(), Screen::SecondFactor);
}

TEST(AccessFactors, withoutRulesAPinAloneIsASettingOfItsOwn) {
    for (const bool alone : {false, true}) {
        AccessRules rules = pinRules();
        rules.pinAlone = alone;
        PinScene scene(rules);
        EXPECT_EQ(scene.view().takesPin, alone);
        EXPECT_EQ(scene.openPad(), alone);
        scene.enterPin(alicesPin);
        EXPECT_EQ(scene.releases(), alone ? 1 : 0);
        EXPECT_EQ(scene.view().name, alone ? "Alice" : "");
        scene.rule(AuthMode::Face);
        EXPECT_FALSE(scene.view().takesPin) << "with rules they alone say so";
    }
}

TEST(AccessFactors, theNameStaysHiddenUntilBothAreThere) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    scene.askAlice();
    VisitorView view = scene.view();
    EXPECT_TRUE(view.name.empty());
    EXPECT_NE(view.pinRequest, 0U);
    EXPECT_EQ(view.lasts, 15s);
    EXPECT_FALSE(view.pinChecking);
    scene.controller.pinSubmitted(view.pinRequest, scene.now);
    EXPECT_TRUE(scene.view().pinChecking);
    scene.carryOut(scene.controller.pinEntered(view.pinRequest, scene.verifierOf(alicesPin), scene.now));
    EXPECT_EQ(scene.screen(), Screen::Looking);
    EXPECT_TRUE(scene.view().name.empty());
    EXPECT_EQ(scene.releases(), 0) << "a right PIN opens nothing by itself";
    scene.play(100ms, {known(1, scene.alice)});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.view().name, "Alice");
    EXPECT_EQ(scene.log.size(), 1U);
}

TEST(AccessFactors, theTimesBetweenTheFactors) {
    struct Row {
        const char* what;
        milliseconds typing, computing, away; ///< away: out of sight after the PIN was right
        Reason told;
    };
    const Row rows[] = {
        {"at once", 0ms, 100ms, 0ms, Reason::FacePin},
        {"just in time", 14'500ms, 400ms, 0ms, Reason::FacePin},
        {"handed over in time, computed later", 14'500ms, 4000ms, 0ms, Reason::FacePin},
        {"too late", 14'900ms, 0ms, 0ms, Reason::SecondFactorTimeout},
        {"never computed", 1000ms, 16'000ms, 0ms, Reason::OutOfService},
        {"looks back", 1000ms, 100ms, 1900ms, Reason::FacePin},
        {"has gone", 1000ms, 100ms, 2200ms, Reason::SecondFactorTimeout},
    };
    for (const Row& row : rows) {
        PinScene scene;
        scene.rule(AuthMode::FacePin);
        const DoorScene::Faces alice{known(1, scene.alice)};
        scene.askAlice(); // the request began 100 ms ago
        scene.play(row.typing, alice);
        const std::uint64_t request = scene.view().pinRequest;
        scene.controller.pinSubmitted(request, scene.now);
        scene.play(row.computing, alice);
        scene.carryOut(scene.controller.pinEntered(request, scene.verifierOf(alicesPin), scene.now));
        scene.empty(row.away);
        scene.play(1s, alice);
        ASSERT_FALSE(scene.log.empty()) << row.what;
        EXPECT_EQ(scene.log[0].event().reason, row.told) << row.what;
        EXPECT_EQ(scene.log[0].event().source, DecisionSource::Pin) << row.what;
        EXPECT_EQ(scene.log[0].event().person, scene.alice) << row.what;
        EXPECT_EQ(scene.releases(), row.told == Reason::FacePin ? 1 : 0) << row.what;
    }
}

TEST(AccessFactors, whatEndsTheWaitingForAPin) {
    struct Row {
        const char* what;
        std::function<void(PinScene&)> happens;
        Reason told;
    };
    const Row rows[] = {
        {"another face steps in front",
         [](PinScene& scene) {
             scene.play(1s, {known(1, scene.alice), known(2, scene.bob, 200)});
         },
         Reason::NotClaimant},
        {"the tracker is in doubt",
         [](PinScene& scene) {
             scene.play(2s, {with(known(7, scene.alice), [](auto& seen) { seen.box = face(1).box; })});
         },
         Reason::NotClaimant},
        {"the same track names somebody else", [](PinScene& scene) { scene.play(1s, {known(1, scene.bob)}); },
         Reason::Ambiguous},
        {"it looks dead",
         [](PinScene& scene) { scene.play(1s, {withLiveness(known(1, scene.alice), LivenessVerdict::Spoof)}); },
         Reason::LivenessFailed},
        {"the door goes out of service",
         [](PinScene& scene) {
             scene.raise(FaultCode::NoLock);
             scene.play(1s, {known(1, scene.alice)});
         },
         Reason::OutOfService},
        {"she is removed",
         [](PinScene& scene) {
             scene.people.erase(scene.alice);
             scene.publish();
             scene.play(1s, {known(1, scene.alice)});
         },
         Reason::UnknownPerson},
        {"she is suspended",
         [](PinScene& scene) {
             scene.people[scene.alice].status = PersonStatus::Suspended;
             scene.publish();
             scene.play(1s, {known(1, scene.alice)});
         },
         Reason::Suspended},
        {"she goes away", [](PinScene& scene) { scene.empty(3s); }, Reason::SecondFactorTimeout},
        {"she gives up", [](PinScene& scene) { scene.carryOut(scene.controller.cancelPin(scene.now)); },
         Reason::SecondFactorTimeout},
    };
    for (const Row& row : rows)
        for (const bool rightPin : {false, true}) {
            SCOPED_TRACE(std::string(row.what) + (rightPin ? " after the PIN" : ""));
            if (rightPin && row.what == std::string("she gives up"))
                continue; // nothing left to close
            PinScene scene;
            scene.rule(AuthMode::FacePin);
            scene.askAlice();
            const std::uint64_t request = scene.view().pinRequest;
            if (rightPin)
                scene.enterPin(alicesPin);
            row.happens(scene);
            ASSERT_FALSE(scene.log.empty());
            EXPECT_EQ(scene.log[0].event().reason, row.told);
            EXPECT_EQ(scene.releases(), 0);
            // And the PIN that comes now is too late for that request.
            scene.carryOut(scene.controller.pinEntered(request, scene.verifierOf(alicesPin), scene.now));
            scene.play(300ms, {known(1, scene.alice)});
            EXPECT_EQ(scene.releases(), 0);
        }
}

TEST(AccessFactors, whoStepsInBetweenNeverGetsTheFirstOnesGrant) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    scene.askAlice();
    scene.enterPin(alicesPin);
    scene.play(1s, {stranger(2, 300)}); // right in front of her
    EXPECT_EQ(scene.releases(), 0);
    scene.play(2s, {known(3, scene.bob, 310)});
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_EQ(scene.screen(), Screen::SecondFactor) << "Bob is asked for his own";
    scene.enterPin(alicesPin); // which is not hers
    EXPECT_EQ(scene.last().reason, Reason::WrongPin);
    EXPECT_EQ(scene.last().person, scene.bob);
    EXPECT_EQ(scene.releases(), 0);
    scene.play(4s, {known(3, scene.bob, 310)});
    scene.enterPin(bobsPin);
    scene.play(500ms, {known(3, scene.bob, 310)});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.view().name, "Bob");
}

TEST(AccessFactors, evidenceFromBeforeThePinIsNotEnough) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    scene.askAlice();
    scene.play(3s, {withQuality(known(1, scene.alice), Quality::TurnedAway)}); // looks down on the keys
    EXPECT_EQ(scene.screen(), Screen::SecondFactor) << "that is no reason to refuse";
    scene.enterPin(alicesPin);
    scene.play(200ms, {known(1, scene.alice)});
    EXPECT_EQ(scene.releases(), 0) << "two frames are not three";
    scene.play(100ms, {known(1, scene.alice)});
    EXPECT_EQ(scene.releases(), 1);
}

TEST(AccessFactors, staleFramesAreNoProofAfterThePinEither) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    scene.askAlice();
    scene.enterPin(alicesPin);
    scene.age = 600ms;
    scene.play(6s, {known(1, scene.alice)});
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_EQ(scene.log[0].event().reason, Reason::SecondFactorTimeout);
}

TEST(AccessFactors, oneGrantAVisitHoweverOftenThePinComes) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    scene.askAlice();
    const std::uint64_t request = scene.view().pinRequest;
    scene.enterPin(alicesPin);
    for (int i = 0; i < 3; ++i)
        scene.carryOut(scene.controller.pinEntered(request, scene.verifierOf(alicesPin), scene.now));
    scene.play(1s, {known(1, scene.alice)});
    scene.carryOut(scene.controller.pinEntered(request, scene.verifierOf(alicesPin), scene.now));
    scene.play(4s, {known(1, scene.alice)});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.log.size(), 5U) << "one event a second";
    EXPECT_EQ(scene.events(Outcome::Denied).size(), 0U);
    EXPECT_EQ(scene.log[1].event().source, DecisionSource::Face) << "that she goes on standing there";
}

TEST(AccessFactors, withinTheCoolDownNobodyIsAskedAgainAndNothingOpens) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    scene.askAlice();
    scene.enterPin(alicesPin);
    scene.play(500ms, {known(1, scene.alice)});
    scene.empty(1200ms);
    scene.play(1s, {known(2, scene.alice)});
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_NE(scene.screen(), Screen::SecondFactor);
    EXPECT_EQ(scene.last().reason, Reason::FacePin);
    EXPECT_EQ(scene.last().visit, scene.log[0].event().visit);
}

TEST(AccessFactors, aPinTwiceReleasesOnce) {
    PinScene scene;
    scene.rule(AuthMode::FaceOrPin);
    for (int i = 0; i < 2; ++i) {
        scene.openPad();
        scene.enterPin(alicesPin);
        scene.empty(4500ms); // the strike time is over, the cool-down not
    }
    EXPECT_EQ(scene.releases(), 1);
    ASSERT_EQ(scene.log.size(), 2U);
    EXPECT_EQ(scene.log[1].event().outcome, Outcome::Granted);
    EXPECT_EQ(scene.log[1].event().visit, scene.log[0].event().visit);
    scene.openPad();
    scene.enterPin(alicesPin);
    EXPECT_EQ(scene.releases(), 2);
}

TEST(AccessFactors, thePolicyHoldsForPinsAsWell) {
    struct Row {
        const char* what;
        std::function<void(PinScene&)> prepare;
        Reason told;
    };
    const auto edit = [](auto change) {
        return [=](PinScene& scene) {
            change(scene.people[scene.alice], scene);
            scene.publish();
        };
    };
    const Row rows[] = {
        {"let in", [](PinScene&) {}, Reason::Pin},
        {"suspended", edit([](Person& who, PinScene&) { who.status = PersonStatus::Suspended; }), Reason::Suspended},
        {"expired", edit([](Person& who, PinScene& scene) { who.validUntil = scene.now.wall; }), Reason::Expired},
        {"not yet", edit([](Person& who, PinScene& scene) { who.validFrom = scene.now.wall + 1h; }), Reason::Expired},
        {"used up", edit([](Person& who, PinScene&) {
             who.uses = UseLimit{1, 1, 0};
         }),
         Reason::UsedUp},
        {"in no group", edit([](Person& who, PinScene&) { who.groups.clear(); }), Reason::NotPermitted},
        {"another time",
         [](PinScene& scene) {
             scene.config.schedules[0].week = *parseWeek("Fri 00:00-24:00");
             scene.controller.setAccess(std::make_shared<const AccessConfig>(scene.config));
         },
         Reason::OutOfSchedule},
        {"no clock",
         [](PinScene& scene) {
             scene.now.wall = WallTime{};
             scene.config.schedules[0].week = *parseWeek("Thu 00:00-01:00");
             scene.controller.setAccess(std::make_shared<const AccessConfig>(scene.config));
         },
         Reason::ClockUnknown},
        {"card wanted",
         [](PinScene& scene) {
             scene.config.rules[0].mode = AuthMode::CardPin;
             scene.config.rules.push_back(scene.config.rules[0]);
             scene.config.rules[1].mode = AuthMode::FaceOrPin; // another group's: so there is a button
             scene.config.rules[1].group = {scene.newUuid(scene.now.wall)};
             scene.controller.setAccess(std::make_shared<const AccessConfig>(scene.config));
         },
         Reason::FactorUnavailable},
        {"rules lost",
         [](PinScene& scene) {
             scene.people[scene.alice].groups.clear();
             scene.publish();
             scene.config.rulesLost = true;
             scene.controller.setAccess(std::make_shared<const AccessConfig>(scene.config));
         },
         Reason::NotPermitted},
        {"removed",
         [](PinScene& scene) {
             scene.people.erase(scene.alice);
             scene.publish();
         },
         Reason::UnknownPerson},
        {"out of service meanwhile", [](PinScene&) {}, Reason::OutOfService},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.what);
        PinScene scene;
        scene.rule(AuthMode::FaceOrPin);
        row.prepare(scene);
        ASSERT_TRUE(scene.openPad());
        const std::uint64_t request = scene.view().pinRequest;
        if (row.told == Reason::OutOfService)
            scene.raise(FaultCode::NoLock);
        scene.carryOut(scene.controller.pinEntered(request, scene.verifierOf(alicesPin), scene.now));
        ASSERT_EQ(scene.log.size(), 1U);
        EXPECT_EQ(scene.last().reason, row.told);
        EXPECT_EQ(scene.last().source, DecisionSource::Pin);
        EXPECT_EQ(scene.releases(), row.told == Reason::Pin ? 1 : 0);
        if (row.told != Reason::Pin && row.told != Reason::OutOfService) {
            EXPECT_EQ(scene.screen(), Screen::Refused);
            EXPECT_FALSE(scene.view().retryAt) << "all refusals look alike";
        }
    }
}

TEST(AccessFactors, aPinCountsAsAUse) {
    PinScene scene;
    scene.rule(AuthMode::FaceOrPin);
    scene.people[scene.alice].uses = UseLimit{2, 0, 1};
    scene.publish();
    for (int i = 0; i < 3; ++i) {
        scene.openPad();
        scene.enterPin(alicesPin);
        scene.empty(7s);
    }
    EXPECT_EQ(scene.releases(), 2);
    EXPECT_EQ(scene.last().reason, Reason::UsedUp);
}

TEST(AccessFactors, aLockThatDoesNotMoveTakesThePinsGrantBack) {
    PinScene scene;
    scene.rule(AuthMode::FaceOrPin);
    scene.lockWorks = false;
    scene.openPad();
    scene.enterPin(alicesPin);
    ASSERT_EQ(scene.log.size(), 1U);
    EXPECT_EQ(scene.last().outcome, Outcome::Denied);
    EXPECT_EQ(scene.last().reason, Reason::OutOfService);
    EXPECT_EQ(scene.screen(), Screen::Refused);
    EXPECT_TRUE(scene.view().name.empty());
    scene.lockWorks = true;
    scene.openPad();
    scene.enterPin(alicesPin);
    EXPECT_EQ(scene.releases(), 1) << "no cool-down after a grant that was none";
}

TEST(AccessFactors, wrongPinsWithAFaceLockThatPersonOut) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    std::vector<int> told;
    scene.controller.lockouts().onChange([&](const PinLockouts::Who& who, const Lockout::Row& row) {
        told.push_back(who == scene.alice ? row.failures : -1);
    });
    for (int i = 1; i <= 5; ++i) {
        scene.play(4s, {known(1, scene.alice)});
        ASSERT_EQ(scene.screen(), Screen::SecondFactor);
        scene.enterPin(i == 3 ? bobsPin : nobodysPin); // another's is as wrong as nobody's
        EXPECT_EQ(scene.last().reason, Reason::WrongPin);
        EXPECT_EQ(scene.last().source, DecisionSource::Pin);
        EXPECT_EQ(scene.last().person, scene.alice);
        EXPECT_EQ(scene.screen(), Screen::Refused);
        EXPECT_EQ(scene.view().retryAt.has_value(), i == 5) << "only a lockout looks different";
    }
    EXPECT_EQ(told, (std::vector{1, 2, 3, 4, 5}));
    EXPECT_EQ(scene.view().retryAt, scene.now.mono + 30s);
    scene.play(4s, {known(1, scene.alice)});
    EXPECT_EQ(scene.screen(), Screen::Refused);
    EXPECT_TRUE(scene.view().retryAt);
    EXPECT_FALSE(scene.events(Reason::Lockout).empty());
    scene.empty(4s);
    scene.play(1s, {known(2, scene.bob)}); // it is hers alone
    EXPECT_EQ(scene.screen(), Screen::SecondFactor);
    scene.enterPin(bobsPin);
    scene.play(500ms, {known(2, scene.bob)});
    EXPECT_EQ(scene.releases(), 1);
    scene.empty(30s);
    scene.play(1s, {known(3, scene.alice)});
    scene.enterPin(alicesPin);
    scene.play(500ms, {known(3, scene.alice)});
    EXPECT_EQ(scene.releases(), 2);
    EXPECT_EQ(told.back(), 0) << "a right one begins anew";
}

TEST(AccessFactors, wrongPinsAloneLockThePadButNoFace) {
    PinScene scene;
    scene.rule(AuthMode::FaceOrPin);
    for (int i = 1; i <= 5; ++i) {
        ASSERT_TRUE(scene.openPad());
        scene.enterPin(nobodysPin);
        EXPECT_EQ(scene.last().reason, Reason::WrongPin);
        EXPECT_FALSE(scene.last().person);
        scene.empty(3s);
    }
    const auto before = scene.log.size();
    for (int tap = 0; tap < 5; ++tap)
        EXPECT_FALSE(scene.openPad());
    ASSERT_EQ(scene.log.size(), before + 1) << "tapping on is no further attempt";
    EXPECT_EQ(scene.last().reason, Reason::Lockout);
    EXPECT_EQ(scene.screen(), Screen::Refused);
    EXPECT_EQ(scene.view().retryAt, scene.now.mono + 27s);
    scene.play(1s, {known(1, scene.alice)});
    EXPECT_EQ(scene.releases(), 1) << "her face is as good as ever";
    scene.empty(30s);
    EXPECT_TRUE(scene.openPad());
    scene.enterPin(bobsPin);
    EXPECT_EQ(scene.releases(), 2);
    scene.empty(10s);
    scene.openPad();
    scene.enterPin(nobodysPin);
    EXPECT_EQ(scene.view().retryAt, scene.now.mono + 60s) << "the door's count goes on after a right one";
}

TEST(AccessFactors, aPersonsLockoutHoldsForThePinAlone) {
    PinScene scene;
    scene.rule(AuthMode::FaceOrPin);
    scene.controller.lockouts().restore({{scene.alice, {5, scene.now.wall + 30s}}}, scene.now);
    scene.openPad();
    scene.enterPin(alicesPin);
    EXPECT_EQ(scene.last().reason, Reason::Lockout);
    EXPECT_EQ(scene.view().retryAt, scene.now.mono + 30s);
    EXPECT_EQ(scene.releases(), 0);
}

TEST(AccessFactors, aVerifierThatCannotBeComputedIsNoWrongPin) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    for (int i = 0; i < 6; ++i) {
        scene.play(4s, {known(1, scene.alice)});
        ASSERT_EQ(scene.screen(), Screen::SecondFactor);
        scene.carryOut(scene.controller.pinEntered(scene.view().pinRequest, std::nullopt, scene.now));
        EXPECT_EQ(scene.last().reason, Reason::OutOfService);
    }
    EXPECT_FALSE(scene.view().retryAt);
    EXPECT_EQ(scene.releases(), 0);
}

TEST(AccessFactors, whoHasNoPinIsNotLetInByTheFaceInstead) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    scene.pins.erase(scene.alice);
    scene.publishPins();
    scene.play(3s, {known(1, scene.alice)});
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_EQ(scene.last().reason, Reason::FactorUnavailable);
}

TEST(AccessFactors, aPinThatWasTakenAwayMeanwhileIsVoid) {
    PinScene scene;
    scene.rule(AuthMode::FacePin);
    scene.askAlice();
    scene.enterPin(alicesPin);
    scene.givePin(scene.bob, 2580); // somebody else's change is no reason
    scene.givePin(scene.alice, 9630);
    scene.play(1s, {known(1, scene.alice)});
    EXPECT_EQ(scene.releases(), 0);
    EXPECT_EQ(scene.log[0].event().reason, Reason::SecondFactorTimeout);
}

TEST(AccessFactors, beforeThePinsAreKnownNoneIsTaken) {
    DoorScene scene(pinRules());
    EXPECT_FALSE(scene.view().takesPin);
    EXPECT_FALSE(scene.openPad());
    scene.carryOut(scene.controller.pinEntered(0, scene.verifierOf(0), scene.now));
    scene.carryOut(scene.controller.pinEntered(1, scene.verifierOf(0), scene.now));
    scene.carryOut(scene.controller.cancelPin(scene.now));
    EXPECT_TRUE(scene.log.empty());
}

TEST(AccessFactors, aPadLeftAloneClosesWithoutAnEvent) {
    PinScene scene;
    scene.rule(AuthMode::FaceOrPin);
    ASSERT_TRUE(scene.openPad());
    const std::uint64_t request = scene.view().pinRequest;
    scene.empty(14'900ms);
    EXPECT_EQ(scene.screen(), Screen::Pin);
    scene.empty(200ms);
    EXPECT_EQ(scene.screen(), Screen::Idle);
    scene.carryOut(scene.controller.pinEntered(request, scene.verifierOf(alicesPin), scene.now));
    EXPECT_TRUE(scene.log.empty());
    ASSERT_TRUE(scene.openPad());
    EXPECT_NE(scene.view().pinRequest, request);
    scene.carryOut(scene.controller.cancelPin(scene.now));
    EXPECT_EQ(scene.screen(), Screen::Idle);
    EXPECT_TRUE(scene.log.empty());
}

TEST(AccessFactors, aFaceThatIsEnoughClosesAnOpenPad) {
    PinScene scene;
    scene.rule(AuthMode::FaceOrPin);
    ASSERT_TRUE(scene.openPad());
    scene.play(500ms, {known(1, scene.alice)});
    EXPECT_EQ(scene.releases(), 1);
    scene.play(5s, {known(1, scene.alice)});
    EXPECT_NE(scene.screen(), Screen::Pin);
}

TEST(AccessFactors, whileSomebodyTypesTheRefusalsOfFacesDoNotDisturb) {
    PinScene scene;
    scene.rule(AuthMode::FaceOrPin);
    ASSERT_TRUE(scene.openPad());
    scene.play(4s, {stranger(1)});
    EXPECT_EQ(scene.last().reason, Reason::UnknownPerson);
    EXPECT_EQ(scene.screen(), Screen::Pin);
    scene.enterPin(alicesPin); // she has no face that is known
    EXPECT_EQ(scene.releases(), 1);
    EXPECT_EQ(scene.view().name, "Alice");
}

TEST(AccessFactors, theGreetingIsInThePersonsLanguage) {
    PinScene scene;
    scene.rule(AuthMode::FaceOrPin);
    scene.people[scene.alice].language = "fr";
    scene.publish();
    scene.openPad();
    EXPECT_TRUE(scene.view().language.empty());
    scene.enterPin(alicesPin);
    EXPECT_EQ(scene.view().language, "fr");
    scene.empty(10s);
    scene.play(500ms, {known(1, scene.bob)});
    EXPECT_EQ(scene.view().name, "Bob");
    EXPECT_TRUE(scene.view().language.empty());
}

} // namespace
