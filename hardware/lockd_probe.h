// SPDX-License-Identifier: GPL-3.0-or-later
// A look at the lock daemon that can never release the door: HELLO, STATE, and away.
#pragma once

#include "core/result.h"
#include "core/time.h"

#include <string>
#include <utility>
#include <vector>

namespace facelatch::hardware {

/// What the lock daemon says of itself (hardware/lockd/PROTOCOL.md).
struct LockdReport {
    bool busy = false;      ///< another client controls it: nothing else is known then
    bool testBuild = false; ///< no hardware behind it
    core::milliseconds longestPulse{0};
    std::string state; ///< "rest", "pulse" or "hold": the line as the daemon drives it
    core::milliseconds left{0};
    std::vector<std::pair<std::string, bool>> inputs; ///< name and whether active
};

/// Connects for some milliseconds; while it does, no other client can. Waits half a second at most. No other command
/// than HELLO and STATE can be sent. Errors (OutOfService): not running, not allowed, no answer, not the daemon.
core::Result<LockdReport> probeLockd(const std::string& socketPath);

} // namespace facelatch::hardware
