// SPDX-License-Identifier: GPL-3.0-or-later
// From JSON to lines a person reads.
#include "ui/system_facts.h"

#include "core/doctor.h"
#include "ui/doctor_words.h"
#include "ui/system_words.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

namespace {

QString ms(const QJsonValue& value, const QLocale& locale) {
    if (!value.isDouble())
        return {};
    return locale.toString(value.toDouble(), 'f', 1) + QChar(QChar::Nbsp) + QStringLiteral("ms");
}

QString bytes(const QJsonValue& value, const QLocale& locale) {
    return value.isDouble() ? locale.formattedDataSize(value.toInteger(), 1, QLocale::DataSizeSIFormat) : QString();
}

FactCard* cameraCard(const QJsonObject& camera, const QLocale& locale) {
    auto* card = new FactCard(Icon::Camera, SystemWords::camera());
    card->setObjectName(QStringLiteral("cardCamera"));
    if (const QString error = camera.value(u"error").toString(); !error.isEmpty())
        card->addText(error, &Palette::refused);
    card->add(SystemWords::source(), camera.value(u"source").toString());
    if (const int width = camera.value(u"width").toInt(); width > 0) {
        card->add(SystemWords::picture(),
                  QStringLiteral("%1 × %2, ").arg(width).arg(camera.value(u"height").toInt()) +
                      SystemWords::rate(camera.value(u"rate").toDouble(), camera.value(u"asked").toDouble(), locale));
        card->add(SystemWords::age(), ms(camera.value(u"age_ms"), locale));
        card->add(SystemWords::light(),
                  locale.toString(camera.value(u"brightness").toDouble(), 'f', 0) + QStringLiteral(" / 255"));
    }
    const auto exposure = camera.value(u"exposure").toInteger();
    card->add(SystemWords::exposure(),
              exposure > 0 ? locale.toString(exposure) + QStringLiteral(" µs") : SystemWords::automatic());
    return card;
}

FactCard* recognitionCard(const QJsonObject& recognition, const QLocale& locale) {
    auto* card = new FactCard(Icon::Face, SystemWords::recognition());
    card->setObjectName(QStringLiteral("cardRecognition"));
    card->add(SystemWords::model(), recognition.value(u"model").toString());
    card->add(SystemWords::detecting(), ms(recognition.value(u"detect_ms"), locale));
    card->add(SystemWords::embedding(), ms(recognition.value(u"embed_ms"), locale));
    card->add(SystemWords::liveness(), ms(recognition.value(u"liveness_ms"), locale));
    card->add(SystemWords::wholePicture(), ms(recognition.value(u"whole_ms"), locale));
    if (!recognition.contains(u"embed_ms"))
        card->addText(SystemWords::nobodyLooked());
    return card;
}

FactCard* modelsCard(const QJsonArray& models) {
    auto* card = new FactCard(Icon::Sliders, SystemWords::models());
    card->setObjectName(QStringLiteral("cardModels"));
    for (const auto& value : models) {
        const QJsonObject model = value.toObject();
        QString name = model.value(u"id").toString();
        if (!model.value(u"used").toBool())
            name += QStringLiteral(" (%1)").arg(SystemWords::notUsed());
        card->addText(name, &Palette::text);
        if (!model.value(u"good").toBool())
            card->addText(model.value(u"state").toString(), &Palette::refused);
        card->addText(SystemWords::licence(model.value(u"licence").toString(), model.value(u"source").toString()));
        if (const QString hash = model.value(u"sha256").toString(); !hash.isEmpty())
            card->addText(QStringLiteral("SHA-256 ") + hash);
    }
    return card;
}

FactCard* storageCard(const QJsonObject& storage, const QLocale& locale) {
    auto* card = new FactCard(Icon::Download, SystemWords::storage());
    card->setObjectName(QStringLiteral("cardStorage"));
    card->add(SystemWords::folder(), storage.value(u"folder").toString());
    card->add(SystemWords::freeSpace(), bytes(storage.value(u"free"), locale));
    card->add(SystemWords::database(), bytes(storage.value(u"database"), locale));
    card->add(SystemWords::pictures(), bytes(storage.value(u"pictures"), locale));
    if (storage.contains(u"events"))
        card->add(SystemWords::events(), locale.toString(storage.value(u"events").toInteger()));
    if (storage.contains(u"last_backup")) {
        const auto when = storage.value(u"last_backup").toInteger();
        card->add(SystemWords::lastBackup(),
                  when > 0 ? SystemWords::backupAt(
                                 locale.toString(QDateTime::fromMSecsSinceEpoch(when), QLocale::ShortFormat),
                                 storage.value(u"last_backup_file").toString())
                           : SystemWords::noBackupYet());
    }
    return card;
}

FactCard* versionsCard(const QJsonArray& versions) {
    auto* card = new FactCard(Icon::Info, SystemWords::versions());
    card->setObjectName(QStringLiteral("cardVersions"));
    for (const auto& each : versions)
        card->add(each.toObject().value(u"name").toString(), each.toObject().value(u"version").toString());
    return card;
}

FactCard* networkCard(const QJsonObject& info, const QLocale& locale) {
    auto* card = new FactCard(Icon::Globe, SystemWords::network());
    card->setObjectName(QStringLiteral("cardNetwork"));
    QStringList addresses;
    for (const auto& each : info.value(u"network").toObject().value(u"addresses").toArray())
        addresses << each.toString();
    card->add(SystemWords::addresses(),
              addresses.isEmpty() ? SystemWords::noAddress() : addresses.join(QStringLiteral(", ")));
    if (const QJsonObject heat = info.value(u"temperature").toObject(); !heat.isEmpty())
        card->add(SystemWords::temperature(), locale.toString(heat.value(u"celsius").toDouble(), 'f', 1) +
                                                  QStringLiteral(" °C (%1)").arg(heat.value(u"sensor").toString()));
    return card;
}

/// Of a stable code; the last of them where it is none.
template<typename Enum, typename CodeOf>
Enum fromCode(const QString& code, Enum last, CodeOf codeOf) {
    for (int i = 0; i < static_cast<int>(last); ++i)
        if (const std::string_view each = codeOf(static_cast<Enum>(i));
            code == QLatin1String(each.data(), static_cast<qsizetype>(each.size())))
            return static_cast<Enum>(i);
    return last;
}

} // namespace

