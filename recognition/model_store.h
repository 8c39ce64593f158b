// SPDX-License-Identifier: GPL-3.0-or-later
// ModelStore: finds model files, lets through only those whose SHA-256 the manifest names, and loads them.
#pragma once

#include "core/result.h"
#include "recognition/model_manifest.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace facelatch::recognition {

class Inference;

/// SHA-256 as 64 lower-case hexadecimal digits; the composition root passes libsodium's.
using Sha256Function = std::function<std::string(std::span<const std::uint8_t>)>;

enum class ModelState {
    Good,        ///< found, of an accepted hash, loads and gives the shapes the manifest promises
    Missing,     ///< in none of the directories
    Truncated,   ///< shorter than any accepted content
    WrongHash,   ///< there, but not what the manifest names; refused
    Unreadable,  ///< there, but the operating system does not let it be read
    NotLoadable, ///< the right bytes, but this machine's libraries cannot run them
};

struct ModelStatus {
    std::string id;
    ModelState state = ModelState::Missing;
    std::string path;                 ///< where it was found; empty when missing
    std::optional<core::Error> error; ///< set unless Good
};

/// Not thread-safe only in so far as the Sha256Function is not; holds no open files. What it loads belongs to the
/// caller.
class ModelStore {
public:
    /// Directories are searched in order; the first that has the file decides (a wrong file there is refused, not
    /// skipped).
    ModelStore(ModelManifest manifest, std::vector<std::string> searchDirectories, Sha256Function sha256);

    const ModelManifest& manifest() const { return m_manifest; }
    const std::vector<std::string>& searchDirectories() const { return m_directories; }

    /// The checked bytes of a model file: read once, size and hash compared, nothing read twice from the disk.
    /// Errors: NotFound for an id that is not in the manifest, OutOfService for everything else.
    core::Result<std::vector<std::uint8_t>> read(std::string_view id) const;
    /// A network ready to run (ModelFormat::Onnx only): read(), built from that memory, warmed up once, output shapes
    /// checked. One network per thread.
    core::Result<std::unique_ptr<Inference>> load(std::string_view id) const;

    /// For `models list`: found or not, hash right or wrong; does not load.
    ModelStatus check(std::string_view id) const;
    /// For `models verify`: check() of every row, and load() of the ONNX ones that pass it.
    std::vector<ModelStatus> verify() const;

private:
    struct Found;
    Found find(const ModelRow& row) const;

    ModelManifest m_manifest;
    std::vector<std::string> m_directories;
    Sha256Function m_sha256;
};

/// "good", "missing", "truncated", "wrong hash", "unreadable", "not loadable".
std::string_view stateText(ModelState state);

} // namespace facelatch::recognition
