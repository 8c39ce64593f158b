// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures under the hash of their key; a file's modification time says when it was last wanted.
#include "storage/picture_cache.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <sys/stat.h>

namespace facelatch::storage {

namespace {
/// When it is full so much of it goes, so that not every picture makes room for itself.
constexpr std::int64_t keptTenths = 9;
} // namespace

PictureCache::PictureCache(std::string folder, std::int64_t bytes)
    : m_folder(QString::fromStdString(folder)), m_most(bytes) {}

QString PictureCache::path(const QString& key) const {
    const QByteArray name = QCryptographicHash::hash(key.toUtf8(), QCryptographicHash::Sha256).toHex();
    return m_folder + QLatin1Char('/') + QString::fromLatin1(name) + QStringLiteral(".jpg");
}

QByteArray PictureCache::find(const QString& key) {
    QFile file(path(key));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.setFileTime(QDateTime::currentDateTimeUtc(), QFileDevice::FileModificationTime);
    return file.readAll();
}

core::Status PictureCache::keep(const QString& key, const QByteArray& picture) {
    if (picture.isEmpty() || picture.size() > m_most)
        return core::Done{};
    const QByteArray folder = QFile::encodeName(m_folder);
    if (!QDir().mkpath(m_folder) || ::chmod(folder.constData(), 0700) != 0)
        return core::fail("the folder of a door's pictures cannot be made", m_folder.toStdString(),
                          "Check who owns it and whether the disk is full");
    measure();
    const qint64 before = std::max<qint64>(QFileInfo(path(key)).size(), 0);
    QSaveFile file(path(key));
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(picture) != picture.size() || !file.commit())
        return core::fail("a picture cannot be kept", path(key).toStdString(), "Free space on that disk");
    m_size += picture.size() - before;
    if (m_size > m_most)
        makeRoom();
    return core::Done{};
}

void PictureCache::measure() {
    if (m_size >= 0)
        return;
    m_size = 0;
    for (const QFileInfo& file : QDir(m_folder).entryInfoList(QDir::Files))
        m_size += file.size();
}

void PictureCache::makeRoom() {
    m_size = 0;
    const auto newestFirst = QDir(m_folder).entryInfoList(QDir::Files, QDir::Time);
    for (const QFileInfo& file : newestFirst) {
        if (m_size + file.size() <= m_most * keptTenths / 10)
            m_size += file.size();
        else
            QFile::remove(file.filePath());
    }
}

void PictureCache::clear() {
    QDir(m_folder).removeRecursively();
    m_size = 0;
}

std::int64_t PictureCache::size() {
    measure();
    return m_size;
}

} // namespace facelatch::storage
