// SPDX-License-Identifier: GPL-3.0-or-later
// The stages in order, and what is remembered of each track.
#include "recognition/pipeline.h"

#include "recognition/alignment.h"
#include "recognition/face_tools.h"
#include "recognition/matcher.h"
#include "recognition/motion_gate.h"
#include "recognition/tracker.h"

#include <algorithm>
#include <map>
#include <optional>

namespace facelatch::recognition {

namespace {

/// How long a match is shown beside later frames of its track that were not embedded themselves.
constexpr std::chrono::milliseconds kMatchShownFor{1000};
/// Share of the newest embedding in the mean a track is compared with.
constexpr float kNewest = 0.2F;
/// A face that moved further than this overlap within a frame is embedded again: two that cross fast may trade places.
constexpr float kSteadyOverlap = 0.6F;

/// What is known of the face of one track.
struct Face {
    LivenessAverage liveness;
    std::optional<core::MonoTime> embeddedAt, seenAt;
    core::RectF box; ///< as last seen
    int embeddings = 0;
    std::vector<float> mean; ///< of its embeddings, length 1; empty before the first
    std::optional<core::Match> match;
};

bool due(const std::optional<core::MonoTime>& last, core::MonoTime now, std::chrono::milliseconds interval) {
    return !last || now - *last >= interval;
}

/// Settings that follow from each other.
PipelineSettings effective(PipelineSettings settings) {
    if (settings.liveness.enabled)
        settings.quality.maxYawDegrees = std::min(settings.quality.maxYawDegrees, settings.liveness.maxYawDegrees);
    settings.liveness.window = std::max(settings.liveness.window, settings.liveness.minFrames);
    settings.economy.eagerEmbeddings = std::max(settings.economy.eagerEmbeddings, settings.liveness.minFrames);
    return settings;
}

void remember(Face& face, const std::vector<float>& embedding) {
    if (face.mean.empty()) {
        face.mean = embedding;
        return;
    }
    std::vector<float> mixed(embedding.size());
    for (std::size_t i = 0; i < mixed.size(); ++i)
        mixed[i] = (1 - kNewest) * face.mean[i] + kNewest * embedding[i];
    if (auto unit = normalised(mixed))
        face.mean = std::move(*unit);
}

} // namespace

struct Pipeline::Parts {
    Parts(const PipelineSettings& chosen, FaceTools loaded)
        : settings(effective(chosen)), tools(std::move(loaded)), gate(chosen.motion), tracker(chosen.tracker) {}

    void lookForFaces(const core::Frame& frame, core::Observation& observation);
    core::FaceObservation examine(const core::Frame& frame, const Detection& detection, core::TrackId track,
                                  bool embeds);
    bool embeddingDue(const Face& face, const core::RectF& box, core::MonoTime now) const;
    void embed(const core::Frame& frame, const Detection& detection, core::FaceObservation& out);
    void checkLiveness(const core::Frame& frame, const core::FaceObservation& out);

