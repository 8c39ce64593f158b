// SPDX-License-Identifier: GPL-3.0-or-later
// Fingerprints of pictures.
#include "hardware/frozen_watch.h"

#include <algorithm>
#include <cmath>

namespace facelatch::hardware {

namespace {

constexpr int rowStep = 8;         // an eighth of the rows is noise enough to tell pictures apart, in 0.3 ms
constexpr int leastContrast = 24;  // between the darkest and the brightest byte looked at
constexpr float sameMean = 1.5F;   // grey levels: what coding the same picture again changes in a cell
constexpr std::ptrdiff_t most = 6; // changes within the limit: the key pictures of 2.5 s, and what refines them

} // namespace

/// FNV-1a over every rowStep-th row, and what the cells of a grid look like on average.
FrozenWatch::Look FrozenWatch::lookAt(const core::Image& image) {
    Look look;
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    std::uint8_t darkest = 255, brightest = 0;
    std::array<int, std::size_t{cells} * cells> counts{};
    const int bytes = image.width() * (image.format() == core::PixelFormat::Bgr8 ? 3 : 1);
    for (int y = 0; y < image.height(); y += rowStep) {
        const std::uint8_t* row = image.data() + image.stride() * y;
        for (int cell = 0; cell < cells; ++cell) {
            const int begin = bytes * cell / cells, end = bytes * (cell + 1) / cells;
            int sum = 0;
            for (int x = begin; x < end; ++x) {
                darkest = std::min(darkest, row[x]);
                brightest = std::max(brightest, row[x]);
                hash = (hash ^ row[x]) * 0x100000001b3ULL;
                sum += row[x];
            }
            const auto index = static_cast<std::size_t>(y * cells / image.height() * cells + cell);
            look.means[index] += static_cast<float>(sum);
            counts[index] += end - begin;
        }
    }
    for (std::size_t i = 0; i < counts.size(); ++i)
        look.means[i] /= static_cast<float>(std::max(counts[i], 1));
    look.fingerprint = hash;
    look.contrast = brightest - darkest >= leastContrast;
    return look;
}

bool FrozenWatch::alike(const Look& a, const Look& b) {
    return std::equal(a.means.begin(), a.means.end(), b.means.begin(),
                      [](float one, float other) { return std::abs(one - other) <= sameMean; });
}

bool FrozenWatch::frozen(const core::Image& image, core::MonoTime now) {
    const Look look = lookAt(image);
    const bool changed = look.fingerprint != m_last;
    m_last = look.fingerprint;
    if (!look.contrast) {
        m_seen.clear();
        return false;
    }
    if (m_seen.empty() || !alike(look, m_first)) {
        m_first = look;
        m_seen.assign(1, {now, false});
        return false;
    }
    m_seen.push_back({now, changed});
    if (now - m_seen.front().at < m_limit)
        return false;
    const auto changes = std::ranges::count(m_seen, true, &Seen::changed);
    const bool frozen = changes <= most && 2 * changes < std::ssize(m_seen) - 1;
    while (m_seen.size() > 1 && now - m_seen[1].at >= m_limit)
        m_seen.erase(m_seen.begin());
    return frozen;
}

} // namespace facelatch::hardware
