// SPDX-License-Identifier: GPL-3.0-or-later
// Files to networks: found, hashed, built from the very bytes that were hashed.
#include "recognition/model_store.h"

#include "recognition/inference.h"
#include "recognition/yunet_detector.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace facelatch::recognition {

namespace fs = std::filesystem;

namespace {

constexpr const char* kInstall = "Run: facelatch-ctl models install";

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return text.empty() ? "no directory is configured" : text;
}

core::Error outOfService(std::string what, std::string where, std::string remedy) {
    return {core::ErrorKind::OutOfService, std::move(what), std::move(where), std::move(remedy)};
}

core::Error missing(const ModelRow& row, const std::vector<std::string>& directories) {
    std::string remedy = std::string(kInstall) + " " + row.id;
    if (!row.package.empty())
        remedy = "Run: sudo apt install " + row.package;
    else if (row.urls.empty())
        remedy = "It cannot be downloaded: copy the file " + row.file + " into one of these directories";
    return outOfService("the model '" + row.id + "' is not installed: " + row.file + " was not found",
                        "searched: " + joined(directories), remedy);
}

core::Error truncated(const ModelRow& row, const std::string& path, std::uint64_t bytes) {
    return outOfService("the model '" + row.id + "' is truncated: " + std::to_string(bytes) + " of " +
                            std::to_string(row.accepted.front().bytes) + " bytes; refused",
                        path, std::string("Delete the file, then ") + kInstall);
}

core::Error wrongHash(const ModelRow& row, const std::string& path, const std::string& got) {
    std::vector<std::string> hashes;
    for (const ModelContent& content : row.accepted)
        hashes.push_back(content.sha256);
    return outOfService("the model '" + row.id + "' is not the file the manifest names; refused. sha256 expected " +
                            joined(hashes) + ", got " + got,
                        path, std::string("Delete the file, then ") + kInstall);
}

core::Error unreadable(const ModelRow& row, const std::string& path) {
    return outOfService("the model '" + row.id + "' cannot be read", path,
                        "Give the account that runs Facelatch permission to read it");
}

std::vector<ExpectedOutput> expectedOutputs(const ModelRow& row) {
    if (row.kind == ModelKind::Detector)
        return yunetOutputs(row.inputWidth, row.inputHeight);
    return {{"", static_cast<std::size_t>(row.outputs)}};
}

/// The whole file, or nothing when it cannot be read or is not `bytes` long any more.
std::optional<std::vector<std::uint8_t>> readAll(const std::string& path, std::uint64_t bytes) {
    std::ifstream file(path, std::ios::binary);
    std::vector<std::uint8_t> content(bytes);
    if (!file.read(reinterpret_cast<char*>(content.data()), static_cast<std::streamsize>(bytes)))
        return {};
    return content;
}

} // namespace

/// The outcome of looking for one row's file: content is filled only when state is Good.
struct ModelStore::Found {
    ModelStatus status;
    std::vector<std::uint8_t> content;
};

ModelStore::ModelStore(ModelManifest manifest, std::vector<std::string> searchDirectories, Sha256Function sha256)
    : m_manifest(std::move(manifest)), m_directories(std::move(searchDirectories)), m_sha256(std::move(sha256)) {}

ModelStore::Found ModelStore::find(const ModelRow& row) const {
    Found found;
    found.status.id = row.id;
    const auto refuse = [&](ModelState state, core::Error error) {
        found.status.state = state;
        found.status.error = std::move(error);
        found.content.clear();
        return found;
    };
    std::error_code ignored;
    for (const std::string& directory : m_directories) {
        const fs::path path = fs::path(directory) / row.file;
        if (fs::exists(path, ignored)) {
            found.status.path = path.string();
            break;
        }
    }
    const std::string& path = found.status.path;
    if (path.empty())
        return refuse(ModelState::Missing, missing(row, m_directories));
    const std::uint64_t bytes = fs::is_regular_file(path, ignored) ? fs::file_size(path, ignored) : 0;
    const auto byBytes = [](const ModelContent& a, const ModelContent& b) { return a.bytes < b.bytes; };
    const auto [least, most] = std::minmax_element(row.accepted.begin(), row.accepted.end(), byBytes);
    if (least == row.accepted.end() || bytes < least->bytes)
        return refuse(ModelState::Truncated, truncated(row, path, bytes));
    if (bytes > most->bytes) // not worth reading: no accepted content is as long
        return refuse(ModelState::WrongHash, wrongHash(row, path, "a file of " + std::to_string(bytes) + " bytes"));
    auto content = readAll(path, bytes);
    if (!content)
        return refuse(ModelState::Unreadable, unreadable(row, path));
    const std::string hash = m_sha256(*content);
    const bool accepted = std::any_of(row.accepted.begin(), row.accepted.end(), [&](const ModelContent& wanted) {
        return wanted.bytes == bytes && wanted.sha256 == hash;
    });
    if (!accepted)
        return refuse(ModelState::WrongHash, wrongHash(row, path, hash));
    found.status.state = ModelState::Good;
    found.content = std::move(*content);
    return found;
}

core::Result<std::vector<std::uint8_t>> ModelStore::read(std::string_view id) const {
    const ModelRow* row = m_manifest.find(id);
    if (row == nullptr)
        return core::Error{core::ErrorKind::NotFound, "the manifest has no model '" + std::string(id) + "'",
                           "models.toml", "Run: facelatch-ctl models list"};
    Found found = find(*row);
    if (found.status.error)
        return *found.status.error;
    return std::move(found.content);
}

core::Result<std::unique_ptr<Inference>> ModelStore::load(std::string_view id) const {
    auto content = read(id);
    if (!content)
        return content.error();
    const ModelRow& row = *m_manifest.find(id);
    if (row.format != ModelFormat::Onnx)
        return outOfService("the model '" + row.id + "' is not an ONNX network", row.file,
                            "Name an ONNX model of the manifest in settings.toml");
    return Inference::create(row, *content, expectedOutputs(row));
}

ModelStatus ModelStore::check(std::string_view id) const {
    if (const ModelRow* row = m_manifest.find(id))
        return find(*row).status;
    ModelStatus status;
    status.id = std::string(id);
    status.error = read(id).error();
    return status;
}

std::vector<ModelStatus> ModelStore::verify() const {
    std::vector<ModelStatus> statuses;
    for (const ModelRow& row : m_manifest.rows()) {
        Found found = find(row);
        if (found.status.state == ModelState::Good && row.format == ModelFormat::Onnx) {
            const auto loaded = Inference::create(row, found.content, expectedOutputs(row));
            if (!loaded) {
                found.status.state = ModelState::NotLoadable;
                found.status.error = loaded.error();
            }
        }
        statuses.push_back(std::move(found.status));
    }
    return statuses;
}

std::string_view stateText(ModelState state) {
    switch (state) {
    case ModelState::Good:
        return "good";
    case ModelState::Missing:
        return "missing";
    case ModelState::Truncated:
        return "truncated";
    case ModelState::WrongHash:
        return "wrong hash";
    case ModelState::Unreadable:
        return "unreadable";
    case ModelState::NotLoadable:
        return "not loadable";
    }
    return "unknown";
}

} // namespace facelatch::recognition
