// SPDX-License-Identifier: GPL-3.0-or-later
// Mounted sticks, folders, files.
#include "app/folder_list.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QStorageInfo>

#include <algorithm>

namespace facelatch::app {

namespace {

constexpr int mostEntries = 500;
constexpr int longestName = 80;

/// The real path of a folder below one of the roots; empty when it is none.
QString insideOf(const QString& path, const QStringList& roots) {
    const QString real = QFileInfo(path).canonicalFilePath();
    if (real.isEmpty() || !QFileInfo(real).isDir())
        return {};
    const bool inside = std::any_of(roots.begin(), roots.end(), [&real](const QString& root) {
        const QString top = QFileInfo(root).canonicalFilePath();
        return !top.isEmpty() && (real == top || real.startsWith(top + QLatin1Char('/')));
    });
    return inside ? real : QString();
}

QJsonObject place(const QString& path, const QString& label) {
    const QStorageInfo volume(path);
    return {{QStringLiteral("path"), path},
            {QStringLiteral("name"), shownName(label.isEmpty() ? QFileInfo(path).fileName() : label)},
            {QStringLiteral("free"), volume.bytesAvailable()},
            {QStringLiteral("total"), volume.bytesTotal()},
            {QStringLiteral("writable"), QFileInfo(path).isWritable() && !volume.isReadOnly()}};
}

QJsonObject places(const QStringList& roots) {
    QJsonArray list;
    QStringList seen;
    const auto add = [&](const QString& path, const QString& label) {
        if (const QString real = insideOf(path, roots); !real.isEmpty() && !seen.contains(real)) {
            seen << real;
            list.append(place(real, label));
        }
    };
    for (const QStorageInfo& volume : QStorageInfo::mountedVolumes()) {
        const bool below = std::any_of(roots.begin(), roots.end(), [&volume](const QString& root) {
            return volume.rootPath().startsWith(root + QLatin1Char('/'));
        });
        if (below && volume.isReady())
            add(volume.rootPath(), volume.name());
    }
    for (const QString& root : roots) {
        const auto folders = QDir(root).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name);
        for (const QFileInfo& folder : folders) {
            const bool holdsOne = std::any_of(seen.begin(), seen.end(), [&folder](const QString& path) {
                return path.startsWith(folder.canonicalFilePath() + QLatin1Char('/'));
            });
            if (folder.isWritable() && !holdsOne) // a folder of mount points is none itself
                add(folder.filePath(), {});
        }
    }
    return {{QStringLiteral("places"), list}};
}

} // namespace

QStringList stickRoots() {
    return {QStringLiteral("/media"), QStringLiteral("/run/media"), QStringLiteral("/mnt")};
}

QString shownName(const QString& name) {
    QString shown;
    int characters = 0;
    for (const uint c : name.toUcs4()) {
        if (++characters > longestName)
            return shown + QChar(u'\u2026');
        switch (QChar::category(c)) {
        case QChar::Other_Control:
        case QChar::Other_Format: // right-to-left overrides, zero widths
        case QChar::Other_Surrogate:
        case QChar::Other_NotAssigned:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            shown += QChar(QChar::ReplacementCharacter);
            break;
        default:
            shown += QString::fromUcs4(reinterpret_cast<const char32_t*>(&c), 1);
        }
    }
    return shown;
}

core::Result<QJsonObject> listFolder(const QJsonObject& args, const QStringList& roots) {
    const QString asked = args.value(u"path").toString();
    if (asked.isEmpty())
        return places(roots);
    const QString path = insideOf(asked, roots);
    if (path.isEmpty())
        return core::Error{core::ErrorKind::NotFound, "there is no such folder on a stick", asked.toStdString(),
                           "Plug the stick in and choose it again"};
    QJsonArray folders, files;
    bool more = false;
    const auto filter = QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot | QDir::NoSymLinks | QDir::Readable;
    const auto entries = QDir(path).entryInfoList(filter, QDir::Name | QDir::IgnoreCase);
    for (const QFileInfo& entry : entries) {
        QJsonArray& list = entry.isDir() ? folders : files;
        if (list.size() == mostEntries) {
            more = true;
            continue;
        }
        QJsonObject object{{QStringLiteral("path"), entry.filePath()},
                           {QStringLiteral("name"), shownName(entry.fileName())}};
        if (!entry.isDir()) {
            object.insert(QStringLiteral("size"), entry.size());
            object.insert(QStringLiteral("modified"), entry.lastModified().toMSecsSinceEpoch());
        }
        list.append(object);
    }
    QJsonObject answer = place(path, {});
    answer.insert(QStringLiteral("parent"), insideOf(QFileInfo(path).path(), roots));
    answer.insert(QStringLiteral("folders"), folders);
    answer.insert(QStringLiteral("files"), files);
    answer.insert(QStringLiteral("more"), more);
    return answer;
}

} // namespace facelatch::app
