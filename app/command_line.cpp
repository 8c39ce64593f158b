// SPDX-License-Identifier: GPL-3.0-or-later
// Common options and settings layers.
#include "app/command_line.h"

#include "app/places.h"
#include "app/rules.h"
#include "app/settings_file.h"

#include <CLI/CLI.hpp>

#include <filesystem>

namespace facelatch::app {

void addCommonOptions(CLI::App& program, CommonOptions& options) {
    program.add_option("--data", options.dataFolder, "Data folder (people, log, keys)")->type_name("DIR");
    program.add_option("--settings", options.settingsFile, "The owner's settings.toml")->type_name("FILE");
    program.add_option("--set", options.assignments, "A setting for this run only, such as door.name=Workshop")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false);
}

LoadedSettings loadSettings(const CommonOptions& options) {
    LoadedSettings out;
    out.dataFolder = options.dataFolder.empty() ? defaultDataFolder() : options.dataFolder;
    out.settingsFile = options.settingsFile.empty() ? defaultSettingsFile() : options.settingsFile;
    std::error_code ignored;
    out.dataFolder = std::filesystem::absolute(out.dataFolder, ignored).lexically_normal().string();

    SettingsRead owner = readSettingsFile(out.settingsFile, core::SettingOrigin::Owner, out.settings);
    out.ownerFileExists = owner.exists;
    out.errors = std::move(owner.errors);
    if (!owner.exists && !options.settingsFile.empty())
        out.errors.push_back({core::ErrorKind::Usage, "The settings file does not exist", out.settingsFile,
                              "Make one with: facelatch-ctl settings defaults > " + out.settingsFile});
    SettingsRead local =
        readSettingsFile(out.dataFolder + "/settings.local.toml", core::SettingOrigin::Local, out.settings);
    out.errors.insert(out.errors.end(), local.errors.begin(), local.errors.end());
    for (const std::string& assignment : options.assignments)
        if (const auto applied = applyAssignment(assignment, out.settings); !applied)
            out.errors.push_back(applied.error());
    const auto contradicting = contradictions(out.settings);
    out.errors.insert(out.errors.end(), contradicting.begin(), contradicting.end());
    return out;
}

} // namespace facelatch::app
