// SPDX-License-Identifier: GPL-3.0-or-later
// Every row against every later one.
#include "core/close_pairs.h"

#include "core/embedding.h"

#include <algorithm>

namespace facelatch::core {

std::vector<ClosePair> closePairs(const Gallery& gallery, float leastScore, const std::optional<PersonId>& about) {
    const auto width = static_cast<std::size_t>(gallery.dimension());
    const std::span<const float> all(gallery.matrix());
    std::vector<ClosePair> pairs;
    for (int a = 0; a < gallery.rows(); ++a) {
        const PersonId first = gallery.personOfRow(a).id;
        for (int b = a + 1; b < gallery.rows(); ++b) {
            const PersonId second = gallery.personOfRow(b).id;
            if (about && first != *about && second != *about)
                continue;
            const float score = likeness(all.subspan(static_cast<std::size_t>(a) * width, width),
                                         all.subspan(static_cast<std::size_t>(b) * width, width));
            if (score >= leastScore)
                pairs.push_back({std::min(first, second), std::max(first, second), score});
        }
    }
    std::sort(pairs.begin(), pairs.end(), [](const ClosePair& a, const ClosePair& b) { return a.score > b.score; });
    return pairs;
}

} // namespace facelatch::core
