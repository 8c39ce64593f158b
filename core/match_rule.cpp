// SPDX-License-Identifier: GPL-3.0-or-later
// Threshold and margin.
#include "core/match_rule.h"

#include <cmath>

namespace facelatch::core {

namespace {

/// A best score this close under the threshold is reported as such: it tells the admin to enrol better pictures.
constexpr float nearMiss = 0.10F;
/// As far above it there is no doubt about the person.
constexpr float wellAbove = 0.10F;

} // namespace

Likeness likeness(std::optional<float> score, std::optional<float> threshold) {
    if (!score || !threshold || !std::isfinite(*score) || !std::isfinite(*threshold))
        return Likeness::Unmeasured;
    if (*score < *threshold - nearMiss)
        return Likeness::Unlike;
    if (*score < *threshold)
        return Likeness::JustBelow;
    return *score < *threshold + wellAbove ? Likeness::Enough : Likeness::Clear;
}

std::optional<Reason> shortfall(const std::optional<Match>& match, const MatchRule& rule) {
    if (match && (!std::isfinite(match->score) || (match->second && !std::isfinite(match->secondScore))))
        return Reason::UnknownPerson; // a broken embedding or search
    // Comparisons are written so that a rule that is not a number passes nothing.
    if (!match || !(match->score >= rule.threshold - nearMiss))
        return Reason::UnknownPerson;
    if (!(match->score >= rule.threshold))
        return Reason::BelowThreshold;
    if (match->second && !(match->score - match->secondScore >= rule.margin))
        return Reason::Ambiguous;
    return std::nullopt;
}

} // namespace facelatch::core
