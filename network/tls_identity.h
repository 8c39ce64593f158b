// SPDX-License-Identifier: GPL-3.0-or-later
// The door's TLS identity: a key and a certificate, made once by OpenSSL, or the owner's own. Any thread.
#pragma once

#include "core/result.h"
#include "core/time.h"

#include <QByteArray>

#include <string>
#include <vector>

namespace facelatch::network {

struct TlsIdentity {
    QByteArray certificates; ///< PEM, the door's own first, then its chain
    QByteArray key;          ///< PEM
    QByteArray pin;          ///< SHA-256 of the SubjectPublicKeyInfo, 32 bytes
    core::WallTime notBefore{}, notAfter{};
    std::vector<std::string> names; ///< DNS names and addresses of the SAN
    bool ownersOwn = false;         ///< not made by us: never replaced by us
};

/// Host name, host.local, localhost and the addresses of this machine's interfaces.
std::vector<std::string> namesOfThisHost();

/// A P-256 key with a self-signed certificate for `names`, valid ten years from a day before `now`.
core::Result<TlsIdentity> makeTlsIdentity(const std::vector<std::string>& names, core::WallTime now);

/// `folder`/tls.crt and tls.key. Errors: NotFound when neither is there; Failed for a key others may read, a key that
/// does not fit its certificate, a chain out of order, a file that is no PEM, an expired certificate (still usable: its
/// fields are filled by loadTlsFiles() alone).
core::Result<TlsIdentity> loadTlsIdentity(const std::string& folder);
core::Result<TlsIdentity> loadTlsFiles(const std::string& certificate, const std::string& key);
/// Key with mode 0600; whole or not at all: never a key without its certificate.
core::Status saveTlsIdentity(const std::string& folder, const TlsIdentity& identity);

/// The pin of a certificate in PEM or DER, as a client sees it; empty when it is none.
QByteArray pinOf(const QByteArray& certificate);
/// "1A2B 3C4D ...": the pin to compare by eye.
std::string fingerprintText(const QByteArray& pin);

} // namespace facelatch::network
