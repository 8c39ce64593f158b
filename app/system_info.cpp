// SPDX-License-Identifier: GPL-3.0-or-later
// Gathering what the system screen shows.
#include "app/system_info.h"

#include "app/doctor_host.h"
#include "app/door_identity.h"
#include "app/model_files.h"
#include "recognition/versions.h"
#include "storage/data_checkup.h"
#include "storage/log_reader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSysInfo>

#include <algorithm>
#include <filesystem>

namespace facelatch::app {

namespace fs = std::filesystem;

namespace {

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QJsonObject cameraJson(const core::CameraFacts& facts, const core::Settings& settings) {
    QJsonObject out{{QStringLiteral("source"), text(facts.source)},
                    {QStringLiteral("width"), facts.width},
                    {QStringLiteral("height"), facts.height},
                    {QStringLiteral("rate"), facts.perSecond},
                    {QStringLiteral("asked"), facts.askedPerSecond},
                    {QStringLiteral("brightness"), facts.brightness},
                    {QStringLiteral("sharpness"), facts.sharpness},
                    {QStringLiteral("exposure"), static_cast<qint64>(settings.integer("camera.exposure"))},
                    {QStringLiteral("error"), text(facts.error)}};
    if (facts.newestAge)
        out.insert(QStringLiteral("age_ms"), static_cast<qint64>(facts.newestAge->count()));
    return out;
}

QJsonObject recognitionJson(const core::Settings& settings, const RecognitionTimes& times) {
    QJsonObject out{{QStringLiteral("model"), text(settings.text("recognition.embedder"))},
                    {QStringLiteral("detector"), text(settings.text("recognition.detector"))},
                    {QStringLiteral("liveness"), text(settings.text("liveness.policy"))},
                    {QStringLiteral("frames"), times.frames}};
    if (times.frames > 0)
        out.insert(QStringLiteral("whole_ms"), times.wholeMs);
    for (const auto& [key, value] : {std::pair{"detect_ms", times.detectMs}, std::pair{"embed_ms", times.embedMs},
                                     std::pair{"liveness_ms", times.livenessMs}})
        if (value)
            out.insert(QLatin1String(key), *value);
    return out;
}

QLatin1String kindCode(recognition::ModelKind kind) {
    switch (kind) {
    case recognition::ModelKind::Detector:
        return QLatin1String("detector");
    case recognition::ModelKind::Liveness:
        return QLatin1String("liveness");
    case recognition::ModelKind::Landmarks:
        return QLatin1String("landmarks");
    case recognition::ModelKind::Embedder:
        break;
    }
    return QLatin1String("embedder");
}

/// Those this door uses, and those that are installed.
QJsonArray modelsJson(const LoadedSettings& loaded) {
    QJsonArray out;
    const auto store = openModels(loaded.settings, loaded.dataFolder);
    if (!store)
        return out;
    const auto needed = neededModels(loaded.settings);
    for (const recognition::ModelRow& row : store->manifest().rows()) {
        const bool used = std::find(needed.begin(), needed.end(), row.id) != needed.end();
        const recognition::ModelStatus status = store->check(row.id);
        if (!used && status.state == recognition::ModelState::Missing)
            continue;
        // What lies there is one of the accepted contents when its hash is right: told apart by size.
        std::error_code failure;
        const auto bytes = status.path.empty() ? 0 : fs::file_size(status.path, failure);
        QString sha256;
        for (const recognition::ModelContent& content : row.accepted)
            if (status.state == recognition::ModelState::Good && content.bytes == bytes)
                sha256 = text(content.sha256);
        out.append(QJsonObject{{QStringLiteral("id"), text(row.id)},
                               {QStringLiteral("kind"), kindCode(row.kind)},
                               {QStringLiteral("used"), used},
                               {QStringLiteral("file"), text(row.file)},
                               {QStringLiteral("state"), text(recognition::stateText(status.state))},
                               {QStringLiteral("good"), status.state == recognition::ModelState::Good},
                               {QStringLiteral("sha256"), sha256},
                               {QStringLiteral("licence"), text(row.licence)},
                               {QStringLiteral("source"), text(row.source)}});
    }
    return out;
}

qint64 bytesIn(const std::string& folder) {
    std::uintmax_t bytes = 0;
    std::error_code failure;
    for (auto at = fs::recursive_directory_iterator(folder, failure); !failure && at != fs::end(at);
         at.increment(failure))
        if (std::error_code other; at->is_regular_file(other))
            bytes += at->file_size(other);
    return static_cast<qint64>(bytes);
}

QJsonObject storageJson(const std::string& folder) {
    std::error_code failure;
    const fs::space_info space = fs::space(folder, failure);
    QJsonObject out{{QStringLiteral("folder"), text(folder)},
                    {QStringLiteral("pictures"), bytesIn(folder + "/snapshots")}};
    if (!failure)
        out.insert(QStringLiteral("free"), static_cast<qint64>(space.available));
    const auto database = fs::file_size(folder + "/facelatch.db", failure);
    if (!failure)
        out.insert(QStringLiteral("database"), static_cast<qint64>(database));
    if (auto reader = storage::LogReader::open(folder)) {
        if (const auto events = (*reader)->lastSeq())
            out.insert(QStringLiteral("events"), static_cast<qint64>(*events));
        if (const auto backup = (*reader)->lastBackup()) {
            const auto when = *backup ? (*backup)->when : core::WallTime{};
            out.insert(QStringLiteral("last_backup"), static_cast<qint64>(when.time_since_epoch().count()));
            const auto after = QByteArray::fromStdString(*backup ? (*backup)->after : std::string());
            out.insert(QStringLiteral("last_backup_file"), QJsonDocument::fromJson(after).object().value(u"file"));
        }
    }
    return out;
}

QJsonArray versionsJson(const std::string& folder) {
    QJsonArray out;
    const auto add = [&](const char* name, const QString& version) {
        out.append(QJsonObject{{QStringLiteral("name"), QLatin1String(name)}, {QStringLiteral("version"), version}});
    };
    add("Facelatch", QStringLiteral(FACELATCH_VERSION));
    add("Qt", QLatin1String(qVersion()));
    add("OpenCV", text(recognition::opencvVersion()));
    add("dlib", text(recognition::dlibVersion()));
    if (auto reader = storage::LogReader::open(folder))
        if (const auto version = (*reader)->sqliteVersion())
            add("SQLite", text(*version));
    add("Linux", QSysInfo::prettyProductName() + QStringLiteral(", ") + QSysInfo::kernelVersion());
    return out;
}

} // namespace

RecognitionTimes meanTimes(const std::vector<core::StageTimes>& times) {
    RecognitionTimes out;
    out.frames = static_cast<int>(times.size());
    const auto mean = [&](std::chrono::microseconds core::StageTimes::*stage) -> std::optional<double> {
        double sum = 0;
        int ran = 0;
        for (const core::StageTimes& each : times) {
            sum += static_cast<double>((each.*stage).count()) / 1000;
            ran += (each.*stage).count() > 0 ? 1 : 0;
        }
        return ran > 0 ? std::optional(sum / ran) : std::nullopt;
    };
    out.detectMs = mean(&core::StageTimes::detect);
    out.embedMs = mean(&core::StageTimes::embed);
    out.livenessMs = mean(&core::StageTimes::liveness);
    out.wholeMs = mean(&core::StageTimes::whole).value_or(0);
    return out;
}

QJsonObject systemInfo(const LoadedSettings& loaded, const LiveFacts& live, const RecognitionTimes& times) {
    const core::HostFacts host = hostFacts();
    QJsonArray addresses;
    for (const std::string& address : host.addresses)
        addresses.append(text(address));
    QJsonObject temperature;
    if (host.hottest)
        temperature = {{QStringLiteral("celsius"), *host.hottest}, {QStringLiteral("sensor"), text(host.sensor)}};
    QJsonObject viewers = toJson(live.push);
    if (const auto identity = doorIdentity(loaded.settings, loaded.dataFolder, IfNoIdentity::Fail, {}))
        viewers.insert(QStringLiteral("certificate"), identityJson(*identity));
    return {{QStringLiteral("viewers"), viewers},
            {QStringLiteral("camera"), cameraJson(live.camera, loaded.settings)},
            {QStringLiteral("recognition"), recognitionJson(loaded.settings, times)},
            {QStringLiteral("models"), modelsJson(loaded)},
            {QStringLiteral("storage"), storageJson(loaded.dataFolder)},
            {QStringLiteral("versions"), versionsJson(loaded.dataFolder)},
            {QStringLiteral("network"),
             QJsonObject{{QStringLiteral("addresses"), addresses}, {QStringLiteral("route"), text(host.defaultRoute)}}},
            {QStringLiteral("temperature"), temperature}};
}

QJsonObject checkJson(const std::vector<core::CheckLine>& lines) {
    QJsonArray out;
    for (const core::CheckLine& line : lines)
        out.append(toJson(line));
    return {{QStringLiteral("lines"), out}, {QStringLiteral("worst"), text(core::healthCode(core::worst(lines)))}};
}

} // namespace facelatch::app
