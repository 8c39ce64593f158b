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

/// What a score means in words.
enum class Likeness {
    Unmeasured, ///< there is no score, or none that can be compared
    Unlike,     ///< like nobody enrolled
    JustBelow,  ///< close under the threshold, where better pictures of a person help
    Enough,
    Clear ///< far above what is asked for
};
/// `threshold` of the network that gave the score; nothing when that is not known.
Likeness likeness(std::optional<float> score, std::optional<float> threshold);

/// Why the best person of `match` does not count, or nothing when they do. A score that is not a finite number never
/// counts.
std::optional<Reason> shortfall(const std::optional<Match>& match, const MatchRule& rule);

} // namespace facelatch::core
