// SPDX-License-Identifier: GPL-3.0-or-later
// FaceTools: the stages that need model files, loaded as far as they can be, for pipeline, enroller and identifier.
#pragma once

#include "core/result.h"
#include "recognition/embedder.h"
#include "recognition/face_detector.h"
#include "recognition/liveness.h"
#include "recognition/model_store.h"
#include "recognition/quality_gate.h"
#include "recognition/settings.h"

#include <memory>
#include <optional>

namespace facelatch::recognition {

struct FaceTools {
    std::unique_ptr<FaceDetector> detector;  ///< never null: dlib's where the configured one cannot be loaded
    std::unique_ptr<Embedder> embedder;      ///< null when missing
    std::unique_ptr<LivenessModel> liveness; ///< null when missing or switched off
    std::optional<core::Error> noDetector, noEmbedder, noLiveness; ///< why; noLiveness is empty when switched off
};

/// Errors (Usage): a setting names a model that the manifest does not have or that is of another kind, or is out of
/// range.
core::Result<FaceTools> loadFaceTools(const PipelineSettings& settings, const ModelStore& store);

/// Every face of a picture that is looked at once, largest first: at the usual size, and where that shows none, in a
/// large picture, again at 640 and 1280 pixels for small faces. Errors: those of FaceDetector::detect().
core::Result<std::vector<Detection>> detectThoroughly(FaceDetector& detector, const core::Image& picture);

/// The 112x112 face of a detection, from landmarks looked at from near; empty where there are none.
core::Image alignedFace(FaceDetector& detector, const core::Image& picture, const Detection& face);

/// Detection and quality as an observation, without track, liveness and match.
core::FaceObservation observed(const Detection& face, const QualityReport& report);

/// Larger faces first.
void sortBySize(std::vector<Detection>& faces);

} // namespace facelatch::recognition
