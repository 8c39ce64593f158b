// SPDX-License-Identifier: GPL-3.0-or-later
// What the set-up chose about the door, written together with its first admin.
#pragma once

#include "core/result.h"

#include <QJsonObject>

#include <functional>
#include <string>

namespace facelatch::app {

/// Makes the first admin if what it is given succeeds, in the same transaction.
using SettingsCommit = std::function<core::Result<QJsonObject>(const std::function<core::Status()>&)>;

/// Writes {language, door_name, wiring} of `choice` to settings.local.toml inside of `commit`. The database commits
/// after the file was written: when it does not, the file is as it was. On the thread of the store.
core::Result<QJsonObject> commitWithSettings(const std::string& folder, const QJsonObject& choice,
                                             const SettingsCommit& commit);

} // namespace facelatch::app
