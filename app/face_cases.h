// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody's faces as a command: a part of use_cases.h, in a file of its own.
#pragma once

#include "core/result.h"
#include "core/time.h"
#include "storage/store.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace facelatch::app {

/// nullopt: not this command. person.faces {who, templates, portrait, by}: in the place of all the person had -> the
/// person.
std::optional<core::Result<QJsonObject>> runFaceCommand(storage::Store& store, const QString& command,
                                                        const QJsonObject& args, core::Now now);

} // namespace facelatch::app
