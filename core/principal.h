// SPDX-License-Identifier: GPL-3.0-or-later
// Principal: whoever asks a door for something other than to be let in by a face, and what each may do. Pure; any
// thread.
//
// One table for admins at the screen, viewers, API tokens and integrations. Adapters find out who asks; mayDo() says
// whether they may; nobody else decides.
#pragma once

#include "core/decision.h"
#include "core/time.h"
#include "core/uuid7.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace facelatch::core {

enum class PrincipalKind {
    Admin,      ///< a human at the door's screen, by PIN
    Viewer,     ///< a paired viewer program, by its key
    ApiToken,   ///< a script, by a bearer token
    Integration ///< another system, such as home automation, by a shared code
};
/// Each may what the one before may.
enum class Role { Viewer, Operator, Admin };

/// What a principal asks for. One row each in the table of principal.cpp.
enum class Action {
    ViewLive,         ///< the camera's picture and the door's state
    ReadLog,          ///< events and their pictures
    ReadPeople,       ///< names, cards, groups, validity; never templates
    UnlockDoor,       ///< remote unlock
    LockDown,         ///< and its end
    AcknowledgeAlarm, ///< it has been seen
    EnrolPerson,      ///< at the door or from pictures
    ChangePerson,     ///< name, card, PIN, validity, groups, suspension
    RemovePerson,     ///< with or without erasing the log
    ExportPerson,     ///< everything the door holds about one person
    ReadAccess,       ///< groups, schedules, holidays, rules, preview
    ChangeAccess,     ///< who may enter when
    ReadAudit,        ///< who changed what
    ChangeSettings,   ///< of the door
    BackUp,           ///< and restore
    ManagePrincipals  ///< this table itself
};

struct PrincipalId {
    Uuid7 value;
    auto operator<=>(const PrincipalId&) const = default; // NOLINT(modernize-use-nullptr): misread by clang-tidy 14
};

struct Principal {
    PrincipalId id;
    PrincipalKind kind = PrincipalKind::Viewer;
    std::string name; ///< UTF-8
    Role role = Role::Viewer;
    std::vector<std::uint8_t> credential; ///< never the secret itself: a hash, or a public key
    std::vector<DoorId> doors;            ///< empty: every door
    WallTime created{};
    std::optional<WallTime> lastSeen;
    std::optional<WallTime> expires; ///< exclusive
    std::optional<WallTime> revoked; ///< for good, whatever the clock says
};

/// Why somebody may not, the first that applies.
enum class Obstacle { Revoked, Expired, ClockUnknown, OtherDoor, KindMayNot, RoleTooSmall };

/// Nothing when they may. A principal that expires is refused while the door does not know the time.
std::optional<Obstacle> obstacle(const Principal& principal, Action action, const DoorId& door, WallTime now);
bool mayDo(const Principal& principal, Action action, const DoorId& door, WallTime now);

std::span<const PrincipalKind> principalKinds();
std::span<const Role> roles();
std::span<const Action> actions();
/// Stable codes: "admin", "viewer", "api_token", "integration"; "viewer", "operator", "admin"; "unlock_door" ...
std::string_view principalKindCode(PrincipalKind kind);
std::string_view roleCode(Role role);
std::string_view actionCode(Action action);
std::optional<PrincipalKind> principalKindFromCode(std::string_view code);
std::optional<Role> roleFromCode(std::string_view code);

} // namespace facelatch::core