std::vector<FactCard*> systemCards(const QJsonObject& info, const QLocale& locale) {
    return {cameraCard(info.value(u"camera").toObject(), locale),
            recognitionCard(info.value(u"recognition").toObject(), locale),
            modelsCard(info.value(u"models").toArray()),
            storageCard(info.value(u"storage").toObject(), locale),
            networkCard(info, locale),
            versionsCard(info.value(u"versions").toArray())};
}

std::vector<FactCard*> doctorCards(const QJsonObject& found) {
    std::vector<std::pair<core::Health, FactCard*>> wrong;
    auto* fine = new FactCard(Icon::Tick, SystemWords::health(core::Health::Ok));
    fine->setObjectName(QStringLiteral("doctorFine"));
    for (const auto& value : found.value(u"lines").toArray()) {
        const QJsonObject line = value.toObject();
        const auto health = fromCode(line.value(u"health").toString(), core::Health::OutOfService, core::healthCode);
        const QString check =
            DoctorWords::check(fromCode(line.value(u"check").toString(), core::Check::Network, core::checkCode));
        if (health == core::Health::Ok || health == core::Health::NotHere) {
            fine->add(check, line.value(u"seen").toString());
            continue;
        }
        auto* card = new FactCard(Icon::Warning, check + QStringLiteral(" · ") + SystemWords::health(health));
        card->addText(DoctorWords::finding(
                          fromCode(line.value(u"finding").toString(), core::Finding::NoAddress, core::findingCode)),
                      &Palette::text);
        card->addText(line.value(u"seen").toString());
        card->addText(line.value(u"remedy").toString());
        wrong.emplace_back(health, card);
    }
    std::stable_sort(wrong.begin(), wrong.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<FactCard*> cards;
    for (const auto& each : wrong)
        cards.push_back(each.second);
    cards.push_back(fine);
    return cards;
}

} // namespace facelatch::ui
