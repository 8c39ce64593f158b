// SPDX-License-Identifier: GPL-3.0-or-later
// Fault: what is wrong with the door right now, and whether it can still decide.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace facelatch::core {

enum class FaultCode {
    NoCamera,           ///< no camera, or it gives no pictures
    NoDetector,         ///< the face detection model is missing or refused
    NoEmbedder,         ///< the face recognition model is missing or refused
    NoLiveness,         ///< the liveness model is missing or refused, and the check is required
    NoLock,             ///< the lock daemon is not reachable
    ReplayOnRealLock,   ///< a replayed picture source together with a real lock
    SourceMayNotOpen,   ///< a network camera that the owner has not allowed to open, or one whose pictures have no time
    LogNotWritable,     ///< events are kept in memory; the door goes on deciding
    DataUnreadable,     ///< the people could not be read
    PicturesNotWritten, ///< events are logged without their pictures
    DiskFull,           ///< the storage's reserve is used up; old pictures go
    PushOff,            ///< viewers cannot reach the door: no certificate, or a port that is taken
    CertificateEnds,    ///< the door's certificate ends soon, or has ended
};

struct Fault {
    FaultCode code = FaultCode::NoCamera;
    std::string detail; ///< for the admin and the log: what failed and what to do (English)
    bool operator==(const Fault&) const = default;
};

/// Whether the door must refuse everybody while this stands. A log that cannot be written must not hold people outside.
bool stopsTheDoor(FaultCode code);
/// Stable code such as "no_camera".
std::string_view faultCodeText(FaultCode code);

/// The faults that stand, at most one of each code.
class FaultList {
public:
    /// Both return whether something changed.
    bool raise(Fault fault);
    bool clear(FaultCode code);
    bool has(FaultCode code) const;
    bool stopsTheDoor() const;
    const std::vector<Fault>& all() const { return m_faults; }

private:
    std::vector<Fault> m_faults;
};

} // namespace facelatch::core
