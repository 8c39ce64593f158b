// SPDX-License-Identifier: GPL-3.0-or-later
// What people may, who may enter now, and the audit, as commands with JSON arguments and answers.
#include "app/access_cases.h"
#include "app/clock.h"
#include "app/use_cases.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;
using storage::Store;

QString string(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

Error wrong(const char* what) {
    return {ErrorKind::Usage, what, {}, {}};
}

/// Somebody else of that name would make `who` ambiguous.
core::Status nameFree(Store& store, const core::Person& person, const storage::PersonChange& change) {
    if (!change.name || *change.name == person.name)
        return core::Done{};
    const auto same = store.findByName(*change.name);
    if (!same)
        return same.error();
    if (same->empty())
        return core::Done{};
    return Error{ErrorKind::Usage, "'" + *change.name + "' is somebody else's name", {}, "Choose another one"};
}

Result<QJsonObject> setPerson(Store& store, const QJsonObject& args, core::Now now) {
    const auto person = personAsked(store, args);
    if (!person)
        return person.error();
    const auto config = store.access();
    if (!config)
        return config.error();
    const auto change = changeFrom(args, *config, now);
    if (!change)
        return change.error();
    if (const auto free = nameFree(store, *person, *change); !free)
        return free.error();
    const auto from = change->validFrom.value_or(person->validFrom);
    const auto until = change->validUntil.value_or(person->validUntil);
    if (from && until && *until <= *from)
        return wrong("The validity would end before it begins");
    if (const auto done = store.changePerson(person->id, *change, changeBy(args, now)); !done)
        return done.error();
    const auto after = store.person(person->id);
    if (!after)
        return after.error();
    if (!*after)
        return Error{ErrorKind::NotFound, "The person was removed meanwhile", {}, {}};
    return withRights(**after, *config);
}

QJsonObject toJson(const core::PreviewRow& row, const core::AccessConfig& config) {
    QJsonObject out{{QStringLiteral("id"), QString::fromStdString(row.person->id.value.text())},
                    {QStringLiteral("name"), QString::fromStdString(row.person->name)},
                    {QStringLiteral("may_enter"), bool(row.permission)}};
    const core::Permission& permission = row.permission;
    QJsonArray modes;
    for (const core::AuthMode mode : permission.modes)
        modes.append(string(core::authModeCode(mode)));
    out.insert(QStringLiteral("modes"), modes);
    if (!permission) {
        const core::ReasonRow& reason = core::reasonRow(permission.reason);
        out.insert(QStringLiteral("reason"), string(reason.code));
        out.insert(QStringLiteral("why"), string(reason.english));
    }
    const auto rule = std::find_if(config.rules.begin(), config.rules.end(),
                                   [&](const core::AccessRule& each) { return permission.rule == each.id; });
    if (rule != config.rules.end()) {
        const core::Group* group = config.group(rule->group);
        const core::Schedule* schedule = config.schedule(rule->schedule);
        out.insert(QStringLiteral("group"), group != nullptr ? QString::fromStdString(group->name) : QString());
        out.insert(QStringLiteral("schedule"),
                   schedule != nullptr ? QString::fromStdString(schedule->name) : QString());
    }
    return out;
}

QJsonArray toJson(const core::Factors& takes) {
    QJsonArray list;
    for (const auto& [is, name] :
         {std::pair{takes.face, "face"}, std::pair{takes.pin, "pin"}, std::pair{takes.card, "card"}})
        if (is)
            list.append(QLatin1String(name));
    return list;
}

Result<QJsonObject> previewAccess(Store& store, const QJsonObject& args, core::Now now) {
    const auto config = store.access();
    auto people = config ? store.people() : Result<std::vector<core::Person>>(config.error());
    if (people && args.contains(u"who")) {
        auto one = personMeant(store, textOf(args, u"who"));
        if (!one)
            return one.error();
        *people = {*std::move(one)};
    }
    if (!people)
        return people.error();
    core::WallTime time = now.wall;
    if (args.contains(u"time"))
        time = core::WallTime(core::milliseconds(args.value(u"time").toInteger()));
    const core::Moment at{time, toLocal(time)};
    const core::AccessDoor door{
        textOf(args, u"door"), {true, args.value(u"pin").toBool(), false}, args.value(u"pin_alone").toBool()};
    QJsonArray rows;
    for (const core::PreviewRow& row : core::preview(*config, *people, door, at))
        rows.append(toJson(row, *config));
    return QJsonObject{{QStringLiteral("door"), QString::fromStdString(door.id)},
                       {QStringLiteral("takes"), toJson(door.takes)},
                       {QStringLiteral("local"), QString::fromStdString(core::isoLocal(at.local))},
                       {QStringLiteral("restricted"), config->restricted()},
                       {QStringLiteral("people"), rows}};
}

QJsonObject toJson(const storage::AuditEntry& entry) {
    const storage::AuditNote& note = entry.note;
    return {
        {QStringLiteral("number"), static_cast<qint64>(entry.number)},
        {QStringLiteral("time"), QString::fromStdString(core::rfc3339Utc(entry.by.when))},
        {QStringLiteral("local"), QString::fromStdString(core::isoLocal(toLocal(entry.by.when)))},
        {QStringLiteral("who"), QString::fromStdString(entry.by.who)},
        {QStringLiteral("action"), QString::fromStdString(note.action)},
        {QStringLiteral("subject"), QString::fromStdString(note.subject)},
        {QStringLiteral("person_id"),
         note.person ? QJsonValue(QString::fromStdString(note.person->value.text())) : QJsonValue()},
        {QStringLiteral("person"), note.person ? QJsonValue(QString::fromStdString(note.personName)) : QJsonValue()},
        {QStringLiteral("before"), QString::fromStdString(note.before)},
        {QStringLiteral("after"), QString::fromStdString(note.after)}};
}

Result<QJsonObject> listAudit(Store& store, const QJsonObject& args) {
    const auto entries = store.audit(args.value(u"before").toInteger(), args.value(u"limit").toInt(100));
    if (!entries)
        return entries.error();
    QJsonArray list;
    for (const storage::AuditEntry& entry : *entries)
        list.append(toJson(entry));
    return QJsonObject{{QStringLiteral("entries"), list}};
}

/// What was done elsewhere and changed nothing here: a backup, an export.
Result<QJsonObject> noteAction(Store& store, const QJsonObject& args, core::Now now) {
    storage::AuditNote note;
    note.action = textOf(args, u"action");
    note.after = QJsonDocument(args.value(u"after").toObject()).toJson(QJsonDocument::Compact).toStdString();
    if (const std::string id = textOf(args, u"person"); !id.empty()) {
        const auto person = personMeant(store, id);
        if (!person)
            return person.error();
        note.person = person->id;
        note.personName = person->name;
    }
    if (const auto noted = store.noteAction(note, changeBy(args, now)); !noted)
        return noted.error();
    return QJsonObject();
}

Result<QJsonObject> verifyAudit(Store& store) {
    const auto check = store.verifyAudit();
    if (!check)
        return check.error();
    return QJsonObject{{QStringLiteral("intact"), check->intact},
                       {QStringLiteral("entries"), static_cast<qint64>(check->entries)},
                       {QStringLiteral("first_broken"), static_cast<qint64>(check->firstBroken)},
                       {QStringLiteral("why"), QString::fromStdString(check->why)}};
}

} // namespace

