// SPDX-License-Identifier: GPL-3.0-or-later
// Association by overlap, with doubt resolved by forgetting.
#include "recognition/tracker.h"

#include <algorithm>
#include <optional>

namespace facelatch::recognition {

namespace {

/// A rival is a face or track whose overlap is at least this share of the best one's.
constexpr float kRivalShare = 0.5F;

} // namespace

bool Tracker::similarSize(const core::RectF& a, const core::RectF& b) const {
    const float most = m_settings.maxSizeChange;
    return a.width <= b.width * most && b.width <= a.width * most && a.height <= b.height * most &&
           b.height <= a.height * most;
}

std::vector<core::TrackId> Tracker::update(std::span<const core::RectF> boxes, core::MonoTime capturedAt) {
    std::erase_if(m_tracks, [&](const Track& track) { return capturedAt - track.lastSeen > m_settings.lostAfter; });

    const std::vector<Track> before = m_tracks;
    const auto overlapOf = [&](std::size_t track, std::size_t box) {
        return core::overlap(before[track].box, boxes[box]);
    };
    std::vector<bool> ended(before.size(), false);
    std::vector<std::optional<std::size_t>> chosen(boxes.size());

    for (std::size_t box = 0; box < boxes.size(); ++box) {
        std::optional<std::size_t> best;
        for (std::size_t track = 0; track < before.size(); ++track)
            if (overlapOf(track, box) >= m_settings.minOverlap &&
                (!best || overlapOf(track, box) > overlapOf(*best, box)))
                best = track;
        if (!best)
            continue;
        const float own = overlapOf(*best, box);
        bool loses = false, doubtful = !similarSize(before[*best].box, boxes[box]);
        for (std::size_t track = 0; track < before.size(); ++track) {
            if (track != *best && overlapOf(track, box) >= kRivalShare * own)
                doubtful = ended[track] = true;
        }
        for (std::size_t other = 0; other < boxes.size(); ++other) {
            const float theirs = other == box ? 0 : overlapOf(*best, other);
            loses = loses || own < kRivalShare * theirs; // clearly the other's track: this one is new
            doubtful = doubtful || theirs >= kRivalShare * own;
        }
        if (loses)
            continue;
        if (doubtful)
            ended[*best] = true;
        else
            chosen[box] = best;
    }

    std::vector<core::TrackId> ids;
    std::vector<Track> next;
    for (std::size_t box = 0; box < boxes.size(); ++box) {
        const bool kept = chosen[box] && !ended[*chosen[box]];
        const core::TrackId id = kept ? before[*chosen[box]].id : ++m_lastId;
        if (kept)
            ended[*chosen[box]] = true; // its entry is the new one
        next.push_back({id, boxes[box], capturedAt});
        ids.push_back(id);
    }
    for (std::size_t track = 0; track < before.size(); ++track)
        if (!ended[track])
            next.push_back(before[track]);
    m_tracks = std::move(next);
    return ids;
}

Tracker::Track* Tracker::find(core::TrackId track) {
    const auto found =
        std::find_if(m_tracks.begin(), m_tracks.end(), [&](const Track& item) { return item.id == track; });
    return found != m_tracks.end() ? &*found : nullptr;
}

core::TrackId Tracker::replace(core::TrackId track) {
    ++m_lastId;
    if (Track* item = find(track))
        item->id = m_lastId;
    return m_lastId;
}

void Tracker::move(core::TrackId track, const core::RectF& box, core::MonoTime capturedAt) {
    if (Track* item = find(track)) {
        item->box = box;
        item->lastSeen = capturedAt;
    }
}

bool Tracker::resume(core::TrackId track, core::TrackId ended) {
    Track* item = find(track);
    if (item == nullptr || find(ended) != nullptr || ended == 0 || ended > m_lastId)
        return false;
    item->id = ended;
    return true;
}

std::vector<core::TrackId> Tracker::alive() const {
    std::vector<core::TrackId> ids;
    for (const Track& track : m_tracks)
        ids.push_back(track.id);
    return ids;
}

} // namespace facelatch::recognition
