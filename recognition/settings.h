// SPDX-License-Identifier: GPL-3.0-or-later
// PipelineSettings: every number recognition works with, and its default. Accept threshold and margin are the policy's.
#pragma once

#include <chrono>
#include <string>

namespace facelatch::recognition {

/// What a face must be to be embedded. The first limit it breaks names its Quality.
/// The defaults let 177 of 180 pictures of sixty people through the whole pipeline to their names, against 161 with a
/// yaw of 35 degrees and 178 without any limit.
struct QualityLimits {
    float minFacePx = 72;      ///< shorter side of the box in the camera's picture
    float minSharpness = 12;   ///< variance of the Laplacian on the aligned grey 112x112 face
    float minBrightness = 40;  ///< mean grey value of the aligned face, 0..255
    float maxBrightness = 220; ///< the same
    float maxYawDegrees = 60;  ///< to either side, from the five points
    float maxOutside = 0.10F;  ///< share of the face that may lie outside the picture
};

struct TrackerSettings {
    std::chrono::milliseconds lostAfter{600}; ///< not seen for longer: the track ends and its id is never used again
    float minOverlap = 0.25F;                 ///< intersection over union a face keeps from one frame to the next
    float maxSizeChange = 1.6F;               ///< ratio of the boxes' sides between two frames
    float sameFaceScore = 0.40F;              ///< embeddings of one track below this are of two faces: the track breaks
};

struct LivenessSettings {
    bool enabled = true;  ///< off: every face's verdict is Off, and kiosk and doctor say so
    int minFrames = 5;    ///< before that: Pending
    int window = 10;      ///< newest frames averaged (at least minFrames); later spoof frames turn the verdict
    float minFacePx = 64; ///< shorter side of the box; a smaller face stays Pending
    float maxYawDegrees =
        35;              ///< the network's authors ask for frontal faces: while enabled, the door wants no more yaw
    float threshold = 0; ///< mean log-odds of live; 0 and below is Spoof
};

struct MotionSettings {
    bool enabled = true;
    float changedShare = 0.004F;               ///< share of the cells of a coarse grid that must change
    int levelChange = 12;                      ///< grey levels a cell must change by
    std::chrono::milliseconds staysOpen{2000}; ///< the detector keeps running so long after the last motion
    std::chrono::milliseconds lookEvery{60};   ///< how often while it runs and no face is known
    std::chrono::milliseconds peekEvery{500};  ///< and looks this often without any, for a face that stands still
    float cutShare = 0.35F;                    ///< a cut changes at least this share of the cells ...
    double cutLikeness = 0.5;                  ///< ... and leaves less correlation than this between the grids
};

/// Between detections a face is followed by its picture. What cannot be followed beyond doubt is detected at once.
struct FollowSettings {
    std::chrono::milliseconds detectEvery{130}; ///< whatever the followed faces do; 0: every frame, nothing is followed
    float likeness = 0.90F;                     ///< correlation with the detected face below which it is detected again
    float sameLook = 0.50F; ///< a detected face less like the last one of its track is embedded again at once
    std::chrono::milliseconds occludedAfter{250};  ///< hidden for longer: liveness begins anew
    std::chrono::milliseconds rememberedFor{1000}; ///< a face that comes back is known again for so long, by comparing
    float returningScore = 0.50F;                  ///< the score it must reach with the track it had
};

/// How often a face is embedded and checked for life: always both on one frame, so that what lives is what was
/// compared.
struct EconomySettings {
    int eagerEmbeddings = 5; ///< the first good frames of a track, every one (at least liveness.minFrames)
    std::chrono::milliseconds embedEvery{280}; ///< after that: three within a second at any time
    int embeddedFaces = 2;                     ///< largest faces of a frame that are embedded
};

struct PipelineSettings {
    std::string detector = "yunet-2023mar"; ///< manifest id; "dlib-hog" needs no file and recognises nobody
    std::string embedder = "mobilefacenet-paddlex";
    std::string livenessModel = "antispoof-minifasnet-se";
    int detectLongestSide = 320;     ///< pixels the picture is scaled down to for the detector
    float detectorConfidence = 0.6F; ///< 0..1
    float nmsOverlap = 0.3F;         ///< 0..1
    int threads = 0;                 ///< of OpenCV; 0: as many as the machine has. Process-wide.
    QualityLimits quality;
    TrackerSettings tracker;
    LivenessSettings liveness;
    MotionSettings motion;
    FollowSettings follow;
    EconomySettings economy;
};

} // namespace facelatch::recognition
