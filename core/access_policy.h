// SPDX-License-Identifier: GPL-3.0-or-later
// AccessPolicy: may this known person enter now, and by what? Pure functions; the time is an argument. Any thread.
//
// Without any access rule every active, valid person may enter by face at any time, and by PIN alone only where the
// door says so (`pinAlone`): four digits alone are less than a face, and nobody wrote down who may use them. As soon as
// there is one rule, only what a rule grants: group x door x schedule, by an authentication mode. Rules only ever add:
// where several apply, each of their modes will do, and the easiest that the door can take is asked for. So what is to
// be stricter at night needs a rule of its own for the night, and day rules that end in the evening.
#pragma once

#include "core/person.h"
#include "core/reasons.h"
#include "core/schedule.h"
#include "core/time.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace facelatch::core {

/// What a person has to present. From the easiest to the most demanding.
enum class AuthMode { Face, FaceOrPin, FacePin, FaceCard, CardPin };
/// "face", "face_or_pin", "face_pin", "face_card", "card_pin".
std::string_view authModeCode(AuthMode mode);
/// "face", "face or PIN", "face+PIN", "face+card", "card+PIN".
std::string_view authModeText(AuthMode mode);
/// From the code or the text, upper case too.
std::optional<AuthMode> authModeFrom(std::string_view text);
std::span<const AuthMode> authModes();

/// What a door can take, or what somebody has presented.
struct Factors {
    bool face = false, pin = false, card = false;
};
/// Whether these factors are all that the mode asks for.
bool satisfies(const Factors& factors, AuthMode mode);

struct Group {
    GroupId id;
    std::string name;
    bool operator==(const Group&) const = default;
};

struct RuleId {
    Uuid7 value;
    auto operator<=>(const RuleId&) const = default; // NOLINT(modernize-use-nullptr): misread by clang-tidy 14
};
struct AccessRule {
    RuleId id;
    GroupId group;
    std::string door; ///< a door's id; empty: every door
    ScheduleId schedule;
    AuthMode mode = AuthMode::Face;
    bool operator==(const AccessRule&) const = default;
};

/// An immutable snapshot of all rules, as Gallery is of all people.
struct AccessConfig {
    std::vector<Group> groups;
    std::vector<Schedule> schedules;
    std::vector<Holiday> holidays;
    std::vector<AccessRule> rules;
    /// There were rules and they were lost (damage): nobody is let in by the absence of rules.
    bool rulesLost = false;

    bool restricted() const { return rulesLost || !rules.empty(); }
    const Schedule* schedule(const ScheduleId& id) const;
    const Group* group(const GroupId& id) const;
};

/// Now, in both clocks that rules know.
struct Moment {
    WallTime wall{};
    LocalTime local; ///< the same in the door's zone
};

struct AccessDoor {
    std::string id;
    Factors takes{true, false, false};
    bool pinAlone = false; ///< without any rule a PIN alone will do as well; with rules they alone say so
};

/// Why `person` may not enter anywhere at `now`, or nothing: status, validity, uses.
std::optional<Reason> refusal(const Person& person, WallTime now);

struct Permission {
    /// Each of these will do; the easiest first; only ones that the door can take. Empty: refused.
    std::vector<AuthMode> modes;
    Reason reason = Reason::NotPermitted; ///< why, when refused; meaningless otherwise
    std::optional<RuleId> rule;           ///< grants the first mode; none without any rules

    explicit operator bool() const { return !modes.empty(); }
};

/// The whole decision about a known person. A face that was recognised is not yet a right to enter. The reasons, in the
/// order they are looked at: Suspended, Expired (before its begin, too), UsedUp, NotPermitted (no rule of this door for
/// any group of the person), ClockUnknown (something depends on a time that nobody knows), OutOfSchedule,
/// FactorUnavailable (a rule grants, by a mode this door cannot take: never falls back to less).
Permission mayEnter(const AccessConfig& config, const Person& person, const AccessDoor& door, const Moment& at);

struct PreviewRow {
    const Person* person = nullptr; ///< of the `people` given
    Permission permission;
};
/// Who may enter at that moment, and why not; in the order of `people`.
std::vector<PreviewRow> preview(const AccessConfig& config, std::span<const Person> people, const AccessDoor& door,
                                const Moment& at);

} // namespace facelatch::core
