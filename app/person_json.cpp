// SPDX-License-Identifier: GPL-3.0-or-later
// People and templates as JSON between facelatch-ctl and the owner of the data.
#include "app/use_cases.h"

#include <cstring>

namespace facelatch::app {

QJsonObject toJson(const core::FaceTemplate& item) {
    const QByteArray values(reinterpret_cast<const char*>(item.values.data()),
                            static_cast<qsizetype>(item.values.size() * sizeof(float)));
    return {{QStringLiteral("person"), QString::fromStdString(item.person.value.text())},
            {QStringLiteral("model"), QString::fromStdString(item.modelId)},
            {QStringLiteral("values"), QString::fromLatin1(values.toBase64())}};
}

core::Result<core::FaceTemplate> templateFromJson(const QJsonObject& object) {
    core::FaceTemplate item;
    item.modelId = object.value(u"model").toString().toStdString();
    if (const auto person = core::Uuid7::parse(object.value(u"person").toString().toStdString()))
        item.person = {*person};
    const QByteArray values = QByteArray::fromBase64(object.value(u"values").toString().toLatin1());
    if (item.modelId.empty() || values.isEmpty() || values.size() % static_cast<qsizetype>(sizeof(float)) != 0)
        return core::Error{core::ErrorKind::Usage, "A face template of the request cannot be read", {}, {}};
    item.values.resize(static_cast<std::size_t>(values.size()) / sizeof(float));
    std::memcpy(item.values.data(), values.data(), static_cast<std::size_t>(values.size()));
    return item;
}

QJsonObject toJson(const core::Person& person) {
    const auto time = [](const std::optional<core::WallTime>& at) {
        return at ? QJsonValue(static_cast<qint64>(at->time_since_epoch().count())) : QJsonValue();
    };
    const auto& uses = person.uses;
    QJsonValue consent;
    if (person.consent)
        consent = QJsonObject{{QStringLiteral("text"), QString::fromStdString(person.consent->text)},
                              {QStringLiteral("time"), time(person.consent->time)},
                              {QStringLiteral("witness"), QString::fromStdString(person.consent->witness)}};
    return {{QStringLiteral("revision"), person.revision},
            {QStringLiteral("has_pin"), person.hasPin},
            {QStringLiteral("consent"), consent},
            {QStringLiteral("valid_from"), time(person.validFrom)},
            {QStringLiteral("valid_until"), time(person.validUntil)},
            {QStringLiteral("uses"), uses ? QJsonValue(uses->allowed) : QJsonValue()},
            {QStringLiteral("uses_taken"), uses ? QJsonValue(uses->taken) : QJsonValue()},
            {QStringLiteral("id"), QString::fromStdString(person.id.value.text())},
            {QStringLiteral("name"), QString::fromStdString(person.name)},
            {QStringLiteral("card"), QString::fromStdString(person.cardId)},
            {QStringLiteral("language"), QString::fromStdString(person.language)},
            {QStringLiteral("status"),
             person.status == core::PersonStatus::Active ? QStringLiteral("active") : QStringLiteral("suspended")}};
}

core::Result<core::Person> personFromJson(const QJsonObject& object) {
    core::Person person;
    const auto id = core::Uuid7::parse(object.value(u"id").toString().toStdString());
    if (!id)
        return core::fail("A person of the answer has no id");
    person.id = {*id};
    person.name = object.value(u"name").toString().toStdString();
    person.cardId = object.value(u"card").toString().toStdString();
    person.language = object.value(u"language").toString().toStdString();
    if (object.value(u"status").toString() != u"active")
        person.status = core::PersonStatus::Suspended;
    return person;
}

} // namespace facelatch::app
