// SPDX-License-Identifier: GPL-3.0-or-later
// Dot products and means.
#include "core/embedding.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace facelatch::core {

float likeness(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() ? std::inner_product(a.begin(), a.end(), b.begin(), 0.0F) : -1.0F;
}

std::optional<std::vector<float>> unitMean(const std::vector<std::span<const float>>& vectors) {
    if (vectors.empty())
        return std::nullopt;
    std::vector<float> sum(vectors.front().size());
    for (const std::span<const float> vector : vectors) {
        if (vector.size() != sum.size())
            return std::nullopt;
        std::transform(sum.begin(), sum.end(), vector.begin(), sum.begin(), std::plus());
    }
    const float length = std::sqrt(likeness(sum, sum));
    if (!(length > 0))
        return std::nullopt;
    for (float& value : sum)
        value /= length;
    return sum;
}

} // namespace facelatch::core
