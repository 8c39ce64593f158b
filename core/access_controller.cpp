// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence per track, the claimant, grants and refusals.
#include "core/access_controller.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace facelatch::core {

namespace {

/// Another face takes the claim over only when it is clearly nearer, so that two people side by side do not alternate.
constexpr float claimFactor = 1.25F;
/// The tracker gives a face a new id when in doubt. A face that overlaps so much with the place of a claimant who is
/// not seen any more goes on with the claim (never with the evidence).
constexpr float samePlace = 0.5F;
/// Somebody close by whose face never became usable is refused too, after this many times decideWithin.
constexpr int unusableFactor = 3;

} // namespace

AccessController::AccessController(DoorId door, AccessRules rules, UuidSource uuids, ToLocalTime toLocal)
    : m_door(std::move(door)), m_rules(rules), m_uuids(std::move(uuids)), m_toLocal(std::move(toLocal)) {
    m_rules.agreeingFrames = std::max(1, m_rules.agreeingFrames);
}

void AccessController::setGallery(std::shared_ptr<const Gallery> gallery) {
    if (!gallery)
        return;
    m_gallery = std::move(gallery);
    for (auto& [id, track] : m_tracks) { // evidence names people of the old gallery
        track.samples.clear();
        track.claims.clear();
    }
}

void AccessController::setAccess(std::shared_ptr<const AccessConfig> access) {
    if (access)
        m_access = std::move(access);
}

std::vector<Decision> AccessController::observe(const Observation& observation, Now now) {
    if (observation.frameNumber <= m_lastFrame)
        return {};
    m_lastFrame = observation.frameNumber;
    update(observation, now);

    std::vector<Decision> decisions;
    for (Track& track : std::exchange(m_departed, {}))
        decisions.push_back(decision(track, now, false));
    for (const FaceObservation& face : observation.faces) {
        Track& track = m_tracks.at(face.track);
        bool releases = false;
        if (m_claimant == face.track)
            releases = decideClaimant(track, now);
        else
            decideOther(track, now.mono);
        if (releases || eventDue(track, now.mono))
            decisions.push_back(decision(track, now, releases));
    }
    return decisions;
}

void AccessController::update(const Observation& observation, Now now) {
    m_width = observation.width;
    m_height = observation.height;
    m_modelId = observation.modelId;
    tick(now);
    for (const FaceObservation& face : observation.faces) {
        auto [at, isNew] = m_tracks.try_emplace(face.track);
        Track& track = at->second;
        if (isNew || visitIsOver(track))
            startOver(track, now);
        track.face = face;
        track.picture = observation.image;
        track.lastFrame = observation.frameNumber;
        track.lastSeen = now.mono;
    }
    chooseClaimant(observation, now.mono);
    for (const FaceObservation& face : observation.faces)
        addEvidence(m_tracks.at(face.track), observation, m_claimant == face.track, now.mono);
}

void AccessController::tick(Now now) {
    // The claimant's place stays taken until it has surely left: one missed detection must not hand the claim over.
    for (auto at = m_tracks.begin(); at != m_tracks.end();) {
        auto& [id, track] = *at;
        if (now.mono - track.lastSeen <= m_rules.trackGone) {
            ++at;
            continue;
        }
        noteDeparture(track, m_claimant == id);
        if (m_claimant == id)
            m_claimant.reset();
        at = m_tracks.erase(at);
    }
    std::erase_if(m_grants, [&](const Grant& grant) { return now.mono - grant.at >= m_rules.coolDown; });
}

/// How strongly a face claims the door: its size. Once granted it is not being decided any more, so that whoever stands
/// beside it need not wait until it has left.
float AccessController::claim(const Track& track) const {
    const float area = track.face.box.area();
    return track.state != State::Granted && area > 0 ? area : 0;
}

bool AccessController::succeeds(const Track& next, const Track& current) const {
    return current.lastFrame != m_lastFrame && overlap(next.face.box, current.face.box) >= samePlace;
}

