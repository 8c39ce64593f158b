// SPDX-License-Identifier: GPL-3.0-or-later
// The factory of door locks.
#include "hardware/door_lock.h"

#include "hardware/lockd_client.h"
#include "hardware/simulated_lock.h"

namespace facelatch::hardware {

std::unique_ptr<DoorLock> makeDoorLock(const LockSettings& settings) {
    if (settings.kind == LockKind::Simulated)
        return std::make_unique<SimulatedLock>();
    return std::make_unique<LockdClient>(settings.socket, settings.acceptTestBuild);
}

} // namespace facelatch::hardware
