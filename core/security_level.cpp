// SPDX-License-Identifier: GPL-3.0-or-later
// The levels of each model, and what follows from a rate.
#include "core/security_level.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace facelatch::core {

namespace {

/// 33,145 comparisons of different people through our own detector, alignment and enrolment (60 people enrolled by
/// three pictures each; their other pictures and those of 240 strangers, from Labeled Faces in the Wild): 1e-3 at
/// 0.342, 3e-4 at 0.378, 1.2e-4 at 0.408, 9e-5 at 0.410, none above 0.424. Beyond that a factor of ten every 0.069, as
/// between 1e-3 and 1.2e-4; millions of comparisons with the same network on the whole set came to 1e-5 at 0.458, which
/// is less. Of 155 pictures of the right person 0.6 % stay below 0.47, 1.9 % below 0.52 and 3.2 % below 0.58.
constexpr std::array mobilefacenet{
    SecurityLevel{"low", 0.41, 1e-4, RateBasis::Measured},
    SecurityLevel{"normal", 0.47, 1.5e-5, RateBasis::Extended},
    SecurityLevel{"high", 0.52, 3e-6, RateBasis::Extended},
    SecurityLevel{"very_high", 0.58, 4e-7, RateBasis::Extended},
};

struct ModelLevels {
    std::string_view model;
    std::span<const SecurityLevel> levels;
};
constexpr std::array models{ModelLevels{"mobilefacenet-paddlex", mobilefacenet}};

constexpr double sameThreshold = 0.0005;

} // namespace

std::span<const SecurityLevel> securityLevels(std::string_view modelId) {
    const auto found =
        std::find_if(models.begin(), models.end(), [&](const ModelLevels& each) { return each.model == modelId; });
    return found == models.end() ? std::span<const SecurityLevel>() : found->levels;
}

const SecurityLevel* levelOf(std::string_view modelId, double threshold) {
    for (const SecurityLevel& level : securityLevels(modelId))
        if (std::abs(level.threshold - threshold) < sameThreshold)
            return &level;
    return nullptr;
}

std::optional<double> falseMatchRate(std::string_view modelId, double threshold) {
    const auto levels = securityLevels(modelId);
    for (std::size_t i = 1; i < levels.size(); ++i) {
        const SecurityLevel &from = levels[i - 1], &to = levels[i];
        if (!(threshold >= from.threshold && threshold <= to.threshold)) // nor what is no number
            continue;
        const double way = (threshold - from.threshold) / (to.threshold - from.threshold);
        return std::exp((1 - way) * std::log(from.falseMatchRate) + way * std::log(to.falseMatchRate));
    }
    return std::nullopt;
}

double falseIdentificationRate(double falseMatchRate, int people) {
    // As it stands the formula loses the small rates to rounding.
    return -std::expm1(std::max(people, 0) * std::log1p(-falseMatchRate));
}

const SecurityLevel* advisedLevel(std::string_view modelId, int people) {
    const auto levels = securityLevels(modelId);
    for (const SecurityLevel& level : levels)
        if (falseIdentificationRate(level.falseMatchRate, people) <= aimedIdentificationRate)
            return &level;
    return levels.empty() ? nullptr : &levels.back();
}

} // namespace facelatch::core
