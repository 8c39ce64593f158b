// SPDX-License-Identifier: GPL-3.0-or-later
// Close pairs: enrolled people whose faces this door may not tell apart.
#pragma once

#include "core/gallery.h"

#include <optional>
#include <vector>

namespace facelatch::core {

struct ClosePair {
    PersonId first, second; ///< first < second
    float score = -1;       ///< cosine similarity of their rows
};

/// Pairs of rows that are at least `leastScore` alike, the closest first; those of one person only where `about` is
/// given. The door's threshold less its margin is a good least score: whoever is that like somebody else comes within
/// the margin of being taken for them, so one of them is refused now and then, or worse. Grows with the square of the
/// number of people without `about`: a second for some thousands. Any thread.
std::vector<ClosePair> closePairs(const Gallery& gallery, float leastScore, const std::optional<PersonId>& about = {});

} // namespace facelatch::core
