// SPDX-License-Identifier: GPL-3.0-or-later
// Reading, making and renewing the door's certificate.
#include "app/door_identity.h"

#include "app/doctor.h"

#include <QJsonArray>

#include <algorithm>

#include <arpa/inet.h>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;
using network::TlsIdentity;

/// More would make a QR code that no camera reads, and no link has them.
constexpr int mostHosts = 8;

bool hasOwn(const core::Settings& settings) {
    return !settings.text("tls.certificate").empty() || !settings.text("tls.key").empty();
}

Result<TlsIdentity> ownersIdentity(const core::Settings& settings) {
    const std::string& certificate = settings.text("tls.certificate");
    const std::string& key = settings.text("tls.key");
    if (certificate.empty() || key.empty())
        return Error{ErrorKind::Usage, "tls.certificate and tls.key go together, and one of them is not set",
                     settings.where(certificate.empty() ? "tls.key" : "tls.certificate"),
                     "Set both, or neither for a certificate that the door makes"};
    return network::loadTlsFiles(certificate, key);
}

std::vector<std::string> names(const core::Settings& settings) {
    std::vector<std::string> names = network::namesOfThisHost();
    const std::string& address = settings.text("push.address");
    if (!address.empty() && std::find(names.begin(), names.end(), address) == names.end())
        names.push_back(address);
    return names;
}

Result<TlsIdentity> saved(const std::string& folder, Result<TlsIdentity> identity) {
    if (!identity)
        return identity;
    if (const auto done = network::saveTlsIdentity(folder, *identity); !done)
        return done.error();
    return identity;
}

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

Result<TlsIdentity> doorIdentity(const core::Settings& settings, const std::string& folder, IfNoIdentity none,
                                 core::WallTime now) {
    if (hasOwn(settings))
        return ownersIdentity(settings);
    auto kept = network::loadTlsIdentity(folder);
    if (kept || kept.error().kind != ErrorKind::NotFound || none == IfNoIdentity::Fail)
        return kept;
    return saved(folder, network::makeTlsIdentity(names(settings), now));
}

core::Status mayRenew(const core::Settings& settings) {
    if (!hasOwn(settings))
        return core::Done{};
    return Error{ErrorKind::Refused, "The certificate is the owner's own: the door does not replace it",
                 settings.text("tls.certificate"), "Put new files there, and start the door again"};
}

Result<TlsIdentity> renewIdentity(const core::Settings& settings, const std::string& folder, RenewKey key,
                                  core::WallTime now) {
    if (const auto may = mayRenew(settings); !may)
        return may.error();
    if (key == RenewKey::Another)
        return saved(folder, network::makeTlsIdentity(names(settings), now));
    const auto kept = network::loadTlsIdentity(folder);
    return kept ? saved(folder, network::renewTlsIdentity(*kept, names(settings), now)) : kept;
}

QJsonObject identityJson(const TlsIdentity& identity) {
    QJsonArray names;
    for (const std::string& name : identity.names)
        names.append(text(name));
    return {{QStringLiteral("fingerprint"), text(network::fingerprintText(identity.pin))},
            {QStringLiteral("names"), names},
            {QStringLiteral("valid_from"), text(core::rfc3339Utc(identity.notBefore))},
            {QStringLiteral("valid_until"), text(core::rfc3339Utc(identity.notAfter))},
            {QStringLiteral("own"), identity.ownersOwn}};
}

core::PushFacts certificateFacts(const core::Settings& settings, const std::string& folder) {
    core::PushFacts facts;
    facts.enabled = settings.flag("push.enabled");
    if (!facts.enabled)
        return facts;
    const auto identity = doorIdentity(settings, folder, IfNoIdentity::Fail, {});
    if (identity) {
        facts.validUntil = identity->notAfter;
        facts.ownersOwn = identity->ownersOwn;
    } else if (identity.error().kind != ErrorKind::NotFound || hasOwn(settings))
        note(identity.error(), facts.certificateError, facts.certificateRemedy);
    return facts;
}

QStringList doorHosts(const core::Settings& settings) {
    const std::string& only = settings.text("push.address");
    if (!only.empty() && only != "0.0.0.0" && only != "::")
        return {text(only)};
    // Addresses first, which need nobody who knows names; IPv4 first, which everybody has.
    QStringList four, six, hosts;
    for (const std::string& each : network::namesOfThisHost()) {
        in_addr oldForm{};
        in6_addr newForm{};
        if (::inet_pton(AF_INET, each.c_str(), &oldForm) == 1) {
            if (!each.starts_with("127."))
                four.append(text(each));
        } else if (::inet_pton(AF_INET6, each.c_str(), &newForm) == 1) {
            if (!IN6_IS_ADDR_LOOPBACK(&newForm) && !IN6_IS_ADDR_LINKLOCAL(&newForm))
                six.append(text(each));
        } else if (each != "localhost")
            hosts.append(text(each));
    }
    const QStringList all = (four + six + hosts).mid(0, mostHosts);
    return all.isEmpty() ? QStringList{QStringLiteral("localhost")} : all;
}

} // namespace facelatch::app
