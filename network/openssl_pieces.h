// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL's objects with an owner, and its PEM texts. For this folder's .cpp files only. Any thread.
#pragma once

#include "core/result.h"
#include "network/private_file.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

namespace facelatch::network::openssl {

template<auto release>
struct Freed {
    template<typename T>
    void operator()(T* object) const {
        release(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>>; ///< OpenSSL wipes private keys as it frees them
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<&EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<&EVP_MD_CTX_free>>;
using Certificate = std::unique_ptr<X509, Freed<&X509_free>>;

/// What OpenSSL says went wrong last, as an error; its queue is empty afterwards.
core::Error failure(const std::string& what, const std::string& where = {}, const std::string& remedy = {});

/// PKCS #8.
core::Result<SecretBytes> keyText(EVP_PKEY* key);
/// Errors, with `file` as their place: no key in it, or one under a passphrase.
core::Result<Key> keyFrom(QByteArrayView pem, const std::string& file);

QByteArray certificateText(X509* certificate);
/// All of them in the order of the text. Empty when there is none, or one of them is damaged.
std::vector<Certificate> certificatesFrom(QByteArrayView pem);

} // namespace facelatch::network::openssl
