// SPDX-License-Identifier: GPL-3.0-or-later
// People, their keys and templates.
#include "storage/data_files.h"
#include "storage/durable_file.h"
#include "storage/event_schema.h"
#include "storage/name_check.h"
#include "storage/store.h"
#include "storage/store_guard.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <map>
#include <unistd.h>

namespace facelatch::storage {

using core::Done;
using core::Error;
using core::ErrorKind;
using core::FaceTemplate;
using core::Person;
using core::PersonId;
using core::Result;
using core::Status;

namespace {

static_assert(std::endian::native == std::endian::little, "templates are stored as little-endian floats");

QVariant timeOrNull(const std::optional<core::WallTime>& time) {
    return time ? QVariant(static_cast<qint64>(time->time_since_epoch().count())) : QVariant();
}
core::WallTime timeOf(const QVariant& value) {
    return core::WallTime(core::milliseconds(value.toLongLong()));
}
std::optional<core::WallTime> optionalTime(const QVariant& value) {
    return value.isNull() ? std::nullopt : std::optional(timeOf(value));
}
QByteArray blob(const Bytes& bytes) {
    return storage::blob(bytes.data(), bytes.size());
}
Bytes bytesOf(const QByteArray& array) {
    return {array.begin(), array.end()};
}

std::string keyContext(const PersonId& person) {
    return "key of person " + person.value.text();
}
std::string portraitContext(const PersonId& person) {
    return "portrait of person " + person.value.text();
}
std::string templateContext(const PersonId& person, const core::Uuid7& id, const std::string& model) {
    return "template " + id.text() + " of person " + person.value.text() + " model " + model;
}

Error usage(std::string what, std::string remedy = {}) {
    return {ErrorKind::Usage, std::move(what), "", std::move(remedy)};
}

Status checkTemplates(const PersonId& person, const std::vector<FaceTemplate>& templates) {
    for (const FaceTemplate& one : templates) {
        if (one.person != person)
            return usage("a template belongs to another person");
        if (one.id.isNull() || one.modelId.empty())
            return usage("a template has no id or no model");
        const bool finite = std::all_of(one.values.begin(), one.values.end(), [](float v) { return std::isfinite(v); });
        const bool zero = std::all_of(one.values.begin(), one.values.end(), [](float v) { return v == 0.0F; });
        if (!finite || zero)
            return usage("a template is empty, all zero, or holds values that are no numbers");
    }
    return Done{};
}

Bytes serialized(const std::vector<float>& values) {
    Bytes bytes(values.size() * sizeof(float));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

constexpr const char* insertTemplate =
    "INSERT INTO face_template(id, person, model, sealed, created) VALUES(?, ?, ?, ?, ?)";
QVariantList templateRow(const FaceTemplate& one, const SecretKey& key) {
    Bytes plain = serialized(one.values);
    const Bytes sealed = encrypt(key, plain, templateContext(one.person, one.id, one.modelId));
    wipe(std::span(plain));
    return {idBlob(one.id), idBlob(one.person.value), text(one.modelId), blob(sealed),
            static_cast<qint64>(one.created.time_since_epoch().count())};
}

/// For the audit: no card id, nothing biometric.
std::string addedText(const Person& person, std::size_t templates, bool pin) {
    const auto flag = [](bool is) { return is ? "true" : "false"; };
    return std::string("{\"card\":") + flag(!person.cardId.empty()) + (pin ? ",\"pin\":true" : "") +
           (person.consent ? ",\"consent\":true" : "") + ",\"templates\":" + std::to_string(templates) + "}";
}

Person personOf(const QSqlQuery& row) {
    Person person;
    person.id.value = idFromBlob(row.value(0).toByteArray()).value_or(core::Uuid7{});
    person.name = row.value(1).toString().toStdString();
    person.status =
        row.value(2).toString() == QLatin1String("active") ? core::PersonStatus::Active : core::PersonStatus::Suspended;
    person.validFrom = optionalTime(row.value(3));
    person.validUntil = optionalTime(row.value(4));
    person.created = timeOf(row.value(5));
    person.cardId = row.value(6).toString().toStdString();
    if (!row.value(7).isNull())
        person.uses = core::UseLimit{row.value(7).toInt(), row.value(8).toInt(), row.value(9).toInt()};
    person.revision = row.value(10).toInt();
    person.hasPin = !row.value(11).isNull();
    if (!row.value(12).isNull())
        person.consent = core::Consent{row.value(12).toString().toStdString(), timeOf(row.value(13)),
                                       row.value(14).toString().toStdString()};
    person.language = row.value(15).toString().toStdString();
    return person;
}

/// `which` joins and filters the people p.
Status addGroups(SqlConnection& db, const QString& which, const QVariantList& values, std::vector<Person>& people) {
    auto rows = db.run(QStringLiteral("SELECT m.person, m.team FROM group_member m JOIN person p ON p.id = m.person %1 "
                                      "ORDER BY m.team")
                           .arg(which),
                       values);
    if (!rows)
        return rows.error();
    std::map<PersonId, std::vector<core::GroupId>> groups;
    while (rows->next())
        if (const auto group = idFromBlob(rows->value(1).toByteArray()))
            groups[{idFromBlob(rows->value(0).toByteArray()).value_or(core::Uuid7{})}].push_back({*group});
    if (auto ended = db.check(*rows); !ended)
        return ended;
    for (Person& person : people)
        if (const auto found = groups.find(person.id); found != groups.end())
            person.groups = found->second;
    return Done{};
}

Result<std::vector<Person>> peopleWhere(SqlConnection& db, const char* condition, const QVariantList& values) {
    const QString which = QStringLiteral("LEFT JOIN credential c ON c.person = p.id AND c.kind = 'card' %1")
                              .arg(QLatin1String(condition));
    std::vector<Person> found;
    {
        auto rows = db.run(QStringLiteral("SELECT p.id, p.name, p.status, p.valid_from, p.valid_until, p.created, "
                                          "c.value, p.uses_allowed, p.uses_taken, p.uses_round, p.revision, n.row, "
                                          "a.text, a.time, a.witness, p.language FROM person p "
                                          "LEFT JOIN credential n ON n.person = p.id AND n.kind = 'pin' "
                                          "LEFT JOIN consent a ON a.person = p.id %1 ORDER BY p.name, p.row")
                               .arg(which),
                           values);
        if (!rows)
            return rows.error();
        while (rows->next())
            found.push_back(personOf(*rows));
        if (auto ended = db.check(*rows); !ended)
            return ended.error();
    }
    if (auto added = addGroups(db, which, values, found); !added)
        return added.error();
    return found;
}

} // namespace

Result<std::vector<Person>> Store::people() {
    return guarded(Access::Read, [&] { return peopleWhere(*m_db, "", {}); });
}

Result<std::vector<Person>> Store::findByName(const std::string& name) {
    return guarded(Access::Read, [&] { return peopleWhere(*m_db, "WHERE p.name = ?", {text(name)}); });
}

Result<std::optional<Person>> Store::findByCard(const std::string& cardId) {
    return guarded(Access::Read, [&]() -> Result<std::optional<Person>> {
        const auto found = peopleWhere(*m_db, "WHERE c.value = ?", {text(cardId)});
        if (!found)
            return found.error();
        return found->empty() ? std::nullopt : std::optional(found->front());
    });
}

Result<std::optional<Person>> Store::person(const PersonId& id) {
    return guarded(Access::Read, [&]() -> Result<std::optional<Person>> {
        const auto found = peopleWhere(*m_db, "WHERE p.id = ?", {idBlob(id.value)});
        if (!found)
            return found.error();
        return found->empty() ? std::nullopt : std::optional(found->front());
    });
}

Status Store::addPerson(const Person& person, const std::vector<FaceTemplate>& templates, const Bytes& portraitJpeg,
                        const std::string& by, const std::optional<core::PinVerifier>& pin) {
    if (person.id.value.isNull())
        return usage("the person has no id");
    if (auto named = checkName(person.name, maxNameCharacters); !named)
        return named;
    if (auto sound = checkTemplates(person.id, templates); !sound)
        return sound;
    return guarded(Access::Write, [&] { return insertPerson(person, templates, portraitJpeg, by, pin); });
}

Status Store::insertPerson(const Person& person, const std::vector<FaceTemplate>& templates, const Bytes& portraitJpeg,
                           const std::string& by, const std::optional<core::PinVerifier>& pin) {
    auto transaction = Transaction::begin(*m_db);
    if (!transaction)
        return transaction.error();
    const QByteArray id = idBlob(person.id.value);
    const auto taken = m_db->value(QStringLiteral("SELECT name FROM person WHERE id = ?"), {id});
    if (!taken)
        return taken.error();
    if (taken->isValid())
        return usage("a person with this id exists: " + taken->toString().toStdString());
    const SecretKey key = SecretKey::random();
    const qint64 created = person.created.time_since_epoch().count();
    const QVariant portrait =
        portraitJpeg.empty() ? QVariant() : QVariant(blob(encrypt(key, portraitJpeg, portraitContext(person.id))));
    std::vector<std::pair<const char*, QVariantList>> statements;
    statements.emplace_back("INSERT INTO person(id, name, status, valid_from, valid_until, created, portrait, "
                            "uses_allowed, language) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            QVariantList{id, text(person.name),
                                         person.status == core::PersonStatus::Active ? QStringLiteral("active")
                                                                                     : QStringLiteral("suspended"),
                                         timeOrNull(person.validFrom), timeOrNull(person.validUntil), created, portrait,
                                         person.uses ? QVariant(person.uses->allowed) : QVariant(),
                                         text(person.language)});
    statements.emplace_back("INSERT INTO person_key(person, wrapped) VALUES(?, ?)",
                            QVariantList{id, blob(encrypt(m_wrappingKey, key.bytes(), keyContext(person.id)))});
    for (const FaceTemplate& one : templates)
        statements.emplace_back(insertTemplate, templateRow(one, key));
    for (const auto& [statement, values] : statements)
        if (auto done = m_db->run(QLatin1String(statement), values); !done)
            return done.error();
    PersonChange credentials;
    credentials.card = person.cardId;
    credentials.pin = pin;
    credentials.consent = person.consent;
    if (auto put = putCredentials(person.id, credentials, person.created); !put)
        return put;
    if (auto joined = putMembership(person.id, person.groups); !joined)
        return joined;
    if (auto noted = noteAudit(
            {by, person.created},
            {"person.add", {}, person.id, person.name, {}, addedText(person, templates.size(), pin.has_value())});
        !noted)
        return noted;
    return transaction->commit();
}

Status Store::replaceFaces(const PersonId& id, const std::vector<FaceTemplate>& templates, const Bytes& portraitJpeg,
                           const ChangeBy& by) {
    if (templates.empty())
        return usage("there is no template to replace the others");
    if (auto sound = checkTemplates(id, templates); !sound)
        return sound;
    const auto known = person(id);
    if (!known)
        return known.error();
    if (!*known)
        return Error{ErrorKind::NotFound, "there is no such person", id.value.text(), "See facelatch-ctl person list"};
    auto put = guarded(Access::Write, [&] { return putFaces(**known, templates, portraitJpeg, by); });
    if (put)
        (void)checkpoint(); // what was deleted stands in the write-ahead log until now
    return put;
}

Status Store::putFaces(const Person& person, const std::vector<FaceTemplate>& templates, const Bytes& portraitJpeg,
                       const ChangeBy& by) {
    auto transaction = Transaction::begin(*m_db);
    if (!transaction)
        return transaction.error();
    const QByteArray id = idBlob(person.id.value);
    const auto key = personKey(person.id);
    if (!key)
        return key.error();
    std::int64_t before = 0;
    for (const FaceTemplate& one : templates) { // each model's once: the second time there is nothing left to delete
        if (&one != &templates.front() && one.modelId == templates.front().modelId)
            continue;
        auto gone = m_db->run(QStringLiteral("DELETE FROM face_template WHERE person = ? AND model = ?"),
                              {id, text(one.modelId)});
        if (!gone)
            return gone.error();
        before += gone->numRowsAffected();
    }
    for (const FaceTemplate& one : templates)
        if (auto done = m_db->run(QLatin1String(insertTemplate), templateRow(one, *key)); !done)
            return done.error();
    if (!portraitJpeg.empty())
        if (auto done = m_db->run(QStringLiteral("UPDATE person SET portrait = ? WHERE id = ?"),
                                  {blob(encrypt(*key, portraitJpeg, portraitContext(person.id))), id});
            !done)
            return done.error();
    if (auto counted = m_db->run(QStringLiteral("UPDATE person SET revision = revision + 1 WHERE id = ?"), {id});
        !counted)
        return counted.error();
    const auto count = [](std::int64_t number) { return "{\"templates\":" + std::to_string(number) + "}"; };
    if (auto noted = noteAudit(by, {"person.faces",
                                    {},
                                    person.id,
                                    person.name,
                                    count(before),
                                    count(static_cast<std::int64_t>(templates.size()))});
        !noted)
        return noted;
    return transaction->commit();
}

Result<SecretKey> Store::unwrap(const PersonId& id, ByteView wrapped) const {
    auto bytes = decrypt(m_wrappingKey, wrapped, keyContext(id));
    if (!bytes)
        return bytes.error();
    if (bytes->size() != SecretKey::size)
        return core::fail("the person's key has a wrong length");
    SecretKey key = SecretKey::fromBytes(*bytes);
    wipe(std::span(*bytes));
    return key;
}

Result<SecretKey> Store::personKey(const PersonId& id) {
    const auto wrapped =
        m_db->value(QStringLiteral("SELECT wrapped FROM person_key WHERE person = ?"), {idBlob(id.value)});
    if (!wrapped)
        return wrapped.error();
    if (!wrapped->isValid())
        return Error{ErrorKind::NotFound, "the person was removed, and with the person the key", "", ""};
    return unwrap(id, bytesOf(wrapped->toByteArray()));
}

Result<StoredTemplates> Store::templates(const std::string& modelId) {
    return guarded(Access::Read, [&]() -> Result<StoredTemplates> {
        auto rows = m_db->run(QStringLiteral("SELECT t.id, t.person, t.model, t.sealed, t.created, k.wrapped "
                                             "FROM face_template t LEFT JOIN person_key k ON k.person = t.person "
                                             "WHERE ? = '' OR t.model = ? ORDER BY t.person, t.row"),
                              {text(modelId), text(modelId)});
        if (!rows)
            return rows.error();
        StoredTemplates stored;
        std::optional<PersonId> keyOwner;
        Result<SecretKey> key = core::fail("no key yet");
        while (rows->next()) {
            FaceTemplate one;
            one.id = idFromBlob(rows->value(0).toByteArray()).value_or(core::Uuid7{});
            one.person.value = idFromBlob(rows->value(1).toByteArray()).value_or(core::Uuid7{});
            one.modelId = rows->value(2).toString().toStdString();
            one.created = timeOf(rows->value(4));
            if (keyOwner != one.person) {
                key = unwrap(one.person, bytesOf(rows->value(5).toByteArray()));
                keyOwner = one.person;
            }
            Result<Bytes> plain = core::fail("no key");
            if (key)
                plain = decrypt(*key, bytesOf(rows->value(3).toByteArray()),
                                templateContext(one.person, one.id, one.modelId));
            if (!plain || plain->empty() || plain->size() % sizeof(float) != 0) {
                if (stored.unreadable.empty() || stored.unreadable.back() != one.person)
                    stored.unreadable.push_back(one.person);
                continue;
            }
            one.values.resize(plain->size() / sizeof(float));
            std::memcpy(one.values.data(), plain->data(), plain->size());
            wipe(std::span(*plain));
            stored.templates.push_back(std::move(one));
        }
        if (auto ended = m_db->check(*rows); !ended)
            return ended.error();
        return stored;
    });
}

Result<Bytes> Store::portrait(const PersonId& id) {
    return guarded(Access::Read, [&]() -> Result<Bytes> {
        const auto sealed = m_db->value(QStringLiteral("SELECT portrait FROM person WHERE id = ?"), {idBlob(id.value)});
        if (!sealed)
            return sealed.error();
        if (sealed->isNull())
            return Bytes{};
        const auto key = personKey(id);
        if (!key)
            return key.error();
        return decrypt(*key, bytesOf(sealed->toByteArray()), portraitContext(id));
    });
}

} // namespace facelatch::storage
