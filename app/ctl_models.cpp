// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl models: list, install, verify.
#include "app/clock.h"
#include "app/ctl.h"
#include "app/model_files.h"
#include "app/model_install.h"
#include "app/progress_line.h"

#include <CLI/CLI.hpp>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include <unistd.h>

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
    bool json = false;
    std::vector<std::string> ids;
};

const char* word(InstalledModel::How how) {
    switch (how) {
    case InstalledModel::How::WasThere:
        return "present";
    case InstalledModel::How::Copied:
        return "copied";
    case InstalledModel::How::Downloaded:
        return "downloaded";
    }
    return "";
}

void print(const std::vector<InstalledModel>& models, bool json) {
    QJsonArray array;
    for (const InstalledModel& model : models) {
        if (!json)
            std::printf("%-26s %-10s %s\n", model.id.c_str(), word(model.how), model.path.c_str());
        array.append(QJsonObject{{QStringLiteral("id"), QString::fromStdString(model.id)},
                                 {QStringLiteral("result"), QLatin1String(word(model.how))},
                                 {QStringLiteral("path"), QString::fromStdString(model.path)},
                                 {QStringLiteral("bytes"), static_cast<qint64>(model.bytes)},
                                 {QStringLiteral("resumed_at"), static_cast<qint64>(model.resumedAt)}});
    }
    if (json)
        std::printf("%s\n", QJsonDocument(array).toJson(QJsonDocument::Compact).constData());
}

int install(const LoadedSettings& loaded, const InstallOptions& options) {
    const auto store = openModels(loaded.settings, loaded.dataFolder);
    if (!store)
        return complain(ctlName, store.error());
    InstallPlan plan{options.ids.empty() ? neededModels(loaded.settings) : options.ids,
                     options.to.empty() ? loaded.dataFolder + "/models" : options.to,
                     options.mirror,
                     loaded.settings.text("network.proxy"),
                     {}};
    std::optional<ProgressLine> line;
    std::string shown;
    plan.progress = [&](const std::string& id, std::uint64_t done, std::uint64_t total) {
        if (shown != id)
            line.emplace(id, isatty(STDERR_FILENO) != 0,
                         [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); });
        shown = id;
        line->show(done, total, now().mono);
    };
    const auto models = installModels(*store, plan);
    line.reset(); // the bar's line is over
    if (models) {
        print(*models, options.json);
        return 0;
    }
    const int code = complain(ctlName, models.error());
    std::fprintf(stderr, "%s: Nothing was installed. The next try goes on with what was fetched.\n", ctlName);
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
    CLI::App* command =
        models->add_subcommand("install", "Gets the needed ones, or those named, that are not there: all or none");
    command->add_option("--to", options->to, "Folder to put them in (default: models in the data folder)")
        ->type_name("DIR");
    command->add_option("--mirror", options->mirror, "Folder, or http(s) address, that has them; tried first")
        ->type_name("DIR");
    command->add_flag("--json", options->json, "One JSON array");
    command->add_option("id", options->ids, "Model ids");
    command->callback(
        [&action, options] { action = [options](const LoadedSettings& loaded) { return install(loaded, *options); }; });
}

} // namespace facelatch::app
