// SPDX-License-Identifier: GPL-3.0-or-later
// Getting model files that are not there: all of those that were asked for, or none.
#pragma once

#include "core/result.h"
#include "recognition/model_store.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace facelatch::app {

struct InstallPlan {
    std::vector<std::string> ids;
    std::string folder; ///< where they go; made where missing
    std::string mirror; ///< tried first: a folder, or an http:// or https:// address, that has the files; may be empty
    std::string proxy;  ///< the setting network.proxy
    /// Told several times a second while a file arrives: id, bytes so far and in all (0: not known). May be empty.
    std::function<void(const std::string& id, std::uint64_t done, std::uint64_t total)> progress;
};

struct InstalledModel {
    enum class How { WasThere, Copied, Downloaded };
    std::string id;
    How how = How::WasThere;
    std::string path;
    std::uint64_t bytes = 0;
    std::uint64_t resumedAt = 0; ///< bytes that an earlier try had left
};

/// In the order of the ids. Every file is fetched and checked beside its place before the first one is put there, so an
/// error leaves everything as it was, but for parts with which the next try goes on. What is there and right is left
/// alone. Any content that the manifest accepts will do. Errors: Usage (unknown id), AlreadyRunning, and those of the
/// downloads.
core::Result<std::vector<InstalledModel>> installModels(const recognition::ModelStore& store, const InstallPlan& plan);

} // namespace facelatch::app
