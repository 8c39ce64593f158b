// SPDX-License-Identifier: GPL-3.0-or-later
// The model manifest and the store of model files, as this installation has them.
#pragma once

#include "core/result.h"
#include "core/settings.h"
#include "recognition/model_store.h"
#include "recognition/settings.h"

#include <string>
#include <vector>

namespace facelatch::app {

/// From the manifest built into the program.
core::Result<recognition::ModelManifest> readManifest();
core::Result<recognition::ModelStore> openModels(const core::Settings& settings, const std::string& dataFolder);

/// The settings of recognition, from the owner's.
recognition::PipelineSettings pipelineSettings(const core::Settings& settings);
/// The ids a door with these settings cannot do without.
std::vector<std::string> neededModels(const core::Settings& settings);

} // namespace facelatch::app
