// SPDX-License-Identifier: GPL-3.0-or-later
// What takes long and reads much: backups, a person's data, an erasure with its receipt. The same for facelatch-ctl and
// the screens.
#pragma once

#include "app/command_line.h"
#include "core/time.h"
#include "storage/backup.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <string>

namespace facelatch::app {

/// What these commands need of the door they are asked for.
struct BackupCases {
    std::string dataFolder;
    std::string settingsFile; ///< the owner's: a restored settings.local.toml must fit it
    std::string door;         ///< its name
    bool eraseNames = true;   ///< privacy.erase_names
    storage::PassphraseCost cost;
    /// A command of use_cases.h, answered by whoever owns the store.
    std::function<core::Result<QJsonObject>(const QString& command, const QJsonObject& args)> inStore;
};
BackupCases backupCases(const LoadedSettings& loaded);

/// backup.write {folder, parts: ["settings", "log", "pictures"], passphrase} -> the summary and {file};
/// backup.inspect {file, passphrase} -> {created, program, door, schema, parts, people, templates, principals, events,
/// pictures, bytes};
/// backup.restore {file, passphrase, parts} -> the summary and {kept_aside}: in use from the next start;
/// person.export {id, folder} -> {file, templates, events, pictures};
/// person.erase {id, names: "erase"|"keep", folder?} -> the receipt: {id, name, time, names, templates, pictures,
/// events, log: {intact, events, why}, audit: {intact, entries, why}, older_copies, backups: [{time, file}], text,
/// file?}. `text` is the receipt in English and French, saved in `folder` where one is given.
/// Blocks for seconds to minutes; never in the gui's, the door's or the storage's thread.
core::Result<QJsonObject> runBackupCommand(const BackupCases& cases, const QString& command, const QJsonObject& args,
                                           core::WallTime now, const storage::BackupProgress& progress = {});
bool isBackupCommand(const QString& command);

/// An error as a screen can read it later: {kind, what, where, remedy, text}.
QJsonObject errorJson(const core::Error& error);

} // namespace facelatch::app
