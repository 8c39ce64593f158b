// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of facelatch-ctl: each file adds its own subcommands and says what they do.
#pragma once

#include "app/command_line.h"

#include <functional>

class QJsonObject;

namespace CLI {
class App;
}

namespace facelatch::app {

/// What the command line asked for, to be run once a QCoreApplication exists. Returns the exit code.
using CtlAction = std::function<int(const LoadedSettings&)>;

inline constexpr const char* ctlName = "facelatch-ctl";

/// Status, groups, validity and uses of a person as person.show answers, as the rest of a line.
void printRights(const QJsonObject& person);

void addPersonCommands(CLI::App& program, CtlAction& action);
/// A part of `person`.
void addPersonSetCommand(CLI::App& person, CtlAction& action);
/// A part of `person`: export and erase.
void addPersonDataCommands(CLI::App& person, CtlAction& action);
void addBackupCommands(CLI::App& program, CtlAction& action);
void addAccessCommands(CLI::App& program, CtlAction& action);
void addScheduleCommands(CLI::App& program, CtlAction& action);
void addPreviewCommand(CLI::App& program, CtlAction& action);
void addAuditCommands(CLI::App& program, CtlAction& action);
void addAdminCommands(CLI::App& program, CtlAction& action);
void addViewerCommands(CLI::App& program, CtlAction& action);
void addLogCommands(CLI::App& program, CtlAction& action);
void addModelCommands(CLI::App& program, CtlAction& action);
void addSettingsCommands(CLI::App& program, CtlAction& action);
void addIdentifyCommand(CLI::App& program, CtlAction& action);
void addBenchCommand(CLI::App& program, CtlAction& action);
void addDoorCommands(CLI::App& program, CtlAction& action);
void addDoctorCommand(CLI::App& program, CtlAction& action);

} // namespace facelatch::app
