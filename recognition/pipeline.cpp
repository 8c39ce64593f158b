// SPDX-License-Identifier: GPL-3.0-or-later
// The stages in order, and what is remembered of each track.
#include "recognition/pipeline.h"

#include "recognition/alignment.h"
#include "recognition/face_memory.h"
#include "recognition/face_tools.h"
#include "recognition/grey_reducer.h"
#include "recognition/matcher.h"
#include "recognition/motion_gate.h"
#include "recognition/tracker.h"

#include <algorithm>
#include <optional>

namespace facelatch::recognition {

namespace {

/// How long a match is shown beside later frames of its track that were not embedded themselves.
constexpr std::chrono::milliseconds kMatchShownFor{1000};
/// A face that moved further than this overlap within a frame is embedded again: two that cross fast may trade places.
constexpr float kSteadyOverlap = 0.6F;
/// Faces whose boxes, grown by this factor, touch are detected on every frame: one could be followed onto the other.
constexpr float kApart = 1.8F;

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

core::RectF grown(const core::RectF& box, float factor) {
    const float width = box.width * factor, height = box.height * factor;
    return {box.centre().x - width / 2, box.centre().y - height / 2, width, height};
}

core::RectF scaled(const core::RectF& box, float factor) {
    return {box.x * factor, box.y * factor, box.width * factor, box.height * factor};
}

void shift(Detection& face, core::PointF by) {
    face.box.x += by.x;
    face.box.y += by.y;
    if (face.landmarks)
        for (core::PointF& point : *face.landmarks)
            point = {point.x + by.x, point.y + by.y};
}

/// One face of the frame that is being looked at.
struct Sight {
    Detection detection;
    core::TrackId track = 0;
    bool followed = false; ///< from the last detection, without one of its own
    QualityReport report;
    std::optional<core::Landmarks> closer; ///< looked at from near: this face is to be embedded
};

} // namespace

struct Pipeline::Parts {
    Parts(const PipelineSettings& chosen, FaceTools loaded)
        : settings(effective(chosen)), tools(std::move(loaded)), gate(chosen.motion), tracker(chosen.tracker) {}

    void lookForFaces(const core::Frame& frame, core::Observation& observation);
    bool mayFollow(core::MonoTime now) const;
    bool followFaces(const core::Frame& frame);
    void detectFaces(const core::Frame& frame);
    bool prepare(const core::Frame& frame, Sight& sight, bool embeds);
    bool embeddingDue(const Face& face, core::MonoTime now) const;
    core::FaceObservation examine(const core::Frame& frame, Sight& sight);
    void embed(const core::Frame& frame, Sight& sight, core::FaceObservation& out);
    void recognise(core::TrackId& track, const std::vector<float>& embedding, core::MonoTime now);
    void checkLiveness(const core::Frame& frame, const core::FaceObservation& out);
    core::Liveness livenessOf(const Face& face) const;

    PipelineSettings settings;
    FaceTools tools;
    StageClock clock;
    core::StageTimes times; ///< of the frame in work
    MotionGate gate;
    GreyReducer reducer;
    Tracker tracker;
    FaceMemory faces;
    std::vector<MissingCapability> missing;
    std::shared_ptr<const core::Gallery> gallery = std::make_shared<core::Gallery>();
    core::Image grey;                           ///< of the frame that is being looked at
    float greyScale = 1;                        ///< its pixels for one of the frame's
    std::vector<Sight> sights;                  ///< the faces of the frame, largest first
    std::vector<core::TrackId> inView;          ///< of the last frame
    std::optional<core::MonoTime> newest;       ///< capturedAt of the last frame
    std::optional<core::MonoTime> lastFrame;    ///< of the last frame that was searched for faces
    std::optional<core::MonoTime> lastDetected; ///< of the last frame the detector ran on
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
    m_parts->faces.dropMatches(); // they may name somebody who is gone
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
    m_parts->inView.clear();
    m_parts->newest.reset();
    m_parts->lastFrame.reset();
    m_parts->lastDetected.reset();
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
        parts.grey = parts.reducer.reduce(frame.image);
        parts.greyScale = static_cast<float>(parts.grey.width()) / static_cast<float>(frame.image.width());
        const MotionGate::Opinion opinion = parts.gate.examine(parts.grey, frame.capturedAt);
        if (opinion.cut) { // whoever is seen now is somebody new until compared
            parts.faces.leaveAll();
            parts.tracker.reset();
            parts.inView.clear();
        }
        if (opinion.look || !parts.tracker.empty())
            parts.lookForFaces(frame, observation);
        observation.motion = opinion.motion || !observation.faces.empty();
    } catch (const std::exception&) { // OpenCV's, of a frame it cannot work on: what was not fully seen is not seen
        observation.faces.clear();
        parts.inView.clear();
    }
    if (parts.clock)
        observation.times = parts.times;
    return observation;
}

