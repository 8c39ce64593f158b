// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl admin and setup: who administers the door at its screen.
#include "app/ctl.h"
#include "app/ctl_pin.h"
#include "app/ctl_text.h"
#include "storage/pin_hash.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <optional>

namespace facelatch::app {

namespace {

struct AdminOptions {
    std::string who;
    std::optional<std::string> name, role;
    bool pin = false, json = false;
};

void printAdmin(const QJsonObject& admin) {
    std::printf("%-24s %-9s last seen %-16s  %s\n", textAt(admin, "name").c_str(), textAt(admin, "role").c_str(),
                timeAt(admin, "last_seen").c_str(), textAt(admin, "id").c_str());
}

/// Adds `pin` to the arguments; QJsonObject's own copy lives until the command is sent.
core::Status askPin(const std::string& whose, QJsonObject& args) {
    auto pin = readPin(whose.c_str());
    if (!pin)
        return pin.error();
    args.insert(QStringLiteral("pin"), qString(*pin));
    storage::wipe(*pin);
    return core::Done{};
}

int add(const LoadedSettings& loaded, const AdminOptions& options) {
    QJsonObject args{{QStringLiteral("name"), qString(options.who)},
                     {QStringLiteral("role"), qString(options.role.value_or("admin"))}};
    if (const auto asked = askPin(options.who, args); !asked)
        return complain(ctlName, asked.error());
    return ask(loaded, "admin.add", args, false, [](const QJsonObject& admin) {
        std::printf("%s may sign in at the door's screen as %s.\n", textAt(admin, "name").c_str(),
                    textAt(admin, "role").c_str());
    });
}

int set(const LoadedSettings& loaded, const AdminOptions& options) {
    QJsonObject args{{QStringLiteral("id"), qString(options.who)}};
    if (options.name)
        args.insert(QStringLiteral("name"), qString(*options.name));
    if (options.role)
        args.insert(QStringLiteral("role"), qString(*options.role));
    if (options.pin)
        if (const auto asked = askPin(options.who, args); !asked)
            return complain(ctlName, asked.error());
    return ask(loaded, "admin.set", args, false, printAdmin);
}

int remove(const LoadedSettings& loaded, const AdminOptions& options) {
    return ask(
        loaded, "admin.remove", {{QStringLiteral("id"), qString(options.who)}}, false,
        [](const QJsonObject& admin) { std::printf("%s is no admin any more.\n", textAt(admin, "name").c_str()); });
}

void printSetup(const QJsonObject& state) {
    const std::string setup = textAt(state, "setup");
    if (setup == "done")
        std::printf("Set-up is done: there is an admin.\n");
    else if (setup == "open")
        std::printf("Set-up is open for %d minutes of the door's running: whoever stands at its screen may become the "
                    "first admin.\n",
                    state.value(u"minutes_left").toInt());
    else
        std::printf("Set-up is closed. Open it again with: facelatch-ctl setup reopen\n");
}

using Run = int (*)(const LoadedSettings&, const AdminOptions&);
CLI::App* addCommand(CLI::App& parent, CtlAction& action, const std::shared_ptr<AdminOptions>& options,
                     const char* name, const char* help, Run run) {
    CLI::App* command = parent.add_subcommand(name, help);
    command->callback([&action, options, run] {
        action = [options, run](const LoadedSettings& loaded) { return run(loaded, *options); };
    });
    return command;
}

} // namespace

void addAdminCommands(CLI::App& program, CtlAction& action) {
    CLI::App* admin = program.add_subcommand("admin", "Who administers the door at its screen")->require_subcommand(1);
    auto options = std::make_shared<AdminOptions>();
    CLI::App* list = addCommand(*admin, action, options, "list", "All admins and operators",
                                [](const LoadedSettings& loaded, const AdminOptions& chosen) {
                                    return askForList(loaded, "admin.list", {}, "admins", chosen.json,
                                                      "There is no admin yet.", printAdmin);
                                });
    list->add_flag("--json", options->json, "One JSON object a line");
    CLI::App* adds = addCommand(*admin, action, options, "add",
                                "Somebody more; the PIN is asked for, or read from the standard input", add);
    CLI::App* sets = addCommand(*admin, action, options, "set", "Another name, role or PIN", set);
    CLI::App* removes = addCommand(*admin, action, options, "remove", "Not the last one with the role admin", remove);
    adds->add_option("name", options->who, "Name, as it stands in the audit")->required();
    for (CLI::App* command : {sets, removes})
        command->add_option("who", options->who, "Name or id")->required();
    for (CLI::App* command : {adds, sets})
        command->add_option("--role", options->role, "operator (enrol, log) or admin (everything)");
    sets->add_option("--name", options->name, "Another name");
    sets->add_flag("--pin", options->pin, "Another PIN, asked for, or read from the standard input");

    CLI::App* setup = program.add_subcommand("setup", "The set-up at the door's screen")->require_subcommand(1);
    addCommand(*setup, action, options, "state", "Whether somebody at the screen may become the first admin",
               [](const LoadedSettings& loaded, const AdminOptions&) {
                   return ask(loaded, "setup.state", {}, false, printSetup);
               });
    addCommand(*setup, action, options, "reopen", "Opens it for 30 minutes; not where there is an admin",
               [](const LoadedSettings& loaded, const AdminOptions&) {
                   return ask(loaded, "setup.reopen", {}, false, printSetup);
               });
}

} // namespace facelatch::app
