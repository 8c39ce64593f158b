// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl settings: show, check, defaults.
#include "app/ctl.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace facelatch::app {

namespace {

int show(const LoadedSettings& loaded) {
    for (const core::SettingRow& row : core::settingRows()) {
        const std::string key(row.key);
        std::string from(core::originText(loaded.settings.origin(key)));
        if (const std::string& where = loaded.settings.where(key); !where.empty())
            from = where;
        std::printf("%-32s = %-24s # %s\n", key.c_str(), loaded.settings.shownText(key).c_str(), from.c_str());
    }
    for (const core::Error& error : loaded.errors)
        complain(ctlName, error);
    return loaded.errors.empty() ? 0 : core::exitCode(core::ErrorKind::Usage);
}

/// Whether a secret stands in a file that others than its owner may read.
bool tellsSecrets(const LoadedSettings& loaded) {
    namespace fs = std::filesystem;
    const bool secret = std::ranges::any_of(core::settingRows(), [&](const core::SettingRow& row) {
        return row.secret && loaded.settings.origin(row.key) == core::SettingOrigin::Owner &&
               !loaded.settings.text(row.key).empty();
    });
    std::error_code ignored;
    const fs::perms others = fs::status(loaded.settingsFile, ignored).permissions() & fs::perms::others_read;
    return secret && others != fs::perms::none;
}

int check(const LoadedSettings& loaded) {
    for (const core::Error& error : loaded.errors)
        complain(ctlName, error);
    if (!loaded.errors.empty())
        return core::exitCode(core::ErrorKind::Usage);
    if (loaded.ownerFileExists)
        std::printf("%s is right.\n", loaded.settingsFile.c_str());
    else
        std::printf("There is no %s: every setting has its default.\n", loaded.settingsFile.c_str());
    if (loaded.settings.text("liveness.policy") == "off")
        std::printf("Note: the liveness check is off; a photograph can open this door.\n");
    if (loaded.settings.flag("screen.installer_overlay"))
        std::printf("Note: the installer's overlay shows names and scores to everybody at the door.\n");
    if (loaded.settings.flag("camera.network_may_open"))
        std::printf("Note: pictures from a network may open this door; whoever gets between camera and door can open "
                    "it.\n");
    if (tellsSecrets(loaded))
        std::printf("Note: %s holds a password and can be read by everybody on this machine: chmod o-r %s\n",
                    loaded.settingsFile.c_str(), loaded.settingsFile.c_str());
    if (loaded.settings.text("lock.kind") != "lockd")
        std::printf("Note: no real lock is driven (lock.kind).\n");
    return 0;
}

} // namespace

void addSettingsCommands(CLI::App& program, CtlAction& action) {
    CLI::App* settings = program.add_subcommand("settings", "The settings of this door")->require_subcommand(1);
    settings->add_subcommand("show", "Every setting, its value, and where the value comes from")->callback([&action] {
        action = show;
    });
    settings->add_subcommand("check", "Whether the settings can be used")->callback([&action] { action = check; });
    settings->add_subcommand("defaults", "A commented settings.toml with every setting")->callback([&action] {
        action = [](const LoadedSettings&) {
            std::fputs(core::settingsTemplate().c_str(), stdout);
            return 0;
        };
    });
}

} // namespace facelatch::app
