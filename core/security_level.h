// SPDX-License-Identifier: GPL-3.0-or-later
// Security levels: named thresholds of recognition, and what each means for so many people enrolled.
//
// FMR, the false match rate: how often one comparison of a stranger's picture with one person reaches the threshold.
// FPIR, the false positive identification rate: how often a stranger is taken for anybody of N people enrolled. ISO/IEC
// 19795-1. Both are of single pictures of people who do not try: the door wants several pictures to agree, the lead of
// the margin and liveness on top, and somebody who tries to look like another is another matter. Pure; any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace facelatch::core {

/// Where a rate comes from.
enum class RateBasis {
    Measured, ///< counted among comparisons of different people
    Extended  ///< too rare to count: the line through the last measured rates, drawn on
};

struct SecurityLevel {
    std::string_view code; ///< "low", "normal", "high", "very_high"
    double threshold = 0;
    double falseMatchRate = 0;
    RateBasis basis = RateBasis::Measured;
};

/// From the weakest to the strictest; empty for a model whose rates nobody measured.
std::span<const SecurityLevel> securityLevels(std::string_view modelId);
/// The level of a threshold, to a thousandth; null for a value of one's own.
const SecurityLevel* levelOf(std::string_view modelId, double threshold);
/// Of any threshold between the weakest and the strictest level, on the line between its neighbours (of the logarithm);
/// nothing outside.
std::optional<double> falseMatchRate(std::string_view modelId, double threshold);

/// 1 - (1 - FMR)^N: how often a stranger is taken for one of them.
double falseIdentificationRate(double falseMatchRate, int people);
/// How often that may happen.
inline constexpr double aimedIdentificationRate = 1e-3;
/// The weakest level with which it does not happen more often; the strictest one where none is enough; null without
/// levels.
const SecurityLevel* advisedLevel(std::string_view modelId, int people);
/// With more people than this a face alone tells them apart less and less: face and PIN together are offered.
inline constexpr int mostPeopleByFaceAlone = 500;

} // namespace facelatch::core
