// SPDX-License-Identifier: GPL-3.0-or-later
// Places: where settings, data, models and demonstration faces are looked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace facelatch::app {

/// The checkout this executable was built in (build/<preset>/app/...), or nothing when it is installed.
std::optional<std::string> sourceCheckout();

/// Without --data: STATE_DIRECTORY (systemd), else the user's own data folder.
std::string defaultDataFolder();
/// Without --settings: the user's own settings.toml when it exists, else the system's.
std::string defaultSettingsFile();

/// In order: the configured directory, the data folder's models, the system's, and shared/models beside a checkout.
std::vector<std::string> modelDirectories(const std::string& configured, const std::string& dataFolder);

/// The first folder of faces the demo door can use: dlib's example photographs or shared/faces/people beside a
/// checkout.
std::optional<std::string> demoFaces();

} // namespace facelatch::app
