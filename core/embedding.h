// SPDX-License-Identifier: GPL-3.0-or-later
// Sums over face embeddings: how alike two are, and what several have in common.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace facelatch::core {

/// The dot product: the cosine similarity of two vectors of length 1. -1 for vectors of different sizes.
float likeness(std::span<const float> a, std::span<const float> b);

/// The mean of vectors of one size, scaled to length 1; nothing when there is none, or they cancel out.
std::optional<std::vector<float>> unitMean(const std::vector<std::span<const float>>& vectors);

} // namespace facelatch::core
