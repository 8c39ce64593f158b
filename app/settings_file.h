// SPDX-License-Identifier: GPL-3.0-or-later
// Reads settings.toml files into Settings. The owner's file is read and never written.
#pragma once

#include "core/settings.h"

#include <string>
#include <vector>

namespace facelatch::app {

/// Every wrong line is an error of its own, with file, line, key and what is allowed; the right ones are taken over.
/// A file that is missing is no error: `exists` tells.
struct SettingsRead {
    bool exists = false;
    std::vector<core::Error> errors;
};
SettingsRead readSettingsFile(const std::string& path, core::SettingOrigin origin, core::Settings& settings);

/// One "KEY=VALUE" of --set.
core::Status applyAssignment(const std::string& assignment, core::Settings& settings);

} // namespace facelatch::app
