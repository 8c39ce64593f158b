// SPDX-License-Identifier: GPL-3.0-or-later
// FrameSource: where pictures come from - a camera, a replay of files, or a test pattern.
#pragma once

#include "core/frame.h"
#include "core/result.h"
#include "core/time.h"
#include "hardware/replay_script.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::hardware {

enum class SourceKind {
    Camera, ///< USB camera (V4L2)
    Replay, ///< files as a live camera
    Test    ///< moving test pattern
};

struct CameraSettings {
    SourceKind kind = SourceKind::Camera;
    std::string device; ///< Camera: "/dev/video0" or a link to it; empty: the first usable one
    int width = 640;    ///< every frame has this size; other shapes get black borders, nothing is stretched
    int height = 480;
    int framesPerSecond = 15; ///< Replay, Test: exactly; Camera: the nearest it can do
    ReplayScript replay;      ///< Replay: what is shown
    int testEndsAfter = 0;    ///< Test: the source is lost after that many frames; 0: endless
    int testStallsAfter = 0;  ///< Test: no frame comes after that many, without an error; 0: never
};

/// Life: start(), next() again and again, by one thread (the capture thread). After an error of either, the same thread
/// waits (Backoff) and calls start() again; frame numbers go on increasing. Only stop() may come from another thread.
///
/// Frames: Bgr8 of the configured size. capturedAt is the time the buffer carries on the monotonic clock, not the time
/// of its arrival; of a replay, the time the frame was due. number counts up from 1 through every restart.
class FrameSource {
public:
    virtual ~FrameSource() = default;

    /// Opens the source, closing it first where it was open; a replay begins at its start. May take seconds (a camera
    /// that wakes up). Errors, all with what to do: OutOfService (no camera, in use, no permission, no usable file).
    virtual core::Status start() = 0;

    /// The next frame; nothing when none came within `patience`, after stop(), and once finished() (it then waits out
    /// the patience too, so that a loop around it does not spin). Error OutOfService when the source is lost: an error
    /// of the device, no frame for 2 s, the same picture for 3 s (Camera), or not started.
    virtual core::Result<std::optional<core::Frame>> next(core::milliseconds patience) = 0;

    /// A replay shown once has reached its end. Never true for the others.
    virtual bool finished() const = 0;

    virtual core::FrameOrigin origin() const = 0;

    /// For people, such as "USB camera HD Webcam (/dev/video0), 640x480, 15 a second" or "replay of 12 files".
    virtual std::string describe() const = 0;

    /// What went wrong without ending the source since the last call, such as a file that is no picture and was
    /// skipped.
    virtual std::vector<core::Error> takeComplaints() = 0;

    /// Any thread, for good: a waiting next() returns within 100 ms, start() and next() do nothing from now on.
    virtual void stop() = 0;
};

/// Checks the settings and makes the source; opens nothing. Error Usage for a senseless size, rate or script.
core::Result<std::unique_ptr<FrameSource>> makeFrameSource(const CameraSettings& settings);

} // namespace facelatch::hardware
