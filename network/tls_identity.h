// SPDX-License-Identifier: GPL-3.0-or-later
// The door's TLS identity: a private key and its certificate, made by us with OpenSSL, or the owner's own. Any thread.
//
// Viewers know a door by the pin of its key, not by who signed its certificate. So a renewed certificate (other names,
// a later end) is the same door to them as long as the key stays; with another key all of them must be paired again.
#pragma once

#include "core/result.h"
#include "core/time.h"
#include "network/private_file.h"

#include <QByteArray>

#include <optional>
#include <string>
#include <vector>

namespace facelatch::network {

struct TlsIdentity {
    QByteArray certificates; ///< PEM: the door's own first, then those that vouch for it, in order
    SecretBytes key;         ///< PEM
    QByteArray pin;          ///< SHA-256 of the SubjectPublicKeyInfo, 32 bytes
    core::WallTime notBefore{}, notAfter{};
    std::vector<std::string> names; ///< DNS names and addresses the certificate is made out for
    bool ownersOwn = false;         ///< from the owner's files: never renewed or replaced by us
    std::string file;               ///< where the certificate came from; empty when it was just made
};

/// Host name, host.local, localhost and the addresses of this machine's interfaces; none twice.
std::vector<std::string> namesOfThisHost();

/// A P-256 key with a self-signed certificate for `names`, valid for ten years from a day before `now`; before the
/// clock is known (core::clockKnown), from the first day it could be. Names that are neither a host's nor an address
/// are left out.
core::Result<TlsIdentity> makeTlsIdentity(const std::vector<std::string>& names, core::WallTime now);
/// The same key, and with it the same pin, in a new certificate. Error: `identity` is the owner's own.
core::Result<TlsIdentity> renewTlsIdentity(const TlsIdentity& identity, const std::vector<std::string>& names,
                                           core::WallTime now);

/// Ours: `folder`/tls.pem, key and certificate in one file, so that one is never there without the other. Errors:
/// NotFound when it is not there; else as for loadTlsFiles().
core::Result<TlsIdentity> loadTlsIdentity(const std::string& folder);
/// Mode 0600, whole or not at all: what was there before stays after an error.
core::Status saveTlsIdentity(const std::string& folder, const TlsIdentity& identity);

/// The owner's own: `certificate` holds the door's certificate and then its chain, `key` the private key; both may name
/// the same file. Errors say which file and what to do: NotFound; Failed for a key that others may read, is under a
/// passphrase, does not fit the certificate or is of a kind TLS 1.3 does not take here (RSA from 2048 bits, P-256,
/// P-384 and P-521 will do), a chain out of order, a certificate that is not for servers, and files that are no PEM. An
/// end that has passed is no error: see validityWarning().
core::Result<TlsIdentity> loadTlsFiles(const std::string& certificate, const std::string& key);

/// What an admin should know about its dates: ended, ends within 30 days, has not begun. Nothing while all is well, or
/// the clock is not known. Paired viewers go by the pin and connect nevertheless.
std::optional<core::Error> validityWarning(const TlsIdentity& identity, core::WallTime now);

/// The pin of a certificate in PEM or DER, as a client sees it; empty when it is none.
QByteArray pinOf(const QByteArray& certificate);
/// "1A2B 3C4D ...": a pin to compare by eye.
std::string fingerprintText(const QByteArray& pin);

} // namespace facelatch::network
