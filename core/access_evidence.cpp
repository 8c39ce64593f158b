// SPDX-License-Identifier: GPL-3.0-or-later
// What the frames of a face prove, and what they lack.
#include "core/access_controller.h"

#include <algorithm>

namespace facelatch::core {

namespace {

/// Somebody close by whose face never became usable is refused too, after this many times decideWithin.
constexpr int unusableFactor = 3;

} // namespace

/// Why a frame can be no evidence, whatever it shows.
std::optional<Reason> AccessController::unfit(const Observation& observation, MonoTime now) const {
    const FrameOrigin origin = observation.origin;
    if (origin != FrameOrigin::Camera &&
        !(origin == FrameOrigin::Network ? m_rules.networkMayOpen : m_rules.replayMayOpen))
        return Reason::OutOfService;
    if (observation.capturedAt > now || now - observation.capturedAt >= m_rules.maxFrameAge)
        return Reason::StaleFrame;
    return std::nullopt;
}

void AccessController::addEvidence(Track& track, const Observation& observation, bool claimant, MonoTime now) const {
    if (claimant && track.state == State::Denied && now >= track.refusedUntil) {
        track.state = State::Undecided; // a second chance, with evidence gathered anew
        lookAnew(track, now);
    }
    track.unfit = unfit(observation, now);
    if (track.face.quality == Quality::Good && track.face.embedded) {
        ++track.usableFrames;
        if (!track.watchedSince)
            track.watchedSince = now;
        // The same picture again says nothing new.
        const bool isNew = track.samples.empty() || observation.capturedAt > track.samples.back().capturedAt;
        if (!track.unfit && isNew) {
            track.samples.push_back(judged(track.face, observation.capturedAt));
            if (claimant)
                track.claims.push_back(track.samples.back());
        }
    }
    const auto tooOld = [&](const Sample& sample) { return now - sample.capturedAt > m_rules.agreeWithin; };
    std::erase_if(track.samples, tooOld);
    std::erase_if(track.claims, tooOld);
}

AccessController::Sample AccessController::judged(const FaceObservation& face, MonoTime capturedAt) const {
    Sample sample{capturedAt, std::nullopt, Reason::UnknownPerson};
    if (const auto reason = core::shortfall(face.match, m_rules.match))
        sample.shortfall = *reason;
    else if (m_gallery->find(face.match->person) != nullptr)
        sample.person = face.match->person;
    return sample;
}

std::optional<PersonId> AccessController::agreed(const Samples& samples, MonoTime now) const {
    const auto needed = m_rules.agreeingFrames;
    if (std::ssize(samples) < needed || now - samples.back().capturedAt >= m_rules.maxFrameAge)
        return std::nullopt;
    const auto person = samples.back().person;
    const bool same = std::all_of(samples.end() - needed, samples.end(),
                                  [&](const Sample& sample) { return sample.person && sample.person == person; });
    return same ? person : std::nullopt;
}

bool AccessController::alive(const Track& track) const {
    return !m_rules.livenessRequired || track.face.liveness.verdict == LivenessVerdict::Live;
}

bool AccessController::visitIsOver(const Track& track) const {
    if (track.state != State::Granted)
        return false;
    if (m_gallery->find(*track.person) == nullptr)
        return true; // nobody any more
    const auto ofThisVisit = [&](const Grant& grant) { return grant.visit.id == track.visit.id; };
    if (track.rejoined && std::none_of(m_grants.begin(), m_grants.end(), ofThisVisit))
        return true; // the cool-down is over and the person is still, or again, at the door
    return anotherFace(track);
}

/// A track is one face as far as the tracker can tell. Should another face have slipped into a granted one after all,
/// it must not be logged under that grant: so evidence without the granted person for most of agreeWithin ends the
/// visit.
bool AccessController::anotherFace(const Track& track) const {
    const Samples& samples = track.samples;
    if (std::ssize(samples) < m_rules.agreeingFrames ||
        samples.back().capturedAt - samples.front().capturedAt < m_rules.agreeWithin / 2)
        return false;
    return std::all_of(samples.begin(), samples.end(), [&](const Sample& sample) {
        return sample.person ? sample.person != track.person : sample.shortfall == Reason::UnknownPerson;
    });
}

bool AccessController::overdue(const Track& track, MonoTime now) const {
    if (track.watchedSince)
        return now - *track.watchedSince >= m_rules.decideWithin;
    return track.face.quality != Quality::TooSmall && now - track.waitingSince >= unusableFactor * m_rules.decideWithin;
}

/// Why the evidence so far is not enough, the gravest reason first.
Reason AccessController::shortfall(const Track& track, bool claimant, MonoTime now) const {
    const Samples& evidence = track.samples;
    if (const auto reason = barred())
        return *reason;
    if (m_rules.livenessRequired && track.face.liveness.verdict == LivenessVerdict::Spoof)
        return Reason::LivenessFailed;
    if (agreed(evidence, now)) // so what is missing is the proof of life, or the claim
        return claimant && !alive(track) ? Reason::LivenessFailed : Reason::NotClaimant;
    if (evidence.empty())
        return track.unfit.value_or(Reason::UnknownPerson);
    const auto unnamed =
        std::find_if(evidence.rbegin(), evidence.rend(), [](const Sample& sample) { return !sample.person; });
    if (unnamed != evidence.rend())
        return unnamed->shortfall;
    const bool same = std::all_of(evidence.begin(), evidence.end(),
                                  [&](const Sample& sample) { return sample.person == evidence.front().person; });
    return same ? Reason::StaleFrame : Reason::Ambiguous; // too few in that time, or of two people
}

} // namespace facelatch::core