    PipelineSettings settings;
    FaceTools tools;
    StageClock clock;
    core::StageTimes times; ///< of the frame in work
    MotionGate gate;
    Tracker tracker;
    std::vector<MissingCapability> missing;
    std::shared_ptr<const core::Gallery> gallery = std::make_shared<core::Gallery>();
    std::map<core::TrackId, Face> faces;
    std::optional<core::MonoTime> newest;    ///< capturedAt of the last frame
    std::optional<core::MonoTime> lastFrame; ///< of the last frame that was searched for faces
};

Pipeline::Pipeline(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Pipeline::~Pipeline() = default;

core::Result<std::unique_ptr<Pipeline>> Pipeline::create(const PipelineSettings& settings, const ModelStore& store) {
    auto tools = loadFaceTools(settings, store);
    if (!tools)
        return tools.error();
    std::vector<MissingCapability> missing;
    if (tools->noDetector)
        missing.push_back({Capability::Detection, *tools->noDetector});
    if (tools->noEmbedder)
        missing.push_back({Capability::Embedding, *tools->noEmbedder});
    if (tools->noLiveness)
        missing.push_back({Capability::Liveness, *tools->noLiveness});
    auto parts = std::make_unique<Parts>(settings, std::move(*tools));
    parts->missing = std::move(missing);
    return std::unique_ptr<Pipeline>(new Pipeline(std::move(parts)));
}

const std::vector<MissingCapability>& Pipeline::missing() const {
    return m_parts->missing;
}

core::Status Pipeline::setGallery(std::shared_ptr<const core::Gallery> gallery) {
    m_parts->gallery = std::make_shared<core::Gallery>();
    for (auto& [id, face] : m_parts->faces)
        face.match.reset(); // it may name somebody who is gone
    if (!gallery)
        return core::Done{};
    const Embedder* embedder = m_parts->tools.embedder.get();
    if (gallery->rows() > 0 && embedder != nullptr &&
        (gallery->modelId() != embedder->modelId() || gallery->dimension() != embedder->dimension()))
        return core::fail("the enrolled faces were made with the model '" + gallery->modelId() +
                              "', this door recognises with '" + embedder->modelId() + "'",
                          "recognition.embedder", "Enrol everybody again, or set the model back");
    m_parts->gallery = std::move(gallery);
    return core::Done{};
}

void Pipeline::measure(StageClock clock) {
    m_parts->clock = std::move(clock);
}

void Pipeline::reset() {
    m_parts->tracker.reset();
    m_parts->gate.reset();
    m_parts->faces.clear();
    m_parts->newest.reset();
    m_parts->lastFrame.reset();
}

core::Observation Pipeline::process(const core::Frame& frame) {
    Parts& parts = *m_parts;
    core::Observation observation;
    observation.frameNumber = frame.number;
    observation.capturedAt = frame.capturedAt;
    observation.origin = frame.origin;
    observation.width = frame.image.width();
    observation.height = frame.image.height();
    observation.image = frame.image;
    if (parts.tools.embedder)
        observation.modelId = parts.tools.embedder->modelId();
    if (frame.image.empty() || (parts.newest && frame.capturedAt < *parts.newest))
        return observation;
    parts.newest = frame.capturedAt;
    parts.times = {};
    try {
        const Timed whole(parts.clock, parts.times.whole);
        const MotionGate::Opinion opinion = parts.gate.examine(frame.image, frame.capturedAt);
        if (opinion.look || !parts.tracker.empty())
            parts.lookForFaces(frame, observation);
        observation.motion = opinion.motion || !observation.faces.empty();
    } catch (const std::exception&) { // OpenCV's, of a frame it cannot work on: what was not fully seen is not seen
        observation.faces.clear();
    }
    if (parts.clock)
        observation.times = parts.times;
    return observation;
}

void Pipeline::Parts::lookForFaces(const core::Frame& frame, core::Observation& observation) {
    std::vector<Detection> detections;
    {
        const Timed timed(clock, times.detect);
        if (auto found = tools.detector->detect(frame.image))
            detections = std::move(*found);
    }
    sortBySize(detections);
    std::vector<core::RectF> boxes;
    boxes.reserve(detections.size());
    for (const Detection& detection : detections)
        boxes.push_back(detection.box);
    const auto tracks = tracker.update(boxes, frame.capturedAt);
    for (std::size_t i = 0; i < detections.size(); ++i) {
        const bool embeds = static_cast<int>(i) < settings.economy.embeddedFaces;
        observation.faces.push_back(examine(frame, detections[i], tracks[i], embeds));
    }
    const auto alive = tracker.alive();
    std::erase_if(faces,
                  [&](const auto& item) { return std::find(alive.begin(), alive.end(), item.first) == alive.end(); });
    lastFrame = frame.capturedAt;
}

core::FaceObservation Pipeline::Parts::examine(const core::Frame& frame, const Detection& detection,
                                               core::TrackId track, bool embeds) {
    core::Image aligned;
    if (detection.landmarks)
        aligned = alignFace(frame.image, *detection.landmarks);
    const QualityReport report =
        judgeQuality(detection, aligned, frame.image.width(), frame.image.height(), settings.quality);
    core::FaceObservation out = observed(detection, report);
    out.track = track;
    const bool usable = report.quality == core::Quality::Good && !aligned.empty();
    if (usable && embeds && tools.embedder && embeddingDue(faces[track], detection.box, frame.capturedAt))
        embed(frame, detection, out);
    Face& face = faces[out.track]; // another track than before when it turned out to be another face
    if (!out.embedded && face.embeddedAt && frame.capturedAt - *face.embeddedAt <= kMatchShownFor)
        out.match = face.match;
    checkLiveness(frame, out);
    out.liveness = face.liveness.verdict(settings.liveness);
    if (!settings.liveness.enabled)
        out.liveness.verdict = core::LivenessVerdict::Off;
    else if (!tools.liveness)
        out.liveness.verdict = core::LivenessVerdict::Unavailable;
    face.seenAt = frame.capturedAt;
    face.box = out.box;
    return out;
}

bool Pipeline::Parts::embeddingDue(const Face& face, const core::RectF& box, core::MonoTime now) const {
    const bool missed = face.seenAt && lastFrame && *face.seenAt < *lastFrame; // whoever comes back is looked at
    const bool jumped = face.seenAt && core::overlap(face.box, box) < kSteadyOverlap;
    return missed || jumped || face.embeddings < settings.economy.eagerEmbeddings ||
           due(face.embeddedAt, now, settings.economy.embedEvery);
}

void Pipeline::Parts::embed(const core::Frame& frame, const Detection& detection, core::FaceObservation& out) {
    const Timed timed(clock, times.embed);
    const auto embedding = tools.embedder->embed(alignedFace(*tools.detector, frame.image, detection));
    if (!embedding)
        return; // a face that could not be embedded agrees with nothing
    const Face& before = faces[out.track];
    if (!before.mean.empty() && !(cosine(before.mean, *embedding) >= settings.tracker.sameFaceScore)) {
        faces.erase(out.track);
        out.track = tracker.replace(out.track);
    }
    Face& face = faces[out.track];
    remember(face, *embedding);
    ++face.embeddings;
    face.embeddedAt = frame.capturedAt;
    face.match = bestMatch(*gallery, *embedding);
    out.embedded = true;
    out.match = face.match;
}

/// Only on a frame whose face was just compared with the track's: else another face, swapped in between two embeddings,
/// could lend its life to this one.
void Pipeline::Parts::checkLiveness(const core::Frame& frame, const core::FaceObservation& out) {
    const bool largeEnough = std::min(out.box.width, out.box.height) >= settings.liveness.minFacePx;
    if (!tools.liveness || !out.embedded || !largeEnough)
        return;
    const Timed timed(clock, times.liveness);
    if (const auto score = tools.liveness->score(frame.image, out.box))
        faces[out.track].liveness.add(*score, settings.liveness);
}

} // namespace facelatch::recognition
