// SPDX-License-Identifier: GPL-3.0-or-later
// People, as commands with JSON arguments and answers.
#include "app/use_cases.h"

#include "app/access_cases.h"
#include "app/admin_cases.h"
#include "app/alike_cases.h"
#include "app/clock.h"
#include "app/face_cases.h"
#include "app/pin_cases.h"
#include "app/viewer_cases.h"
#include "storage/store.h"

#include <QJsonArray>

#include <algorithm>
#include <cstring>

namespace facelatch::app {

namespace {

using core::ErrorKind;

core::Result<QJsonObject> addPerson(storage::Store& store, const QJsonObject& args, core::Now now) {
    core::Person person;
    person.id = {newUuid(now.wall)};
    person.name = textOf(args, u"name");
    person.cardId = textOf(args, u"card");
    person.created = now.wall;
    const auto same = store.findByName(person.name);
    if (!same)
        return same.error();
    if (!same->empty())
        return core::Error{ErrorKind::Failed,
                           "'" + person.name + "' is already enrolled",
                           {},
                           "Choose another name, or remove the person first"};
    const auto config = store.access();
    const auto change = config ? changeFrom(args, *config, now) : core::Result<storage::PersonChange>(config.error());
    if (!change)
        return change.error();
    person.groups = change->groups.value_or(person.groups);
    person.status = change->status.value_or(person.status);
    person.validFrom = change->validFrom.value_or(person.validFrom);
    person.validUntil = change->validUntil.value_or(person.validUntil);
    if (change->usesAllowed && *change->usesAllowed)
        person.uses = core::UseLimit{**change->usesAllowed, 0, 0};
    person.consent = change->consent.value_or(person.consent);
    const auto pin = change->pin.value_or(std::nullopt);
    std::vector<core::FaceTemplate> templates;
    for (const auto& value : args.value(u"templates").toArray()) {
        auto item = templateFromJson(value.toObject());
        if (!item)
            return item.error();
        item->id = newUuid(now.wall);
        item->person = person.id;
        item->created = now.wall;
        templates.push_back(*std::move(item));
    }
    const QByteArray portrait = QByteArray::fromBase64(args.value(u"portrait").toString().toLatin1());
    const auto added = store.addPerson(person, templates, {portrait.begin(), portrait.end()}, textOf(args, u"by"), pin);
    if (!added)
        return added.error();
    person.hasPin = pin.has_value();
    return toJson(person);
}

core::Result<QJsonObject> listPeople(storage::Store& store) {
    const auto people = store.people();
    const auto stored = people ? store.templates({}) : core::Result<storage::StoredTemplates>(people.error());
    if (!stored)
        return stored.error();
    const auto config = store.access();
    if (!config)
        return config.error();
    QJsonArray list;
    for (const core::Person& person : *people) {
        QJsonObject entry = withRights(person, *config);
        entry.insert(QStringLiteral("templates"),
                     static_cast<int>(std::count_if(stored->templates.begin(), stored->templates.end(),
                                                    [&](const auto& item) { return item.person == person.id; })));
        list.append(entry);
    }
    return QJsonObject{{QStringLiteral("people"), list}};
}

core::Result<QJsonObject> showPerson(storage::Store& store, const QJsonObject& args) {
    const auto person = personAsked(store, args);
    const auto stored = person ? store.templates({}) : core::Result<storage::StoredTemplates>(person.error());
    if (!stored)
        return stored.error();
    QJsonArray models;
    for (const core::FaceTemplate& item : stored->templates)
        if (item.person == person->id)
            models.append(QString::fromStdString(item.modelId));
    const auto config = store.access();
    const auto notes = config ? store.notes(person->id) : core::Result<std::string>(config.error());
    if (!notes)
        return notes.error();
    QJsonObject out = withRights(*person, *config);
    out.insert(QStringLiteral("notes"), QString::fromStdString(*notes));
    out.insert(QStringLiteral("template_models"), models);
    out.insert(QStringLiteral("created"), QString::fromStdString(core::rfc3339Utc(person->created)));
    return out;
}

core::Result<QJsonObject> portraitOf(storage::Store& store, const QJsonObject& args) {
    const auto person = personAsked(store, args);
    const auto jpeg = person ? store.portrait(person->id) : core::Result<storage::Bytes>(person.error());
    if (!jpeg)
        return jpeg.error();
    const QByteArray bytes(reinterpret_cast<const char*>(jpeg->data()), static_cast<qsizetype>(jpeg->size()));
    return QJsonObject{{QStringLiteral("jpeg"), QString::fromLatin1(bytes.toBase64())}};
}

core::Result<QJsonObject> removePerson(storage::Store& store, const QJsonObject& args, core::Now now) {
    const auto person = personAsked(store, args);
    const bool erase = args.value(u"erase").toBool();
    // Somebody removed before, whose name still stands in past events.
    const auto id = core::Uuid7::parse(textOf(args, u"who"));
    if (!person && !(erase && id))
        return person.error();
    const auto removed =
        store.removePerson(person ? person->id : core::PersonId{*id},
                           erase ? storage::Names::Erase : storage::Names::Keep, now.wall, textOf(args, u"by"));
    if (!removed)
        return removed.error();
    QJsonObject out = person ? toJson(*person) : QJsonObject{{QStringLiteral("id"), args.value(u"who")}};
    out.insert(QStringLiteral("templates"), static_cast<qint64>(removed->templates));
    out.insert(QStringLiteral("pictures"), static_cast<qint64>(removed->pictures));
    QJsonArray copies;
    for (const std::string& copy : removed->olderCopies)
        copies.append(QString::fromStdString(copy));
    out.insert(QStringLiteral("older_copies"), copies);
    return out;
}

core::Result<QJsonObject> eventPicture(storage::Store& store, const QJsonObject& args) {
    const auto jpeg = store.snapshot(textOf(args, u"name"));
    if (!jpeg)
        return jpeg.error();
    const QByteArray bytes(reinterpret_cast<const char*>(jpeg->data()), static_cast<qsizetype>(jpeg->size()));
    return QJsonObject{{QStringLiteral("jpeg"), QString::fromLatin1(bytes.toBase64())}};
}

core::Result<QJsonObject> exportTemplates(storage::Store& store, const QJsonObject& args) {
    const auto people = store.people();
    const auto stored =
        people ? store.templates(textOf(args, u"model")) : core::Result<storage::StoredTemplates>(people.error());
    if (!stored)
        return stored.error();
    QJsonArray persons;
    for (const core::Person& person : *people)
        persons.append(toJson(person));
    QJsonArray templates;
    for (const core::FaceTemplate& item : stored->templates)
        templates.append(toJson(item));
    return QJsonObject{{QStringLiteral("people"), persons}, {QStringLiteral("templates"), templates}};
}

QJsonObject storageHealth(const storage::Store& store) {
    const storage::StoreHealth& health = store.health();
    QJsonArray notes;
    for (const std::string& line : store.report().notes)
        notes.append(QString::fromStdString(line));
    return {{QStringLiteral("writable"), health.writable},
            {QStringLiteral("read_only"), store.readOnly()},
            {QStringLiteral("last_error"), QString::fromStdString(health.lastError)},
            {QStringLiteral("ballast_freed"), health.ballastFreed},
            {QStringLiteral("snapshot_bytes"), static_cast<qint64>(health.snapshotBytes)},
            {QStringLiteral("pictures_not_written"), static_cast<qint64>(health.picturesNotWritten)},
            {QStringLiteral("last_picture_error"), QString::fromStdString(health.lastPictureError)},
            {QStringLiteral("pictures_dropped"), static_cast<qint64>(health.picturesDropped)},
            {QStringLiteral("notes"), notes}};
}

} // namespace

std::string textOf(const QJsonObject& object, QStringView key) {
    return object.value(key).toString().toStdString();
}

core::Error unknownCommand(const QString& command) {
    return {ErrorKind::Usage, "Unknown command '" + command.toStdString() + "'", {}, "See: facelatch-ctl --help"};
}

/// The one person meant by an id or a name.
core::Result<core::Person> personMeant(storage::Store& store, const std::string& who) {
    if (const auto id = core::Uuid7::parse(who)) {
        auto found = store.person({*id});
        if (!found)
            return found.error();
        if (*found)
            return **std::move(found);
    }
    auto named = store.findByName(who);
    if (!named)
        return named.error();
    if (named->empty())
        return core::Error{ErrorKind::Failed,
                           "Nobody is enrolled as '" + who + "'",
                           {},
                           "See everybody with: facelatch-ctl person list"};
    if (named->size() > 1)
        return core::Error{ErrorKind::Usage,
                           "Several people are called '" + who + "'",
                           {},
                           "Give the id from: facelatch-ctl person list"};
    return std::move(named->front());
}

core::Result<core::Person> personAsked(storage::Store& store, const QJsonObject& args) {
    return personMeant(store, textOf(args, args.contains(u"id") ? u"id" : u"who"));
}

bool changesPeople(const QString& command) {
    return command == u"person.add" || command == u"person.remove" || command == u"person.set" ||
           command == u"person.faces" || command == u"person.face_and_pin" || command == u"group.members" ||
           command == u"group.remove";
}

bool changesAccess(const QString& command) {
    const bool rules = command.startsWith(u"group.") || command.startsWith(u"schedule.") ||
                       command.startsWith(u"holiday.") || command.startsWith(u"rule.") ||
                       command == u"person.face_and_pin";
    return rules && !command.endsWith(u".list") && !command.endsWith(u".show");
}

QString whatChanges(const QString& command) {
    if (changesAccess(command))
        return QStringLiteral("access");
    if (changesPeople(command))
        return QStringLiteral("people");
    if ((command.startsWith(u"admin.") && command != u"admin.list") || command == u"setup.reopen")
        return QStringLiteral("admins");
    return {};
}

core::Result<QJsonObject> runStoreCommand(storage::Store& store, const QString& command, const QJsonObject& args,
                                          core::Now now) {
    if (command == u"person.add")
        return addPerson(store, args, now);
    if (command == u"person.list")
        return listPeople(store);
    if (command == u"person.show")
        return showPerson(store, args);
    if (command == u"person.portrait")
        return portraitOf(store, args);
    if (command == u"person.remove")
        return removePerson(store, args, now);
    if (command == u"person.templates")
        return exportTemplates(store, args);
    if (command == u"storage.health")
        return storageHealth(store);
    if (command == u"log.picture")
        return eventPicture(store, args);
    if (auto done = runFaceCommand(store, command, args, now))
        return *std::move(done);
    if (auto done = runAlikeCommand(store, command, args, now))
        return *std::move(done);
    if (auto done = runRightsCommand(store, command, args, now))
        return *std::move(done);
    if (auto done = runRuleCommand(store, command, args, now))
        return *std::move(done);
    if (auto done = runAdminCommand(store, command, args, now))
        return *std::move(done);
    if (auto done = runViewerCommand(store, command, args, now))
        return *std::move(done);
    return unknownCommand(command);
}

} // namespace facelatch::app
