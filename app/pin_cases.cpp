// SPDX-License-Identifier: GPL-3.0-or-later
// From a PIN in a command to its verifier.
#include "app/pin_cases.h"

#include <algorithm>
#include <string>

namespace facelatch::app {

namespace {

const QString verifierKey = QStringLiteral("pin_verifier"); // NOLINT(cert-err58-cpp): no allocation, cannot throw

core::PinPurpose purposeOf(const QString& command) {
    const bool admin = command.startsWith(u"admin.") || command.startsWith(u"setup.");
    return admin ? core::PinPurpose::Admin : core::PinPurpose::Person;
}

} // namespace

bool carriesPin(const QJsonObject& args) {
    return args.value(u"pin").isString();
}

core::Result<QJsonObject> withVerifier(const storage::PinHasher& hasher, const QString& command,
                                       const QJsonObject& args) {
    std::string pin = args.value(u"pin").toString().toStdString();
    const core::PinPurpose purpose = purposeOf(command);
    const core::Status allowed = core::checkPin(pin, purpose);
    const auto verifier = allowed ? hasher.verifier(pin, purpose) : core::Result<core::PinVerifier>(allowed.error());
    storage::wipe(pin);
    if (!verifier)
        return verifier.error();
    QJsonObject out = args;
    out.remove(u"pin");
    const QByteArray bytes(reinterpret_cast<const char*>(verifier->data()), static_cast<qsizetype>(verifier->size()));
    out.insert(verifierKey, QString::fromLatin1(bytes.toHex()));
    return out;
}

QJsonObject withoutVerifier(QJsonObject args) {
    args.remove(verifierKey);
    return args;
}

std::optional<std::optional<core::PinVerifier>> pinIn(const QJsonObject& args) {
    if (args.contains(verifierKey)) {
        const QByteArray bytes = QByteArray::fromHex(args.value(verifierKey).toString().toLatin1());
        core::PinVerifier verifier{};
        if (bytes.size() != static_cast<qsizetype>(verifier.size()))
            return std::nullopt;
        std::copy(bytes.begin(), bytes.end(), verifier.begin());
        return std::optional(verifier);
    }
    if (args.contains(u"pin") && args.value(u"pin").isNull())
        return std::optional<core::PinVerifier>();
    return std::nullopt;
}

} // namespace facelatch::app
