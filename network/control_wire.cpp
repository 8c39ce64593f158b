// SPDX-License-Identifier: GPL-3.0-or-later
// JSON lines of the control socket.
#include "network/control_wire.h"

#include "network/control_socket.h"
#include "network/error_json.h"

#include <QJsonDocument>

namespace facelatch::network {

using core::Error;
using core::ErrorKind;
using core::Result;

namespace {

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
    return lineOf({{QStringLiteral("v"), controlVersion},
                   {QStringLiteral("ok"), false},
                   {QStringLiteral("error"), errorToJson(result.error())}});
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
    return errorFromJson(answer->value(QLatin1String("error")).toObject());
}

} // namespace facelatch::network
