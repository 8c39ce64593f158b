// SPDX-License-Identifier: GPL-3.0-or-later
// Live facts and lines as JSON.
#include "app/doctor.h"

#include <QJsonArray>

namespace facelatch::app {

namespace {

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}
QString code(std::string_view latin) {
    return QString::fromLatin1(latin.data(), static_cast<qsizetype>(latin.size()));
}
std::string textOf(const QJsonObject& object, QStringView key) {
    return object.value(key).toString().toStdString();
}

QJsonObject toJson(const core::DoorFacts& door) {
    QJsonArray faults, silent;
    for (const core::StandingFault& fault : door.faults)
        faults.append(QJsonObject{{QStringLiteral("code"), text(fault.code)},
                                  {QStringLiteral("detail"), text(fault.detail)},
                                  {QStringLiteral("stops"), fault.stopsTheDoor}});
    for (const core::SilentThread& thread : door.silent)
        silent.append(
            QJsonObject{{QStringLiteral("name"), text(thread.name)}, {QStringLiteral("stops"), thread.stopsTheDoor}});
    return {{QStringLiteral("faults"), faults},
            {QStringLiteral("silent"), silent},
            {QStringLiteral("threads"), door.threads}};
}

core::DoorFacts doorFrom(const QJsonObject& object) {
    core::DoorFacts door;
    door.state = core::DoorState::Running;
    door.threads = object.value(u"threads").toInt();
    for (const auto& value : object.value(u"faults").toArray()) {
        const QJsonObject fault = value.toObject();
        door.faults.push_back({textOf(fault, u"code"), textOf(fault, u"detail"), fault.value(u"stops").toBool(true)});
    }
    for (const auto& value : object.value(u"silent").toArray())
        door.silent.push_back({textOf(value.toObject(), u"name"), value.toObject().value(u"stops").toBool(true)});
    return door;
}

QJsonObject toJson(const core::CameraFacts& camera) {
    QJsonObject object{{QStringLiteral("looked"), camera.looked},
                       {QStringLiteral("source"), text(camera.source)},
                       {QStringLiteral("error"), text(camera.error)},
                       {QStringLiteral("remedy"), text(camera.remedy)},
                       {QStringLiteral("origin"), static_cast<int>(camera.origin)},
                       {QStringLiteral("real_lock"), camera.realLock},
                       {QStringLiteral("network_may_open"), camera.networkMayOpen},
                       {QStringLiteral("width"), camera.width},
                       {QStringLiteral("height"), camera.height},
                       {QStringLiteral("asked_per_second"), camera.askedPerSecond},
                       {QStringLiteral("per_second"), camera.perSecond},
                       {QStringLiteral("brightness"), camera.brightness},
                       {QStringLiteral("sharpness"), camera.sharpness}};
    if (camera.newestAge)
        object.insert(QStringLiteral("newest_age_ms"), static_cast<qint64>(camera.newestAge->count()));
    return object;
}

core::CameraFacts cameraFrom(const QJsonObject& object) {
    core::CameraFacts camera;
    camera.looked = object.value(u"looked").toBool();
    camera.source = textOf(object, u"source");
    camera.error = textOf(object, u"error");
    camera.remedy = textOf(object, u"remedy");
    camera.origin = static_cast<core::FrameOrigin>(
        object.value(u"origin").toInt(static_cast<int>(core::FrameOrigin::Test))); // what is not said opens nothing
    camera.realLock = object.value(u"real_lock").toBool();
    camera.networkMayOpen = object.value(u"network_may_open").toBool();
    camera.width = object.value(u"width").toInt();
    camera.height = object.value(u"height").toInt();
    camera.askedPerSecond = object.value(u"asked_per_second").toDouble();
    camera.perSecond = object.value(u"per_second").toDouble();
    camera.brightness = object.value(u"brightness").toDouble();
    camera.sharpness = object.value(u"sharpness").toDouble();
    if (object.contains(u"newest_age_ms"))
        camera.newestAge = core::milliseconds(object.value(u"newest_age_ms").toInteger());
    return camera;
}

QJsonObject toJson(const core::LockFacts& lock) {
    return {{QStringLiteral("looked"), lock.looked},
            {QStringLiteral("kind"), text(lock.kind)},
            {QStringLiteral("connected"), lock.connected},
            {QStringLiteral("test_build"), lock.testBuild},
            {QStringLiteral("error"), text(lock.error)},
            {QStringLiteral("remedy"), text(lock.remedy)},
            {QStringLiteral("state"), text(lock.state)},
            {QStringLiteral("inputs"), text(lock.inputs)},
            {QStringLiteral("description"), text(lock.description)},
            {QStringLiteral("busy"), lock.busy},
            {QStringLiteral("left_ms"), static_cast<qint64>(lock.left.count())},
            {QStringLiteral("strike_ms"), static_cast<qint64>(lock.strike.count())}};
}

core::LockFacts lockFrom(const QJsonObject& object) {
    core::LockFacts lock;
    lock.looked = object.value(u"looked").toBool();
    lock.kind = textOf(object, u"kind");
    lock.description = textOf(object, u"description");
    lock.connected = object.value(u"connected").toBool();
    lock.busy = object.value(u"busy").toBool();
    lock.testBuild = object.value(u"test_build").toBool();
    lock.error = textOf(object, u"error");
    lock.remedy = textOf(object, u"remedy");
    lock.state = textOf(object, u"state");
    lock.inputs = textOf(object, u"inputs");
    lock.left = core::milliseconds(object.value(u"left_ms").toInteger());
    lock.strike = core::milliseconds(object.value(u"strike_ms").toInteger());
    return lock;
}

QJsonObject toJson(const core::LogFacts& log) {
    QJsonArray notes;
    for (const std::string& note : log.notes)
        notes.append(text(note));
    return {{QStringLiteral("open"), log.open},
            {QStringLiteral("error"), text(log.error)},
            {QStringLiteral("ballast_freed"), log.ballastFreed},
            {QStringLiteral("waiting"), static_cast<qint64>(log.waiting)},
            {QStringLiteral("lost"), static_cast<qint64>(log.lost)},
            {QStringLiteral("pictures_not_written"), static_cast<qint64>(log.picturesNotWritten)},
            {QStringLiteral("pictures_dropped"), static_cast<qint64>(log.picturesDropped)},
            {QStringLiteral("picture_error"), text(log.pictureError)},
            {QStringLiteral("rebuilt"), log.rebuilt},
            {QStringLiteral("notes"), notes}};
}

core::LogFacts logFrom(const QJsonObject& object) {
    core::LogFacts log;
    log.open = object.value(u"open").toBool();
    log.error = textOf(object, u"error");
    log.ballastFreed = object.value(u"ballast_freed").toBool();
    log.waiting = object.value(u"waiting").toInteger();
    log.lost = object.value(u"lost").toInteger();
    log.picturesNotWritten = object.value(u"pictures_not_written").toInteger();
    log.picturesDropped = object.value(u"pictures_dropped").toInteger();
    log.pictureError = textOf(object, u"picture_error");
    log.rebuilt = object.value(u"rebuilt").toBool();
    for (const auto& note : object.value(u"notes").toArray())
        log.notes.push_back(note.toString().toStdString());
    return log;
}

core::PushFacts pushFrom(const QJsonObject& object) {
    core::PushFacts push;
    push.looked = object.value(u"looked").toBool();
    push.enabled = object.value(u"enabled").toBool();
    push.error = textOf(object, u"error");
    push.remedy = textOf(object, u"remedy");
    push.listening = object.value(u"listening").toBool();
    push.where = textOf(object, u"where");
    push.viewers = object.value(u"viewers").toInt();
    push.online = object.value(u"online").toInt();
    return push;
}

} // namespace

