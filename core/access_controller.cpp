// SPDX-License-Identifier: GPL-3.0-or-later
// Who is at the door, the claimant, grants and refusals.
#include "core/access_controller.h"

#include <algorithm>
#include <utility>

namespace facelatch::core {

namespace {

/// Another face takes the claim over only when it is clearly nearer, so that two people side by side do not alternate.
constexpr float claimFactor = 1.25F;
/// The tracker gives a face a new id when in doubt. A face that overlaps so much with the place of a claimant who is
/// not seen any more goes on with the claim (never with the evidence).
constexpr float samePlace = 0.5F;

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

void AccessController::setPins(std::shared_ptr<const PinBook> pins) {
    if (!pins)
        return;
    m_pins = std::move(pins);
    if (m_request && !m_request->opensPad() && !m_pins->fits(*m_request->person, m_request->given))
        m_request->until = {}; // it is nobody's PIN any more, or another's
}

void AccessController::setAccess(std::shared_ptr<const AccessConfig> access) {
    if (access)
        m_access = std::move(access);
}

std::vector<Decision> AccessController::observe(const Observation& observation, Now now) {
    if (observation.frameNumber <= m_lastFrame)
        return {};
    m_lastFrame = observation.frameNumber;
    std::vector<Decision> decisions = tick(now);
    update(observation, now);
    for (Track& track : std::exchange(m_departed, {}))
        decisions.push_back(decision(track, now, false));
    for (const FaceObservation& face : observation.faces) {
        Track& track = m_tracks.at(face.track);
        bool releases = false;
        if (m_claimant == face.track)
            releases = decideClaimant(face.track, track, now);
        else
            decideOther(track, now.mono);
        if (releases || eventDue(face.track, track, now.mono))
            decisions.push_back(decision(track, now, releases));
    }
    return decisions;
}

void AccessController::update(const Observation& observation, Now now) {
    m_width = observation.width;
    m_height = observation.height;
    m_modelId = observation.modelId;
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

std::vector<Decision> AccessController::tick(Now now) {
    std::vector<Decision> decisions;
    endRequest(now, decisions);
    // The claimant's place stays taken until it has surely left: one missed detection must not hand the claim over.
    for (auto at = m_tracks.begin(); at != m_tracks.end();) {
        auto& [id, track] = *at;
        if (now.mono - track.lastSeen <= (asked(id) ? m_rules.faceStays : m_rules.trackGone)) {
            ++at;
            continue;
        }
        if (asked(id))
            dropRequest(track, Reason::SecondFactorTimeout);
        noteDeparture(track, m_claimant == id);
        if (m_claimant == id)
            m_claimant.reset();
        at = m_tracks.erase(at);
    }
    std::erase_if(m_grants, [&](const Grant& grant) { return now.mono - grant.at >= m_rules.coolDown; });
    return decisions;
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
    if (m_claimant && asked(*m_claimant))
        dropRequest(m_tracks.at(*m_claimant), Reason::NotClaimant);
    m_claimant = nearest->track;
    lookAnew(next, now);
}

void AccessController::lookAnew(Track& track, MonoTime now) const {
    track.claims.clear();
    track.watchedSince.reset();
    track.waitingSince = now;
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

/// Returns whether the lock is to be released now.
bool AccessController::decideClaimant(TrackId id, Track& track, Now now) {
    if (track.state != State::Undecided)
        return false;
    const auto person = agreed(track.claims, now.mono);
    if (asked(id)) {
        if (const auto reason = disturbed(track, person)) {
            dropRequest(track, *reason);
            refuseClaimant(track, track.reason, track.person, now.mono);
            return false;
        }
    }
    const Person* known = person ? m_gallery->find(*person) : nullptr;
    if (known != nullptr && !track.unfit && alive(track))
        return decideProven(id, track, *known, now);
    if (!asked(id) && overdue(track, now.mono))
        refuseClaimant(track, shortfall(track, true, now.mono), person, now.mono);
    return false;
}

/// Whoever it is stands there, alive; now what they may do.
bool AccessController::decideProven(TrackId id, Track& track, const Person& person, Now now) {
    const Admission admitted = admission(person, {true, passed(id, person.id), false}, now);
    if (admitted.kind == Admission::Kind::Denied || m_outOfService) {
        const bool denied = admitted.kind == Admission::Kind::Denied;
        if (asked(id))
            m_request.reset();
        refuseClaimant(track, denied ? admitted.reason : Reason::OutOfService, person.id, now.mono);
        if (track.reason == Reason::Lockout) {
            track.source = DecisionSource::Pin;
            showLockout(person.id, now.mono);
        }
        return false;
    }
    if (admitted.kind == Admission::Kind::Granted)
        return tryGrant(track, person, admitted.reason, now);
    if (const Grant* recent = recentGrant(person.id)) // whose second factor was given a moment ago
        return tryGrant(track, person, recent->reason, now);
    askFor(id, person.id, now.mono);
    return false;
}

const AccessController::Grant* AccessController::recentGrant(const PersonId& person) const {
    const auto found =
        std::find_if(m_grants.begin(), m_grants.end(), [&](const Grant& grant) { return grant.person == person; });
    return found == m_grants.end() ? nullptr : &*found;
}

void AccessController::noteGrant(const Person& person, const Visit& visit, Reason reason, MonoTime now) {
    m_grants.push_back({person.id, visit, now, reason});
    if (const auto uses = withUses(person).uses)
        m_tallies[person.id] = {uses->round, uses->taken + 1};
    m_grantedName = person.name;
    m_openedBy.clear();
    m_grantedLanguage = person.language;
    m_grantedAt = now;
}

bool AccessController::tryGrant(Track& track, const Person& person, Reason reason, Now now) {
    const Grant* recent = recentGrant(person.id);
    const bool releases = recent == nullptr;
    if (releases) {
        noteGrant(person, track.visit, reason, now.mono);
    } else { // the same visit, seen again: logged, but the lock is not released twice
        for (auto& [id, other] : m_tracks)
            if (other.visit.id == recent->visit.id)
                startOver(other, now); // a visit is of one face
        track.visit = recent->visit;
        track.rejoined = true;
    }
    track.state = State::Granted;
    track.reason = reason;
    track.source = releases && reason == Reason::FacePin ? DecisionSource::Pin : DecisionSource::Face;
    track.person = person.id;
    m_refusedUntil = {};
    closePad(person.id);
    return releases;
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
    m_retryAt.reset();
}

void AccessController::decideOther(Track& track, MonoTime now) const {
    if (track.state == State::Granted || !track.watchedSince || now - *track.watchedSince < m_rules.decideWithin)
        return;
    if (track.source == DecisionSource::Pin)
        return; // decided a moment ago, and not yet told
    deny(track, shortfall(track, false, now), agreed(track.samples, now));
}

/// Somebody who shows one face after another, each too short to be decided, must not go unseen.
void AccessController::noteDeparture(Track& track, bool claimant) {
    if (track.source == DecisionSource::Pin) {
        m_departed.push_back(std::move(track));
        return;
    }
    if (track.visit.lastOutcome || track.usableFrames < m_rules.agreeingFrames)
        return;
    const auto person = agreed(track.samples, track.lastSeen);
    const auto ofThisPerson = [&](const Grant& grant) { return grant.person == person; };
    if (std::any_of(m_grants.begin(), m_grants.end(), ofThisPerson))
        return; // granted meanwhile, under another id of the tracker's
    deny(track, shortfall(track, claimant, track.lastSeen), person);
    m_departed.push_back(std::move(track));
}

bool AccessController::eventDue(TrackId id, const Track& track, MonoTime now) const {
    if (track.source == DecisionSource::Pin)
        return true; // each of them is an attempt
    if (asked(id))
        return false; // nothing new until the PIN is there or is not
    const Visit& visit = track.visit;
    const bool intervalOver = !visit.lastEvent || now - *visit.lastEvent >= m_rules.eventInterval;
    // Undecided again after a refusal, the face still stands there refused; before its first decision it is nothing
    // yet.
    if (track.state == State::Undecided)
        return visit.lastOutcome && intervalOver;
    return intervalOver || visit.lastOutcome != (track.state == State::Granted ? Outcome::Granted : Outcome::Denied);
}

} // namespace facelatch::core
