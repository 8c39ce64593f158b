// SPDX-License-Identifier: GPL-3.0-or-later
// The demo door: real faces replayed as a camera before a simulated lock, with data that is thrown away.
#pragma once

#include "app/command_line.h"
#include "core/result.h"
#include "hardware/frame_source.h"
#include "storage/data_folder.h"

#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <string>

namespace facelatch::app {

struct Demo {
    QTemporaryDir data; ///< deleted with this object
    std::optional<storage::DataFolder> folder;
    hardware::CameraSettings camera;
    int known = 0, strangers = 0; ///< people enrolled, people not
};

/// Of the one admin of every demo door, so that its admin's screens can be looked at.
inline constexpr const char* demoAdminPin = "271828";

/// Enrols people from `faces` (one folder a person; the default places when empty) into throw-away data and writes the
/// replay. Changes `loaded`: simulated lock, liveness off, that data folder. Takes some seconds. Errors: no faces
/// anywhere (with the package to install), models missing.
core::Result<std::unique_ptr<Demo>> prepareDemo(LoadedSettings& loaded, const std::string& faces);

} // namespace facelatch::app
