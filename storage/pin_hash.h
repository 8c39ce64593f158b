// SPDX-License-Identifier: GPL-3.0-or-later
// PinHasher: what is stored and compared in the place of a PIN.
//
// Verifier = BLAKE2b-256(key: pepper, Argon2id(PIN, salt, 64 MiB, 2 passes)). Pepper and salts are derived from the
// device key, one salt a purpose, so the same PIN gives the same verifier here and another one on any other device: one
// evaluation a try finds out whose PIN it is, and whoever has the database without the device key cannot try PINs.
// Argon2id: RFC 9106, by libsodium's crypto_pwhash; a try costs about a tenth of a second and 64 MiB.
#pragma once

#include "core/pin.h"
#include "core/result.h"
#include "storage/secrets.h"

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace facelatch::storage {

/// Immutable; any thread, several at once. Never call verifier() where somebody waits: not in the gui's, the door's or
/// the storage's thread.
class PinHasher {
public:
    /// From the device's key.
    explicit PinHasher(const SecretKey& deviceKey);

    /// The caller wipes its PIN. Fails when 64 MiB of memory are not to be had: then nobody is let in by a PIN.
    core::Result<core::PinVerifier> verifier(std::string_view pin, core::PinPurpose purpose) const;

private:
    SecretKey m_pepper;
    SecretKey m_personSalt, m_adminSalt;
};

/// Overwrites a PIN and empties it.
void wipe(std::string& secret);

} // namespace facelatch::storage
