// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl identify: who is on a picture, and would the door have opened.
#include "app/ctl.h"
#include "app/data_access.h"
#include "app/model_files.h"
#include "app/rules.h"
#include "core/access_policy.h"
#include "core/match_rule.h"
#include "recognition/identifier.h"
#include "recognition/pictures.h"

#include <CLI/CLI.hpp>

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>
#include <cstdio>
#include <map>
#include <memory>

namespace facelatch::app {

namespace {

struct IdentifyOptions {
    std::vector<std::string> pictures;
    bool json = false;
};

/// Whom the access rules refuse now, and why.
using Refusals = std::map<core::PersonId, core::Reason>;

core::Result<Refusals> fetchRefusals(DataAccess& data, const std::string& door) {
    const auto answer =
        data.call(QStringLiteral("access.preview"), {{QStringLiteral("door"), QString::fromStdString(door)}});
    if (!answer)
        return answer.error();
    Refusals refusals;
    for (const auto& value : answer->value(u"people").toArray()) {
        const QJsonObject row = value.toObject();
        const auto id = core::Uuid7::parse(row.value(u"id").toString().toStdString());
        if (id && !row.value(u"may_enter").toBool())
            refusals[{*id}] = core::reasonFromCode(row.value(u"reason").toString().toStdString())
                                  .value_or(core::Reason::NotPermitted);
    }
    return refusals;
}

/// What one picture alone would come to. A door wants several agreeing frames on top.
core::Reason reasonFor(const core::FaceObservation& face, const core::Gallery& gallery, const core::MatchRule& rule,
                       bool livenessRequired, const Refusals& refusals) {
    if (livenessRequired && face.liveness.verdict != core::LivenessVerdict::Live)
        return core::Reason::LivenessFailed;
    if (const auto reason = core::shortfall(face.match, rule))
        return *reason;
    const core::Person* person = gallery.find(face.match->person);
    if (person == nullptr)
        return core::Reason::UnknownPerson;
    const auto refused = refusals.find(person->id);
    return refused == refusals.end() ? core::Reason::Face : refused->second;
}

QJsonValue number(float value) {
    return std::isfinite(value) ? QJsonValue(static_cast<double>(value)) : QJsonValue();
}

QJsonValue nameOf(const core::Gallery& gallery, const std::optional<core::PersonId>& id) {
    const core::Person* person = id ? gallery.find(*id) : nullptr;
    return person != nullptr ? QJsonValue(QString::fromStdString(person->name)) : QJsonValue();
}

QJsonObject faceJson(const core::FaceObservation& face, const core::Gallery& gallery, core::Reason reason) {
    const auto& match = face.match;
    const auto second = match ? match->second : std::nullopt;
    const QJsonArray box{static_cast<qint64>(std::lround(face.box.x)), static_cast<qint64>(std::lround(face.box.y)),
                         static_cast<qint64>(std::lround(face.box.width)),
                         static_cast<qint64>(std::lround(face.box.height))};
    return {{QStringLiteral("box"), box},
            {QStringLiteral("person"), match ? nameOf(gallery, match->person) : QJsonValue()},
            {QStringLiteral("score"), match ? number(match->score) : QJsonValue()},
            {QStringLiteral("second"), nameOf(gallery, second)},
            {QStringLiteral("second_score"), second ? number(match->secondScore) : QJsonValue()},
            {QStringLiteral("live"), QString::fromUtf8(core::livenessCode(face.liveness.verdict))},
            {QStringLiteral("decision"), QString::fromUtf8(core::outcomeCode(core::reasonRow(reason).outcome))},
            {QStringLiteral("reason"), QString::fromUtf8(core::reasonRow(reason).code)}};
}

void print(const QJsonObject& picture) {
    const QJsonArray faces = picture.value(u"faces").toArray();
    std::printf("%s: %s\n", picture.value(u"picture").toString().toUtf8().constData(),
                faces.isEmpty() ? "no face" : "");
    for (const auto& value : faces) {
        const QJsonObject face = value.toObject();
        const QString person = face.value(u"person").toString(QStringLiteral("nobody enrolled"));
        std::printf("  %-8s %-16s nearest: %s, score %.3f, live: %s\n",
                    face.value(u"decision").toString().toUtf8().constData(),
                    face.value(u"reason").toString().toUtf8().constData(), person.toUtf8().constData(),
                    face.value(u"score").toDouble(), face.value(u"live").toString().toUtf8().constData());
    }
}

int identify(const LoadedSettings& loaded, const IdentifyOptions& options) {
    const auto models = openModels(loaded.settings, loaded.dataFolder);
    if (!models)
        return complain(ctlName, models.error());
    const recognition::PipelineSettings settings = pipelineSettings(loaded.settings);
    const auto identifier = recognition::Identifier::create(settings, *models);
    if (!identifier)
        return complain(ctlName, identifier.error());
    DataAccess data(loaded);
    const auto gallery = fetchGallery(data, (*identifier)->modelId(), (*identifier)->dimension());
    if (!gallery)
        return complain(ctlName, gallery.error());
    const auto refusals = fetchRefusals(data, loaded.settings.text("door.id"));
    if (!refusals)
        return complain(ctlName, refusals.error());

    const core::MatchRule rule = matchRule(loaded.settings, models->manifest().find(settings.embedder));
    int code = 0;
    QJsonArray all;
    for (const std::string& path : options.pictures) {
        const auto picture = recognition::readPicture(path);
        const auto faces = picture ? (*identifier)->identify(*picture, **gallery)
                                   : core::Result<std::vector<core::FaceObservation>>(picture.error());
        if (!faces) {
            code = complain(ctlName, faces.error());
            continue;
        }
        QJsonArray list;
        for (const core::FaceObservation& face : *faces)
            list.append(
                faceJson(face, **gallery, reasonFor(face, **gallery, rule, settings.liveness.enabled, *refusals)));
        all.append(
            QJsonObject{{QStringLiteral("picture"), QString::fromStdString(path)}, {QStringLiteral("faces"), list}});
    }
    if (options.json)
        std::printf("%s\n", QJsonDocument(all).toJson(QJsonDocument::Compact).constData());
    else
        for (const auto& picture : all)
            print(picture.toObject());
    return code;
}

} // namespace

void addIdentifyCommand(CLI::App& program, CtlAction& action) {
    auto options = std::make_shared<IdentifyOptions>();
    CLI::App* command = program.add_subcommand("identify", "Who is on pictures; opens nothing, logs nothing");
    command->add_option("picture", options->pictures, "JPEG or PNG files")->required();
    command->add_flag("--json", options->json, "One JSON array");
    command->callback([&action, options] {
        action = [options](const LoadedSettings& loaded) { return identify(loaded, *options); };
    });
}

} // namespace facelatch::app
