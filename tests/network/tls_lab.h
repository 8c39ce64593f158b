// SPDX-License-Identifier: GPL-3.0-or-later
// Keys and certificates of every kind for tests, as an authority or a careless owner would make them.
#pragma once

#include <QByteArray>

#include <string>

namespace facelatch::testing {

struct Signed {
    QByteArray certificate, key; ///< PEM
};

struct SignedAs {
    std::string name = "door.example.org";
    std::string kind = "EC";                  ///< or "RSA", "ED25519"
    std::string detail = "P-256";             ///< curve, or bits
    const char* use = "serverAuth";           ///< extended key usage; nullptr: none at all
    bool authority = false;                   ///< may sign others
    long beginsInDays = -1, endsInDays = 365; ///< from `today`
    long today = 20'900;                      ///< in days since 1970
    const Signed* issuer = nullptr;           ///< nullptr: itself
};

/// Throws std::runtime_error when OpenSSL refuses.
Signed makeSigned(const SignedAs& as = {});
/// The same key under `passphrase`.
QByteArray locked(const QByteArray& key, const std::string& passphrase);

} // namespace facelatch::testing
