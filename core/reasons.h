// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of reasons of a decision: stable codes, and their texts in English and French.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace facelatch::core {

enum class Outcome { Granted, Denied };

enum class Reason {
    // granted
    Face,
    FacePin,
    FaceCard,
    CardPin,
    Pin,
    RemoteUnlock,
    ExitButton,
    ScheduledUnlock,
    Duress,
    // denied
    UnknownPerson,
    BelowThreshold,
    Ambiguous,
    LivenessFailed,
    OutOfSchedule,
    Expired,
    Suspended,
    WrongPin,
    UnknownCard,
    Lockout,
    AntiPassback,
    LockedDown,
    SecondFactorTimeout,
    StaleFrame,
    OutOfService,
    NotClaimant,
    NotPermitted,
    UsedUp,
    FactorUnavailable,
    ClockUnknown,
    RemoteRefused,
};

struct ReasonRow {
    Reason reason;
    Outcome outcome;
    std::string_view code; ///< stable: written to the log, sent to backends and scripts
    std::string_view
        english; ///< for the log, the admin and the viewers; the visitor sees one calm screen for all refusals
    std::string_view french;
};

/// Every Reason once, in the order of the enum.
std::span<const ReasonRow> reasonRows();
const ReasonRow& reasonRow(Reason reason);
std::optional<Reason> reasonFromCode(std::string_view code);

/// "granted" or "denied".
std::string_view outcomeCode(Outcome outcome);
std::optional<Outcome> outcomeFromCode(std::string_view code);

} // namespace facelatch::core
