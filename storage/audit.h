// SPDX-License-Identifier: GPL-3.0-or-later
// The audit: who changed what, and when. Values; see Store for the calls.
//
// Entry hash = SHA-256("facelatch-audit-1", prev_hash, number, time, who, action, subject, before, after, person hash),
// each field as in storage/event_schema.h. Person hash = SHA-256("facelatch-audit-person-1", salt, id, name): the entry
// keeps it when name, id and salt are erased.
#pragma once

#include "core/person.h"
#include "core/pin.h"
#include "core/principal.h"
#include "core/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::storage {

/// Who makes a change, and when.
struct ChangeBy {
    std::string who; ///< as shown in the audit: a principal's name, or a program and its user
    core::WallTime when{};
};

/// What is to be noted. Never a secret, a template, a card id or the text of notes.
struct AuditNote {
    std::string action;  ///< "group.add"
    std::string subject; ///< name of the group, schedule, holiday or rule; empty when it is about a person
    std::optional<core::PersonId> person;
    std::string personName;
    std::string before; ///< JSON objects of what changed; empty when there was or is nothing
    std::string after;
};

struct AuditEntry {
    std::int64_t number = 0;
    ChangeBy by;
    AuditNote note; ///< without `person` and its name once they were erased
};

struct AuditCheck {
    bool intact = true;
    std::int64_t entries = 0;
    std::int64_t firstBroken = 0; ///< number of the entry; 0 when intact
    std::string why;              ///< in one sentence; empty when intact
};

/// What is to be different about a person; what is not set stays as it is.
struct PersonChange {
    std::optional<std::string> name;
    std::optional<std::string> card;                     ///< empty: none
    std::optional<std::optional<core::PinVerifier>> pin; ///< inner nothing: none
    std::optional<std::optional<core::Consent>> consent; ///< inner nothing: withdrawn
    std::optional<std::vector<core::GroupId>> groups;
    std::optional<core::PersonStatus> status;
    std::optional<std::optional<core::WallTime>> validFrom;  ///< inclusive; inner nothing: no limit
    std::optional<std::optional<core::WallTime>> validUntil; ///< exclusive
    std::optional<std::optional<int>> usesAllowed;           ///< from now on; inner nothing: any number
    std::optional<std::string> notes;
    std::optional<std::string> language; ///< of the greeting: "en", "fr", or empty for the door's
    /// The revision that the change was thought out for: when the person has another one by now, nothing changes.
    std::optional<int> expectedRevision;
};

/// What is to be different about a principal.
struct PrincipalChange {
    std::optional<std::string> name;
    std::optional<core::Role> role;
    std::optional<core::PinVerifier> pin;
};

} // namespace facelatch::storage