QJsonObject toJson(const core::PushFacts& push) {
    return {{QStringLiteral("looked"), push.looked},       {QStringLiteral("enabled"), push.enabled},
            {QStringLiteral("error"), text(push.error)},   {QStringLiteral("remedy"), text(push.remedy)},
            {QStringLiteral("listening"), push.listening}, {QStringLiteral("where"), text(push.where)},
            {QStringLiteral("viewers"), push.viewers},     {QStringLiteral("online"), push.online}};
}

QJsonObject toJson(const LiveFacts& facts) {
    QJsonObject object{{QStringLiteral("door"), toJson(facts.door)},
                       {QStringLiteral("camera"), toJson(facts.camera)},
                       {QStringLiteral("lock"), toJson(facts.lock)},
                       {QStringLiteral("push"), toJson(facts.push)}};
    if (facts.log)
        object.insert(QStringLiteral("log"), toJson(*facts.log));
    return object;
}

LiveFacts liveFactsFrom(const QJsonObject& object) {
    LiveFacts facts{doorFrom(object.value(u"door").toObject()),
                    cameraFrom(object.value(u"camera").toObject()),
                    lockFrom(object.value(u"lock").toObject()),
                    {},
                    pushFrom(object.value(u"push").toObject())};
    if (object.contains(u"log"))
        facts.log = logFrom(object.value(u"log").toObject());
    return facts;
}

QJsonObject toJson(const core::CheckLine& line) {
    return {{QStringLiteral("check"), code(core::checkCode(line.check))},
            {QStringLiteral("health"), code(core::healthCode(line.health))},
            {QStringLiteral("finding"), code(core::findingCode(line.finding))},
            {QStringLiteral("seen"), text(line.seen)},
            {QStringLiteral("remedy"), text(line.remedy)}};
}

} // namespace facelatch::app
