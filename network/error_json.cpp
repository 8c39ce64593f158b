// SPDX-License-Identifier: GPL-3.0-or-later
// Errors as JSON: one table of their kinds' names.
#include "network/error_json.h"

#include <array>
#include <utility>

namespace facelatch::network {

using core::Error;
using core::ErrorKind;

namespace {

constexpr std::array<std::pair<ErrorKind, const char*>, 8> kindNames{{{ErrorKind::Failed, "failed"},
                                                                      {ErrorKind::Usage, "usage"},
                                                                      {ErrorKind::OutOfService, "out_of_service"},
                                                                      {ErrorKind::NewerVersion, "newer_version"},
                                                                      {ErrorKind::AlreadyRunning, "already_running"},
                                                                      {ErrorKind::NotFound, "not_found"},
                                                                      {ErrorKind::Refused, "refused"},
                                                                      {ErrorKind::Conflict, "conflict"}}};

QString nameOf(ErrorKind kind) {
    for (const auto& [known, name] : kindNames)
        if (known == kind)
            return QString::fromLatin1(name);
    return QStringLiteral("failed");
}

ErrorKind kindOf(const QString& name) {
    for (const auto& [kind, known] : kindNames)
        if (name == QLatin1String(known))
            return kind;
    return ErrorKind::Failed;
}

} // namespace

QJsonObject errorToJson(const Error& error) {
    return {{QStringLiteral("kind"), nameOf(error.kind)},
            {QStringLiteral("what"), QString::fromStdString(error.what)},
            {QStringLiteral("where"), QString::fromStdString(error.where)},
            {QStringLiteral("remedy"), QString::fromStdString(error.remedy)}};
}

Error errorFromJson(const QJsonObject& object) {
    const auto text = [&](const char* key) { return object.value(QLatin1String(key)).toString().toStdString(); };
    return {kindOf(object.value(QLatin1String("kind")).toString()), text("what"), text("where"), text("remedy")};
}

} // namespace facelatch::network
