// SPDX-License-Identifier: GPL-3.0-or-later
// PictureCache: pictures of a door that a viewer has looked at, as files; the least recently used go first.
//
// Thread: one at a time.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <string>

namespace facelatch::storage {

class PictureCache {
public:
    /// `folder` is made (0700) with the first picture; files are 0600. `bytes` is how much it may hold.
    PictureCache(std::string folder, std::int64_t bytes);

    /// Empty when it is not there. `key` may be any text: it is no part of a path.
    QByteArray find(const QString& key);
    /// Whole or not at all. A picture larger than all of it is not kept, which is no error.
    core::Status keep(const QString& key, const QByteArray& picture);
    void clear();
    std::int64_t size();

private:
    QString path(const QString& key) const;
    void measure();
    void makeRoom();

    QString m_folder;
    std::int64_t m_most;
    std::int64_t m_size = -1; ///< -1: not yet known
};

} // namespace facelatch::storage
