// SPDX-License-Identifier: GPL-3.0-or-later
// Argon2id and keyed BLAKE2b by libsodium.
#include "storage/pin_hash.h"

#include <sodium.h>

namespace facelatch::storage {

using core::Result;

namespace {

constexpr unsigned long long passes = 2;
constexpr std::size_t memory = std::size_t{64} * 1024 * 1024;

static_assert(passes >= crypto_pwhash_OPSLIMIT_MIN && memory >= crypto_pwhash_MEMLIMIT_INTERACTIVE);
static_assert(SecretKey::size >= crypto_pwhash_SALTBYTES && SecretKey::size == crypto_generichash_KEYBYTES);
static_assert(std::tuple_size_v<core::PinVerifier> == crypto_generichash_BYTES);

} // namespace

PinHasher::PinHasher(const SecretKey& deviceKey)
    : m_pepper(deviceKey.derive("facelatch: pepper of PINs")),
      m_personSalt(deviceKey.derive("facelatch: salt of people's PINs")),
      m_adminSalt(deviceKey.derive("facelatch: salt of admins' PINs")) {}

Result<core::PinVerifier> PinHasher::verifier(std::string_view pin, core::PinPurpose purpose) const {
    const SecretKey& salt = purpose == core::PinPurpose::Admin ? m_adminSalt : m_personSalt;
    std::array<std::uint8_t, 32> stretched{};
    if (crypto_pwhash(stretched.data(), stretched.size(), pin.data(), pin.size(), salt.bytes().data(), passes, memory,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return core::fail("the PIN cannot be checked: 64 MiB of memory are needed for it", {},
                          "Look at what uses up the memory of this device");
    core::PinVerifier verifier{};
    const ByteView key = m_pepper.bytes();
    crypto_generichash(verifier.data(), verifier.size(), stretched.data(), stretched.size(), key.data(), key.size());
    wipe(std::span<std::uint8_t>(stretched));
    return verifier;
}

void wipe(std::string& secret) {
    sodium_memzero(secret.data(), secret.size());
    secret.clear();
}

} // namespace facelatch::storage
