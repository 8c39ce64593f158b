// SPDX-License-Identifier: GPL-3.0-or-later
// Matcher: the best and the second-best person for a face, by one matrix product over the gallery.
#pragma once

#include "core/gallery.h"
#include "core/observation.h"

#include <optional>
#include <span>

namespace facelatch::recognition {

/// `face`: a vector of length 1 of the gallery's model. Nothing when the gallery has no rows, the dimension differs, or
/// the vector is not finite or not of length 1 (a zero or broken vector matches nobody). Each person has one row, so
/// second-best row is second-best person. A pure function; any thread.
std::optional<core::Match> bestMatch(const core::Gallery& gallery, std::span<const float> face);

} // namespace facelatch::recognition
