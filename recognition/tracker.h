// SPDX-License-Identifier: GPL-3.0-or-later
// Tracker: which face of this frame is which face of the frames before. When in doubt, a new one.
#pragma once

#include "core/geometry.h"
#include "core/observation.h"
#include "core/time.h"
#include "recognition/settings.h"

#include <span>
#include <vector>

namespace facelatch::recognition {

/// A track is handed on only where exactly one face and one track can mean each other: enough overlap, a similar size,
/// and no rival on either side. Rivals, jumps and crossings end every track involved. An ended id is used again by
/// nobody but resume(), for a face that was compared with the one it belonged to.
/// One thread at a time; time is the frames'.
class Tracker {
public:
    explicit Tracker(const TrackerSettings& settings) : m_settings(settings) {}

    /// One id a box, in the boxes' order. Times must not go back.
    std::vector<core::TrackId> update(std::span<const core::RectF> boxes, core::MonoTime capturedAt);
    /// The face of `track` turned out to be another one: ends it and returns the id under which the box goes on.
    core::TrackId replace(core::TrackId track);
    /// The face was followed to `box` without a detection.
    void move(core::TrackId track, const core::RectF& box, core::MonoTime capturedAt);
    /// The face of `track` turned out to be the one of `ended`, and goes on under that id. False, and nothing happens,
    /// when there is no such track, or `ended` is alive or was never given.
    bool resume(core::TrackId track, core::TrackId ended);
    /// Tracks that are alive, those seen lately but not in the last frame included.
    std::vector<core::TrackId> alive() const;
    bool empty() const { return m_tracks.empty(); }
    void reset() { m_tracks.clear(); }

private:
    struct Track {
        core::TrackId id = 0;
        core::RectF box;
        core::MonoTime lastSeen{};
    };
    Track* find(core::TrackId track);
    bool similarSize(const core::RectF& a, const core::RectF& b) const;

    TrackerSettings m_settings;
    std::vector<Track> m_tracks;
    core::TrackId m_lastId = 0;
};

} // namespace facelatch::recognition
