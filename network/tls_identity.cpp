// SPDX-License-Identifier: GPL-3.0-or-later
// Reading, checking and keeping the door's TLS identity. Making one: tls_certificate.cpp.
#include "network/tls_identity.h"

#include "network/openssl_pieces.h"
#include "network/tls_certificate.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <QCryptographicHash>

namespace facelatch::network {

using core::Error;
using core::fail;
using core::Result;
using core::Status;
using core::WallTime;
using openssl::Certificate;

namespace {

constexpr std::chrono::days warnBefore{30};
constexpr int leastRsaBits = 2048;

std::string ownFile(const std::string& folder) {
    return folder + "/tls.pem";
}

Status checkKind(EVP_PKEY* key, const std::string& file) {
    if (EVP_PKEY_is_a(key, "RSA") && EVP_PKEY_get_bits(key) >= leastRsaBits)
        return core::Done{};
    char group[64] = {};
    if (EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1)
        for (const std::string_view known : {"prime256v1", "P-256", "secp384r1", "P-384", "secp521r1", "P-521"})
            if (known == group)
                return core::Done{};
    return fail("the private key is of a kind that the door cannot use", file,
                "Use an elliptic-curve key (P-256, P-384 or P-521), or RSA with 2048 bits or more");
}

bool fits(const Certificate& certificate, EVP_PKEY* key) {
    const bool fitting = X509_check_private_key(certificate.get(), key) == 1;
    ERR_clear_error();
    return fitting;
}

bool vouchesFor(const Certificate& issuer, const Certificate& certificate) {
    const bool vouches = X509_check_issued(issuer.get(), certificate.get()) == X509_V_OK &&
                         X509_verify(certificate.get(), X509_get0_pubkey(issuer.get())) == 1;
    ERR_clear_error();
    return vouches;
}

Status checkChain(const std::vector<Certificate>& chain, EVP_PKEY* key, const std::string& certificateFile,
                  const std::string& keyFile) {
    for (std::size_t i = 1; i < chain.size() && !fits(chain.front(), key); ++i)
        if (fits(chain[i], key))
            return fail("the certificates are out of order: the door's own is number " + std::to_string(i + 1),
                        certificateFile,
                        "Put the door's own certificate first, then the one that signed it, and so on");
    if (!fits(chain.front(), key))
        return fail("the certificate does not belong to the private key in " + keyFile, certificateFile,
                    "Name the key that the certificate was made for");
    for (std::size_t i = 1; i < chain.size(); ++i)
        if (!vouchesFor(chain[i], chain[i - 1]))
            return fail("the certificates are out of order: number " + std::to_string(i + 1) + " did not sign number " +
                            std::to_string(i),
                        certificateFile,
                        "Put the door's own certificate first, then the one that signed it, and so on");
    if (X509_check_purpose(chain.front().get(), X509_PURPOSE_SSL_SERVER, 0) != 1)
        return fail("the certificate is not made for servers", certificateFile,
                    "Ask for one with the extended key usage serverAuth");
    return core::Done{};
}

Result<TlsIdentity> identityFrom(const SecretBytes& certificates, const std::string& certificateFile,
                                 QByteArrayView keyPem, const std::string& keyFile) {
    const auto chain = openssl::certificatesFrom(certificates.view());
    if (chain.empty())
        return fail("there is no certificate in the file, or a damaged one", certificateFile,
                    "It must be a PEM file with a line \"-----BEGIN CERTIFICATE-----\"");
    const auto key = openssl::keyFrom(keyPem, keyFile);
    if (!key)
        return key.error();
    if (auto kind = checkKind(key->get(), keyFile); !kind)
        return kind.error();
    if (auto order = checkChain(chain, key->get(), certificateFile, keyFile); !order)
        return order.error();
    TlsIdentity identity;
    for (const Certificate& certificate : chain)
        identity.certificates += openssl::certificateText(certificate.get());
    auto keyText = openssl::keyText(key->get());
    if (!keyText)
        return keyText.error();
    identity.key = std::move(*keyText);
    describe(chain.front().get(), identity);
    identity.file = certificateFile;
    return identity;
}

} // namespace

Result<TlsIdentity> loadTlsIdentity(const std::string& folder) {
    const std::string file = ownFile(folder);
    const auto text = readSmallFile(file, FileSecrecy::Secret);
    if (!text)
        return text.error();
    return identityFrom(*text, file, text->view(), file);
}

Result<TlsIdentity> loadTlsFiles(const std::string& certificate, const std::string& key) {
    const auto keyText = readSmallFile(key, FileSecrecy::Secret);
    if (!keyText)
        return keyText.error();
    const auto certificates = readSmallFile(certificate, FileSecrecy::Open);
    if (!certificates)
        return certificates.error();
    auto identity = identityFrom(*certificates, certificate, keyText->view(), key);
    if (identity)
        identity->ownersOwn = true;
    return identity;
}

Status saveTlsIdentity(const std::string& folder, const TlsIdentity& identity) {
    QByteArray text;
    text.reserve(identity.key.view().size() + identity.certificates.size()); // or growing would leave the key behind
    text.append(identity.key.view()).append(identity.certificates);
    const SecretBytes whole(std::move(text));
    return writePrivateFile(ownFile(folder), whole.view());
}

Result<TlsIdentity> renewTlsIdentity(const TlsIdentity& identity, const std::vector<std::string>& names, WallTime now) {
    if (identity.ownersOwn)
        return fail("the certificate is the owner's own", identity.file, "Renew it where it came from");
    const auto key = openssl::keyFrom(identity.key.view(), identity.file);
    if (!key)
        return key.error();
    return certify(key->get(), names, now);
}

std::optional<Error> validityWarning(const TlsIdentity& identity, WallTime now) {
    if (!core::clockKnown(now))
        return std::nullopt;
    const std::string remedy = identity.ownersOwn ? "Put a new certificate into its place" : "Renew it at the door";
    const auto day = [](WallTime time) { return core::rfc3339Utc(time).substr(0, core::isoDateLength); };
    if (now >= identity.notAfter)
        return fail("the door's certificate ended on " + day(identity.notAfter), identity.file, remedy);
    if (now >= identity.notAfter - warnBefore)
        return fail("the door's certificate ends on " + day(identity.notAfter), identity.file, remedy);
    if (now < identity.notBefore)
        return fail("the door's certificate begins on " + day(identity.notBefore), identity.file,
                    "Check the clock of this machine");
    return std::nullopt;
}

QByteArray pinOf(const QByteArray& certificate) {
    const auto inPem = openssl::certificatesFrom(certificate);
    if (!inPem.empty())
        return openssl::pinOf(inPem.front().get());
    const auto* der = reinterpret_cast<const unsigned char*>(certificate.constData());
    const Certificate inDer(d2i_X509(nullptr, &der, static_cast<long>(certificate.size())));
    ERR_clear_error();
    return inDer ? openssl::pinOf(inDer.get()) : QByteArray();
}

std::string fingerprintText(const QByteArray& pin) {
    constexpr qsizetype group = 4;
    const QByteArray digits = pin.toHex().toUpper();
    std::string text;
    for (qsizetype i = 0; i < digits.size(); i += group)
        text.append(i > 0 ? " " : "").append(digits.mid(i, group).toStdString());
    return text;
}

} // namespace facelatch::network