void Pipeline::Parts::lookForFaces(const core::Frame& frame, core::Observation& observation) {
    faces.forgetLeft(frame.capturedAt - settings.follow.rememberedFor);
    if (!mayFollow(frame.capturedAt) || !followFaces(frame))
        detectFaces(frame);
    inView.clear();
    observation.faces.reserve(sights.size());
    for (Sight& sight : sights) {
        observation.faces.push_back(examine(frame, sight));
        inView.push_back(sight.track);
    }
    lastFrame = frame.capturedAt;
}

bool Pipeline::Parts::mayFollow(core::MonoTime now) const {
    return !inView.empty() && lastDetected && now - *lastDetected < settings.follow.detectEvery;
}

/// Finds the faces of the last frame by their pictures. False from any doubt about any of them: then nothing has
/// happened but a look, and the detector decides.
bool Pipeline::Parts::followFaces(const core::Frame& frame) {
    sights.clear();
    for (const core::TrackId track : inView) {
        const Face* face = faces.find(track);
        const auto found = face != nullptr ? face->patch.find(grey, scaled(face->seen.box, greyScale))
                                           : std::optional<FacePatch::Found>();
        if (!found || !(found->likeness >= settings.follow.likeness))
            return false;
        Sight sight{face->seen, track, true, face->report, {}};
        shift(sight.detection, {found->shift.x / greyScale, found->shift.y / greyScale});
        const auto touches = [&](const Sight& other) {
            return core::overlap(grown(sight.detection.box, kApart), grown(other.detection.box, kApart)) > 0;
        };
        if (std::any_of(sights.begin(), sights.end(), touches))
            return false;
        sights.push_back(std::move(sight));
    }
    for (std::size_t i = 0; i < sights.size(); ++i)
        if (!prepare(frame, sights[i], static_cast<int>(i) < settings.economy.embeddedFaces))
            return false;
    for (const Sight& sight : sights)
        tracker.move(sight.track, sight.detection.box, frame.capturedAt);
    return true;
}

void Pipeline::Parts::detectFaces(const core::Frame& frame) {
    std::vector<Detection> detections;
    {
        const Timed timed(clock, times.detect);
        if (auto found = tools.detector->detect(frame.image))
            detections = std::move(*found);
    }
    lastDetected = frame.capturedAt;
    sortBySize(detections);
    std::vector<core::RectF> boxes;
    boxes.reserve(detections.size());
    for (const Detection& detection : detections)
        boxes.push_back(detection.box);
    const auto tracks = tracker.update(boxes, frame.capturedAt);
    faces.keepOnly(tracker.alive());
    sights.clear();
    for (std::size_t i = 0; i < detections.size(); ++i) {
        sights.push_back({detections[i], tracks[i], false, {}, {}});
        prepare(frame, sights.back(), static_cast<int>(i) < settings.economy.embeddedFaces);
    }
}

