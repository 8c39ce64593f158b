// SPDX-License-Identifier: GPL-3.0-or-later
// What every program of Facelatch takes: --data, --settings, --set; and how settings come together from it.
#pragma once

#include "app/complain.h"
#include "core/settings.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace facelatch::app {

struct CommonOptions {
    std::string dataFolder;               ///< empty: the default
    std::string settingsFile;             ///< empty: the default
    std::vector<std::string> assignments; ///< "KEY=VALUE"
};

void addCommonOptions(CLI::App& program, CommonOptions& options);

struct LoadedSettings {
    core::Settings settings;
    std::string dataFolder;
    std::string settingsFile;
    bool ownerFileExists = false;
    std::vector<core::Error> errors; ///< empty, or everything that is wrong, a line each
};
/// Fills in the defaults of places and reads all layers. Needs a QCoreApplication.
LoadedSettings loadSettings(const CommonOptions& options);

} // namespace facelatch::app
