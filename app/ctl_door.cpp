// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl door: its state, opening it and locking it down, through the kiosk that runs.
#include "app/ctl.h"
#include "app/ctl_text.h"

#include <CLI/CLI.hpp>

#include <QDateTime>

#include <cstdio>
#include <memory>

namespace facelatch::app {

namespace {

struct DoorOptions {
    std::string reason, onOff;
    bool json = false;
};

void printState(const QJsonObject& state) {
    const std::string door = textAt(state, "door"), by = textAt(state, "mode_by"), why = textAt(state, "mode_reason");
    if (textAt(state, "mode") == "locked_down")
        std::printf("%s is locked down%s%s since %s%s%s.\n", door.c_str(), by.empty() ? "" : " by ", by.c_str(),
                    QDateTime::fromMSecsSinceEpoch(state.value(u"mode_since").toInteger())
                        .toString(QStringLiteral("yyyy-MM-dd HH:mm"))
                        .toUtf8()
                        .constData(),
                    why.empty() ? "" : ": ", why.c_str());
    else if (textAt(state, "mode") == "normal")
        std::printf("%s is in its normal mode.\n", door.c_str());
    else
        std::printf("%s does not know its mode yet: its data could not be read.\n", door.c_str());
    std::printf("The lock is %s.\n", state.value(u"released").toBool() ? "released" : "at rest");
    for (const auto& value : state.value(u"faults").toArray())
        std::printf("%s: %s\n", textAt(value.toObject(), "code").c_str(), textAt(value.toObject(), "detail").c_str());
}

int lockDown(const LoadedSettings& loaded, const DoorOptions& options) {
    const bool on = options.onOff == "on";
    return ask(loaded, "door.lockdown",
               {{QStringLiteral("on"), on}, {QStringLiteral("reason"), qString(options.reason)}}, false,
               [on](const QJsonObject&) {
                   std::printf(on ? "The door is locked down: nobody is let in until facelatch-ctl door lockdown off.\n"
                                  : "The door is in its normal mode again.\n");
               });
}

} // namespace

void addDoorCommands(CLI::App& program, CtlAction& action) {
    CLI::App* door = program.add_subcommand("door", "The door that runs: its state, opening it, locking it down")
                         ->require_subcommand(1);
    auto options = std::make_shared<DoorOptions>();
    CLI::App* state = door->add_subcommand("state", "Its mode, its lock and what is wrong with it");
    state->add_flag("--json", options->json, "As one JSON object");
    state->callback([&action, options] {
        action = [options](const LoadedSettings& loaded) {
            return ask(loaded, "door.state", {}, options->json, printState);
        };
    });
    CLI::App* unlock = door->add_subcommand("unlock", "Releases the lock for its strike time; logged with the reason");
    unlock->add_option("--reason", options->reason, "Why, as it stands in the log")->required();
    unlock->callback([&action, options] {
        action = [options](const LoadedSettings& loaded) {
            return ask(loaded, "door.unlock", {{QStringLiteral("reason"), qString(options->reason)}}, false,
                       [](const QJsonObject&) { std::printf("The door is released.\n"); });
        };
    });
    CLI::App* lockdown = door->add_subcommand("lockdown", "Lets nobody in, also after a restart, until it is lifted");
    lockdown->add_option("on_or_off", options->onOff, "on or off")->required()->check(CLI::IsMember({"on", "off"}));
    lockdown->add_option("--reason", options->reason, "Why, as it stands in the audit");
    lockdown->callback([&action, options] {
        action = [options](const LoadedSettings& loaded) { return lockDown(loaded, *options); };
    });
}

} // namespace facelatch::app
