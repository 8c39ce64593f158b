// SPDX-License-Identifier: GPL-3.0-or-later
// Ed25519 signatures (RFC 8032), by OpenSSL. Any thread.
#pragma once

#include "core/result.h"

#include <QByteArray>

#include <memory>
#include <string>
#include <utility>

namespace facelatch::network {

/// A private key. Copies share it; its bytes are wiped when the last copy goes, and never printed.
class Ed25519Key {
public:
    static core::Result<Ed25519Key> make();
    /// A PEM file (PKCS #8). Errors: NotFound; Failed for a file that other users may read, or that holds no Ed25519
    /// key.
    static core::Result<Ed25519Key> load(const std::string& file);
    /// As PEM, mode 0600, whole or not at all: what was there before stays after an error.
    core::Status save(const std::string& file) const;

    QByteArray publicKey() const;                                ///< 32 bytes
    core::Result<QByteArray> sign(const QByteArray& text) const; ///< 64 bytes

private:
    class Private;
    explicit Ed25519Key(std::shared_ptr<const Private> p) : m_p(std::move(p)) {}
    std::shared_ptr<const Private> m_p;
};

/// False for anything but a signature of `text` by that key; wrong lengths included.
bool ed25519Verifies(const QByteArray& publicKey, const QByteArray& text, const QByteArray& signature);

} // namespace facelatch::network
