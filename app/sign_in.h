// SPDX-License-Identifier: GPL-3.0-or-later
// SignIn: who a PIN typed at the screen belongs to, and the lock after wrong ones.
#pragma once

#include "core/pin.h"
#include "core/principal.h"
#include "core/result.h"
#include "storage/store.h"

#include <optional>

namespace facelatch::app {

/// On the thread of the store. What a try comes to is on the disk before anybody learns it: neither a restart nor a
/// power cut gives a try back. A disk that refuses writes lets admins in all the same, to see what is wrong; wrong
/// tries are then counted in memory.
class SignIn {
public:
    explicit SignIn(core::DoorId door) : m_door(std::move(door)) {}

    /// The admin with this PIN. Refused: a wrong one, or locked, when nothing is tried.
    core::Result<core::Principal> attempt(storage::Store& store, const core::PinVerifier& verifier, core::Now now);
    core::Result<core::Lockout> lockout(storage::Store& store, core::Now now);

private:
    core::DoorId m_door;
    std::optional<core::Lockout> m_lockout; ///< nothing until it was read
};

/// Refused, with how long it lasts.
core::Error lockedError(core::milliseconds remaining);

} // namespace facelatch::app
