// SPDX-License-Identifier: GPL-3.0-or-later
// Status, validity and uses of a person, and what the rules grant: a row for each reason.
#include "core/access_policy.h"

#include "tests/support/paris_time.h"

#include <gtest/gtest.h>

#include <functional>

using namespace facelatch::core;
using namespace std::chrono_literals;

namespace {

constexpr WallTime noon{1'800'000'000'000ms};

TEST(AccessPolicy, anActivePersonWithoutLimitsMayEnterAtAnyTime) {
    const Person person;
    for (const WallTime time : {WallTime{}, noon, WallTime::min(), WallTime::max()})
        EXPECT_EQ(refusal(person, time), std::nullopt);
}

TEST(AccessPolicy, aSuspendedPersonMayNot) {
    Person person;
    person.status = PersonStatus::Suspended;
    EXPECT_EQ(refusal(person, noon), Reason::Suspended);
    person.validUntil = noon - 1h;
    EXPECT_EQ(refusal(person, noon), Reason::Suspended);
}

TEST(AccessPolicy, validityIncludesItsBeginAndExcludesItsEnd) {
    Person person;
    person.validFrom = noon;
    person.validUntil = noon + 1h;
    EXPECT_EQ(refusal(person, noon - 1ms), Reason::Expired);
    EXPECT_EQ(refusal(person, noon), std::nullopt);
    EXPECT_EQ(refusal(person, noon + 1h - 1ms), std::nullopt);
    EXPECT_EQ(refusal(person, noon + 1h), Reason::Expired);
}

TEST(AccessPolicy, aValidityThatEndsBeforeItBeginsLetsNobodyIn) {
    Person person;
    person.validFrom = noon + 1h;
    person.validUntil = noon - 1h;
    for (const WallTime time : {noon - 2h, noon, noon + 2h})
        EXPECT_EQ(refusal(person, time), Reason::Expired);
}

TEST(AccessPolicy, usesRunOut) {
    Person person;
    person.uses = UseLimit{2, 1, 0};
    EXPECT_EQ(refusal(person, noon), std::nullopt);
    person.uses->taken = 2;
    EXPECT_EQ(refusal(person, noon), Reason::UsedUp);
    person.uses = UseLimit{0, 0, 0};
    EXPECT_EQ(refusal(person, noon), Reason::UsedUp);
}

TEST(AccessPolicy, validityWithoutAClockIsNoValidity) {
    Person person;
    person.validUntil = noon;
    for (const WallTime unknown : {WallTime{}, WallTime::min(), WallTime::max(), WallTime{1'700'000'000'000ms}})
        EXPECT_EQ(refusal(person, unknown), Reason::ClockUnknown);
    person.validUntil.reset();
    person.validFrom = WallTime{};
    EXPECT_EQ(refusal(person, WallTime{}), Reason::ClockUnknown);
}

/// A small firm: staff by day, guards at any time, and a person of each.
struct Firm {
    Uuid7 id(std::uint8_t number) const {
        Uuid7 made;
        made.bytes[15] = number;
        return made;
    }
    GroupId staff{id(1)}, guards{id(2)};
    ScheduleId day{id(3)}, always{id(4)};
    AccessConfig config;
    Person alice, bob;
    AccessDoor door{"door-1", {true, false, false}};

