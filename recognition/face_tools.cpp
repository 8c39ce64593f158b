// SPDX-License-Identifier: GPL-3.0-or-later
// Loading what is there, and keeping the reasons for what is not.
#include "recognition/face_tools.h"

#include "recognition/alignment.h"
#include "recognition/dlib_detector.h"
#include "recognition/yunet_detector.h"

#include <algorithm>
#include <opencv2/core/utility.hpp>

namespace facelatch::recognition {

namespace {

core::Error usage(std::string what, std::string where, std::string remedy) {
    return {core::ErrorKind::Usage, std::move(what), std::move(where), std::move(remedy)};
}

/// What is wrong with the settings themselves, whatever files there are.
std::optional<core::Error> settingsError(const PipelineSettings& settings, const ModelManifest& manifest) {
    const auto check = [&](const std::string& id, ModelKind kind, const char* key) -> std::optional<core::Error> {
        const ModelRow* row = manifest.find(id);
        if (row == nullptr)
            return usage("the manifest has no model '" + id + "'", key, "Run: facelatch-ctl models list");
        if (row->kind != kind || row->format != ModelFormat::Onnx)
            return usage("the model '" + id + "' cannot be used for this", key, "Run: facelatch-ctl models list");
        return {};
    };
    if (settings.detector != DlibDetector::kName)
        if (auto error = check(settings.detector, ModelKind::Detector, "recognition.detector"))
            return error;
    if (auto error = check(settings.embedder, ModelKind::Embedder, "recognition.embedder"))
        return error;
    if (settings.liveness.enabled)
        if (auto error = check(settings.livenessModel, ModelKind::Liveness, "liveness.model"))
            return error;
    if (settings.detectLongestSide < 64 || settings.detectLongestSide > 1920)
        return usage("the size for the detector must be from 64 to 1920 pixels", "detectLongestSide", "Use 320");
    if (settings.liveness.minFrames < 1)
        return usage("liveness must average at least 1 frame", "liveness.min_frames", "Use 5");
    return {};
}

core::Result<std::unique_ptr<FaceDetector>> loadDetector(const PipelineSettings& settings, const ModelStore& store) {
    auto network = store.load(settings.detector);
    if (!network)
        return network.error();
    auto closer = store.load(settings.detector);
    if (!closer)
        return closer.error();
    const YunetSettings yunet{settings.detectLongestSide, settings.detectorConfidence, settings.nmsOverlap};
    return std::unique_ptr<FaceDetector>(
        std::make_unique<YunetDetector>(std::move(*network), std::move(*closer), yunet));
}

} // namespace

core::Result<FaceTools> loadFaceTools(const PipelineSettings& settings, const ModelStore& store) {
    if (auto error = settingsError(settings, store.manifest()))
        return std::move(*error);
    if (settings.threads > 0)
        cv::setNumThreads(settings.threads);
    FaceTools tools;
    if (settings.detector == DlibDetector::kName) {
        tools.noDetector = core::Error{core::ErrorKind::OutOfService,
                                       "the detector dlib-hog finds no landmarks, so nobody is recognised",
                                       "recognition.detector", "Set it to yunet-2023mar"};
    } else if (auto detector = loadDetector(settings, store)) {
        tools.detector = std::move(*detector);
    } else {
        tools.noDetector = detector.error();
    }
    if (!tools.detector)
        tools.detector = std::make_unique<DlibDetector>();
    if (auto embedder = Embedder::create(store, settings.embedder))
        tools.embedder = std::move(*embedder);
    else
        tools.noEmbedder = embedder.error();
    if (!settings.liveness.enabled)
        return tools;
    if (auto liveness = LivenessModel::create(store, settings.livenessModel))
        tools.liveness = std::move(*liveness);
    else
        tools.noLiveness = liveness.error();
    return tools;
}

core::Result<std::vector<Detection>> detectThoroughly(FaceDetector& detector, const core::Image& picture) {
    auto found = detector.detect(picture);
    for (const int side : {640, 1280}) {
        if (!found || !found->empty() || std::max(picture.width(), picture.height()) <= side / 2)
            break;
        found = detector.detectAt(picture, side);
    }
    if (found)
        sortBySize(*found);
    return found;
}

core::Image alignedFace(FaceDetector& detector, const core::Image& picture, const Detection& face) {
    if (!face.landmarks)
        return {};
    // What the first look found is still true where the second finds nothing.
    return alignFace(picture, detector.closerLook(picture, face).value_or(*face.landmarks));
}

core::FaceObservation observed(const Detection& face, const QualityReport& report) {
    core::FaceObservation out;
    out.box = face.box;
    out.landmarks = face.landmarks.value_or(core::Landmarks{});
    out.confidence = face.confidence;
    out.quality = report.quality;
    out.sharpness = report.sharpness;
    out.brightness = report.brightness;
    out.yawDegrees = report.yawDegrees;
    return out;
}

void sortBySize(std::vector<Detection>& faces) {
    std::stable_sort(faces.begin(), faces.end(),
                     [](const Detection& a, const Detection& b) { return a.box.area() > b.box.area(); });
}

} // namespace facelatch::recognition
