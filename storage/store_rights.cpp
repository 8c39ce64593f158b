// SPDX-License-Identifier: GPL-3.0-or-later
// Changing a person: name, card, PIN, consent, groups, validity, uses, suspension, notes.
#include "storage/event_schema.h"
#include "storage/name_check.h"
#include "storage/store.h"
#include "storage/store_guard.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace facelatch::storage {

using core::Done;
using core::PersonId;
using core::Result;
using core::Status;

namespace {

constexpr int maxNotesCharacters = 2000;

std::string notesContext(const PersonId& person) {
    return "notes of person " + person.value.text();
}

QVariant timeOrNull(const std::optional<core::WallTime>& time) {
    return time ? QVariant(static_cast<qint64>(time->time_since_epoch().count())) : QVariant();
}
QJsonValue timeJson(const std::optional<core::WallTime>& time) {
    return time ? QJsonValue(QString::fromStdString(core::rfc3339Utc(*time))) : QJsonValue();
}
const char* statusCode(core::PersonStatus status) {
    return status == core::PersonStatus::Active ? "active" : "suspended";
}

Status checkNotes(const std::string& notes) {
    const QString decoded = QString::fromStdString(notes);
    if (decoded.toStdString() != notes || decoded.contains(QChar(u'\0')))
        return core::Error{core::ErrorKind::Usage, "the notes are not valid UTF-8", "", ""};
    if (decoded.toUcs4().size() > maxNotesCharacters)
        return core::Error{core::ErrorKind::Usage,
                           "the notes have more than " + std::to_string(maxNotesCharacters) + " characters", "", ""};
    return Done{};
}

/// Without the witness, a name that nobody could erase.
QJsonValue consentJson(const std::optional<core::Consent>& consent) {
    if (!consent)
        return {};
    return QJsonObject{{QStringLiteral("text"), QString::fromStdString(consent->text)},
                       {QStringLiteral("time"), timeJson(consent->time)}};
}

/// One side of the audit entry: what the change is about, as the person has it.
QJsonObject stateOf(const core::Person& person, const PersonChange& change, const core::AccessConfig& config) {
    QJsonObject state;
    if (change.groups) {
        QJsonArray names;
        for (const core::GroupId& id : person.groups)
            if (const core::Group* group = config.group(id))
                names.append(QString::fromStdString(group->name));
        state.insert(QStringLiteral("groups"), names);
    }
    if (change.status)
        state.insert(QStringLiteral("status"), QLatin1String(statusCode(person.status)));
    if (change.validFrom)
        state.insert(QStringLiteral("valid_from"), timeJson(person.validFrom));
    if (change.validUntil)
        state.insert(QStringLiteral("valid_until"), timeJson(person.validUntil));
    if (change.usesAllowed) {
        state.insert(QStringLiteral("uses"), person.uses ? QJsonValue(person.uses->allowed) : QJsonValue());
        state.insert(QStringLiteral("uses_taken"), person.uses ? QJsonValue(person.uses->taken) : QJsonValue());
    }
    if (change.language)
        state.insert(QStringLiteral("language"), QString::fromStdString(person.language));
    if (change.consent)
        state.insert(QStringLiteral("consent"), consentJson(person.consent));
    return state;
}

/// What is only said to have changed: what it was and is does not belong into rows that stay when a person is erased.
void describeSecrets(const core::Person& before, const PersonChange& change, QJsonObject& then, QJsonObject& now) {
    if (change.name && *change.name != before.name)
        now.insert(QStringLiteral("name"), QStringLiteral("changed"));
    if (change.card && *change.card != before.cardId) {
        then.insert(QStringLiteral("card"), !before.cardId.empty());
        const bool another = !before.cardId.empty() && !change.card->empty();
        now.insert(QStringLiteral("card"),
                   another ? QJsonValue(QStringLiteral("changed")) : QJsonValue(!change.card->empty()));
    }
    if (change.pin) {
        then.insert(QStringLiteral("pin"), before.hasPin);
        const bool another = before.hasPin && change.pin->has_value();
        now.insert(QStringLiteral("pin"),
                   another ? QJsonValue(QStringLiteral("changed")) : QJsonValue(change.pin->has_value()));
    }
    if (change.notes)
        now.insert(QStringLiteral("notes"), QStringLiteral("changed"));
}

core::Person changed(core::Person person, const PersonChange& change) {
    person.consent = change.consent.value_or(person.consent);
    person.groups = change.groups.value_or(person.groups);
    person.language = change.language.value_or(person.language);
    person.status = change.status.value_or(person.status);
    person.validFrom = change.validFrom.value_or(person.validFrom);
    person.validUntil = change.validUntil.value_or(person.validUntil);
    if (change.usesAllowed) {
        person.uses.reset();
        if (*change.usesAllowed)
            person.uses = core::UseLimit{**change.usesAllowed, 0, 0};
    }
    return person;
}

std::string jsonText(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace

namespace {

Status checkChange(const PersonChange& change) {
    if (change.notes)
        if (auto sound = checkNotes(*change.notes); !sound)
            return sound;
    if (change.usesAllowed && change.usesAllowed->value_or(0) < 0)
        return core::Error{core::ErrorKind::Usage, "the number of uses is negative", "", ""};
    for (const std::string* name :
         {change.name ? &*change.name : nullptr, change.card && !change.card->empty() ? &*change.card : nullptr})
        if (name != nullptr)
            if (auto sound = checkName(*name, maxNameCharacters); !sound)
                return sound;
    if (change.consent && *change.consent)
        for (const std::string* field : {&(*change.consent)->text, &(*change.consent)->witness})
            if (auto sound = checkName(*field, maxNameCharacters); !sound)
                return core::Error{core::ErrorKind::Usage, "a consent needs the version of its text and a witness", "",
                                   ""};
    return Done{};
}

} // namespace

Status Store::changePerson(const PersonId& id, const PersonChange& change, const ChangeBy& by) {
    if (auto sound = checkChange(change); !sound)
        return sound;
    const auto before = person(id);
    if (!before)
        return before.error();
    if (!*before)
        return core::Error{core::ErrorKind::NotFound, "there is no such person", id.value.text(),
                           "See facelatch-ctl person list"};
    // Nobody else writes between here and the commit: the store has one thread.
    if (change.expectedRevision && *change.expectedRevision != (*before)->revision)
        return core::Error{core::ErrorKind::Conflict,
                           (*before)->name + " was changed meanwhile; nothing was changed now", "",
                           "Look at them again, and change what is still to be changed"};
    const auto config = access();
    if (!config)
        return config.error();
    for (const core::GroupId& group : change.groups.value_or(std::vector<core::GroupId>()))
        if (config->group(group) == nullptr)
            return core::Error{core::ErrorKind::Usage, "there is no such group", group.value.text(),
                               "See facelatch-ctl group list"};
    return changing([&] {
        auto applied = applyChange(id, change, by.when);
        if (!applied)
            return applied;
        QJsonObject then = stateOf(**before, change, *config);
        QJsonObject now = stateOf(changed(**before, change), change, *config);
        describeSecrets(**before, change, then, now);
        // Both names stand where erasure reaches them.
        const bool renamed = change.name && *change.name != (*before)->name;
        const std::string name = renamed ? (*before)->name + " \u2192 " + *change.name : (*before)->name;
        return noteAudit(by, {"person.set", {}, id, name, jsonText(then), jsonText(now)});
    });
}

Status Store::applyChange(const PersonId& id, const PersonChange& change, core::WallTime when) {
    const QByteArray who = idBlob(id.value);
    std::vector<std::pair<QString, QVariantList>> statements;
    const auto set = [&](const char* assignment, const QVariantList& values) {
        statements.emplace_back(QStringLiteral("UPDATE person SET %1 WHERE id = ?").arg(QLatin1String(assignment)),
                                values + QVariantList{who});
    };
    set("revision = revision + 1", {});
    if (change.name)
        set("name = ?", {text(*change.name)});
    if (change.language)
        set("language = ?", {text(*change.language)});
    if (change.status)
        set("status = ?", {QLatin1String(statusCode(*change.status))});
    if (change.validFrom)
        set("valid_from = ?", {timeOrNull(*change.validFrom)});
    if (change.validUntil)
        set("valid_until = ?", {timeOrNull(*change.validUntil)});
    if (change.usesAllowed)
        set("uses_allowed = ?, uses_taken = 0, uses_round = uses_round + 1",
            {*change.usesAllowed ? QVariant(**change.usesAllowed) : QVariant()});
    if (change.notes) {
        const auto key = personKey(id);
        if (!key)
            return key.error();
        const ByteView plain(reinterpret_cast<const std::uint8_t*>(change.notes->data()), change.notes->size());
        const Bytes sealed = encrypt(*key, plain, notesContext(id));
        set("notes = ?", {change.notes->empty() ? QVariant() : QVariant(blob(sealed.data(), sealed.size()))});
    }
    for (const auto& [statement, values] : statements)
        if (auto done = m_db->run(statement, values); !done)
            return done.error();
    if (auto put = putCredentials(id, change, when); !put)
        return put;
    return change.groups ? putMembership(id, *change.groups) : Status(Done{});
}

Status Store::putMembership(const PersonId& id, const std::vector<core::GroupId>& groups) {
    const QByteArray who = idBlob(id.value);
    if (auto left = m_db->run(QStringLiteral("DELETE FROM group_member WHERE person = ?"), {who}); !left)
        return left.error();
    for (const core::GroupId& group : groups) {
        auto joined = m_db->run(QStringLiteral("INSERT OR IGNORE INTO group_member(team, person) VALUES(?, ?)"),
                                {idBlob(group.value), who});
        if (!joined)
            return joined.error();
    }
    return Done{};
}

Result<std::string> Store::notes(const PersonId& id) {
    return guarded(Access::Read, [&] { return notesOf(id); });
}

Result<std::string> Store::notesOf(const PersonId& id) {
    const auto sealed = m_db->value(QStringLiteral("SELECT notes FROM person WHERE id = ?"), {idBlob(id.value)});
    if (!sealed)
        return sealed.error();
    const QByteArray bytes = sealed->toByteArray();
    if (bytes.isEmpty())
        return std::string();
    const auto key = personKey(id);
    if (!key)
        return key.error();
    const auto plain = decrypt(
        *key, {reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(bytes.size())},
        notesContext(id));
    if (!plain)
        return plain.error();
    return std::string(plain->begin(), plain->end());
}

} // namespace facelatch::storage
