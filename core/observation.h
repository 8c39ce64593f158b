// SPDX-License-Identifier: GPL-3.0-or-later
// Observation: what recognition saw in one frame. Facts only; deciding is AccessController's.
#pragma once

#include "core/frame.h"
#include "core/geometry.h"
#include "core/person.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::core {

/// Lives as long as one face stays in view; never reused, never passed from one face to another.
using TrackId = std::uint64_t;

/// Right eye (image left), left eye, nose tip, right mouth corner, left mouth corner: the ArcFace template's order.
using Landmarks = std::array<PointF, 5>;

/// What keeps a face from being used, the first that applies; Good when nothing does.
enum class Quality { Good, TooSmall, TooBlurred, TooDark, TooBright, TurnedAway, CutOff };

enum class LivenessVerdict {
    Pending,     ///< not enough frames of this track yet
    Live,        ///< passed on this track
    Spoof,       ///< failed on this track
    Unavailable, ///< the check could not run (no model); counts as failed
    Off          ///< switched off by a setting
};

struct Liveness {
    LivenessVerdict verdict = LivenessVerdict::Pending;
    float score = 0; ///< mean of live minus spoof logit over the frames; above the threshold is live
    int frames = 0;  ///< frames averaged
};

/// The best person of the gallery and the second-best, by cosine similarity (-1..1).
struct Match {
    PersonId person;
    float score = -1;
    std::optional<PersonId> second;
    float secondScore = -1;
};

struct FaceObservation {
    TrackId track = 0;
    RectF box;
    Landmarks landmarks{};
    float confidence = 0; ///< of the detector, 0..1
    Quality quality = Quality::Good;
    float sharpness = 0;  ///< variance of the Laplacian on the aligned face
    float brightness = 0; ///< mean grey value 0..255
    float yawDegrees = 0; ///< from the five points; positive: turned to the image's right
    Liveness liveness;
    /// Whether this frame's face was embedded and searched. Without it there is nothing to agree on.
    bool embedded = false;
    std::optional<Match> match; ///< empty with `embedded`: nobody is enrolled
};

/// Where the time of one frame went; what did not run took none.
struct StageTimes {
    std::chrono::microseconds detect{0}, embed{0}, liveness{0}; ///< over all faces of the frame
    std::chrono::microseconds whole{0};                         ///< everything, the stages between included
};

struct Observation {
    std::uint64_t frameNumber = 0;
    MonoTime capturedAt{};
    FrameOrigin origin = FrameOrigin::Test;
    int width = 0, height = 0; ///< of the frame, pixels
    bool motion = false;       ///< the motion gate saw a change, or a face is tracked
    std::string modelId;       ///< embedder; empty when there is none
    std::vector<FaceObservation> faces;
    std::optional<StageTimes> times; ///< only where somebody asked for them
    Image image;                     ///< the frame's picture, for the snapshot (shared, not copied)
};

} // namespace facelatch::core
