// SPDX-License-Identifier: GPL-3.0-or-later
// settings.local.toml as a part of the set-up's transaction.
#include "app/setup_settings.h"

#include "app/local_settings.h"
#include "storage/durable_file.h"

#include <optional>
#include <utility>

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

} // namespace

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

} // namespace facelatch::app
