// SPDX-License-Identifier: GPL-3.0-or-later
// The stages on one picture, without tracks.
#include "recognition/identifier.h"

#include "recognition/face_tools.h"
#include "recognition/matcher.h"

#include <algorithm>

namespace facelatch::recognition {

struct Identifier::Parts {
    PipelineSettings settings;
    FaceTools tools;
    core::Liveness liveness(const core::Image& picture, const core::RectF& box);
};

Identifier::Identifier(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Identifier::~Identifier() = default;

core::Result<std::unique_ptr<Identifier>> Identifier::create(const PipelineSettings& settings,
                                                             const ModelStore& store) {
    auto tools = loadFaceTools(settings, store);
    if (!tools)
        return tools.error();
    if (tools->noDetector)
        return *tools->noDetector;
    if (tools->noEmbedder)
        return *tools->noEmbedder;
    auto parts = std::make_unique<Parts>(Parts{settings, std::move(*tools)});
    return std::unique_ptr<Identifier>(new Identifier(std::move(parts)));
}

const std::string& Identifier::modelId() const {
    return m_parts->tools.embedder->modelId();
}

int Identifier::dimension() const {
    return m_parts->tools.embedder->dimension();
}

core::Liveness Identifier::Parts::liveness(const core::Image& picture, const core::RectF& box) {
    core::Liveness result;
    if (!settings.liveness.enabled) {
        result.verdict = core::LivenessVerdict::Off;
        return result;
    }
    if (!tools.liveness) {
        result.verdict = core::LivenessVerdict::Unavailable;
        return result;
    }
    if (!(std::min(box.width, box.height) >= settings.liveness.minFacePx))
        return result; // too small to tell
    const auto score = tools.liveness->score(picture, box);
    if (!score)
        return result;
    LivenessSettings single = settings.liveness;
    single.minFrames = 1;
    LivenessAverage average;
    average.add(*score, single);
    return average.verdict(single);
}

core::Result<std::vector<core::FaceObservation>> Identifier::identify(const core::Image& picture,
                                                                      const core::Gallery& gallery) {
    FaceTools& tools = m_parts->tools;
    auto found = detectThoroughly(*tools.detector, picture);
    if (!found)
        return found.error();
    std::vector<core::FaceObservation> faces;
    for (const Detection& detection : *found) {
        const core::Image aligned = alignedFace(*tools.detector, picture, detection);
        core::FaceObservation face = observed(
            detection, judgeQuality(detection, aligned, picture.width(), picture.height(), m_parts->settings.quality));
        face.liveness = m_parts->liveness(picture, detection.box);
        if (const auto embedding = tools.embedder->embed(aligned)) {
            face.embedded = true;
            if (gallery.modelId() == modelId())
                face.match = bestMatch(gallery, *embedding);
        }
        faces.push_back(face);
    }
    return faces;
}

} // namespace facelatch::recognition
