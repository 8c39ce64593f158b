// SPDX-License-Identifier: GPL-3.0-or-later
// Parsing the manifest, and what settings mean for recognition.
#include "app/model_files.h"

#include "app/places.h"
#include "core/time.h"
#include "storage/secrets.h"

#include <QFile>

#include <algorithm>

#include <toml++/toml.h>

namespace facelatch::app {

namespace {

template<typename T>
std::optional<recognition::ManifestValue> listOf(const toml::array& array) {
    std::vector<T> list;
    for (const toml::node& item : array) {
        const auto value = item.value_exact<T>();
        if (!value)
            return std::nullopt;
        list.push_back(*value);
    }
    return list;
}

std::optional<recognition::ManifestValue> manifestValue(const toml::node& node) {
    if (const auto* value = node.as_boolean())
        return value->get();
    if (const auto* value = node.as_integer())
        return value->get();
    if (const auto* value = node.as_floating_point())
        return value->get();
    if (const auto* value = node.as_string())
        return value->get();
    if (const auto* array = node.as_array())
        return array->is_homogeneous(toml::node_type::integer) ? listOf<std::int64_t>(*array)
                                                               : listOf<std::string>(*array);
    return std::nullopt;
}

} // namespace

core::Result<recognition::ModelManifest> readManifest() {
    QFile file(QStringLiteral(":/facelatch/models.toml"));
    if (!file.open(QIODevice::ReadOnly))
        return core::fail("The model manifest is missing from this build", "models.toml", "Build Facelatch again");
    std::vector<recognition::ManifestTable> tables;
    try {
        const toml::table document = toml::parse(file.readAll().toStdString(), std::string_view("models.toml"));
        const toml::array* models = document["model"].as_array();
        for (std::size_t i = 0; models != nullptr && i < models->size(); ++i) {
            recognition::ManifestTable table;
            const toml::table* row = models->get_as<toml::table>(i);
            for (const auto& [key, node] : row != nullptr ? *row : toml::table{}) {
                auto value = manifestValue(node);
                if (!value)
                    return core::fail("The model manifest has a value of a kind it cannot have",
                                      std::string(key.str()));
                table.emplace(key.str(), std::move(*value));
            }
            tables.push_back(std::move(table));
        }
    } catch (const toml::parse_error& error) {
        return core::fail("The model manifest cannot be understood: " + std::string(error.description()),
                          "models.toml");
    }
    return recognition::manifestFromTables(tables);
}

core::Result<recognition::ModelStore> openModels(const core::Settings& settings, const std::string& dataFolder) {
    auto manifest = readManifest();
    if (!manifest)
        return manifest.error();
    return recognition::ModelStore(*std::move(manifest),
                                   modelDirectories(settings.text("recognition.models_dir"), dataFolder),
                                   storage::sha256Hex);
}

recognition::PipelineSettings pipelineSettings(const core::Settings& settings) {
    recognition::PipelineSettings out;
    out.detector = settings.text("recognition.detector");
    out.embedder = settings.text("recognition.embedder");
    out.threads = static_cast<int>(settings.integer("recognition.threads"));
    out.follow.detectEvery = core::milliseconds(settings.integer("recognition.detect_every_ms"));
    out.quality.minFacePx = static_cast<float>(settings.integer("recognition.min_face_px"));
    out.liveness.enabled = settings.text("liveness.policy") != "off";
    out.liveness.minFrames = static_cast<int>(settings.integer("liveness.min_frames"));
    out.liveness.threshold = static_cast<float>(settings.real("liveness.threshold"));
    // A door that wants more agreeing frames, or wants them sooner, must also be given them: else nobody gets in.
    const int agreeing = static_cast<int>(settings.integer("recognition.agreeing_frames"));
    const core::milliseconds within(settings.integer("recognition.agree_within_ms"));
    out.economy.eagerEmbeddings = std::max(out.economy.eagerEmbeddings, agreeing + 2);
    out.economy.embedEvery = std::min(out.economy.embedEvery, within / (agreeing + 1));
    return out;
}

std::vector<std::string> neededModels(const core::Settings& settings) {
    const recognition::PipelineSettings pipeline = pipelineSettings(settings);
    std::vector<std::string> needed{pipeline.detector, pipeline.embedder};
    if (pipeline.liveness.enabled)
        needed.push_back(pipeline.livenessModel);
    return needed;
}

} // namespace facelatch::app
