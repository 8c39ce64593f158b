// SPDX-License-Identifier: GPL-3.0-or-later
// The door itself as commands: its state, opening it, locking it down, for facelatch-ctl and the admin's screen.
#pragma once

#include "app/command_router.h"
#include "app/door_worker.h"

#include <functional>

namespace facelatch::app {

/// door.state {} -> {door, mode, mode_by, mode_since, mode_reason, released, faults: [{code, detail, stops}]};
/// door.unlock {reason?}; door.lockdown {on, reason?} -> {}.
/// Whoever reaches these has shown who they are: the socket is the data folder's owner's, and the desk asks for the
/// rights of who is signed in. They go the one path of DoorWorker::act() all the same, in the name of `by`, as an admin
/// of this machine. Viewers and tokens are not let in here (see actionOf()): theirs are requests of their own.
void serveDoor(CommandRouter& commands, const core::DoorId& door,
               const std::function<void(std::function<void(DoorWorker&)>)>& toDoor);

} // namespace facelatch::app
