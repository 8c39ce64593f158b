// SPDX-License-Identifier: GPL-3.0-or-later
// Making and reading the door's certificate.
#include "network/tls_certificate.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <QCryptographicHash>
#include <QHostAddress>
#include <QNetworkInterface>
#include <QSysInfo>

#include <algorithm>
#include <array>
#include <ctime>

namespace facelatch::network {

using core::Result;
using core::WallTime;
using openssl::Certificate;
using openssl::Freed;

namespace {

constexpr std::chrono::years lifetime{10};
constexpr std::chrono::days clockSlack{1}; ///< for viewers whose clocks are behind the door's
constexpr std::size_t mostCommonName = 64; ///< RFC 5280, ub-common-name
constexpr std::size_t mostName = 253;      ///< of a host, RFC 1035
constexpr std::size_t serialBytes = 16;

using GeneralNames = std::unique_ptr<GENERAL_NAMES, Freed<&GENERAL_NAMES_free>>;
using GeneralName = std::unique_ptr<GENERAL_NAME, Freed<&GENERAL_NAME_free>>;
using Address = std::unique_ptr<ASN1_OCTET_STRING, Freed<&ASN1_OCTET_STRING_free>>;
using Text = std::unique_ptr<ASN1_IA5STRING, Freed<&ASN1_IA5STRING_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<&BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<&X509_EXTENSION_free>>;

bool isHostName(const std::string& name) {
    return !name.empty() && name.size() <= mostName && name.front() != '.' && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_';
    });
}

/// Nothing for what is neither an address nor a host's name.
GeneralName generalName(const std::string& name) {
    GeneralName general(GENERAL_NAME_new());
    Address address(a2i_IPADDRESS(name.c_str()));
    ERR_clear_error();
    if (general && address) {
        GENERAL_NAME_set0_value(general.get(), GEN_IPADD, address.release());
        return general;
    }
    Text text(ASN1_IA5STRING_new());
    if (!general || !text || !isHostName(name) ||
        ASN1_STRING_set(text.get(), name.data(), static_cast<int>(name.size())) != 1)
        return nullptr;
    GENERAL_NAME_set0_value(general.get(), GEN_DNS, text.release());
    return general;
}

bool addNames(X509* certificate, const std::vector<std::string>& names) {
    const GeneralNames list(GENERAL_NAMES_new());
    if (!list)
        return false;
    for (const std::string& name : names)
        if (GeneralName general = generalName(name); general && sk_GENERAL_NAME_push(list.get(), general.get()) > 0)
            (void)general.release(); // the list's now
    return sk_GENERAL_NAME_num(list.get()) == 0 ||
           X509_add1_ext_i2d(certificate, NID_subject_alt_name, list.get(), 0, X509V3_ADD_DEFAULT) == 1;
}

bool addExtension(X509* certificate, int nid, const char* value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_nconf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// Random, so that no two certificates of one name have the same: browsers refuse the second one.
bool setSerial(X509* certificate) {
    std::array<unsigned char, serialBytes> random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1)
        return false;
    random[0] = static_cast<unsigned char>((random[0] & 0x3fU) | 0x40U); // positive, and never zero
    const Number number(BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool setDates(X509* certificate, WallTime now) {
    using namespace std::chrono;
    const auto today = floor<days>(now);
    auto end = year_month_day(today) + lifetime;
    if (!end.ok()) // the 29th of February
        end = end.year() / end.month() / last;
    const auto from = system_clock::to_time_t(now - clockSlack);
    const auto until = system_clock::to_time_t(sys_days(end) + (now - today) - clockSlack);
    return ASN1_TIME_set(X509_getm_notBefore(certificate), from) &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), until);
}

bool setSubject(X509* certificate, const std::vector<std::string>& names) {
    std::string common = "facelatch";
    if (!names.empty() && isHostName(names.front()) && names.front().size() <= mostCommonName)
        common = names.front();
    X509_NAME* subject = X509_get_subject_name(certificate);
    const auto set = [&](const char* field, const char* value) {
        return X509_NAME_add_entry_by_txt(subject, field, MBSTRING_ASC, reinterpret_cast<const unsigned char*>(value),
                                          -1, -1, 0) == 1;
    };
    return set("O", "Facelatch") && set("CN", common.c_str()) && X509_set_issuer_name(certificate, subject) == 1;
}

