// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl models: list, install, verify.
#include "app/ctl.h"
#include "app/model_files.h"
#include "app/model_install.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>

namespace facelatch::app {

namespace {

bool isNeeded(const std::vector<std::string>& needed, const std::string& id) {
    return std::find(needed.begin(), needed.end(), id) != needed.end();
}

void print(const recognition::ModelRow& row, const recognition::ModelStatus& status, bool needed) {
    std::printf("%-26s %-13s %-9s %s\n", row.id.c_str(), std::string(recognition::stateText(status.state)).c_str(),
                needed ? "needed" : "optional", status.path.empty() ? row.licence.c_str() : status.path.c_str());
}

int report(const LoadedSettings& loaded, bool loadToo) {
    const auto store = openModels(loaded.settings, loaded.dataFolder);
    if (!store)
        return complain(ctlName, store.error());
    const std::vector<std::string> needed = neededModels(loaded.settings);
    bool good = true;
    const std::vector<recognition::ModelStatus> verified =
        loadToo ? store->verify() : std::vector<recognition::ModelStatus>{};
    for (std::size_t i = 0; i < store->manifest().rows().size(); ++i) {
        const recognition::ModelRow& row = store->manifest().rows()[i];
        const recognition::ModelStatus status = loadToo ? verified[i] : store->check(row.id);
        const bool isWanted = isNeeded(needed, row.id);
        print(row, status, isWanted);
        const bool wrong = status.state != recognition::ModelState::Good &&
                           (isWanted || status.state != recognition::ModelState::Missing);
        if (wrong && status.error)
            complain(ctlName, *status.error);
        good = good && !(isWanted && wrong);
    }
    return good ? 0 : core::exitCode(core::ErrorKind::Failed);
}

struct InstallOptions {
    std::string to;
    std::string mirror;
    std::vector<std::string> ids;
};

int install(const LoadedSettings& loaded, const InstallOptions& options) {
    const auto store = openModels(loaded.settings, loaded.dataFolder);
    if (!store)
        return complain(ctlName, store.error());
    const std::string to = options.to.empty() ? loaded.dataFolder + "/models" : options.to;
    const std::vector<std::string> wanted = options.ids.empty() ? neededModels(loaded.settings) : options.ids;
    int code = 0;
    for (const std::string& id : wanted) {
        const auto done = installModel(*store, id, to, options.mirror);
        if (!done) {
            code = complain(ctlName, done.error());
            continue;
        }
        std::printf("%-26s %s\n", id.c_str(), done->c_str());
    }
    return code;
}

} // namespace

void addModelCommands(CLI::App& program, CtlAction& action) {
    CLI::App* models = program.add_subcommand("models", "The network files")->require_subcommand(1);
    models->add_subcommand("list", "Which are there, which are needed; exit code 1 when a needed one is not right")
        ->callback([&action] { action = [](const LoadedSettings& loaded) { return report(loaded, false); }; });
    models->add_subcommand("verify", "The same, and each is loaded and run once")->callback([&action] {
        action = [](const LoadedSettings& loaded) { return report(loaded, true); };
    });
    auto options = std::make_shared<InstallOptions>();
    CLI::App* command = models->add_subcommand("install", "Gets the needed ones, or those named, that are not there");
    command->add_option("--to", options->to, "Folder to put them in (default: models in the data folder)")
        ->type_name("DIR");
    command->add_option("--mirror", options->mirror, "Folder that has them already")->type_name("DIR");
    command->add_option("id", options->ids, "Model ids");
    command->callback(
        [&action, options] { action = [options](const LoadedSettings& loaded) { return install(loaded, *options); }; });
}

} // namespace facelatch::app
