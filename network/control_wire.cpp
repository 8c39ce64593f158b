// SPDX-License-Identifier: GPL-3.0-or-later
// JSON lines of the control socket.
#include "network/control_wire.h"

#include "network/control_socket.h"

#include <QJsonDocument>

#include <array>
#include <utility>

namespace facelatch::network {

using core::Error;
using core::ErrorKind;
using core::Result;

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

QByteArray lineOf(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n'; // compact: no line break inside
}

/// The object in a line, and a version this program speaks.
Result<QJsonObject> parseObject(const QByteArray& line) {
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(line, &parse);
    if (!document.isObject())
        return Error{ErrorKind::Usage,
                     "this is no JSON object" + (parse.error == QJsonParseError::NoError
                                                     ? std::string()
                                                     : ": " + parse.errorString().toStdString()),
                     "control socket",
                     {}};
    const QJsonObject object = document.object();
    const QJsonValue version = object.value(QLatin1String("v"));
    if (version.toDouble(-1) != controlVersion)
        return Error{ErrorKind::Usage, "the message is not of version 1 of the control protocol", "control socket",
                     "Use facelatch-ctl and facelatch of the same version"};
    return object;
}

} // namespace

QJsonObject makeControlRequest(const QString& command, const QJsonObject& args) {
    return {
        {QStringLiteral("v"), controlVersion}, {QStringLiteral("command"), command}, {QStringLiteral("args"), args}};
}

QByteArray controlRequestLine(const QJsonObject& request) {
    return lineOf(request);
}

QByteArray controlAnswerLine(const Result<QJsonObject>& result) {
    if (result)
        return lineOf(
            {{QStringLiteral("v"), controlVersion}, {QStringLiteral("ok"), true}, {QStringLiteral("result"), *result}});
    const Error& error = result.error();
    const QJsonObject told{{QStringLiteral("kind"), nameOf(error.kind)},
                           {QStringLiteral("what"), QString::fromStdString(error.what)},
                           {QStringLiteral("where"), QString::fromStdString(error.where)},
                           {QStringLiteral("remedy"), QString::fromStdString(error.remedy)}};
    return lineOf(
        {{QStringLiteral("v"), controlVersion}, {QStringLiteral("ok"), false}, {QStringLiteral("error"), told}});
}

Result<QJsonObject> parseControlRequest(const QByteArray& line) {
    auto request = parseObject(line);
    if (!request)
        return request;
    const QJsonValue args = request->value(QLatin1String("args"));
    if (request->value(QLatin1String("command")).toString().isEmpty() || !(args.isUndefined() || args.isObject()))
        return Error{ErrorKind::Usage,
                     "the request needs a \"command\" text, and \"args\" must be an object",
                     "control socket",
                     {}};
    return request;
}

Result<QJsonObject> parseControlAnswer(const QByteArray& line) {
    const auto answer = parseObject(line);
    if (!answer)
        return core::fail("the kiosk's answer is not understood: " + answer.error().what, "control socket",
                          "Use facelatch-ctl and facelatch of the same version");
    if (answer->value(QLatin1String("ok")).toBool())
        return answer->value(QLatin1String("result")).toObject();
    const QJsonObject error = answer->value(QLatin1String("error")).toObject();
    const auto text = [&](const char* key) { return error.value(QLatin1String(key)).toString().toStdString(); };
    return Error{kindOf(error.value(QLatin1String("kind")).toString()), text("what"), text("where"), text("remedy")};
}

} // namespace facelatch::network