storage::ChangeBy changeBy(const QJsonObject& args, core::Now now) {
    return {textOf(args, u"by"), now.wall};
}

QJsonObject withRights(const core::Person& person, const core::AccessConfig& config) {
    QJsonArray groups;
    for (const core::Group& group : config.groups)
        if (std::find(person.groups.begin(), person.groups.end(), group.id) != person.groups.end())
            groups.append(QString::fromStdString(group.name));
    const auto local = [](const std::optional<core::WallTime>& time) {
        return time ? QJsonValue(QString::fromStdString(core::isoLocal(toLocal(*time)))) : QJsonValue();
    };
    QJsonObject out = toJson(person);
    out.insert(QStringLiteral("groups"), groups);
    out.insert(QStringLiteral("valid_from_local"), local(person.validFrom));
    out.insert(QStringLiteral("valid_until_local"), local(person.validUntil));
    return out;
}

std::optional<Result<QJsonObject>> runRightsCommand(Store& store, const QString& command, const QJsonObject& args,
                                                    core::Now now) {
    if (command == u"person.set")
        return setPerson(store, args, now);
    if (command == u"access.preview")
        return previewAccess(store, args, now);
    if (command == u"audit.list")
        return listAudit(store, args);
    if (command == u"audit.note")
        return noteAction(store, args, now);
    if (command == u"audit.verify")
        return verifyAudit(store);
    return std::nullopt;
}

} // namespace facelatch::app
