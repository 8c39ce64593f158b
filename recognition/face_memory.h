// SPDX-License-Identifier: GPL-3.0-or-later
// FaceMemory: what is known of the face of each track, and who just left.
#pragma once

#include "core/observation.h"
#include "core/time.h"
#include "recognition/face_detector.h"
#include "recognition/face_patch.h"
#include "recognition/liveness.h"
#include "recognition/quality_gate.h"

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace facelatch::recognition {

/// What is known of the face of one track.
struct Face {
    LivenessAverage liveness;
    std::optional<core::MonoTime> embeddedAt, seenAt;
    int embeddings = 0;      ///< since it appeared, or came back after a while
    std::vector<float> mean; ///< of its embeddings, length 1; empty before the first
    std::optional<core::Match> match;
    /// False from any doubt that it is still the same face until it has been compared: what is known of it is not told
    /// meanwhile.
    bool confirmed = true;

    Detection seen;       ///< as last detected, moved to where it was last followed to
    QualityReport report; ///< as last judged
    FacePatch patch;      ///< of the last detection

    /// Mixes a new embedding into the mean.
    void remember(const std::vector<float>& embedding);
};

/// One thread at a time.
class FaceMemory {
public:
    Face& operator[](core::TrackId track) { return m_faces[track]; }
    Face* find(core::TrackId track);
    /// The track goes on with another face, or ended: only its embeddings are kept, for returning().
    void leave(core::TrackId track);
    /// What is known of `from` is of `to` from now on, and compared with `mean`.
    void rename(core::TrackId from, core::TrackId to, const std::vector<float>& mean);
    void keepOnly(std::span<const core::TrackId> alive);
    /// Forgets those who were last seen before `since`.
    void forgetLeft(core::MonoTime since);
    /// The track of one of those who left whose embeddings this one fits, best first, and no longer remembered; its
    /// mean goes into `mean`. Their liveness and match are not kept: whoever comes back earns them anew.
    std::optional<core::TrackId> returning(const std::vector<float>& embedding, float score, std::vector<float>& mean);
    /// Nobody is anybody any more: the gallery changed.
    void dropMatches();
    /// Everybody leaves.
    void leaveAll();
    void clear();

private:
    struct Left {
        core::TrackId track = 0;
        std::vector<float> mean;
        core::MonoTime seenAt{};
    };
    void keepMean(core::TrackId track, Face& face);

    std::map<core::TrackId, Face> m_faces;
    std::vector<Left> m_left;
};

} // namespace facelatch::recognition
