// SPDX-License-Identifier: GPL-3.0-or-later
// What a door says, in text and with pictures.
#include "network/error_json.h"
#include "network/json_reader.h"
#include "network/push_wire.h"

#include <QJsonDocument>
#include <QtEndian>

#include <utility>

namespace facelatch::network {

using core::Error;
using core::Result;

namespace {

constexpr qsizetype textMost = 1000, shortMost = 200, logIdMost = 64, batchMost = 1000, actionsMost = 100;

using Object = QJsonObject;

DoorHello readHello(JsonReader& in) {
    in.whole("v", pushVersion, pushVersion);
    return {in.text("door", 1, pushDoorMost), in.bytes("nonce", pushNonceBytes)};
}

DoorPaired readPaired(JsonReader& in) {
    return {QString::fromStdString(in.uuid("viewer").text()), in.text("role", 1, shortMost),
            in.text("name", 0, shortMost)};
}

DoorWelcome readWelcome(JsonReader& in) {
    in.uuid("viewer");
    in.text("name", 0, shortMost);
    in.text("role", 1, shortMost);
    in.array("may", actionsMost);
    if (!in.isNull("log_id"))
        in.text("log_id", 1, logIdMost);
    in.whole("last_seq", 0);
    in.object("state");
    return {in.all()};
}

DoorRights readRights(JsonReader& in) {
    return {in.text("role", 1, shortMost), in.text("name", 0, shortMost), in.array("may", actionsMost)};
}

DoorRefused readRefused(JsonReader& in) {
    return {in.text("code", 1, shortMost), in.text("text", 0, textMost)};
}

PushEvents readEvents(JsonReader& in) {
    PushEvents batch{in.text("log_id", 1, logIdMost), in.array("events", batchMost), in.whole("last_seq", 0),
                     in.flag("restart")};
    std::int64_t last = 0;
    for (const QJsonValue& value : std::as_const(batch.events)) {
        const std::int64_t seq = seqOf(value.toObject());
        if (seq <= last || seq > batch.lastSeq)
            in.fail("events", "are out of order or have no numbers");
        last = seq;
    }
    return batch;
}

DoorProvisional readProvisional(JsonReader& in) {
    return {in.object("event")};
}

DoorState readState(JsonReader& in) {
    return {in.object("state")};
}

DoorAnswer readAnswer(JsonReader& in) {
    DoorAnswer answer{in.whole("id", 0)};
    if (in.flag("ok"))
        answer.result = in.object("result");
    else
        answer.result = errorFromJson(in.object("error"));
    return answer;
}

DoorRing readRing(JsonReader& in) {
    in.uuid("id");
    in.flag("picture");
    return {in.all()};
}

DoorRingOver readRingOver(JsonReader& in) {
    in.uuid("id");
    in.flag("unanswered");
    if (!in.isNull("answered_by"))
        in.text("answered_by", 0, shortMost);
    return {in.all()};
}

struct Kind {
    const char* t;
    DoorMessage (*read)(JsonReader& in);
};
template<auto read>
DoorMessage reads(JsonReader& in) {
    return read(in);
}
constexpr Kind kinds[] = {{"hello", reads<readHello>},
                          {"paired", reads<readPaired>},
                          {"welcome", reads<readWelcome>},
                          {"rights", reads<readRights>},
                          {"refused", reads<readRefused>},
                          {"events", reads<readEvents>},
                          {"provisional", reads<readProvisional>},
                          {"state", reads<readState>},
                          {"answer", reads<readAnswer>},
                          {"ring", reads<readRing>},
                          {"ring_over", reads<readRingOver>}};

struct Write {
    Object operator()(const DoorHello& m) const {
        return {{QStringLiteral("v"), pushVersion},
                {QStringLiteral("door"), m.door},
                {QStringLiteral("nonce"), base64Url(m.nonce)}};
    }
    Object operator()(const DoorPaired& m) const {
        return {
            {QStringLiteral("viewer"), m.viewer}, {QStringLiteral("role"), m.role}, {QStringLiteral("name"), m.name}};
    }
    Object operator()(const DoorWelcome& m) const { return m.welcome; }
    Object operator()(const DoorRights& m) const {
        return {{QStringLiteral("role"), m.role}, {QStringLiteral("name"), m.name}, {QStringLiteral("may"), m.may}};
    }
    Object operator()(const DoorRefused& m) const {
        return {{QStringLiteral("code"), m.code}, {QStringLiteral("text"), m.text}};
    }
    Object operator()(const PushEvents& m) const {
        return {{QStringLiteral("log_id"), m.logId},
                {QStringLiteral("events"), m.events},
                {QStringLiteral("last_seq"), qint64{m.lastSeq}},
                {QStringLiteral("restart"), m.restart}};
    }
    Object operator()(const DoorProvisional& m) const { return {{QStringLiteral("event"), m.event}}; }
    Object operator()(const DoorState& m) const { return {{QStringLiteral("state"), m.state}}; }
    Object operator()(const DoorAnswer& m) const {
        Object object{{QStringLiteral("id"), qint64{m.id}}, {QStringLiteral("ok"), bool(m.result)}};
        if (m.result)
            object.insert(QStringLiteral("result"), *m.result);
        else
            object.insert(QStringLiteral("error"), errorToJson(m.result.error()));
        return object;
    }
    Object operator()(const DoorRing& m) const { return m.ring; }
    Object operator()(const DoorRingOver& m) const { return m.over; }
};

} // namespace

Result<DoorMessage> parseDoorMessage(const QString& text) {
    const auto object = strictObject(text.toUtf8(), pushDoorMessageBytes);
    if (!object)
        return object.error();
    const QString t = object->value(QLatin1String("t")).toString();
    for (const Kind& kind : kinds) {
        if (t != QLatin1String(kind.t))
            continue;
        JsonReader in(*object);
        DoorMessage message = kind.read(in);
        if (in.fault())
            return Error{core::ErrorKind::Usage, t.toStdString() + ": " + in.fault()->what, in.fault()->where, {}};
        return message;
    }
    return core::fail("there is no such message");
}

QString toText(const DoorMessage& message) {
    Object object = std::visit(Write(), message);
    object.insert(QStringLiteral("t"), QLatin1String(kinds[message.index()].t));
    return compactText(object);
}

QByteArray toBinary(const PushPicture& picture) {
    const QByteArray header = QJsonDocument(picture.header).toJson(QJsonDocument::Compact);
    QByteArray message(qsizetype{sizeof(quint32)}, Qt::Uninitialized);
    qToBigEndian(static_cast<quint32>(header.size()), message.data());
    return message + header + picture.picture;
}

Result<PushPicture> parsePicture(const QByteArray& message) {
    constexpr qsizetype front = sizeof(quint32);
    if (message.size() < front)
        return core::fail("the picture is too short for its length");
    const auto length = qFromBigEndian<quint32>(message.constData());
    if (length > pushHeaderBytes || static_cast<qsizetype>(length) > message.size() - front)
        return core::fail("the picture is shorter than its header says");
    auto header = strictObject(message.mid(front, static_cast<qsizetype>(length)), pushHeaderBytes);
    if (!header)
        return header.error();
    JsonReader in(*header);
    const QString t = header->value(QLatin1String("t")).toString();
    if (t == u"frame") {
        in.whole("n", 0);
    } else if (t == u"answer") {
        in.whole("id", 0);
        if (in.flag("ok"))
            in.object("result");
        else
            in.fail("ok", "is false beside a picture");
    } else if (t == u"ring_picture") {
        in.uuid("id");
    } else {
        return core::fail("there is no such picture");
    }
    if (in.fault())
        return *in.fault();
    return PushPicture{std::move(*header), message.mid(front + static_cast<qsizetype>(length))};
}

} // namespace facelatch::network