void AccessController::chooseClaimant(const Observation& observation, MonoTime now) {
    const auto nearest = std::max_element(observation.faces.begin(), observation.faces.end(),
                                          [&](const FaceObservation& a, const FaceObservation& b) {
                                              return claim(m_tracks.at(a.track)) < claim(m_tracks.at(b.track));
                                          });
    if (nearest == observation.faces.end() || m_claimant == nearest->track)
        return;
    Track& next = m_tracks.at(nearest->track);
    const Track* current = m_claimant ? &m_tracks.at(*m_claimant) : nullptr;
    const bool successor = current != nullptr && succeeds(next, *current);
    if (current != nullptr && !successor && !(claim(next) > claimFactor * claim(*current)))
        return;
    if (!successor)
        m_refusedUntil = {}; // that screen was meant for somebody else
    m_claimant = nearest->track;
    lookAnew(next, now);
}

void AccessController::lookAnew(Track& track, MonoTime now) const {
    track.claims.clear();
    track.watchedSince.reset();
    track.waitingSince = now;
}

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

void AccessController::startOver(Track& track, Now now) {
    track.visit = {m_uuids(now.wall), std::nullopt, std::nullopt};
    track.state = State::Undecided;
    track.rejoined = false;
    track.usableFrames = 0;
    lookAnew(track, now.mono);
}

/// With the uses as they are known now.
Person AccessController::withUses(Person person) const {
    const auto tally = m_tallies.find(person.id);
    if (person.uses && tally != m_tallies.end() && tally->second.round == person.uses->round)
        person.uses->taken = std::max(person.uses->taken, tally->second.taken);
    return person;
}

/// What the access rules say, and nothing when a face alone is enough for them.
std::optional<Reason> AccessController::notPermitted(const Person& known, Now now) const {
    Person person = withUses(known);
    const auto ofThisPerson = [&](const Grant& grant) { return grant.person == person.id; };
    if (person.uses && std::any_of(m_grants.begin(), m_grants.end(), ofThisPerson))
        --person.uses->taken; // the visit that took it goes on
    const Permission permission = mayEnter(*m_access, person, {m_door, m_rules.takes}, {now.wall, m_toLocal(now.wall)});
    if (!permission)
        return permission.reason;
    const bool faceIsEnough = std::any_of(permission.modes.begin(), permission.modes.end(), [](AuthMode mode) {
        return satisfies({true, false, false}, mode);
    });
    return faceIsEnough ? std::nullopt : std::optional(Reason::FactorUnavailable);
}

/// Returns whether the lock is to be released now.
bool AccessController::decideClaimant(Track& track, Now now) {
    if (track.state != State::Undecided)
        return false;
    const auto person = agreed(track.claims, now.mono);
    const Person* known = person ? m_gallery->find(*person) : nullptr;
    if (known != nullptr && !track.unfit && alive(track)) {
        const auto reason = notPermitted(*known, now);
        if (!reason && !m_outOfService)
            return tryGrant(track, *known, now);
        refuseClaimant(track, reason.value_or(Reason::OutOfService), person, now.mono);
    } else if (overdue(track, now.mono)) {
        refuseClaimant(track, shortfall(track, true, now.mono), person, now.mono);
    }
    return false;
}

bool AccessController::tryGrant(Track& track, const Person& person, Now now) {
    const auto recent =
        std::find_if(m_grants.begin(), m_grants.end(), [&](const Grant& grant) { return grant.person == person.id; });
    const bool releases = recent == m_grants.end();
    if (releases) {
        m_grants.push_back({person.id, track.visit, now.mono});
        if (const auto uses = withUses(person).uses)
            m_tallies[person.id] = {uses->round, uses->taken + 1};
        m_grantedName = person.name;
        m_grantedAt = now.mono;
    } else { // the same visit, seen again: logged, but the lock is not released twice
        for (auto& [id, other] : m_tracks)
            if (other.visit.id == recent->visit.id)
                startOver(other, now); // a visit is of one face
        track.visit = recent->visit;
        track.rejoined = true;
    }
    track.state = State::Granted;
    track.reason = Reason::Face;
    track.person = person.id;
    m_refusedUntil = {};
    return releases;
}

bool AccessController::overdue(const Track& track, MonoTime now) const {
    if (track.watchedSince)
        return now - *track.watchedSince >= m_rules.decideWithin;
    return track.face.quality != Quality::TooSmall && now - track.waitingSince >= unusableFactor * m_rules.decideWithin;
}

