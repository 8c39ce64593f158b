// SPDX-License-Identifier: GPL-3.0-or-later
// Small files of keys and certificates: written whole or not at all, and wiped from memory. Any thread.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>
#include <string>

namespace facelatch::network {

/// Bytes that are overwritten when the last copy goes. Copies share them.
class SecretBytes {
public:
    SecretBytes() = default;
    /// Takes `bytes` over; they are not to be shared with anybody.
    explicit SecretBytes(QByteArray&& bytes);
    QByteArrayView view() const { return m_bytes ? QByteArrayView(*m_bytes) : QByteArrayView(); }
    bool isEmpty() const { return view().isEmpty(); }

private:
    std::shared_ptr<const QByteArray> m_bytes;
};

enum class FileSecrecy {
    Open,  ///< anybody may read it
    Secret ///< refused where others may read it, or a group of our own file: a key that was seen is none
};

/// At most 1 MiB. Errors: NotFound; Failed for a file too long, not readable, or readable by too many.
core::Result<SecretBytes> readSmallFile(const std::string& path, FileSecrecy secrecy);

/// Through `path`.tmp, fsync and a rename, mode 0600: afterwards there is the new file or the one that was there.
core::Status writePrivateFile(const std::string& path, QByteArrayView bytes);

} // namespace facelatch::network
