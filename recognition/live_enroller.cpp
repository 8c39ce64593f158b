// SPDX-License-Identifier: GPL-3.0-or-later
// Observations to sights, wanted frames to candidates.
#include "recognition/live_enroller.h"

#include "core/embedding.h"
#include "recognition/head_pose.h"

#include <algorithm>

namespace facelatch::recognition {

namespace {

/// Stricter than the door's, as EnrolmentSettings; the yaw is judged by the guide.
PipelineSettings forEnrolment(PipelineSettings settings) {
    const EnrolmentSettings enrolment;
    settings.quality.minFacePx = std::max(settings.quality.minFacePx, enrolment.quality.minFacePx);
    settings.quality.minSharpness = std::max(settings.quality.minSharpness, enrolment.quality.minSharpness);
    settings.motion.enabled = false; // somebody who holds still is looked at all the same
    return settings;
}

core::EnrolFace faceOf(const core::FaceObservation& seen) {
    core::EnrolFace face;
    face.track = seen.track;
    face.box = seen.box;
    face.quality = seen.quality;
    face.sharpness = seen.sharpness;
    face.brightness = seen.brightness;
    face.yawDegrees = seen.yawDegrees;
    face.pitchDegrees = pitchFromPoints(seen.landmarks);
    face.mouth = mouthWidth(seen.landmarks);
    face.liveness = seen.liveness.verdict;
    return face;
}

} // namespace

core::Result<std::unique_ptr<LiveEnroller>> LiveEnroller::create(const PipelineSettings& settings,
                                                                 const ModelStore& store) {
    auto pipeline = Pipeline::create(forEnrolment(settings), store);
    if (!pipeline)
        return pipeline.error();
    if (!(*pipeline)->missing().empty())
        return (*pipeline)->missing().front().error;
    auto enroller = Enroller::create(settings, {}, store);
    if (!enroller)
        return enroller.error();
    return std::unique_ptr<LiveEnroller>(new LiveEnroller(*std::move(pipeline), *std::move(enroller)));
}

void LiveEnroller::look(const core::Frame& frame, core::EnrolmentGuide& guide, const core::Gallery& gallery,
                        const std::optional<core::PersonId>& person) {
    const core::Observation seen = m_pipeline->process(frame);
    core::EnrolSight sight{frame.capturedAt, seen.width, seen.height, {}};
    for (const core::FaceObservation& face : seen.faces)
        sight.faces.push_back(faceOf(face));
    std::stable_sort(sight.faces.begin(), sight.faces.end(),
                     [](const auto& a, const auto& b) { return a.box.area() > b.box.area(); });
    if (guide.see(sight))
        examine(frame, guide, gallery, person);
    const std::vector<std::uint64_t> wanted = guide.wanted();
    std::erase_if(m_pictures, [&](const auto& each) {
        return std::find(wanted.begin(), wanted.end(), each.first) == wanted.end();
    });
}

void LiveEnroller::examine(const core::Frame& frame, core::EnrolmentGuide& guide, const core::Gallery& gallery,
                           const std::optional<core::PersonId>& person) {
    const EnrolmentPicture picture{"picture", {}, frame.image};
    EnrolmentOutcome outcome = m_enroller->enrol({&picture, 1}, core::Gallery()).front();
    core::EnrolCandidate candidate;
    candidate.picture = ++m_lastPicture;
    if (!outcome.refusal) {
        candidate.embedding = outcome.faceTemplate.values;
        if (gallery.modelId() == m_enroller->modelId())
            candidate.someoneElse = nearestOther(gallery, candidate.embedding, person, guide.toldApart());
        m_pictures.emplace(candidate.picture, std::move(outcome));
    }
    guide.offer(candidate);
}

const EnrolmentOutcome* LiveEnroller::picture(std::uint64_t number) const {
    const auto found = m_pictures.find(number);
    return found == m_pictures.end() ? nullptr : &found->second;
}

std::optional<core::Resemblance> nearestOther(const core::Gallery& gallery, const std::vector<float>& embedding,
                                              const std::optional<core::PersonId>& except,
                                              const std::vector<core::PersonId>& toldApart) {
    const auto width = static_cast<std::size_t>(gallery.dimension());
    std::optional<core::Resemblance> nearest;
    for (int row = 0; row < gallery.rows(); ++row) {
        const core::Person& person = gallery.personOfRow(row);
        if (person.id == except || std::find(toldApart.begin(), toldApart.end(), person.id) != toldApart.end())
            continue;
        const float score = core::likeness(
            std::span(gallery.matrix()).subspan(static_cast<std::size_t>(row) * width, width), embedding);
        if (!nearest || score > nearest->score)
            nearest = core::Resemblance{person.id, person.name, score};
    }
    return nearest;
}

} // namespace facelatch::recognition
