// SPDX-License-Identifier: GPL-3.0-or-later
// Nonces, limits and the verdict.
#include "core/remote_door.h"

#include <algorithm>
#include <initializer_list>

namespace facelatch::core {

namespace {

struct ActionRow {
    RemoteAction action;
    std::string_view code;
    Action right;
};
constexpr std::array actionRows{
    ActionRow{RemoteAction::Unlock, "unlock", Action::UnlockDoor},
    ActionRow{RemoteAction::LockdownOn, "lockdown_on", Action::LockDown},
    ActionRow{RemoteAction::LockdownOff, "lockdown_off", Action::LockDown},
};

struct RefusalRow {
    RemoteRefusal refusal;
    std::string_view code, text;
    Reason reason;
};
constexpr std::array refusalRows{
    RefusalRow{RemoteRefusal::Late, "late", "The request came too late", Reason::RemoteRefused},
    RefusalRow{RemoteRefusal::Replayed, "replayed", "The request was used before, or is of somebody else",
               Reason::RemoteRefused},
    RefusalRow{RemoteRefusal::OtherDoor, "other_door", "The request is for another door", Reason::RemoteRefused},
    RefusalRow{RemoteRefusal::BadSignature, "bad_signature", "The request's signature does not fit",
               Reason::RemoteRefused},
    RefusalRow{RemoteRefusal::Role, "role", "Your role may not do this", Reason::NotPermitted},
    RefusalRow{RemoteRefusal::Revoked, "revoked", "You may not do this any more", Reason::RemoteRefused},
    RefusalRow{RemoteRefusal::TooMany, "too_many", "Too many requests: wait a minute", Reason::RemoteRefused},
    RefusalRow{RemoteRefusal::LockedDown, "locked_down", "The door is locked down", Reason::LockedDown},
    RefusalRow{RemoteRefusal::OutOfService, "out_of_service", "The door is out of service", Reason::OutOfService},
};

const RefusalRow& rowOf(RemoteRefusal refusal) {
    return refusalRows[static_cast<std::size_t>(refusal)];
}

std::optional<RemoteRefusal> refusalOf(Obstacle obstacle) {
    switch (obstacle) {
    case Obstacle::Revoked:
    case Obstacle::Expired:
        return RemoteRefusal::Revoked;
    case Obstacle::OtherDoor:
        return RemoteRefusal::OtherDoor;
    case Obstacle::ClockUnknown:
        return RemoteRefusal::OutOfService;
    case Obstacle::KindMayNot:
    case Obstacle::RoleTooSmall:
        return RemoteRefusal::Role;
    }
    return RemoteRefusal::Role;
}

/// Whoever asks. A lockdown may be lifted, or begun, while a fault stops the door.
std::optional<RemoteRefusal> barred(RemoteAction action, const RemoteDoorState& state) {
    if (!state.mode)
        return RemoteRefusal::OutOfService;
    if (action != RemoteAction::Unlock)
        return std::nullopt;
    if (state.mode == DoorMode::LockedDown)
        return RemoteRefusal::LockedDown;
    return state.outOfService ? std::optional(RemoteRefusal::OutOfService) : std::nullopt;
}

bool isOneOf(const std::optional<RemoteRefusal>& refusal, std::initializer_list<RemoteRefusal> wanted) {
    return refusal && std::find(wanted.begin(), wanted.end(), *refusal) != wanted.end();
}

} // namespace

std::string_view remoteActionCode(RemoteAction action) {
    return actionRows[static_cast<std::size_t>(action)].code;
}

std::optional<RemoteAction> remoteActionFromCode(std::string_view code) {
    const auto found =
        std::find_if(actionRows.begin(), actionRows.end(), [code](const ActionRow& row) { return row.code == code; });
    return found == actionRows.end() ? std::nullopt : std::optional(found->action);
}

Action actionOf(RemoteAction action) {
    return actionRows[static_cast<std::size_t>(action)].right;
}

std::string_view remoteRefusalCode(RemoteRefusal refusal) {
    return rowOf(refusal).code;
}
std::string_view remoteRefusalText(RemoteRefusal refusal) {
    return rowOf(refusal).text;
}
Reason logReason(RemoteRefusal refusal) {
    return rowOf(refusal).reason;
}

void RemoteDoor::forget(MonoTime now) {
    // Expired ones are of no use but to tell "late" from "replayed"; as long again is enough for that.
    while (!m_nonces.empty() && now - m_nonces.front().issued >= 2 * m_rules.nonceLives)
        m_nonces.pop_front();
}

bool RemoteDoor::issue(const PrincipalId& principal, const RemoteNonce& nonce, MonoTime now) {
    forget(now);
    const bool known =
        std::any_of(m_nonces.begin(), m_nonces.end(), [&](const Nonce& one) { return one.bytes == nonce; });
    if (known || nonce == RemoteNonce{})
        return false;
    const auto ofPrincipal = [&](const Nonce& one) { return one.principal == principal; };
    if (static_cast<std::size_t>(std::count_if(m_nonces.begin(), m_nonces.end(), ofPrincipal)) >=
        m_rules.noncesOfPrincipal)
        m_nonces.erase(std::find_if(m_nonces.begin(), m_nonces.end(), ofPrincipal));
    if (m_nonces.size() >= m_rules.nonces)
        m_nonces.pop_front();
    m_nonces.push_back({nonce, principal, now});
    return true;
}

/// Why the nonce does not allow it. One that somebody else presents stays its owner's: or it could be used up for them.
std::optional<RemoteRefusal> RemoteDoor::useUp(const RemoteRequest& request, MonoTime now) {
    const auto found =
        std::find_if(m_nonces.begin(), m_nonces.end(), [&](const Nonce& one) { return one.bytes == request.nonce; });
    if (found == m_nonces.end() || found->principal != request.principal.id)
        return RemoteRefusal::Replayed;
    const MonoTime issued = found->issued;
    m_nonces.erase(found);
    const bool fresh = now >= issued && now - issued < m_rules.nonceLives;
    const bool prompt = now >= request.receivedAt && now - request.receivedAt <= m_rules.executedWithin;
    return fresh && prompt ? std::nullopt : std::optional(RemoteRefusal::Late);
}

bool RemoteDoor::tooMany(const RemoteRequest& request, MonoTime now, bool& tell) {
    std::erase_if(m_attempts, [&](const auto& each) {
        return each.second.counted.empty() || now - each.second.counted.back() >= m_rules.window;
    });
    Attempts& attempts = m_attempts[{request.principal.id, actionOf(request.action)}];
    while (!attempts.counted.empty() && now - attempts.counted.front() >= m_rules.window)
        attempts.counted.pop_front();
    if (attempts.counted.size() < m_rules.inWindow) {
        attempts.counted.push_back(now);
        return false;
    }
    tell = !attempts.told || now - *attempts.told >= m_rules.tellAgainAfter;
    if (tell)
        attempts.told = now;
    return true;
}

RemoteVerdict RemoteDoor::judge(const RemoteRequest& request, const RemoteDoorState& state, Now now) {
    forget(now.mono);
    const auto nonce = useUp(request, now.mono);
    const auto found = obstacle(request.principal, actionOf(request.action), m_door, now.wall);
    const auto may = found ? refusalOf(*found) : std::nullopt;
    RemoteVerdict verdict;
    if (isOneOf(may, {RemoteRefusal::Revoked, RemoteRefusal::OtherDoor}))
        verdict.refusal = may;
    else if (request.door != m_door)
        verdict.refusal = RemoteRefusal::OtherDoor;
    if (tooMany(request, now.mono, verdict.tell))
        verdict.refusal = verdict.refusal.value_or(RemoteRefusal::TooMany);
    if (verdict.refusal)
        return verdict;
    if (!request.signatureValid)
        verdict.refusal = RemoteRefusal::BadSignature;
    else if (nonce)
        verdict.refusal = nonce;
    else if (may)
        verdict.refusal = may;
    else
        verdict.refusal = barred(request.action, state);
    return verdict;
}

std::string shownReason(std::string_view reason) {
    std::string shown;
    std::size_t characters = 0;
    for (const char c : reason) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F)
            continue;
        const bool continues = (byte & 0xC0) == 0x80; // of a UTF-8 character that began before
        if (!continues && ++characters > longestReason)
            break;
        shown += c;
    }
    return shown;
}

} // namespace facelatch::core
