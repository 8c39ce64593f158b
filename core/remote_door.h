// SPDX-License-Identifier: GPL-3.0-or-later
// RemoteDoor: whether somebody who is not at the door may open it or lock it down. The one path of every such request.
//
// Adapters (the push server, the API, the control socket) find out who asks and whether their signature fits;
// everything else is judged here: the door's nonce, the times, the limits, the rights, the door's state.
#pragma once

#include "core/door_mode.h"
#include "core/principal.h"
#include "core/reasons.h"
#include "core/time.h"

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace facelatch::core {

enum class RemoteAction { Unlock, LockdownOn, LockdownOff };
/// "unlock", "lockdown_on", "lockdown_off".
std::string_view remoteActionCode(RemoteAction action);
std::optional<RemoteAction> remoteActionFromCode(std::string_view code);
/// What mayDo() is asked.
Action actionOf(RemoteAction action);

enum class RemoteRefusal {
    Late,         ///< the nonce is older than 10 s, or the request lay about for over 2 s
    Replayed,     ///< the nonce was used before, belongs to somebody else, or was never issued
    OtherDoor,    ///< meant for another door, or from somebody who has no business at this one
    BadSignature, ///< the adapter could not verify it
    Role,         ///< may not, by kind or role
    Revoked,      ///< for good, or expired
    TooMany,      ///< more than 6 a minute
    LockedDown,   ///< unlocking only
    OutOfService  ///< a fault stops the door, its mode or the time is not known, or the lock did not move
};
/// The stable `where` of an error: "late", "replayed", "other_door" ...
std::string_view remoteRefusalCode(RemoteRefusal refusal);
/// One plain English sentence.
std::string_view remoteRefusalText(RemoteRefusal refusal);
/// Under which a refused unlock stands in the log.
Reason logReason(RemoteRefusal refusal);

using RemoteNonce = std::array<std::uint8_t, 32>;

struct RemoteRequest {
    Principal principal; ///< as storage knows them now
    RemoteAction action = RemoteAction::Unlock;
    DoorId door; ///< that it was meant, and signed, for
    RemoteNonce nonce{};
    std::string reason;    ///< what a person typed; UTF-8, may be empty
    MonoTime receivedAt{}; ///< when the last byte of it was read
    bool signatureValid = false;
};

struct RemoteRules {
    milliseconds nonceLives{10'000};
    milliseconds executedWithin{2000}; ///< of receipt
    milliseconds window{60'000};
    std::size_t inWindow = 6; ///< unlocks, and as many changes of the mode, of one principal
    /// Outstanding; with more the oldest is forgotten. Of one principal, so that nobody can push out another's.
    std::size_t noncesOfPrincipal = 4;
    std::size_t nonces = 1024;
    milliseconds tellAgainAfter{1000}; ///< of refusals for TooMany, which come as fast as somebody can send
};

/// What of the door's state matters.
struct RemoteDoorState {
    bool outOfService = false;
    std::optional<DoorMode> mode; ///< nothing while it is not known
};

struct RemoteVerdict {
    std::optional<RemoteRefusal> refusal; ///< nothing: to be carried out now
    bool tell = true;                     ///< false for one more of those that were refused as too many a moment ago
};

/// Door thread only. Holds no clock and no source of randomness.
class RemoteDoor {
public:
    explicit RemoteDoor(DoorId door, RemoteRules rules = {}) : m_door(std::move(door)), m_rules(rules) {}

    /// From now on that principal may use these 32 random bytes once. False, and nothing is issued, for bytes that are
    /// outstanding already or all zero: a source of randomness that is broken.
    bool issue(const PrincipalId& principal, const RemoteNonce& nonce, MonoTime now);

    /// The nonce is used up whatever the verdict. The first refusal that applies counts, in the order: revoked, other
    /// door, too many, bad signature, replayed, late, role, locked down, out of service.
    RemoteVerdict judge(const RemoteRequest& request, const RemoteDoorState& state, Now now);

    /// Until when a request that was judged good may be carried out.
    MonoTime executeBefore(const RemoteRequest& request) const { return request.receivedAt + m_rules.executedWithin; }

private:
    struct Nonce {
        RemoteNonce bytes;
        PrincipalId principal;
        MonoTime issued;
    };
    /// Of one principal, and one of the two kinds of action.
    struct Attempts {
        std::deque<MonoTime> counted;
        std::optional<MonoTime> told; ///< that they are too many
    };

    std::optional<RemoteRefusal> useUp(const RemoteRequest& request, MonoTime now);
    bool tooMany(const RemoteRequest& request, MonoTime now, bool& tell);
    void forget(MonoTime now);

    DoorId m_door;
    RemoteRules m_rules;
    std::deque<Nonce> m_nonces; ///< oldest first; expired ones stay a while, so that who comes late is told so
    std::map<std::pair<PrincipalId, Action>, Attempts> m_attempts;
};

/// A reason as it is kept and shown: at most 200 characters, control characters left out. Pure.
std::string shownReason(std::string_view reason);
inline constexpr std::size_t longestReason = 200;

} // namespace facelatch::core
