// SPDX-License-Identifier: GPL-3.0-or-later
// Viewers as commands on the store: a part of use_cases.h, in a file of its own.
#pragma once

#include "core/principal.h"
#include "core/result.h"
#include "core/time.h"
#include "storage/store.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace facelatch::app {

/// nullopt: not one of these commands.
/// viewer.list {} -> {viewers: [{id, name, role, created, last_seen, expires, revoked}]}, times in milliseconds or
/// null, those that are revoked last; viewer.set {id, role?, name?}; viewer.revoke {id}; `id` may be a name. The
/// commands that need a running door (viewer.pair, tls.renew and so on) are refused. On the thread of the store.
std::optional<core::Result<QJsonObject>> runViewerCommand(storage::Store& store, const QString& command,
                                                          const QJsonObject& args, core::Now now);

/// All that were ever paired, those that are revoked, too.
core::Result<std::vector<core::Principal>> viewersOf(storage::Store& store);
/// A viewer that has shown its key. Where another one has that name, it gets a number; where that key is known already
/// and was not revoked, that viewer gets this name and role. The viewer as it is kept.
core::Result<core::Principal> keepViewer(storage::Store& store, core::Principal viewer, const storage::ChangeBy& by);
/// Not worth a complaint when it fails.
void noteSeen(storage::Store& store, const core::PrincipalId& id, core::WallTime when);

/// A name that came over the wire, as it may be kept and shown: one line, not too long, never empty.
std::string shownName(const QString& name);

} // namespace facelatch::app
