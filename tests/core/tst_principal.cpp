// SPDX-License-Identifier: GPL-3.0-or-later
// Who may do what: the whole table, pinned; revocation, expiry and doors.
#include "core/principal.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

using namespace facelatch::core;
using namespace std::chrono_literals;

namespace {

constexpr WallTime noon{1'800'000'000'000ms};

Principal principal(PrincipalKind kind, Role role) {
    Principal someone;
    someone.kind = kind;
    someone.role = role;
    return someone;
}

// One letter a role that may: v viewer, o operator, a admin; columns admin, viewer, api_token, integration.
const std::map<std::string_view, std::array<std::string_view, 4>> pinned{
    {"view_live", {"voa", "voa", "voa", "voa"}},     {"read_log", {"voa", "voa", "voa", "voa"}},
    {"read_people", {"oa", "oa", "oa", ""}},         {"unlock_door", {"oa", "oa", "oa", "oa"}},
    {"acknowledge_alarm", {"oa", "oa", "oa", "oa"}}, {"enrol_person", {"oa", "", "", ""}},
    {"change_person", {"a", "a", "a", ""}},          {"remove_person", {"a", "a", "a", ""}},
    {"export_person", {"a", "", "a", ""}},           {"read_access", {"oa", "oa", "oa", ""}},
    {"change_access", {"a", "a", "a", ""}},          {"read_audit", {"a", "a", "a", ""}},
    {"change_settings", {"a", "", "", ""}},          {"back_up", {"a", "", "", ""}},
    {"manage_principals", {"a", "", "", ""}},        {"lock_down", {"oa", "oa", "oa", "oa"}},
};

TEST(Principal, theTableOfKindRoleAndActionIsPinned) {
    ASSERT_EQ(actions().size(), pinned.size()) << "a new action is to be added here";
    for (const Action action : actions()) {
        const auto row = pinned.find(actionCode(action));
        ASSERT_NE(row, pinned.end()) << actionCode(action);
        for (const PrincipalKind kind : principalKinds())
            for (const Role role : roles()) {
                const bool may =
                    row->second[static_cast<std::size_t>(kind)].find(roleCode(role)[0]) != std::string_view::npos;
                EXPECT_EQ(mayDo(principal(kind, role), action, "door-1", noon), may)
                    << principalKindCode(kind) << ' ' << roleCode(role) << ' ' << actionCode(action);
            }
    }
}

TEST(Principal, whyNotIsSaid) {
    EXPECT_EQ(obstacle(principal(PrincipalKind::Viewer, Role::Viewer), Action::UnlockDoor, "door-1", noon),
              Obstacle::RoleTooSmall);
    EXPECT_EQ(obstacle(principal(PrincipalKind::Integration, Role::Admin), Action::ManagePrincipals, "door-1", noon),
              Obstacle::KindMayNot);
    EXPECT_EQ(obstacle(principal(PrincipalKind::Admin, Role::Admin), static_cast<Action>(99), "door-1", noon),
              Obstacle::KindMayNot)
        << "what is not in the table nobody may";
}

TEST(Principal, someAreOfSomeDoorsOnly) {
    Principal viewer = principal(PrincipalKind::Viewer, Role::Operator);
    EXPECT_TRUE(mayDo(viewer, Action::UnlockDoor, "anywhere", noon));
    viewer.doors = {"door-1", "door-3"};
    EXPECT_TRUE(mayDo(viewer, Action::UnlockDoor, "door-3", noon));
    EXPECT_EQ(obstacle(viewer, Action::UnlockDoor, "door-2", noon), Obstacle::OtherDoor);
    EXPECT_EQ(obstacle(viewer, Action::ViewLive, "", noon), Obstacle::OtherDoor);
}

TEST(Principal, revokedIsForGoodAndExpiryNeedsAClock) {
    Principal token = principal(PrincipalKind::ApiToken, Role::Admin);
    token.expires = noon;
    EXPECT_TRUE(mayDo(token, Action::ReadLog, "door-1", noon - 1ms));
    EXPECT_EQ(obstacle(token, Action::ReadLog, "door-1", noon), Obstacle::Expired);
    EXPECT_EQ(obstacle(token, Action::ReadLog, "door-1", WallTime{}), Obstacle::ClockUnknown);
    token.expires.reset();
    EXPECT_TRUE(mayDo(token, Action::ReadLog, "door-1", WallTime{}));
    token.revoked = noon;
    for (const WallTime now : {WallTime{}, noon - 24h, noon, noon + 24h})
        EXPECT_EQ(obstacle(token, Action::ReadLog, "door-1", now), Obstacle::Revoked) << "also with a clock set back";
}

TEST(Principal, codesAreStableAndLeadBack) {
    std::set<std::string_view> codes;
    for (const Action action : actions())
        EXPECT_TRUE(codes.insert(actionCode(action)).second);
    for (const PrincipalKind kind : principalKinds())
        EXPECT_EQ(principalKindFromCode(principalKindCode(kind)), kind);
    for (const Role role : roles())
        EXPECT_EQ(roleFromCode(roleCode(role)), role);
    EXPECT_FALSE(roleFromCode("root"));
    EXPECT_FALSE(principalKindFromCode(""));
}

} // namespace
