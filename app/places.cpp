// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for folders and files on this machine.
#include "app/places.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <pwd.h>
#include <unistd.h>

namespace facelatch::app {

namespace {

/// The home of the package's user facelatch. It is the data folder itself, also for a facelatch-ctl without its
/// service.
constexpr const char* serviceData = "/var/lib/facelatch";

} // namespace

std::optional<std::string> sourceCheckout() {
    QDir folder(QCoreApplication::applicationDirPath());
    for (int level = 0; level < 5; ++level) {
        if (folder.exists(QStringLiteral("CMakePresets.json")) &&
            folder.exists(QStringLiteral("resources/models.toml")))
            return folder.absolutePath().toStdString();
        if (!folder.cdUp())
            break;
    }
    return std::nullopt;
}

std::string defaultDataFolder() {
    const QByteArray state = qgetenv("STATE_DIRECTORY");
    if (!state.isEmpty())
        return state.split(':').first().toStdString();
    const passwd* user = getpwuid(geteuid()); // sudo and runuser differ in $HOME
    if (user != nullptr && std::string(user->pw_dir) == serviceData)
        return serviceData;
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return (base + QStringLiteral("/facelatch")).toStdString();
}

std::string defaultSettingsFile() {
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    const QString own = base + QStringLiteral("/facelatch/settings.toml");
    return QFileInfo::exists(own) ? own.toStdString() : "/etc/facelatch/settings.toml";
}

std::vector<std::string> modelDirectories(const std::string& configured, const std::string& dataFolder) {
    std::vector<std::string> directories;
    if (!configured.empty())
        directories.push_back(configured);
    directories.push_back(dataFolder + "/models");
    directories.emplace_back(std::string(serviceData) + "/models");
    directories.emplace_back("/usr/share/facelatch/models");
    directories.emplace_back("/usr/share/dlib"); // where libdlib-data puts the 68-point model
    if (const auto checkout = sourceCheckout())
        directories.push_back(QDir::cleanPath(QString::fromStdString(*checkout + "/../shared/models")).toStdString());
    return directories;
}

std::optional<std::string> demoFaces() {
    const QDir documents(QStringLiteral("/usr/share/doc"));
    for (const QString& package : documents.entryList({QStringLiteral("libdlib*")}, QDir::Dirs, QDir::Name)) {
        const QString faces = documents.filePath(package + QStringLiteral("/examples/johns"));
        if (QFileInfo(faces).isDir())
            return faces.toStdString();
    }
    if (const auto checkout = sourceCheckout()) {
        const QString faces = QDir::cleanPath(QString::fromStdString(*checkout + "/../shared/faces/people"));
        if (QFileInfo(faces).isDir())
            return faces.toStdString();
    }
    return std::nullopt;
}

} // namespace facelatch::app
