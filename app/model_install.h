// SPDX-License-Identifier: GPL-3.0-or-later
// Getting a model file that is not there.
#pragma once

#include "core/result.h"
#include "recognition/model_store.h"

#include <string>

namespace facelatch::app {

/// What was done, in words. A file that is there and right is left alone. Downloads with a progress bar on a terminal;
/// all or nothing. Errors: unknown id, nothing to download it from, the download's own.
core::Result<std::string> installModel(const recognition::ModelStore& store, const std::string& id,
                                       const std::string& folder, const std::string& mirror);

} // namespace facelatch::app
