// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl: the door from the command line.
#include "app/ctl.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

#include <clocale>
#include <cstdio>
#include <cstring>

using namespace facelatch;

namespace {

/// These commands report what is wrong themselves; everything else refuses to run on wrong settings.
bool toleratesWrongSettings(const CLI::App& program) {
    const auto chosen = program.get_subcommands();
    return !chosen.empty() && (chosen.front()->get_name() == "settings" || chosen.front()->get_name() == "doctor");
}

} // namespace

int main(int argc, char** argv) {
    CLI::App program("Facelatch from the command line: people, access rules, admins, log, models, settings.",
                     app::ctlName);
    program.set_version_flag("--version", "facelatch " FACELATCH_VERSION);
    program.require_subcommand(1);
    program.fallthrough();
    app::CommonOptions options;
    app::addCommonOptions(program, options);
    app::CtlAction action;
    app::addPersonCommands(program, action);
    app::addAccessCommands(program, action);
    app::addScheduleCommands(program, action);
    app::addPreviewCommand(program, action);
    app::addAdminCommands(program, action);
    app::addViewerCommands(program, action);
    app::addLogCommands(program, action);
    app::addAuditCommands(program, action);
    app::addBackupCommands(program, action);
    app::addModelCommands(program, action);
    app::addSettingsCommands(program, action);
    app::addIdentifyCommand(program, action);
    app::addBenchCommand(program, action);
    app::addDoctorCommand(program, action);
    app::addDoorCommands(program, action);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : core::exitCode(core::ErrorKind::Usage);
    }

    QCoreApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // Qt takes the system's: files and JSON have points wherever the door stands
    const app::LoadedSettings loaded = app::loadSettings(options);
    if (!loaded.errors.empty() && !toleratesWrongSettings(program)) {
        for (const core::Error& error : loaded.errors)
            app::complain(app::ctlName, error);
        return core::exitCode(core::ErrorKind::Usage);
    }
    return action(loaded);
}
