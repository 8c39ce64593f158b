// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates made and read by OpenSSL, for tls_identity.cpp only. Any thread.
#pragma once

#include "network/openssl_pieces.h"
#include "network/tls_identity.h"

namespace facelatch::network {

/// A self-signed certificate for `key`, whole with the key as an identity.
core::Result<TlsIdentity> certify(EVP_PKEY* key, const std::vector<std::string>& names, core::WallTime now);

/// Fills pin, dates and names.
void describe(X509* certificate, TlsIdentity& identity);

namespace openssl {
/// SHA-256 of the certificate's SubjectPublicKeyInfo.
QByteArray pinOf(X509* certificate);
} // namespace openssl

} // namespace facelatch::network
