// SPDX-License-Identifier: GPL-3.0-or-later
// Keys and certificates as PEM, through OpenSSL.
#include "network/openssl_pieces.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <utility>

namespace facelatch::network::openssl {

using core::Error;
using core::fail;
using core::Result;

namespace {

using Bio = std::unique_ptr<BIO, Freed<&BIO_free>>; ///< one in memory is wiped as it is freed

Bio reading(QByteArrayView text) {
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

QByteArray written(BIO* bio) {
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);
    return QByteArray(text, static_cast<qsizetype>(size));
}

/// Nobody is there to ask. Notes that a passphrase was wanted.
int noPassphrase(char*, int, int, void* wanted) {
    *static_cast<bool*>(wanted) = true;
    return -1;
}

} // namespace

Error failure(const std::string& what, const std::string& where, const std::string& remedy) {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return fail(reason ? what + ": " + reason : what, where, remedy);
}

Result<SecretBytes> keyText(EVP_PKEY* key) {
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return failure("the private key cannot be written down");
    return SecretBytes(written(bio.get()));
}

Result<Key> keyFrom(QByteArrayView pem, const std::string& file) {
    const Bio bio = reading(pem);
    bool passphrase = false;
    Key key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, &noPassphrase, &passphrase) : nullptr);
    if (key)
        return key;
    ERR_clear_error(); // what it says ("no start line") helps nobody
    if (passphrase)
        return fail("the private key is under a passphrase, which nobody types at a door", file,
                    "Remove it with: openssl pkey -in FILE -out NEWFILE");
    return fail("there is no private key in the file", file,
                "It must be a PEM file with a line \"-----BEGIN PRIVATE KEY-----\"");
}

QByteArray certificateText(X509* certificate) {
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || PEM_write_bio_X509(bio.get(), certificate) != 1)
        return {};
    return written(bio.get());
}

std::vector<Certificate> certificatesFrom(QByteArrayView pem) {
    std::vector<Certificate> certificates;
    const Bio bio = reading(pem);
    while (bio) {
        Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        if (!certificate)
            break;
        certificates.push_back(std::move(certificate));
    }
    const bool atTheEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (!atTheEnd)
        certificates.clear();
    return certificates;
}

} // namespace facelatch::network::openssl