/// Judges a face, and looks at it from near where it is to be embedded. False: a followed face is not found from near.
bool Pipeline::Parts::prepare(const core::Frame& frame, Sight& sight, bool embeds) {
    Face& face = faces[sight.track];
    const core::RectF small = scaled(sight.detection.box, greyScale);
    if (face.seenAt && !sight.followed) {
        const auto look = face.patch.find(grey, small);
        const bool another = !look || !(look->likeness >= settings.follow.sameLook);
        const bool missed = lastFrame && *face.seenAt < *lastFrame; // whoever comes back is looked at
        const bool jumped = core::overlap(face.seen.box, sight.detection.box) < kSteadyOverlap;
        face.confirmed = face.confirmed && !another && !missed && !jumped;
    }
    if (!sight.followed)
        face.patch.take(grey, small);
    const bool wanted = embeds && tools.embedder && embeddingDue(face, frame.capturedAt);
    if (sight.followed && !wanted)
        return true;
    core::Image aligned;
    if (sight.detection.landmarks)
        aligned = alignFace(frame.image, *sight.detection.landmarks);
    sight.report = judgeQuality(sight.detection, aligned, frame.image.width(), frame.image.height(), settings.quality);
    if (!wanted || aligned.empty() || sight.report.quality != core::Quality::Good)
        return true;
    const Timed timed(clock, times.embed); // what the look from near finds is what is embedded
    sight.closer = tools.detector->closerLook(frame.image, sight.detection);
    if (!sight.closer && sight.followed)
        return false;
    if (!sight.closer)
        sight.closer = sight.detection.landmarks; // what the first look found is still true
    return true;
}

bool Pipeline::Parts::embeddingDue(const Face& face, core::MonoTime now) const {
    return !face.confirmed || face.embeddings < settings.economy.eagerEmbeddings ||
           due(face.embeddedAt, now, settings.economy.embedEvery);
}

core::FaceObservation Pipeline::Parts::examine(const core::Frame& frame, Sight& sight) {
    core::FaceObservation out = observed(sight.detection, sight.report);
    if (sight.closer)
        embed(frame, sight, out);
    out.track = sight.track;
    Face& face = faces[sight.track]; // another track than before when it turned out to be another face
    const bool lately = face.embeddedAt && frame.capturedAt - *face.embeddedAt <= kMatchShownFor;
    if (!out.embedded && lately && face.confirmed)
        out.match = face.match;
    checkLiveness(frame, out);
    out.liveness = livenessOf(face);
    face.seenAt = frame.capturedAt;
    face.seen = sight.detection;
    face.report = sight.report;
    return out;
}

core::Liveness Pipeline::Parts::livenessOf(const Face& face) const {
    core::Liveness liveness = face.confirmed ? face.liveness.verdict(settings.liveness) : core::Liveness{};
    if (!settings.liveness.enabled)
        liveness.verdict = core::LivenessVerdict::Off;
    else if (!tools.liveness)
        liveness.verdict = core::LivenessVerdict::Unavailable;
    return liveness;
}

void Pipeline::Parts::embed(const core::Frame& frame, Sight& sight, core::FaceObservation& out) {
    const Timed timed(clock, times.embed);
    const auto embedding = tools.embedder->embed(alignFace(frame.image, *sight.closer));
    if (!embedding)
        return; // a face that could not be embedded agrees with nothing
    recognise(sight.track, *embedding, frame.capturedAt);
    Face& face = faces[sight.track];
    face.remember(*embedding);
    ++face.embeddings;
    face.embeddedAt = frame.capturedAt;
    face.confirmed = true;
    face.match = bestMatch(*gallery, *embedding);
    out.embedded = true;
    out.match = face.match;
}

/// Whose track a compared face belongs to: the one it was given, or that of a face that left a moment ago, or a new
/// one. What was known of a face goes on only where it was hardly out of sight; whoever comes back earns it anew.
void Pipeline::Parts::recognise(core::TrackId& track, const std::vector<float>& embedding, core::MonoTime now) {
    const Face& given = faces[track];
    if (!given.mean.empty() && !(cosine(given.mean, embedding) >= settings.tracker.sameFaceScore)) {
        const FacePatch patch = given.patch;
        faces.leave(track);
        track = tracker.replace(track);
        faces[track].patch = patch;
    }
    Face& face = faces[track];
    const bool hidden = face.seenAt && lastFrame && *face.seenAt < *lastFrame; // and not only looked at seldom
    if (hidden && now - *face.seenAt > settings.follow.occludedAfter) {
        face.liveness = {};
        face.embeddings = 0;
    }
    if (face.embeddings >= settings.economy.eagerEmbeddings)
        return;
    // A face that comes out from behind another may show only half of itself at first: not only the first comparison.
    std::vector<float> mean;
    const auto before = faces.returning(embedding, settings.follow.returningScore, mean);
    if (before && tracker.resume(track, *before)) {
        faces.rename(track, *before, mean);
        track = *before;
    }
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
