// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets with libsodium.
#include "storage/secrets.h"

#include "storage/data_files.h"
#include "storage/durable_file.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <sys/stat.h>
#include <unistd.h>

namespace facelatch::storage {

using core::Result;

static_assert(SecretKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(SecretKey::size == crypto_generichash_KEYBYTES);

namespace {

constexpr std::size_t nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;

void ensureSodium() {
    static const bool ready = sodium_init() >= 0;
    if (!ready)
        std::abort(); // no random numbers: nothing secret may be made
}

constexpr std::string_view dataKeyPurpose = "facelatch: key of restored data";

const unsigned char* contextBytes(std::string_view context) {
    return reinterpret_cast<const unsigned char*>(context.data());
}

/// `forbidden` are the mode bits that let others in.
Result<SecretKey> readKeyFile(const std::string& path, unsigned forbidden) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return systemError("the device key cannot be read", path, errno);
    if ((status.st_mode & forbidden) != 0)
        return core::fail("the device key can be read by other users", path,
                          "Mend it with: chmod 0400 '" + path +
                              "'; whoever read it can open the templates and pictures of this door");
    auto data = readFile(path);
    if (!data) {
        core::Error error = data.error();
        error.what = "the device key " + error.what;
        return error;
    }
    if (data->size() != SecretKey::size) {
        wipe(std::span(*data));
        return core::fail("the device key has " + std::to_string(data->size()) + " bytes instead of " +
                              std::to_string(SecretKey::size),
                          path, "Put the right file back from your copy; without it the templates cannot be opened");
    }
    SecretKey key = SecretKey::fromBytes(*data);
    wipe(std::span(*data));
    return key;
}

} // namespace

void fillRandom(std::span<std::uint8_t> out) {
    ensureSodium();
    randombytes_buf(out.data(), out.size());
}

std::string sha256Hex(ByteView data) {
    ensureSodium();
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, data.data(), data.size());
    char hex[2 * sizeof hash + 1];
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return hex;
}

void wipe(std::span<std::uint8_t> memory) {
    sodium_memzero(memory.data(), memory.size_bytes());
}
void wipe(std::span<float> memory) {
    sodium_memzero(memory.data(), memory.size_bytes());
}

void SecretKey::Wipe::operator()(std::uint8_t* memory) const {
    sodium_free(memory);
}

SecretKey::SecretKey() {
    ensureSodium();
    m_memory.reset(static_cast<std::uint8_t*>(sodium_malloc(size)));
    if (!m_memory)
        throw std::bad_alloc();
}

SecretKey SecretKey::random() {
    SecretKey key;
    randombytes_buf(key.m_memory.get(), size);
    return key;
}

SecretKey SecretKey::fromBytes(ByteView bytes) {
    SecretKey key;
    std::copy_n(bytes.begin(), size, key.m_memory.get());
    return key;
}

ByteView SecretKey::bytes() const {
    return {m_memory.get(), size};
}

SecretKey SecretKey::derive(std::string_view purpose) const {
    SecretKey key;
    crypto_generichash(key.m_memory.get(), size, contextBytes(purpose), purpose.size(), m_memory.get(), size);
    return key;
}

std::string SecretKey::fingerprint() const {
    unsigned char print[crypto_generichash_BYTES_MIN];
    constexpr std::string_view purpose = "facelatch fingerprint of a key";
    crypto_generichash(print, sizeof print, contextBytes(purpose), purpose.size(), m_memory.get(), size);
    char hex[2 * sizeof print + 1];
    sodium_bin2hex(hex, sizeof hex, print, sizeof print);
    return hex;
}

Bytes encrypt(const SecretKey& key, ByteView plain, std::string_view context) {
    Bytes sealed(nonceSize + plain.size() + tagSize);
    fillRandom(std::span(sealed).first(nonceSize));
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonceSize, nullptr, plain.data(), plain.size(),
                                               contextBytes(context), context.size(), nullptr, sealed.data(),
                                               key.bytes().data());
    return sealed;
}

Result<Bytes> decrypt(const SecretKey& key, ByteView sealed, std::string_view context) {
    const core::Error refused =
        core::fail("the encrypted data does not open: it was changed, or the key is another one");
    if (sealed.size() < nonceSize + tagSize)
        return refused;
    Bytes plain(sealed.size() - nonceSize - tagSize);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data() + nonceSize,
                                                   sealed.size() - nonceSize, contextBytes(context), context.size(),
                                                   sealed.data(), key.bytes().data()) != 0)
        return refused;
    return plain;
}

Bytes sealDataKey(const SecretKey& own, const SecretKey& dataKey) {
    return encrypt(own.derive(dataKeyPurpose), dataKey.bytes(), dataKeyPurpose);
}

Result<SecretKey> loadDeviceKey(const std::string& folder, const std::string& credentialsDirectory, bool mayCreate) {
    auto own = loadOwnKey(folder, credentialsDirectory, mayCreate);
    const std::string path = inFolder(folder, dataKeyFile);
    if (!own || !fileExists(path))
        return own;
    const auto sealed = readFile(path);
    if (!sealed)
        return sealed.error();
    auto bytes = decrypt(own->derive(dataKeyPurpose), *sealed, dataKeyPurpose);
    if (!bytes || bytes->size() != SecretKey::size)
        return core::fail("the key of the restored data does not open with this device's key", path,
                          "Put this device's own key back (device.key in the data folder, or the systemd credential " +
                              std::string(credentialName) + "), or restore the backup again");
    SecretKey key = SecretKey::fromBytes(*bytes);
    wipe(std::span(*bytes));
    return key;
}

Result<SecretKey> loadOwnKey(const std::string& folder, const std::string& credentialsDirectory, bool mayCreate) {
    if (!credentialsDirectory.empty()) {
        // systemd lets the service's user in by an access list, which shows as a group right: only "others" are
        // refused.
        const std::string credential = inFolder(credentialsDirectory, credentialName);
        if (fileExists(credential))
            return readKeyFile(credential, 007);
    }
    const std::string path = inFolder(folder, deviceKeyFile);
    if (fileExists(path))
        return readKeyFile(path, 077);
    if (!mayCreate)
        return core::fail("the device key of this database is missing", path,
                          "Put the file back from your copy (or the systemd credential " + std::string(credentialName) +
                              "); to start over without the people and pictures, move the database away first");
    SecretKey key = SecretKey::random();
    if (auto written = writeFileDurably(path, key.bytes(), 0400); !written) {
        core::Error error = written.error();
        error.what = "the device key " + error.what;
        return error;
    }
    return key;
}

std::string credentialsDirectoryFromEnvironment() {
    const char* directory = std::getenv("CREDENTIALS_DIRECTORY");
    return directory ? directory : "";
}

} // namespace facelatch::storage
