// SPDX-License-Identifier: GPL-3.0-or-later
// Who answers the commands of the settings' and the system's screen.
#pragma once

#include "app/command_router.h"
#include "app/doctor_worker.h"
#include "app/settings_cases.h"

#include <functional>

namespace facelatch::app {

struct SettingsDeskContext {
    LoadedSettings running;
    /// Posts into the storage's, or into the doctor's thread.
    std::function<void(std::function<void(StorageWorker&)>)> inStorage;
    std::function<void(std::function<void(DoctorWorker&)>)> inDoctor;
    /// "settings", after a change; called in the storage thread.
    std::function<void(QString)> changed;
};

/// settings.* in the storage thread; system.info and system.check in the doctor's; system.restart {} -> {} at once, the
/// program then ends in order and starts again.
void serveSettings(CommandRouter& commands, const SettingsDeskContext& context);

} // namespace facelatch::app
