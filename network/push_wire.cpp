// SPDX-License-Identifier: GPL-3.0-or-later
// What a viewer says, and what both sign.
#include "network/push_wire.h"

#include "network/json_reader.h"
#include "network/pairing_link.h"

#include <QJsonDocument>

#include <string>
#include <utility>

namespace facelatch::network {

using core::Error;
using core::Result;

namespace {

constexpr qsizetype commandMost = 64, codeMost = 32, logIdMost = 64;

using Object = QJsonObject;

LoginMessage readLogin(JsonReader& in) {
    in.whole("v", pushVersion, pushVersion);
    return {in.uuid("viewer"), in.bytes("signature", pushSignatureBytes)};
}

PairMessage readPair(JsonReader& in) {
    in.whole("v", pushVersion, pushVersion);
    const auto code = typedPairingCode(in.text("code", 1, codeMost));
    if (!code)
        in.fail("code", "is no pairing code");
    return {code.value_or(QString()), in.text("name", 1, pushNameMost), in.bytes("key", pushKeyBytes),
            in.bytes("signature", pushSignatureBytes)};
}

PushFollow readFollow(JsonReader& in) {
    PushFollow follow;
    if (!in.isNull("log_id"))
        follow.logId = in.text("log_id", 1, logIdMost);
    if (in.has("newest") && in.has("after"))
        in.fail("newest", "and \"after\" stand side by side");
    else if (in.has("newest"))
        follow.newest = static_cast<int>(in.whole("newest", 0, pushNewestMost));
    else
        follow.after = in.whole("after", 0);
    return follow;
}

SeenMessage readSeen(JsonReader& in) {
    return {in.text("log_id", 1, logIdMost), in.whole("seq", 0)};
}

LiveMessage readLive(JsonReader& in) {
    LiveMessage live;
    live.on = in.flag("on");
    if (live.on) {
        live.width = static_cast<int>(in.whole("width", 1, pushWidthMost));
        live.fps = static_cast<int>(in.whole("fps", 1, pushFpsMost));
    }
    return live;
}

FrameSeenMessage readFrameSeen(JsonReader& in) {
    return {in.whole("n", 0)};
}

AskMessage readAsk(JsonReader& in) {
    return {in.whole("id", 0), in.text("command", 1, commandMost), in.has("args") ? in.object("args") : Object()};
}

NonceMessage readNonce(JsonReader& in) {
    return {in.whole("id", 0)};
}

ActMessage readAct(JsonReader& in) {
    ActMessage act{in.whole("id", 0), in.text("action", 1, commandMost), in.bytes("nonce", pushNonceBytes),
                   in.text("reason", 0, pushReasonMost), in.bytes("signature", pushSignatureBytes)};
    if (act.action != u"unlock" && act.action != u"lockdown_on" && act.action != u"lockdown_off")
        in.fail("action", "is none that is known");
    else if (act.action != u"unlock" && act.reason.isEmpty())
        in.fail("reason", "is empty");
    return act;
}

RingAnswerMessage readRingAnswer(JsonReader& in) {
    return {in.uuid("id")};
}

struct Kind {
    const char* t;
    ViewerMessage (*read)(JsonReader& in);
};
template<auto read>
ViewerMessage reads(JsonReader& in) {
    return read(in);
}
constexpr Kind kinds[] = {{"login", reads<readLogin>},   {"pair", reads<readPair>},
                          {"follow", reads<readFollow>}, {"seen", reads<readSeen>},
                          {"live", reads<readLive>},     {"frame_seen", reads<readFrameSeen>},
                          {"ask", reads<readAsk>},       {"nonce", reads<readNonce>},
                          {"act", reads<readAct>},       {"ring_answer", reads<readRingAnswer>}};

/// One line for each kind of message; the order of members is Qt's.
struct Write {
    Object operator()(const LoginMessage& m) const {
        return {{QStringLiteral("v"), pushVersion},
                {QStringLiteral("viewer"), QString::fromStdString(m.viewer.text())},
                {QStringLiteral("signature"), base64Url(m.signature)}};
    }
    Object operator()(const PairMessage& m) const {
        return {{QStringLiteral("v"), pushVersion},
                {QStringLiteral("code"), m.code},
                {QStringLiteral("name"), m.name},
                {QStringLiteral("key"), base64Url(m.key)},
                {QStringLiteral("signature"), base64Url(m.signature)}};
    }
    Object operator()(const PushFollow& m) const {
        Object object{{QStringLiteral("log_id"), m.logId ? QJsonValue(*m.logId) : QJsonValue()}};
        if (m.newest)
            object.insert(QStringLiteral("newest"), *m.newest);
        else
            object.insert(QStringLiteral("after"), qint64{m.after});
        return object;
    }
    Object operator()(const SeenMessage& m) const {
        return {{QStringLiteral("log_id"), m.logId}, {QStringLiteral("seq"), qint64{m.seq}}};
    }
    Object operator()(const LiveMessage& m) const {
        Object object{{QStringLiteral("on"), m.on}};
        if (m.on) {
            object.insert(QStringLiteral("width"), m.width);
            object.insert(QStringLiteral("fps"), m.fps);
        }
        return object;
    }
    Object operator()(const FrameSeenMessage& m) const { return {{QStringLiteral("n"), qint64{m.n}}}; }
    Object operator()(const AskMessage& m) const {
        return {{QStringLiteral("id"), qint64{m.id}},
                {QStringLiteral("command"), m.command},
                {QStringLiteral("args"), m.args}};
    }
    Object operator()(const NonceMessage& m) const { return {{QStringLiteral("id"), qint64{m.id}}}; }
    Object operator()(const ActMessage& m) const {
        return {{QStringLiteral("id"), qint64{m.id}},
                {QStringLiteral("action"), m.action},
                {QStringLiteral("nonce"), base64Url(m.nonce)},
                {QStringLiteral("reason"), m.reason},
                {QStringLiteral("signature"), base64Url(m.signature)}};
    }
    Object operator()(const RingAnswerMessage& m) const {
        return {{QStringLiteral("id"), QString::fromStdString(m.id.text())}};
    }
};

QByteArray signedText(const char* what, std::initializer_list<QString> parts) {
    QByteArray text = QByteArrayLiteral("facelatch push 1 ") + what + '\n';
    for (const QString& part : parts)
        text += part.toUtf8() + '\n';
    return text;
}

} // namespace

QByteArray pushLoginText(const QString& door, const QByteArray& nonce, const QByteArray& pin) {
    return signedText("login", {door, base64Url(nonce), base64Url(pin)});
}

QByteArray pushPairText(const QString& door, const QByteArray& nonce, const QByteArray& pin, const QString& code) {
    return signedText("pair", {door, base64Url(nonce), base64Url(pin), code});
}

QByteArray pushActText(const QString& action, const QString& door, const QByteArray& nonce, const QString& reason) {
    return signedText(action.toLatin1().constData(), {door, base64Url(nonce), reason});
}

Result<ViewerMessage> parseViewerMessage(const QString& text, std::size_t mostBytes) {
    const auto object = strictObject(text.toUtf8(), mostBytes);
    if (!object)
        return object.error();
    const QString t = object->value(QLatin1String("t")).toString();
    for (const Kind& kind : kinds) {
        if (t != QLatin1String(kind.t))
            continue;
        JsonReader in(*object);
        ViewerMessage message = kind.read(in);
        if (in.fault())
            return Error{core::ErrorKind::Usage, t.toStdString() + ": " + in.fault()->what, in.fault()->where, {}};
        return message;
    }
    return core::fail("there is no such message");
}

QString toText(const ViewerMessage& message) {
    Object object = std::visit(Write(), message);
    object.insert(QStringLiteral("t"), QLatin1String(kinds[message.index()].t));
    return compactText(object);
}

std::int64_t seqOf(const QJsonObject& event) {
    return event.value(QLatin1String("seq")).toInteger(0);
}

QString compactText(const QJsonObject& object) {
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace facelatch::network
