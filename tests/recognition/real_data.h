// SPDX-License-Identifier: GPL-3.0-or-later
// RealData: where the model files and face pictures of this machine are, for tests that need them.
#pragma once

#include "recognition/model_store.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::tests {

/// libsodium's SHA-256, lower-case hexadecimal.
std::string sha256Of(std::span<const std::uint8_t> bytes);

/// resources/models.toml, read with toml++ and recognition's own manifestFromTables().
core::Result<recognition::ModelManifest> shippedManifest();

/// $FACELATCH_MODELS_DIR, ../shared/models beside the sources, the system's data directory; those that exist.
std::vector<std::string> modelDirectories();
/// The shipped manifest over modelDirectories().
recognition::ModelStore shippedStore();
/// Empty when every named model is good; else what is missing: the reason to skip.
std::string missingModels(const recognition::ModelStore& store, const std::vector<std::string>& ids);

/// Person to picture files, both sorted.
using Pictures = std::map<std::string, std::vector<std::string>>;
/// dlib's five people (wherever the package put them); empty when they are not there.
Pictures dlibJohns();
/// $FACELATCH_FACES_DIR or ../shared/faces beside the sources; empty when it is not there.
std::optional<std::string> facesDirectory();
/// One folder a person.
Pictures peopleIn(const std::string& directory);
/// The pictures of one folder, sorted.
std::vector<std::string> picturesIn(const std::string& directory);

} // namespace facelatch::tests
