// SPDX-License-Identifier: GPL-3.0-or-later
// DoorLock: what releases the door. At rest is locked; whoever is in doubt is at rest.
#pragma once

#include "core/result.h"
#include "core/time.h"

#include <memory>
#include <string>
#include <vector>

namespace facelatch::hardware {

struct LockState {
    bool connected = false;          ///< commands will reach the lock
    bool released = false;           ///< the door can be opened now; false when not connected
    bool held = false;               ///< released by hold() rather than by pulse()
    core::milliseconds remaining{0}; ///< of the release, as far as known
    std::string detail;              ///< why it is not connected and what to do; empty when all is well
};

/// A contact at the door, such as "dps" (door position), "rex" (exit button) or "tamper", went active or inactive.
struct InputChange {
    std::string input;
    bool active = false;
    core::MonoTime at{};  ///< the kernel's time of the edge; not debounced
    bool initial = false; ///< the level found on connecting, no change
};

/// One thread (the door thread) calls everything, and `now` never goes back. No call takes longer than 200 ms, whatever
/// the other side does. Only that thread's own loop calls beat(): a loop that hangs must lose the lock.
class DoorLock {
public:
    virtual ~DoorLock() = default;

    /// Connects at once, without waiting for the backoff; the lock is at rest then. Error OutOfService, with what to
    /// do.
    virtual core::Status connect(core::MonoTime now) = 0;

    /// Releases the lock for `duration` from now; during a release prolongs it, never shortens it. After an error the
    /// lock is not released by this call: where the answer does not come in time, the connection is closed, which puts
    /// the lock at rest. Errors: Failed (refused: too long, too soon after the last), OutOfService (not connected, no
    /// answer).
    virtual core::Status pulse(core::milliseconds duration, core::MonoTime now) = 0;

    /// Keeps the lock released while beat() is called (free access), or ends that at once. Errors as pulse(), and
    /// Failed where the lock's configuration does not allow it.
    virtual core::Status hold(bool on, core::MonoTime now) = 0;

    /// Ends whatever releases the lock, at once. After an error the lock is at rest all the same, and not connected.
    virtual core::Status rest(core::MonoTime now) = 0;

    /// "The door thread is alive": call it at least every 500 ms (more often is fine). Also notices a lost lock and
    /// connects again when the backoff says so.
    virtual void beat(core::MonoTime now) = 0;

    /// What the inputs did since the last call, oldest first. After each connect all levels come once, as `initial`.
    virtual std::vector<InputChange> poll(core::MonoTime now) = 0;

    virtual LockState state(core::MonoTime now) const = 0;

    /// Whether an actual door may hang on it. False for the simulated lock and the test build of the lock daemon.
    virtual bool real() const = 0;

    /// For people, such as "simulated lock" or "lock daemon at /run/...".
    virtual std::string describe() const = 0;
};

enum class LockKind {
    Simulated, ///< only when asked for by name: never a fallback
    Lockd      ///< facelatch-lockd through its socket
};

struct LockSettings {
    LockKind kind = LockKind::Lockd;
    std::string socket = "/run/facelatch-lockd/lockd.sock";
    bool acceptTestBuild = false; ///< accept a lock daemon without hardware behind it (tests); otherwise it is refused
};

/// Makes the lock; connects nothing.
std::unique_ptr<DoorLock> makeDoorLock(const LockSettings& settings);

} // namespace facelatch::hardware
