// SPDX-License-Identifier: GPL-3.0-or-later
// The admin's port among the threads.
#include "app/clock.h"
#include "app/kiosk.h"
#include "app/setup_settings.h"

namespace facelatch::app {

void Kiosk::startAdmin(const KioskOptions& options) {
    const std::string folder = options.loaded.dataFolder;
    m_desk = std::make_unique<AdminDesk>(
        AdminDeskContext{options.loaded.settings.text("door.id"),
                         [this](const std::function<void(core::Result<storage::Store*>)>& work) {
                             m_storage->post([work](StorageWorker& storage) { storage.with(work); });
                         },
                         [this](const std::function<void(const PinWorker&)>& work) {
                             m_pins.post([work](const PinWorker& pins) { work(pins); });
                         },
                         [this](const QString& command, const QJsonObject& args, const CommandReply& reply) {
                             m_commands.run(command, args, reply);
                         },
                         [this](core::MonoTime notAfter, const std::function<void(core::Status)>& done) {
                             m_door->post([notAfter, done](DoorWorker& door) { door.testLock(notAfter, done); });
                         },
                         [folder](const QJsonObject& choice, const SettingsCommit& commit) {
                             return commitWithSettings(folder, choice, commit);
                         },
                         now});
}

} // namespace facelatch::app