/// Why the evidence so far is not enough, the gravest reason first.
Reason AccessController::shortfall(const Track& track, bool claimant, MonoTime now) const {
    const Samples& evidence = track.samples;
    if (m_outOfService)
        return Reason::OutOfService;
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

void AccessController::deny(Track& track, Reason reason, std::optional<PersonId> person) const {
    track.state = State::Denied;
    track.reason = reason;
    track.person = person;
}

void AccessController::refuseClaimant(Track& track, Reason reason, std::optional<PersonId> person, MonoTime now) {
    deny(track, reason, person);
    track.refusedUntil = now + m_rules.refusedFor;
    m_refusedUntil = track.refusedUntil;
}

void AccessController::decideOther(Track& track, MonoTime now) const {
    if (track.state == State::Granted || !track.watchedSince || now - *track.watchedSince < m_rules.decideWithin)
        return;
    deny(track, shortfall(track, false, now), agreed(track.samples, now));
}

/// Somebody who shows one face after another, each too short to be decided, must not go unseen.
void AccessController::noteDeparture(Track& track, bool claimant) {
    if (track.visit.lastOutcome || track.usableFrames < m_rules.agreeingFrames)
        return;
    const auto person = agreed(track.samples, track.lastSeen);
    const auto ofThisPerson = [&](const Grant& grant) { return grant.person == person; };
    if (std::any_of(m_grants.begin(), m_grants.end(), ofThisPerson))
        return; // granted meanwhile, under another id of the tracker's
    deny(track, shortfall(track, claimant, track.lastSeen), person);
    m_departed.push_back(std::move(track));
}

bool AccessController::eventDue(const Track& track, MonoTime now) const {
    const Visit& visit = track.visit;
    const bool intervalOver = !visit.lastEvent || now - *visit.lastEvent >= m_rules.eventInterval;
    // Undecided again after a refusal, the face still stands there refused; before its first decision it is nothing
    // yet.
    if (track.state == State::Undecided)
        return visit.lastOutcome && intervalOver;
    return intervalOver || visit.lastOutcome != (track.state == State::Granted ? Outcome::Granted : Outcome::Denied);
}

Decision AccessController::decision(Track& track, Now now, bool releases) {
    Visit& visit = track.visit;
    Decision out;
    Event& event = out.event;
    event.id = m_uuids(now.wall);
    event.visit = visit.id;
    event.door = m_door;
    event.time = now.wall;
    event.local = isoLocal(m_toLocal(now.wall));
    event.outcome = track.state == State::Granted ? Outcome::Granted : Outcome::Denied;
    event.reason = track.reason;
    if (const Person* person = track.person ? m_gallery->find(*track.person) : nullptr) {
        event.person = person->id;
        event.personName = person->name;
        event.cardId = person->cardId;
    }
    if (const auto& match = track.face.match; match && std::isfinite(match->score)) {
        event.score = match->score;
        if (match->second && std::isfinite(match->secondScore))
            event.margin = match->score - match->secondScore;
    }
    event.live = track.face.liveness.verdict;
    event.modelId = m_modelId;
    out.releases = releases;
    out.wantsSnapshot = visit.lastOutcome != event.outcome;
    out.picture = track.picture;
    out.face = track.face.box;
    visit.lastOutcome = event.outcome;
    visit.lastEvent = now.mono;
    for (Grant& grant : m_grants) // who comes back within the cool-down goes on with the visit
        if (grant.visit.id == visit.id)
            grant.visit = visit;
    return out;
}

Decision AccessController::withdrawn(Decision granted, Now now) {
    const auto tally = m_tallies.find(granted.event.person.value_or(PersonId{}));
    if (granted.releases && tally != m_tallies.end())
        --tally->second.taken; // not let in after all
    granted.event.outcome = Outcome::Denied;
    granted.event.reason = Reason::OutOfService;
    granted.releases = false;
    m_grantedName.clear();
    std::erase_if(m_grants, [&](const Grant& grant) { return grant.visit.id == granted.event.visit; });
    for (auto& [id, track] : m_tracks) {
        if (track.visit.id != granted.event.visit)
            continue;
        refuseClaimant(track, Reason::OutOfService, track.person, now.mono);
        track.visit.lastOutcome = Outcome::Denied;
    }
    return granted;
}

} // namespace facelatch::core
