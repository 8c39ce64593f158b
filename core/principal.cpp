// SPDX-License-Identifier: GPL-3.0-or-later
// The table of what each kind of principal may do, and from which role on.
#include "core/principal.h"

#include <algorithm>
#include <array>

namespace facelatch::core {

namespace {

struct ActionRow {
    Action action;
    std::string_view code;
    Role least;
    bool admin, viewer, apiToken, integration; ///< kinds that may at all
};

// Templates are made at the door or from pictures by an admin: no remote program adds people. What decides who may
// decide (ManagePrincipals), and what carries all secrets away (BackUp), is done by a human who stands at the door.
constexpr std::array rows{
    ActionRow{Action::ViewLive, "view_live", Role::Viewer, true, true, true, true},
    ActionRow{Action::ReadLog, "read_log", Role::Viewer, true, true, true, true},
    ActionRow{Action::ReadPeople, "read_people", Role::Operator, true, true, true, false},
    ActionRow{Action::UnlockDoor, "unlock_door", Role::Operator, true, true, true, true},
    ActionRow{Action::LockDown, "lock_down", Role::Operator, true, true, true, true},
    ActionRow{Action::AcknowledgeAlarm, "acknowledge_alarm", Role::Operator, true, true, true, true},
    ActionRow{Action::EnrolPerson, "enrol_person", Role::Operator, true, false, false, false},
    ActionRow{Action::ChangePerson, "change_person", Role::Admin, true, true, true, false},
    ActionRow{Action::RemovePerson, "remove_person", Role::Admin, true, true, true, false},
    ActionRow{Action::ExportPerson, "export_person", Role::Admin, true, false, true, false},
    ActionRow{Action::ReadAccess, "read_access", Role::Operator, true, true, true, false},
    ActionRow{Action::ChangeAccess, "change_access", Role::Admin, true, true, true, false},
    ActionRow{Action::ReadAudit, "read_audit", Role::Admin, true, true, true, false},
    ActionRow{Action::ChangeSettings, "change_settings", Role::Admin, true, false, false, false},
    ActionRow{Action::BackUp, "back_up", Role::Admin, true, false, false, false},
    ActionRow{Action::ManagePrincipals, "manage_principals", Role::Admin, true, false, false, false},
};

constexpr std::array kinds{PrincipalKind::Admin, PrincipalKind::Viewer, PrincipalKind::ApiToken,
                           PrincipalKind::Integration};
constexpr std::array<std::string_view, 4> kindCodes{"admin", "viewer", "api_token", "integration"};
constexpr std::array allRoles{Role::Viewer, Role::Operator, Role::Admin};
constexpr std::array<std::string_view, 3> roleCodes{"viewer", "operator", "admin"};

constexpr auto allActions = [] {
    std::array<Action, rows.size()> actions{};
    for (std::size_t i = 0; i < rows.size(); ++i)
        actions[i] = rows[i].action;
    return actions;
}();

bool kindMay(const ActionRow& row, PrincipalKind kind) {
    switch (kind) {
    case PrincipalKind::Admin:
        return row.admin;
    case PrincipalKind::Viewer:
        return row.viewer;
    case PrincipalKind::ApiToken:
        return row.apiToken;
    case PrincipalKind::Integration:
        return row.integration;
    }
    return false;
}

template<typename E, std::size_t N>
std::optional<E> fromCode(const std::array<E, N>& values, const std::array<std::string_view, N>& codes,
                          std::string_view wanted) {
    const auto found = std::find(codes.begin(), codes.end(), wanted);
    return found == codes.end() ? std::nullopt : std::optional(values[static_cast<std::size_t>(found - codes.begin())]);
}

} // namespace

std::optional<Obstacle> obstacle(const Principal& principal, Action action, const DoorId& door, WallTime now) {
    if (principal.revoked)
        return Obstacle::Revoked;
    if (principal.expires && !clockKnown(now))
        return Obstacle::ClockUnknown;
    if (principal.expires && now >= *principal.expires)
        return Obstacle::Expired;
    const auto& doors = principal.doors;
    if (!doors.empty() && std::find(doors.begin(), doors.end(), door) == doors.end())
        return Obstacle::OtherDoor;
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const ActionRow& each) { return each.action == action; });
    if (row == rows.end() || !kindMay(*row, principal.kind))
        return Obstacle::KindMayNot;
    if (principal.role < row->least)
        return Obstacle::RoleTooSmall;
    return std::nullopt;
}

bool mayDo(const Principal& principal, Action action, const DoorId& door, WallTime now) {
    return !obstacle(principal, action, door, now);
}

std::span<const PrincipalKind> principalKinds() {
    return kinds;
}
std::span<const Role> roles() {
    return allRoles;
}
std::span<const Action> actions() {
    return allActions;
}
std::string_view principalKindCode(PrincipalKind kind) {
    return kindCodes[static_cast<std::size_t>(kind)];
}
std::string_view roleCode(Role role) {
    return roleCodes[static_cast<std::size_t>(role)];
}
std::string_view actionCode(Action action) {
    return rows[static_cast<std::size_t>(action)].code;
}
std::optional<PrincipalKind> principalKindFromCode(std::string_view code) {
    return fromCode(kinds, kindCodes, code);
}
std::optional<Role> roleFromCode(std::string_view code) {
    return fromCode(allRoles, roleCodes, code);
}

} // namespace facelatch::core
