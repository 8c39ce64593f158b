// SPDX-License-Identifier: GPL-3.0-or-later
// What may be a name. Inside of the storage module only.
#pragma once

#include "core/result.h"

#include <string>

namespace facelatch::storage {

inline constexpr int maxNameCharacters = 200;

/// Valid UTF-8, not blank, at most so many characters (Unicode code points), no control characters. Errors: Usage.
core::Status checkName(const std::string& name, int maxCharacters);

} // namespace facelatch::storage
