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
    Camera, ///< a camera of one of the CameraKinds
    Replay, ///< files as a live camera
    Test    ///< moving test pattern
};

enum class CameraKind {
    Auto, ///< the first USB camera there is, else the Pi's camera
    Usb,  ///< V4L2
    Csi,  ///< libcamera: the Raspberry Pi's cameras
    Rtsp, ///< over TCP
    Form  ///< one of cameraForms()
};

/// How pictures leave a USB camera.
enum class CaptureCoding { Any, Mjpeg, Raw };

/// What a camera would otherwise do by itself. Where a device lacks one, takeComplaints() says so.
struct CameraControls {
    int exposureUs = 0; ///< 0: automatic
    double gain = 0;    ///< 0: automatic; USB: the driver's number; Csi: factor
    double focus = -1;  ///< below 0: automatic; USB: the driver's number; Csi: dioptres, 0 is far
};

struct CameraSettings {
    SourceKind kind = SourceKind::Camera;
    CameraKind camera = CameraKind::Auto;
    std::string device; ///< Usb: "/dev/video0" or a link to it; Csi: libcamera's name; empty: the first usable one
    CaptureCoding coding = CaptureCoding::Any; ///< Usb
    CameraControls controls;                   ///< Usb, Csi
    std::string address;                       ///< Rtsp: "rtsp://..." ; Form: as the form says
    std::string form;                          ///< Form: its name
    std::string user, password;                ///< Rtsp, and forms that log in; never in any text that comes out
    /// Every frame has this size before it is turned; other shapes get black borders, nothing is stretched.
    int width = 640;
    int height = 480;
    int rotation = 0;         ///< Camera, Test: clockwise, 0, 90, 180 or 270 degrees
    int framesPerSecond = 15; ///< Replay, Test: exactly; Camera: the nearest it can do
    ReplayScript replay;      ///< Replay: what is shown
    int testEndsAfter = 0;    ///< Test: the source is lost after that many frames; 0: endless
    int testStallsAfter = 0;  ///< Test: no frame comes after that many, without an error; 0: never
};

/// Life: start(), next() again and again, by one thread (the capture thread). After an error of either, the same thread
/// waits (Backoff) and calls start() again; frame numbers go on increasing. Only stop() may come from another thread.
///
/// Frames: Bgr8 of the configured size. capturedAt is the time the buffer carries on the monotonic clock, not the time
/// of its arrival; of a network camera, by its own clock (see DelayWatch); of a replay, the time the frame was due.
/// Only the origin Undated has nothing but the time of arrival. number counts up from 1 through every restart.
class FrameSource {
public:
    virtual ~FrameSource() = default;

    /// Opens the source, closing it first where it was open; a replay begins at its start. May take seconds (a camera
    /// that wakes up). Errors, all with what to do: OutOfService (no camera, in use, no permission, no usable file).
    virtual core::Status start() = 0;

    /// The next frame; nothing when none came within `patience`, after stop(), and once finished() (it then waits out
    /// the patience too, so that a loop around it does not spin). Error OutOfService when the source is lost: an error
    /// of the device, no frame for 2 s or only ones older than that, the same picture for 2.5 s (Camera), not started.
    virtual core::Result<std::optional<core::Frame>> next(core::milliseconds patience) = 0;

    /// A replay shown once has reached its end. Never true for the others.
    virtual bool finished() const = 0;

    virtual core::FrameOrigin origin() const = 0;

    /// For people, such as "USB camera HD Webcam (/dev/video0), 640x480, 15 a second" or "replay of 12 files". Of an
    /// address only the host.
    virtual std::string describe() const = 0;

    /// What went wrong without ending the source since the last call, such as a file that is no picture and was
    /// skipped.
    virtual std::vector<core::Error> takeComplaints() = 0;

    /// Any thread, for good: a waiting next() returns within 100 ms, start() and next() do nothing from now on.
    virtual void stop() = 0;
};

/// The names of the forms: reviewed chains of elements for cameras that are none of the other kinds. Settings give
/// them values of properties, never elements.
std::vector<std::string> cameraForms();

/// What the frames of these settings may be trusted with.
core::FrameOrigin originOf(const CameraSettings& settings);

/// Checks the settings and makes the source; opens nothing. Error Usage for a senseless size, rate, address or script.
core::Result<std::unique_ptr<FrameSource>> makeFrameSource(const CameraSettings& settings);

} // namespace facelatch::hardware
