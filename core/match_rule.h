// SPDX-License-Identifier: GPL-3.0-or-later
// MatchRule: when a score counts as a person. One picture's part of a decision; frames, liveness and rights come on
// top.
#pragma once

#include "core/observation.h"
#include "core/reasons.h"

#include <optional>

namespace facelatch::core {

struct MatchRule {
    float threshold = 0.45F; ///< least cosine similarity to the best person
    float margin = 0.05F;    ///< least lead over the second-best person
};

/// Why the best person of `match` does not count, or nothing when they do. A score that is not a finite number never
/// counts.
std::optional<Reason> shortfall(const std::optional<Match>& match, const MatchRule& rule);

} // namespace facelatch::core
