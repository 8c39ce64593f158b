// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for models and pictures.
#include "real_data.h"
#include "tests/support/source_dir.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <sodium.h>
#include <toml++/toml.h>

namespace facelatch::tests {

namespace fs = std::filesystem;
using recognition::ManifestTable;
using recognition::ManifestValue;

namespace {

ManifestValue valueOf(const toml::node& node) {
    if (const auto* array = node.as_array()) {
        std::vector<std::string> texts;
        std::vector<std::int64_t> numbers;
        for (const toml::node& item : *array) {
            if (const auto text = item.value<std::string>())
                texts.push_back(*text);
            else if (const auto number = item.value<std::int64_t>())
                numbers.push_back(*number);
        }
        if (!numbers.empty())
            return numbers;
        return texts;
    }
    if (node.is_boolean())
        return *node.value<bool>();
    if (node.is_integer())
        return *node.value<std::int64_t>();
    if (node.is_floating_point())
        return *node.value<double>();
    return node.value_or(std::string());
}

std::string fromEnvironment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

} // namespace

std::string sha256Of(std::span<const std::uint8_t> bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
    std::string text(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.pop_back();
    return text;
}

core::Result<recognition::ModelManifest> shippedManifest() {
    const std::string path = std::string(FACELATCH_SOURCE_DIR) + "/resources/models.toml";
    std::vector<ManifestTable> tables;
    try {
        const toml::table file = toml::parse_file(path);
        const toml::array* models = file["model"].as_array();
        if (models == nullptr || file.size() != 1)
            return core::fail("the manifest must hold [[model]] tables and nothing else", path);
        for (const toml::node& model : *models) {
            ManifestTable table;
            for (const auto& [key, value] : *model.as_table())
                table[std::string(key.str())] = valueOf(value);
            tables.push_back(std::move(table));
        }
    } catch (const toml::parse_error& error) {
        return core::fail(std::string(error.description()), path);
    }
    return recognition::manifestFromTables(tables);
}

std::vector<std::string> modelDirectories() {
    std::vector<std::string> directories;
    for (const std::string& candidate :
         {fromEnvironment("FACELATCH_MODELS_DIR"), std::string(FACELATCH_SOURCE_DIR) + "/../shared/models",
          std::string("/usr/share/facelatch/models"), std::string("/usr/share/dlib")})
        if (!candidate.empty() && fs::is_directory(candidate))
            directories.push_back(candidate);
    return directories;
}

recognition::ModelStore shippedStore() {
    const auto manifest = shippedManifest();
    return {manifest ? *manifest : recognition::ModelManifest(), modelDirectories(), sha256Of};
}

std::string missingModels(const recognition::ModelStore& store, const std::vector<std::string>& ids) {
    for (const std::string& id : ids)
        if (const auto status = store.check(id); status.error)
            return status.error->text();
    return {};
}

std::vector<std::string> picturesIn(const std::string& directory) {
    std::vector<std::string> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(directory, ignored))
        if (entry.path().extension() == ".jpg" || entry.path().extension() == ".png")
            files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

Pictures peopleIn(const std::string& directory) {
    Pictures people;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(directory, ignored))
        if (entry.is_directory())
            people[entry.path().filename().string()] = picturesIn(entry.path().string());
    return people;
}

Pictures dlibJohns() {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("/usr/share/doc", ignored)) {
        const fs::path johns = entry.path() / "examples" / "johns";
        if (entry.path().filename().string().starts_with("libdlib") && fs::is_directory(johns, ignored))
            return peopleIn(johns.string());
    }
    return {};
}

std::optional<std::string> facesDirectory() {
    for (const std::string& candidate :
         {fromEnvironment("FACELATCH_FACES_DIR"), std::string(FACELATCH_SOURCE_DIR) + "/../shared/faces"})
        if (!candidate.empty() && fs::is_directory(candidate + "/people"))
            return candidate;
    return {};
}

} // namespace facelatch::tests
