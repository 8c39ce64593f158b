// SPDX-License-Identifier: GPL-3.0-or-later
// What a viewer may ask of the door's commands, and in whose name.
#pragma once

#include "app/storage_worker.h"
#include "core/principal.h"
#include "network/push_server.h"

#include <QJsonObject>
#include <QString>

namespace facelatch::app {

/// Few commands, named one by one: they read, and take no longer than a page does. A command that is not among them is
/// refused as one that does not exist, whoever asks. For the others core::mayDo() decides by command_rights.h.
core::Status viewerMayAsk(const core::Principal& viewer, const QString& command, const core::DoorId& door,
                          core::WallTime now);
/// The arguments as they are passed on: `by` is the viewer's name, whatever came over the wire; a PIN, or what stands
/// for one, has no business there.
QJsonObject askedBy(const core::Principal& viewer, QJsonObject args);
/// A picture travels beside the answer, not in it.
core::Result<network::PushAnswer> pushAnswer(const core::Result<QJsonObject>& answer);
/// Codes of what the viewer may do at this door, for its screen. Without `live` nobody looks through the camera.
network::PushViewer pushViewer(const core::Principal& viewer, const core::DoorId& door, core::WallTime now, bool live);

} // namespace facelatch::app
