// SPDX-License-Identifier: GPL-3.0-or-later
// The admin's port among the threads.
#include "app/clock.h"
#include "app/kiosk.h"
#include "app/local_settings.h"
#include "storage/durable_file.h"

namespace facelatch::app {

namespace {

/// What the wizard chose, as settings.
SettingChanges chosenSettings(const QJsonObject& choice) {
    SettingChanges changes;
    for (const auto& [key, setting] : {std::pair{u"language", "door.language"}, std::pair{u"door_name", "door.name"},
                                       std::pair{u"wiring", "lock.wiring"}})
        if (choice.contains(key))
            changes[setting] = choice.value(key).toString().toStdString();
    return changes;
}

/// The database commits after the file was written: when it does not, the file is as it was.
core::Result<QJsonObject> commitWithSettings(const std::string& folder, const QJsonObject& choice,
                                             const SettingsCommit& commit) {
    const std::string path = localSettingsPath(folder);
    std::optional<storage::Bytes> before;
    if (storage::fileExists(path)) {
        auto read = storage::readFile(path);
        if (!read)
            return read.error();
        before = *std::move(read);
    }
    bool written = false;
    auto done = commit([&] {
        const auto changed = changeLocalSettings(folder, chosenSettings(choice));
        written = bool(changed);
        return changed;
    });
    if (!done && written) {
        if (!before)
            storage::removeFile(path);
        else if (const auto back = storage::writeFileDurably(path, *before); !back)
            return back.error();
    }
    return done;
}

} // namespace

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
