// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of facelatch-ctl: each file adds its own subcommands and says what they do.
#pragma once

#include "app/command_line.h"

#include <functional>

namespace CLI {
class App;
}

namespace facelatch::app {

/// What the command line asked for, to be run once a QCoreApplication exists. Returns the exit code.
using CtlAction = std::function<int(const LoadedSettings&)>;

inline constexpr const char* ctlName = "facelatch-ctl";

void addPersonCommands(CLI::App& program, CtlAction& action);
void addLogCommands(CLI::App& program, CtlAction& action);
void addModelCommands(CLI::App& program, CtlAction& action);
void addSettingsCommands(CLI::App& program, CtlAction& action);
void addIdentifyCommand(CLI::App& program, CtlAction& action);
void addBenchCommand(CLI::App& program, CtlAction& action);
void addDoctorCommand(CLI::App& program, CtlAction& action);

} // namespace facelatch::app