WallTime timeOf(const ASN1_TIME* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    using namespace std::chrono;
    const sys_days day = year(parts.tm_year + 1900) / (parts.tm_mon + 1) / parts.tm_mday;
    return day + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec);
}

std::vector<std::string> namesOf(X509* certificate) {
    std::vector<std::string> names;
    const GeneralNames list(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; list && i < sk_GENERAL_NAME_num(list.get()); ++i) {
        int type = 0;
        const auto* value =
            static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(list.get(), i), &type));
        const unsigned char* bytes = value ? ASN1_STRING_get0_data(value) : nullptr;
        const int size = value ? ASN1_STRING_length(value) : 0;
        if (type == GEN_DNS && bytes)
            names.emplace_back(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
        else if (type == GEN_IPADD && size == 16)
            names.push_back(QHostAddress(bytes).toString().toStdString());
        else if (type == GEN_IPADD && size == 4)
            names.push_back(QHostAddress(quint32(bytes[0]) << 24U | quint32(bytes[1]) << 16U | quint32(bytes[2]) << 8U |
                                         quint32(bytes[3]))
                                .toString()
                                .toStdString());
    }
    return names;
}

} // namespace

QByteArray openssl::pinOf(X509* certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    if (size <= 0)
        return {};
    const QByteArray pin = QCryptographicHash::hash(QByteArrayView(der, size), QCryptographicHash::Sha256);
    OPENSSL_free(der);
    return pin;
}

void describe(X509* certificate, TlsIdentity& identity) {
    identity.pin = openssl::pinOf(certificate);
    identity.notBefore = timeOf(X509_get0_notBefore(certificate));
    identity.notAfter = timeOf(X509_get0_notAfter(certificate));
    identity.names = namesOf(certificate);
}

Result<TlsIdentity> certify(EVP_PKEY* key, const std::vector<std::string>& names, WallTime now) {
    if (!core::clockKnown(now))
        now = core::firstKnownTime;
    const Certificate certificate(X509_new());
    X509* raw = certificate.get();
    const bool made = raw && X509_set_version(raw, X509_VERSION_3) == 1 && setSerial(raw) && setDates(raw, now) &&
                      setSubject(raw, names) && X509_set_pubkey(raw, key) == 1 &&
                      addExtension(raw, NID_basic_constraints, "critical,CA:FALSE") &&
                      addExtension(raw, NID_key_usage, "critical,digitalSignature") &&
                      addExtension(raw, NID_ext_key_usage, "serverAuth") &&
                      addExtension(raw, NID_subject_key_identifier, "hash") && addNames(raw, names) &&
                      X509_sign(raw, key, EVP_sha256()) > 0;
    if (!made)
        return openssl::failure("no certificate could be made");
    auto text = openssl::keyText(key);
    if (!text)
        return text.error();
    TlsIdentity identity;
    identity.key = std::move(*text);
    identity.certificates = openssl::certificateText(raw);
    describe(raw, identity);
    return identity;
}

Result<TlsIdentity> makeTlsIdentity(const std::vector<std::string>& names, WallTime now) {
    const openssl::Key key(EVP_EC_gen("P-256"));
    if (!key)
        return openssl::failure("no private key could be made");
    return certify(key.get(), names, now);
}

std::vector<std::string> namesOfThisHost() {
    std::vector<std::string> names;
    const auto add = [&](const std::string& name) {
        if (!name.empty() && std::ranges::find(names, name) == names.end())
            names.push_back(name);
    };
    const std::string host = QSysInfo::machineHostName().toStdString();
    if (isHostName(host) && host != "localhost") {
        add(host);
        add(host.substr(0, host.find('.')) + ".local");
    }
    add("localhost");
    const auto addresses = QNetworkInterface::allAddresses();
    for (const QHostAddress& address : addresses)
        if (!address.isLinkLocal()) // good only together with the name of an interface of whoever asks
            add(address.toString().toStdString());
    return names;
}

} // namespace facelatch::network
