// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets: the device key, keys wrapped by it, authenticated encryption, random bytes and SHA-256. Any thread.
//
// Cipher: XChaCha20-Poly1305 (libsodium), a random nonce of 24 bytes before each ciphertext, tag of 16 bytes after it.
// Every ciphertext is bound to a context (associated data), so that a blob moved to another row does not open.
// What the theft of the SD card means: a device.key on the same card opens everything on it. Only a key kept elsewhere
// (a systemd credential sealed by a TPM, or handed over at boot) protects templates and pictures from a thief.
#pragma once

#include "core/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace facelatch::storage {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// Fills `out` from the system's generator. Never fails.
void fillRandom(std::span<std::uint8_t> out);
/// 64 lower-case hexadecimal digits.
std::string sha256Hex(ByteView data);

/// 32 secret bytes in locked memory, wiped when destroyed. Movable, not copyable.
class SecretKey {
public:
    static constexpr std::size_t size = 32;

    static SecretKey random();
    /// `bytes` has exactly `size` bytes; the caller wipes its own copy.
    static SecretKey fromBytes(ByteView bytes);

    ByteView bytes() const;
    /// A key of its own for one purpose, derived from this one (keyed BLAKE2b of the purpose).
    SecretKey derive(std::string_view purpose) const;
    /// 32 hexadecimal digits that tell two keys apart and reveal neither.
    std::string fingerprint() const;

private:
    struct Wipe {
        void operator()(std::uint8_t* memory) const;
    };
    SecretKey();
    std::unique_ptr<std::uint8_t, Wipe> m_memory;
};

/// Nonce, ciphertext and tag: 40 bytes longer than `plain`.
Bytes encrypt(const SecretKey& key, ByteView plain, std::string_view context);
/// Fails when the key or the context is another one, or any bit was changed.
core::Result<Bytes> decrypt(const SecretKey& key, ByteView sealed, std::string_view context);

/// Overwrites memory in a way the compiler keeps.
void wipe(std::span<std::uint8_t> memory);
void wipe(std::span<float> memory);

/// The key of the data here. It is the device's own key, unless a backup of another device was restored: then that
/// one's, which `folder`/data.key holds sealed with the device's own.
/// The device's own key: `credentialsDirectory`/facelatch-device-key when that file exists, else `folder`/device.key;
/// 32 raw bytes. `mayCreate` is true only while there is no database: a missing key beside a database is an error and
/// never replaced, since all that was encrypted with it would be lost for good. Errors: unreadable, wrong length, or
/// readable by others (with the command that mends it).
core::Result<SecretKey> loadDeviceKey(const std::string& folder, const std::string& credentialsDirectory,
                                      bool mayCreate);
/// This device's key alone. loadDeviceKey() goes on from it to the key of data that came from another device.
core::Result<SecretKey> loadOwnKey(const std::string& folder, const std::string& credentialsDirectory, bool mayCreate);
/// `dataKey` for the file data.key of a device with the key `own`.
Bytes sealDataKey(const SecretKey& own, const SecretKey& dataKey);
/// $CREDENTIALS_DIRECTORY, or empty.
std::string credentialsDirectoryFromEnvironment();

} // namespace facelatch::storage
