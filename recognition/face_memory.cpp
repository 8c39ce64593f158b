// SPDX-License-Identifier: GPL-3.0-or-later
// Remembering faces by track, and a little longer by their embeddings.
#include "recognition/face_memory.h"

#include "recognition/embedder.h"

#include <algorithm>
#include <utility>

namespace facelatch::recognition {

namespace {

/// Share of the newest embedding in the mean a track is compared with.
constexpr float kNewest = 0.2F;

} // namespace

void Face::remember(const std::vector<float>& embedding) {
    if (mean.empty()) {
        mean = embedding;
        return;
    }
    std::vector<float> mixed(embedding.size());
    for (std::size_t i = 0; i < mixed.size(); ++i)
        mixed[i] = (1 - kNewest) * mean[i] + kNewest * embedding[i];
    if (auto unit = normalised(mixed))
        mean = std::move(*unit);
}

Face* FaceMemory::find(core::TrackId track) {
    const auto found = m_faces.find(track);
    return found != m_faces.end() ? &found->second : nullptr;
}

void FaceMemory::keepMean(core::TrackId track, Face& face) {
    if (!face.mean.empty() && face.seenAt)
        m_left.push_back({track, std::move(face.mean), *face.seenAt});
}

void FaceMemory::leave(core::TrackId track) {
    const auto found = m_faces.find(track);
    if (found == m_faces.end())
        return;
    keepMean(track, found->second);
    m_faces.erase(found);
}

void FaceMemory::rename(core::TrackId from, core::TrackId to, const std::vector<float>& mean) {
    auto moved = m_faces.extract(from);
    if (moved.empty())
        return;
    moved.key() = to;
    moved.mapped().mean = mean;
    m_faces.insert(std::move(moved));
}

void FaceMemory::keepOnly(std::span<const core::TrackId> alive) {
    for (auto at = m_faces.begin(); at != m_faces.end();) {
        if (std::find(alive.begin(), alive.end(), at->first) != alive.end()) {
            ++at;
            continue;
        }
        keepMean(at->first, at->second);
        at = m_faces.erase(at);
    }
}

void FaceMemory::forgetLeft(core::MonoTime since) {
    std::erase_if(m_left, [&](const Left& left) { return left.seenAt < since; });
}

std::optional<core::TrackId> FaceMemory::returning(const std::vector<float>& embedding, float score,
                                                   std::vector<float>& mean) {
    const auto fits = [&](const Left& left) { return cosine(left.mean, embedding); };
    const auto best =
        std::max_element(m_left.begin(), m_left.end(), [&](const Left& a, const Left& b) { return fits(a) < fits(b); });
    if (best == m_left.end() || !(fits(*best) >= score))
        return std::nullopt;
    const core::TrackId track = best->track;
    mean = std::move(best->mean);
    m_left.erase(best);
    return track;
}

void FaceMemory::dropMatches() {
    for (auto& [id, face] : m_faces)
        face.match.reset();
}

void FaceMemory::leaveAll() {
    keepOnly({});
}

void FaceMemory::clear() {
    m_faces.clear();
    m_left.clear();
}

} // namespace facelatch::recognition
