// SPDX-License-Identifier: GPL-3.0-or-later
// Admins and the set-up as commands: a part of use_cases.h, in a file of its own.
#pragma once

#include "core/principal.h"
#include "core/result.h"
#include "core/time.h"
#include "storage/store.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <optional>

namespace facelatch::app {

/// nullopt: not one of these commands.
/// admin.list {} -> {admins: [{id, name, role, created, last_seen}]}; admin.add {name, role, pin}; admin.set {id,
/// name?, role?, pin?}; admin.remove {id}; `id` may be a name. setup.state {} -> {setup, minutes_left}; setup.reopen
/// {}. On the thread of the store; PINs are verifiers by then (pin_cases.h).
std::optional<core::Result<QJsonObject>> runAdminCommand(storage::Store& store, const QString& command,
                                                         const QJsonObject& args, core::Now now);

/// setup.finish {admin_name, pin}: the first admin, if `alongside` (writing the settings) succeeds.
core::Result<QJsonObject> finishSetup(storage::Store& store, const QJsonObject& args, core::Now now,
                                      const std::function<core::Status()>& alongside);

} // namespace facelatch::app
