// SPDX-License-Identifier: GPL-3.0-or-later
// The settings as commands: what they are, and changing one.
#pragma once

#include "app/command_line.h"
#include "core/result.h"
#include "core/time.h"

#include <QJsonObject>
#include <QString>

namespace facelatch::storage {
class Store;
}

namespace facelatch::app {

/// The layers as a start of this door would read them now, with the --set of `running`, which is what it goes by since
/// its start. Reads two files.
core::Settings configuredSettings(const LoadedSettings& running);

/// settings.list {} -> {groups: [{name, rows: [{key, type, value, shown, default, origin, where, min, max, choices,
///   unit, meaning, needs_restart, secret, set, fixed, waits}]}], restart_needed, recognition: {model, threshold,
///   margin, people}}. A secret's value, and that of an address with a password, is null; `set` says whether there is
///   one. `fixed`: given by --set, not to be changed here. `waits`: another value than the one the door goes by.
/// settings.set {key, value|null, by} -> {key, value, shown, origin, waits, restart_needed}. Writes
///   settings.local.toml and an entry of the audit, both or none; null takes the key out of it. Errors: Usage with what
///   is allowed, for a value that the table, or another setting, does not go with; Refused for one given by --set.
/// On the thread of the store.
core::Result<QJsonObject> runSettingsCommand(const LoadedSettings& running, storage::Store& store,
                                             const QString& command, const QJsonObject& args, core::Now now);

} // namespace facelatch::app
