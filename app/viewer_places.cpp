// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer's folders.
#include "app/viewer_places.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace facelatch::app {

ViewerPlaces viewerPlaces(const std::string& dataOption) {
    if (!dataOption.empty()) {
        const QString folder = QDir::cleanPath(QDir(QString::fromStdString(dataOption)).absolutePath());
        return {folder, folder};
    }
    const auto own = [](QStandardPaths::StandardLocation where) {
        return QStandardPaths::writableLocation(where) + QStringLiteral("/facelatch-viewer");
    };
    return {own(QStandardPaths::GenericConfigLocation), own(QStandardPaths::GenericDataLocation)};
}

core::Status makePrivate(const QString& folder) {
    if (QDir().mkpath(folder) && QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return core::Done{};
    return core::fail("the folder cannot be made", folder.toStdString(),
                      "Check who owns it, or give another one with --data");
}

core::Status makePlaces(const ViewerPlaces& places) {
    if (auto made = makePrivate(places.config); !made)
        return made;
    return makePrivate(places.data);
}

} // namespace facelatch::app
