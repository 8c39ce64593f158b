// SPDX-License-Identifier: GPL-3.0-or-later
// Test certificates by OpenSSL.
#include "tls_lab.h"

#include "network/openssl_pieces.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <stdexcept>

namespace facelatch::testing {

using namespace facelatch::network;

namespace {

constexpr std::time_t daySeconds = 86'400;

template<typename T>
T* must(T* object, const char* what) {
    if (!object)
        throw std::runtime_error(std::string("OpenSSL did not make ") + what);
    return object;
}
void must(bool done, const char* what) {
    if (!done)
        throw std::runtime_error(std::string("OpenSSL did not ") + what);
}

openssl::Key makeKey(const SignedAs& as) {
    if (as.kind == "RSA")
        return openssl::Key(must(EVP_RSA_gen(static_cast<unsigned>(std::stoul(as.detail))), "an RSA key"));
    if (as.kind == "EC")
        return openssl::Key(must(EVP_EC_gen(as.detail.c_str()), "an elliptic-curve key"));
    return openssl::Key(must(EVP_PKEY_Q_keygen(nullptr, nullptr, as.kind.c_str()), "a key"));
}

void extend(X509* certificate, int nid, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, openssl::Freed<&X509_EXTENSION_free>> extension(
        must(X509V3_EXT_nconf_nid(nullptr, &context, nid, value), "an extension"));
    must(X509_add_ext(certificate, extension.get(), -1) == 1, "add an extension");
}

} // namespace

Signed makeSigned(const SignedAs& as) {
    static long serial = 1;
    const openssl::Key key = makeKey(as);
    const openssl::Certificate certificate(must(X509_new(), "a certificate"));
    X509* raw = certificate.get();
    must(X509_set_version(raw, X509_VERSION_3) == 1 && X509_set_pubkey(raw, key.get()) == 1 &&
             ASN1_INTEGER_set(X509_get_serialNumber(raw), serial++) == 1 &&
             ASN1_TIME_set(X509_getm_notBefore(raw), (as.today + as.beginsInDays) * daySeconds) &&
             ASN1_TIME_set(X509_getm_notAfter(raw), (as.today + as.endsInDays) * daySeconds) &&
             X509_NAME_add_entry_by_txt(X509_get_subject_name(raw), "CN", MBSTRING_ASC,
                                        reinterpret_cast<const unsigned char*>(as.name.c_str()), -1, -1, 0) == 1,
         "fill a certificate");
    extend(raw, NID_basic_constraints, as.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (as.use && !as.authority)
        extend(raw, NID_ext_key_usage, as.use);
    extend(raw, NID_subject_alt_name, ("DNS:" + as.name).c_str());
    openssl::Key issuerKey;
    std::vector<openssl::Certificate> issuer;
    if (as.issuer) {
        issuerKey = std::move(openssl::keyFrom(as.issuer->key, "issuer").value());
        issuer = openssl::certificatesFrom(as.issuer->certificate);
    }
    EVP_PKEY* signer = as.issuer ? issuerKey.get() : key.get();
    must(X509_set_issuer_name(raw, X509_get_subject_name(as.issuer ? issuer.at(0).get() : raw)) == 1, "name an issuer");
    must(X509_sign(raw, signer, EVP_PKEY_is_a(signer, "ED25519") ? nullptr : EVP_sha256()) > 0, "sign");
    return {openssl::certificateText(raw), openssl::keyText(key.get())->view().toByteArray()};
}

QByteArray locked(const QByteArray& key, const std::string& passphrase) {
    const auto open = openssl::keyFrom(key, "key");
    const std::unique_ptr<BIO, openssl::Freed<&BIO_free>> bio(must(BIO_new(BIO_s_mem()), "a buffer"));
    must(PEM_write_bio_PKCS8PrivateKey(bio.get(), open->get(), EVP_aes_256_cbc(), passphrase.c_str(),
                                       static_cast<int>(passphrase.size()), nullptr, nullptr) == 1,
         "lock a key");
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<qsizetype>(size)};
}

} // namespace facelatch::testing
