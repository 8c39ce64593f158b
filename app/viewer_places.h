// SPDX-License-Identifier: GPL-3.0-or-later
// Where facelatch-viewer keeps what it knows.
#pragma once

#include "core/result.h"

#include <QString>

#include <string>

namespace facelatch::app {

/// Both folders are 0700 once made.
struct ViewerPlaces {
    QString config; ///< settings and paired doors
    QString data;   ///< keys, copies of logs, pictures

    QString book() const { return config + QStringLiteral("/viewer.json"); }
    QString socket() const { return data + QStringLiteral("/viewer.sock"); }
    /// `id` is one of ours (a UUID), never a text of a door's.
    QString doorFolder(const QString& id) const { return data + QStringLiteral("/doors/") + id; }
    QString key(const QString& id) const { return doorFolder(id) + QStringLiteral("/key.pem"); }
    QString pictures(const QString& id) const { return doorFolder(id) + QStringLiteral("/pictures"); }
};

/// The folder of --data for everything, else the user's own folders (XDG). Needs a QCoreApplication.
ViewerPlaces viewerPlaces(const std::string& dataOption);
core::Status makePlaces(const ViewerPlaces& places);
core::Status makePrivate(const QString& folder);

} // namespace facelatch::app
