// SPDX-License-Identifier: GPL-3.0-or-later
// Doctor: gathers the facts about a door, for the checks of core/doctor.h; the same for facelatch-ctl and the screen.
#pragma once

#include "app/command_line.h"
#include "core/doctor.h"
#include "core/latest_frame.h"

#include <QJsonObject>

#include <functional>
#include <optional>
#include <string>

namespace facelatch::app {

/// What only the running door knows: it owns camera, lock and the writer of the log.
struct LiveFacts {
    core::DoorFacts door;
    core::CameraFacts camera;
    core::LockFacts lock;
    std::optional<core::LogFacts> log; ///< nothing where no door runs
    core::PushFacts push = {};         ///< without its certificate, which everybody can look at
};

// doctor_json.cpp: how they travel over the control socket.
QJsonObject toJson(const LiveFacts& facts);
/// What is missing or malformed is "not looked at".
LiveFacts liveFactsFrom(const QJsonObject& object);
QJsonObject toJson(const core::CheckLine& line);
/// Without the certificate's part.
QJsonObject toJson(const core::PushFacts& push);

/// An error's two halves, for the facts that keep them apart.
inline void note(const core::Error& error, std::string& what, std::string& remedy) {
    what = core::Error{error.kind, error.what, error.where, {}}.text();
    remedy = error.remedy;
}

// doctor_live.cpp: camera and lock.
/// Watches the frames that arrive for `time`, waiting; `running` says when to give up (the program ends).
core::CameraFacts watchFrames(
    core::LatestFrame& frames, const core::Settings& settings, core::milliseconds time,
    const std::function<bool()>& running = [] { return true; });
/// Opens the configured source for some seconds.
core::CameraFacts tryCamera(const core::Settings& settings);
/// Reads the lock daemon's state; never releases.
core::LockFacts tryLock(const core::Settings& settings);
/// The part of LockFacts that the settings say.
core::LockFacts configuredLock(const core::Settings& settings);

// doctor.cpp
/// The running door's facts, asked through its socket; camera and lock looked at directly where no door runs.
LiveFacts liveFactsFromOutside(const LoadedSettings& loaded);

/// Everything about the settings, models, data and machine, added to what is live: seconds, with the networks loaded
/// and run. `integrityMaxBytes` as in storage::CheckupOptions. Any thread.
core::DoctorFacts allFacts(const LoadedSettings& loaded, const LiveFacts& live, std::int64_t integrityMaxBytes);

} // namespace facelatch::app
