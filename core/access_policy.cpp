// SPDX-License-Identifier: GPL-3.0-or-later
// Status and validity of a person, and what the rules grant.
#include "core/access_policy.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace facelatch::core {

namespace {

struct ModeRow {
    AuthMode mode;
    std::string_view code, text;
};
constexpr std::array modeRows{
    ModeRow{AuthMode::Face, "face", "face"},
    ModeRow{AuthMode::FaceOrPin, "face_or_pin", "face or PIN"},
    ModeRow{AuthMode::FacePin, "face_pin", "face+PIN"},
    ModeRow{AuthMode::FaceCard, "face_card", "face+card"},
    ModeRow{AuthMode::CardPin, "card_pin", "card+PIN"},
};
constexpr std::array modes{AuthMode::Face, AuthMode::FaceOrPin, AuthMode::FacePin, AuthMode::FaceCard,
                           AuthMode::CardPin};

bool sameText(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char one, unsigned char other) { return std::tolower(one) == std::tolower(other); });
}

bool member(const Person& person, const GroupId& group) {
    return std::find(person.groups.begin(), person.groups.end(), group) != person.groups.end();
}

Permission refused(Reason reason) {
    return {{}, reason, std::nullopt};
}

Permission withoutRules(const AccessDoor& door) {
    Permission permission{{}, Reason::FactorUnavailable, std::nullopt};
    if (door.takes.face)
        permission.modes.push_back(AuthMode::Face);
    if (door.takes.pin && door.pinAlone)
        permission.modes.push_back(AuthMode::FaceOrPin);
    return permission;
}

/// What one rule comes to for somebody it is meant for: nothing when it grants.
std::optional<Reason> shortfall(const AccessConfig& config, const AccessRule& rule, const AccessDoor& door,
                                const Moment& at) {
    const Schedule* schedule = config.schedule(rule.schedule);
    if (schedule == nullptr)
        return Reason::OutOfSchedule;
    if (!coversAlways(*schedule, config.holidays)) {
        if (!clockKnown(at.wall))
            return Reason::ClockUnknown;
        if (!covers(*schedule, config.holidays, at.local))
            return Reason::OutOfSchedule;
    }
    return satisfies(door.takes, rule.mode) ? std::nullopt : std::optional(Reason::FactorUnavailable);
}

/// Of the rules that do not grant, the reason of the one that comes nearest to it.
int nearness(Reason reason) {
    constexpr std::array order{Reason::NotPermitted, Reason::OutOfSchedule, Reason::ClockUnknown,
                               Reason::FactorUnavailable};
    return static_cast<int>(std::find(order.begin(), order.end(), reason) - order.begin());
}

} // namespace

std::string_view authModeCode(AuthMode mode) {
    return modeRows[static_cast<std::size_t>(mode)].code;
}

std::string_view authModeText(AuthMode mode) {
    return modeRows[static_cast<std::size_t>(mode)].text;
}

std::optional<AuthMode> authModeFrom(std::string_view text) {
    for (const ModeRow& row : modeRows)
        if (sameText(text, row.code) || sameText(text, row.text))
            return row.mode;
    return std::nullopt;
}

std::span<const AuthMode> authModes() {
    return modes;
}

bool satisfies(const Factors& factors, AuthMode mode) {
    switch (mode) {
    case AuthMode::Face:
        return factors.face;
    case AuthMode::FaceOrPin:
        return factors.face || factors.pin;
    case AuthMode::FacePin:
        return factors.face && factors.pin;
    case AuthMode::FaceCard:
        return factors.face && factors.card;
    case AuthMode::CardPin:
        return factors.card && factors.pin;
    }
    return false;
}

const Schedule* AccessConfig::schedule(const ScheduleId& id) const {
    const auto found =
        std::find_if(schedules.begin(), schedules.end(), [&](const Schedule& schedule) { return schedule.id == id; });
    return found == schedules.end() ? nullptr : &*found;
}

const Group* AccessConfig::group(const GroupId& id) const {
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& group) { return group.id == id; });
    return found == groups.end() ? nullptr : &*found;
}

std::optional<Reason> refusal(const Person& person, WallTime now) {
    if (person.status != PersonStatus::Active)
        return Reason::Suspended;
    if ((person.validFrom || person.validUntil) && !clockKnown(now))
        return Reason::ClockUnknown;
    if ((person.validFrom && now < *person.validFrom) || (person.validUntil && now >= *person.validUntil))
        return Reason::Expired;
    if (person.uses && person.uses->taken >= person.uses->allowed)
        return Reason::UsedUp;
    return std::nullopt;
}

Permission mayEnter(const AccessConfig& config, const Person& person, const AccessDoor& door, const Moment& at) {
    if (const auto reason = refusal(person, at.wall))
        return refused(*reason);
    if (!config.restricted())
        return withoutRules(door);
    Permission permission;
    for (const AccessRule& rule : config.rules) {
        if (!member(person, rule.group) || (!rule.door.empty() && rule.door != door.id))
            continue;
        if (const auto reason = shortfall(config, rule, door, at)) {
            if (nearness(*reason) > nearness(permission.reason))
                permission.reason = *reason;
            continue;
        }
        if (permission.modes.empty() || rule.mode < permission.modes.front())
            permission.rule = rule.id;
        const auto place = std::lower_bound(permission.modes.begin(), permission.modes.end(), rule.mode);
        if (place == permission.modes.end() || *place != rule.mode)
            permission.modes.insert(place, rule.mode);
    }
    return permission;
}

std::vector<PreviewRow> preview(const AccessConfig& config, std::span<const Person> people, const AccessDoor& door,
                                const Moment& at) {
    std::vector<PreviewRow> rows;
    rows.reserve(people.size());
    for (const Person& person : people)
        rows.push_back({&person, mayEnter(config, person, door, at)});
    return rows;
}

} // namespace facelatch::core