    Firm() {
        config.groups = {{staff, "Staff"}, {guards, "Guards"}};
        config.schedules = {{day, "Day", *parseWeek("Mon-Fri 07:00-19:00"), false},
                            {always, "Always", *parseWeek("always"), false}};
        alice.groups = {staff};
        bob.groups = {guards};
    }
    void rule(GroupId group, ScheduleId schedule, AuthMode mode = AuthMode::Face, const char* at = "") {
        config.rules.push_back({{id(static_cast<std::uint8_t>(10 + config.rules.size()))}, group, at, schedule, mode});
    }
    /// In Paris.
    Permission at(const Person& person, WallTime time) const {
        return mayEnter(config, person, door, {time, facelatch::testing::parisTime(time)});
    }
};

using std::chrono::sys_days;
using namespace std::chrono;
constexpr WallTime friday{sys_days(2026y / November / 20) + 9h}; // 10:00 in Paris
constexpr WallTime fridayNight{sys_days(2026y / November / 20) + 21h};

TEST(AccessRules, withoutAnyRuleEverybodyValidEntersByFace) {
    Firm firm;
    for (const WallTime time : {friday, fridayNight, WallTime{}, WallTime::max() - 48h}) {
        const Permission permission = mayEnter(firm.config, firm.alice, firm.door, {time, {}});
        ASSERT_TRUE(permission);
        EXPECT_EQ(permission.modes, (std::vector{AuthMode::Face}));
        EXPECT_FALSE(permission.rule);
    }
    firm.alice.status = PersonStatus::Suspended;
    EXPECT_EQ(firm.at(firm.alice, friday).reason, Reason::Suspended);
    firm.door.takes = {};
    EXPECT_EQ(firm.at(firm.bob, friday).reason, Reason::FactorUnavailable);
}

TEST(AccessRules, asSoonAsThereIsOneOnlyWhatItGrants) {
    Firm firm;
    firm.rule(firm.staff, firm.day);
    const Permission inside = firm.at(firm.alice, friday);
    ASSERT_TRUE(inside);
    EXPECT_EQ(inside.rule, firm.config.rules[0].id);
    EXPECT_EQ(firm.at(firm.alice, fridayNight).reason, Reason::OutOfSchedule);
    EXPECT_FALSE(firm.at(firm.alice, fridayNight));
    EXPECT_FALSE(firm.at(firm.bob, friday));
    EXPECT_EQ(firm.at(firm.bob, friday).reason, Reason::NotPermitted);
}

TEST(AccessRules, aRowForEachReason) {
    struct Row {
        const char* what;
        std::function<void(Firm&)> change;
        WallTime when;
        std::optional<Reason> reason; ///< nothing: let in
    };
    const Row rows[] = {
        {"as it is", [](Firm&) {}, friday, std::nullopt},
        {"suspended", [](Firm& firm) { firm.alice.status = PersonStatus::Suspended; }, friday, Reason::Suspended},
        {"not yet valid", [](Firm& firm) { firm.alice.validFrom = friday + 1ms; }, friday, Reason::Expired},
        {"just valid", [](Firm& firm) { firm.alice.validFrom = friday; }, friday, std::nullopt},
        {"just not valid any more", [](Firm& firm) { firm.alice.validUntil = friday; }, friday, Reason::Expired},
        {"valid for another millisecond", [](Firm& firm) { firm.alice.validUntil = friday + 1ms; }, friday,
         std::nullopt},
        {"used up",
         [](Firm& firm) {
             firm.alice.uses = UseLimit{3, 3, 1};
         },
         friday, Reason::UsedUp},
        {"one use left",
         [](Firm& firm) {
             firm.alice.uses = UseLimit{3, 2, 1};
         },
         friday, std::nullopt},
        {"in no group", [](Firm& firm) { firm.alice.groups.clear(); }, friday, Reason::NotPermitted},
        {"rules of another door", [](Firm& firm) { firm.config.rules[0].door = "door-2"; }, friday,
         Reason::NotPermitted},
        {"rules of this door", [](Firm& firm) { firm.config.rules[0].door = "door-1"; }, friday, std::nullopt},
        {"at night", [](Firm&) {}, fridayNight, Reason::OutOfSchedule},
        {"a schedule that is gone", [](Firm& firm) { firm.config.schedules.clear(); }, friday, Reason::OutOfSchedule},
        {"in 1970", [](Firm&) {}, WallTime{8h}, Reason::ClockUnknown},
        {"a PIN is asked for", [](Firm& firm) { firm.config.rules[0].mode = AuthMode::FacePin; }, friday,
         Reason::FactorUnavailable},
        {"a card is asked for", [](Firm& firm) { firm.config.rules[0].mode = AuthMode::FaceCard; }, friday,
         Reason::FactorUnavailable},
        {"card and PIN are asked for", [](Firm& firm) { firm.config.rules[0].mode = AuthMode::CardPin; }, friday,
         Reason::FactorUnavailable},
        {"face or PIN", [](Firm& firm) { firm.config.rules[0].mode = AuthMode::FaceOrPin; }, friday, std::nullopt},
        {"the rules were lost", [](Firm& firm) { firm.config.rules.clear(), firm.config.rulesLost = true; }, friday,
         Reason::NotPermitted},
        {"the person first", [](Firm& firm) { firm.alice.status = PersonStatus::Suspended; }, fridayNight,
         Reason::Suspended},
    };
    for (const Row& row : rows) {
        Firm firm;
        firm.rule(firm.staff, firm.day);
        row.change(firm);
        const Permission permission = firm.at(firm.alice, row.when);
        EXPECT_EQ(bool(permission), !row.reason) << row.what;
        if (row.reason) {
            EXPECT_EQ(permission.reason, *row.reason) << row.what;
            EXPECT_FALSE(permission.rule) << row.what;
        }
    }
}

TEST(AccessRules, overlappingRulesAddUpAndTheEasiestIsAskedFor) {
    Firm firm;
    firm.alice.groups = {firm.staff, firm.guards};
    firm.rule(firm.guards, firm.always, AuthMode::FacePin);
    firm.rule(firm.staff, firm.day, AuthMode::Face);
    const Permission byDay = firm.at(firm.alice, friday);
    EXPECT_EQ(byDay.modes, (std::vector{AuthMode::Face})) << "the door has no PIN pad";
    EXPECT_EQ(byDay.rule, firm.config.rules[1].id);
    EXPECT_EQ(firm.at(firm.alice, fridayNight).reason, Reason::FactorUnavailable)
        << "nearer to a grant than being out of schedule";
    firm.door.takes.pin = true;
    EXPECT_EQ(firm.at(firm.alice, friday).modes, (std::vector{AuthMode::Face, AuthMode::FacePin}));
    const Permission byNight = firm.at(firm.alice, fridayNight);
    EXPECT_EQ(byNight.modes, (std::vector{AuthMode::FacePin}));
    EXPECT_EQ(byNight.rule, firm.config.rules[0].id);
    firm.rule(firm.staff, firm.always, AuthMode::FacePin);
    EXPECT_EQ(firm.at(firm.alice, fridayNight).modes, (std::vector{AuthMode::FacePin})) << "each mode once";
}

TEST(AccessRules, whatHoldsAlwaysNeedsNoClock) {
    Firm firm;
    firm.rule(firm.guards, firm.always);
    EXPECT_TRUE(firm.at(firm.bob, WallTime{8h}));
    firm.config.holidays = {{{}, "Christmas", 12, 25, std::nullopt, {}}};
    EXPECT_EQ(firm.at(firm.bob, WallTime{8h}).reason, Reason::ClockUnknown);
    firm.config.schedules[1].throughHolidays = true;
    EXPECT_TRUE(firm.at(firm.bob, WallTime{8h}));
}

TEST(AccessRules, bothChangesOfSummerTime) {
    // "Day" is 07:00 to 19:00 on the wall in Paris: 06:00 UTC in winter, 05:00 in summer.
    Firm firm;
    firm.config.schedules[0].week = *parseWeek("daily 07:00-19:00");
    firm.rule(firm.staff, firm.day);
    struct Row {
        sys_days day;
        hours opens; ///< UTC
    };
    for (const Row& row : {Row{2026y / March / 28, 6h}, Row{2026y / March / 29, 5h}, Row{2026y / October / 24, 5h},
                           Row{2026y / October / 25, 6h}}) {
        EXPECT_FALSE(firm.at(firm.alice, WallTime{row.day + row.opens} - 1ms));
        EXPECT_TRUE(firm.at(firm.alice, WallTime{row.day + row.opens}));
        EXPECT_TRUE(firm.at(firm.alice, WallTime{row.day + row.opens + 12h} - 1ms));
        EXPECT_FALSE(firm.at(firm.alice, WallTime{row.day + row.opens + 12h}));
    }
}

TEST(AccessRules, factorsOfEachMode) {
    struct Row {
        AuthMode mode;
        std::string_view code, text;
        std::array<bool, 8> satisfied; ///< by: nothing, face, PIN, face PIN, card, face card, card PIN, all three
    };
    const Row rows[] = {
        {AuthMode::Face, "face", "face", {false, true, false, true, false, true, false, true}},
        {AuthMode::FaceOrPin, "face_or_pin", "face or PIN", {false, true, true, true, false, true, true, true}},
        {AuthMode::FacePin, "face_pin", "face+PIN", {false, false, false, true, false, false, false, true}},
        {AuthMode::FaceCard, "face_card", "face+card", {false, false, false, false, false, true, false, true}},
        {AuthMode::CardPin, "card_pin", "card+PIN", {false, false, false, false, false, false, true, true}},
    };
    ASSERT_EQ(authModes().size(), std::size(rows));
    for (const Row& row : rows) {
        for (unsigned factors = 0; factors < 8; ++factors)
            EXPECT_EQ(satisfies({(factors & 1U) != 0, (factors & 2U) != 0, (factors & 4U) != 0}, row.mode),
                      row.satisfied[factors])
                << row.code << ' ' << factors;
        EXPECT_EQ(authModeCode(row.mode), row.code);
        EXPECT_EQ(authModeText(row.mode), row.text);
        EXPECT_EQ(authModeFrom(row.code), row.mode);
        EXPECT_EQ(authModeFrom(row.text), row.mode);
    }
    EXPECT_EQ(authModeFrom("FACE+pin"), AuthMode::FacePin);
    EXPECT_FALSE(authModeFrom("iris"));
    EXPECT_FALSE(authModeFrom(""));
}

TEST(AccessRules, previewSaysItOfEverybody) {
    Firm firm;
    firm.rule(firm.staff, firm.day);
    const std::vector people{firm.bob, firm.alice};
    const auto rows = preview(firm.config, people, firm.door, {friday, facelatch::testing::parisTime(friday)});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].person, &people[0]);
    EXPECT_EQ(rows[0].permission.reason, Reason::NotPermitted);
    EXPECT_TRUE(rows[1].permission);
}

} // namespace
