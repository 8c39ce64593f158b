// SPDX-License-Identifier: GPL-3.0-or-later
// What the owner's settings mean for the store and for the rules at the door.
#pragma once

#include "core/access_controller.h"
#include "core/door_machine.h"
#include "core/fault.h"
#include "core/installer_view.h"
#include "core/settings.h"
#include "hardware/door_lock.h"
#include "hardware/frame_source.h"
#include "recognition/model_manifest.h"
#include "storage/store.h"

#include <optional>

namespace facelatch::app {

storage::StoreOptions storeOptions(const core::Settings& settings, core::WallTime now);

/// Threshold and margin: the owner's where they are set, else what was measured for the model. `embedder` may be null.
core::MatchRule matchRule(const core::Settings& settings, const recognition::ModelRow* embedder);
core::AccessRules accessRules(const core::Settings& settings, const recognition::ModelRow* embedder);
core::DoorTimes doorTimes(const core::Settings& settings);
/// For the installer's overlay; nothing where it is off.
std::optional<core::InstallerFacts> installerFacts(const core::Settings& settings,
                                                   const recognition::ModelRow* embedder);
hardware::LockSettings lockSettings(const core::Settings& settings);
/// Errors: a replay path that is missing or holds nothing.
core::Result<hardware::CameraSettings> cameraSettings(const core::Settings& settings);

/// Why pictures of this camera never open this door, if that is so: it is then out of service.
std::optional<core::Fault> sourceFault(const core::Settings& settings, const hardware::CameraSettings& camera);

/// Whether the screen wears its light colours at that local time.
bool lightScreen(const core::Settings& settings, const core::LocalTime& time);
/// What is wrong although each value is of its kind: values that cannot be meant together, a proxy that is none.
std::vector<core::Error> contradictions(const core::Settings& settings);

/// Whether a real lock may hang on this door.
bool realLock(const core::Settings& settings);

} // namespace facelatch::app
