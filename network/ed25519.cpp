// SPDX-License-Identifier: GPL-3.0-or-later
// Ed25519 through OpenSSL.
#include "network/ed25519.h"

#include "network/openssl_pieces.h"

#include <openssl/err.h>

namespace facelatch::network {

using core::fail;
using core::Result;
using core::Status;
using openssl::Digest;
using openssl::Key;

namespace {

constexpr std::size_t publicBytes = 32, signatureBytes = 64;

const unsigned char* bytesOf(const QByteArray& bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.constData());
}
unsigned char* bytesOf(QByteArray& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

} // namespace

class Ed25519Key::Private {
public:
    explicit Private(Key key) : m_key(std::move(key)) {}
    EVP_PKEY* key() const { return m_key.get(); }

private:
    Key m_key;
};

Result<Ed25519Key> Ed25519Key::make() {
    Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    if (!key)
        return openssl::failure("no key could be made");
    return Ed25519Key(std::make_shared<const Private>(std::move(key)));
}

Result<Ed25519Key> Ed25519Key::load(const std::string& file) {
    const auto text = readSmallFile(file, FileSecrecy::Secret);
    if (!text)
        return text.error();
    auto key = openssl::keyFrom(text->view(), file);
    if (!key)
        return key.error();
    if (!EVP_PKEY_is_a(key->get(), "ED25519"))
        return fail("the key in the file is no Ed25519 key", file, "Check that it is the right file");
    return Ed25519Key(std::make_shared<const Private>(std::move(*key)));
}

Status Ed25519Key::save(const std::string& file) const {
    const auto text = openssl::keyText(m_p->key());
    if (!text)
        return text.error();
    return writePrivateFile(file, text->view());
}

QByteArray Ed25519Key::publicKey() const {
    QByteArray bytes(publicBytes, '\0');
    std::size_t size = publicBytes;
    if (EVP_PKEY_get_raw_public_key(m_p->key(), bytesOf(bytes), &size) != 1 || size != publicBytes)
        return {};
    return bytes;
}

Result<QByteArray> Ed25519Key::sign(const QByteArray& text) const {
    const Digest context(EVP_MD_CTX_new());
    QByteArray signature(signatureBytes, '\0');
    std::size_t size = signatureBytes;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, m_p->key()) != 1 ||
        EVP_DigestSign(context.get(), bytesOf(signature), &size, bytesOf(text),
                       static_cast<std::size_t>(text.size())) != 1 ||
        size != signatureBytes)
        return openssl::failure("the text could not be signed");
    return signature;
}

bool ed25519Verifies(const QByteArray& publicKey, const QByteArray& text, const QByteArray& signature) {
    if (static_cast<std::size_t>(publicKey.size()) != publicBytes ||
        static_cast<std::size_t>(signature.size()) != signatureBytes)
        return false;
    const Key key(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, bytesOf(publicKey), publicBytes));
    const Digest context(EVP_MD_CTX_new());
    const bool good = key && context &&
                      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
                      EVP_DigestVerify(context.get(), bytesOf(signature), signatureBytes, bytesOf(text),
                                       static_cast<std::size_t>(text.size())) == 1;
    if (!good)
        ERR_clear_error(); // or it is taken for the reason of a later failure
    return good;
}

} // namespace facelatch::network
