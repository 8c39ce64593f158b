// SPDX-License-Identifier: GPL-3.0-or-later
// settings.local.toml in the data folder: the one writer of what was set at the screen.
#pragma once

#include "core/settings.h"

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace facelatch::app {

std::string localSettingsPath(const std::string& dataFolder);

/// By key; nothing: back to what the owner's file or the table says.
using SettingChanges = std::map<std::string, std::optional<core::SettingValue>, std::less<>>;

/// All of the changes or none: checked against the table, then written beside the file, flushed, and renamed over it
/// (0600). What else the file holds stays, except for its comments. Blocks on the disk; one thread at a time (the
/// storage thread of a door). Errors: Usage for a key or value that the table refuses, Failed for a file that cannot be
/// understood or written; it is then as it was.
core::Status changeLocalSettings(const std::string& dataFolder, const SettingChanges& changes);

} // namespace facelatch::app
