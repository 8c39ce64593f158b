// SPDX-License-Identifier: GPL-3.0-or-later
// The PIN: when it is asked for, what becomes of it, and what a person with it may do.
#include "core/access_controller.h"

#include <algorithm>
#include <utility>

namespace facelatch::core {

namespace {

bool anyMode(const Permission& permission, Factors factors) {
    return std::any_of(permission.modes.begin(), permission.modes.end(),
                       [&](AuthMode mode) { return satisfies(factors, mode); });
}

} // namespace

/// What the access rules say about somebody who has presented these factors.
AccessController::Admission AccessController::admission(const Person& known, Factors presented, Now now) const {
    using Kind = Admission::Kind;
    if (m_mode == DoorMode::LockedDown)
        return {Kind::Denied, Reason::LockedDown};
    Person person = withUses(known);
    if (person.uses && recentGrant(person.id) != nullptr)
        --person.uses->taken; // the visit that took it goes on
    const Permission permission =
        mayEnter(*m_access, person, {m_door, m_rules.takes, m_rules.pinAlone}, {now.wall, m_toLocal(now.wall)});
    if (!permission)
        return {Kind::Denied, permission.reason};
    if (presented.face && anyMode(permission, {true, false, false}))
        return {Kind::Granted, Reason::Face};
    if (presented.pin && anyMode(permission, {false, true, false}))
        return {Kind::Granted, Reason::Pin};
    if (!anyMode(permission, {true, true, false}))
        return {Kind::Denied, Reason::FactorUnavailable};
    if (presented.face && presented.pin)
        return {Kind::Granted, Reason::FacePin};
    return wanting(person, presented, now.mono);
}

/// Face and PIN are asked for, and one of them is there.
AccessController::Admission AccessController::wanting(const Person& person, Factors presented, MonoTime now) const {
    using Kind = Admission::Kind;
    if (!presented.face)
        return {Kind::WantsFace, {}};
    if (!m_pins || !m_pins->hasPin(person.id))
        return {Kind::Denied, Reason::FactorUnavailable}; // never the face alone instead
    if (m_lockouts.lockedUntil(person.id, now))
        return {Kind::Denied, Reason::Lockout};
    return {Kind::WantsPin, {}};
}

/// Whether the PIN of this person was given, for this face or before any face was known.
bool AccessController::passed(TrackId id, const PersonId& person) const {
    return m_request && m_request->stage == PinRequest::Stage::Passed && m_request->person == person &&
           (!m_request->track || m_request->track == id);
}

/// One at a time: while a visitor types, or has typed and is looked for, other faces wait.
void AccessController::askFor(TrackId id, const PersonId& person, MonoTime now) {
    if (m_request)
        return;
    beginRequest(now);
    m_request->track = id;
    m_request->person = person;
}

void AccessController::beginRequest(MonoTime now) {
    m_request.emplace();
    m_request->number = ++m_requests;
    m_request->began = now;
    m_request->until = now + m_rules.secondFactorWithin;
}

/// Why somebody who is asked for a PIN is not waited for any longer.
std::optional<Reason> AccessController::disturbed(const Track& track, const std::optional<PersonId>& agreedOn) const {
    if (const auto reason = barred())
        return reason;
    if (m_rules.livenessRequired && track.face.liveness.verdict == LivenessVerdict::Spoof)
        return Reason::LivenessFailed;
    if (m_gallery->find(*m_request->person) == nullptr)
        return Reason::UnknownPerson;
    if (agreedOn && agreedOn != m_request->person)
        return Reason::Ambiguous;
    return std::nullopt;
}

/// The request of this face ends, which is to be told.
void AccessController::dropRequest(Track& track, Reason reason) {
    deny(track, reason, m_request->person);
    track.source = DecisionSource::Pin;
    m_request.reset();
}

/// Somebody was let in: a pad of theirs, or one that is open and waits for anybody, has done its work.
void AccessController::closePad(const PersonId& granted) {
    if (m_request &&
        (m_request->person == granted || (!m_request->ofFace() && m_request->stage == PinRequest::Stage::Typing)))
        m_request.reset();
}

/// When its time is over.
void AccessController::endRequest(Now now, std::vector<Decision>& decisions) {
    if (!m_request || now.mono < m_request->until)
        return;
    const PinRequest ended = *m_request;
    const bool checking = ended.stage == PinRequest::Stage::Checking;
    const bool lockedDown = m_mode == DoorMode::LockedDown;
    const Reason reason = lockedDown ? Reason::LockedDown
                          : checking ? Reason::OutOfService
                                     : Reason::SecondFactorTimeout;
    if (ended.ofFace()) {
        Track& track = m_tracks.at(*ended.track);
        dropRequest(track, reason);
        refuseClaimant(track, reason, ended.person, now.mono);
        decisions.push_back(decision(track, now, false));
        return;
    }
    m_request.reset();
    if (!ended.opensPad() || checking)
        decisions.push_back(pinDenied({ended.visit, {}, {}}, reason, ended.person, now));
}

/// A button for the pad is of use only where a PIN alone can open.
bool AccessController::offersPin() const {
    if (!m_rules.takes.pin || !m_pins || m_pins->size() == 0 || barred())
        return false;
    if (!m_access->restricted())
        return m_rules.pinAlone;
    return std::any_of(m_access->rules.begin(), m_access->rules.end(), [&](const AccessRule& rule) {
        return rule.mode == AuthMode::FaceOrPin && (rule.door.empty() || rule.door == m_door);
    });
}

std::vector<Decision> AccessController::askPin(Now now) {
    if (m_request || !offersPin())
        return {};
    if (const auto until = m_lockouts.lockedUntil(std::nullopt, now.mono)) {
        const bool told = m_retryAt && now.mono < m_refusedUntil;
        m_refusedUntil = now.mono + m_rules.refusedFor;
        m_retryAt = until;
        if (told)
            return {}; // tapping again is no further attempt
        return {pinDenied({m_uuids(now.wall), {}, {}}, Reason::Lockout, {}, now)};
    }
    beginRequest(now.mono);
    m_request->visit = m_uuids(now.wall);
    return {};
}

std::vector<Decision> AccessController::cancelPin(Now now) {
    if (!m_request || m_request->stage != PinRequest::Stage::Typing)
        return {};
    std::vector<Decision> decisions;
    m_request->until = now.mono;
    endRequest(now, decisions);
    return decisions;
}

void AccessController::pinSubmitted(std::uint64_t request, Now now) {
    if (!m_request || m_request->number != request || m_request->stage != PinRequest::Stage::Typing)
        return;
    m_request->stage = PinRequest::Stage::Checking;
    m_request->until = std::max(m_request->until, now.mono + m_rules.pinCheckedWithin);
}

std::vector<Decision> AccessController::pinEntered(std::uint64_t request, const std::optional<PinVerifier>& verifier,
                                                   Now now) {
    std::vector<Decision> decisions;
    endRequest(now, decisions);
    if (!m_request || m_request->number != request || !m_request->opensPad())
        return decisions;
    for (Decision& decision : m_request->ofFace() ? pinOfFace(verifier, now) : pinWithoutFace(verifier, now))
        decisions.push_back(std::move(decision));
    return decisions;
}

/// A right one opens nothing yet: the next frames must agree once more, see decideProven().
std::vector<Decision> AccessController::pinOfFace(const std::optional<PinVerifier>& verifier, Now now) {
    const PersonId person = *m_request->person;
    const auto refuse = [&](Reason reason) {
        Track& track = m_tracks.at(*m_request->track);
        dropRequest(track, reason);
        refuseClaimant(track, reason, person, now.mono);
        showLockout(person, now.mono);
        return std::vector{decision(track, now, false)};
    };
    if (!verifier || !m_pins)
        return refuse(Reason::OutOfService);
    if (m_lockouts.lockedUntil(person, now.mono))
        return refuse(Reason::Lockout);
    if (!m_pins->fits(person, *verifier)) {
        m_lockouts.failed(person, now);
        return refuse(Reason::WrongPin);
    }
    m_lockouts.succeeded(person, now);
    m_request->stage = PinRequest::Stage::Passed;
    m_request->given = *verifier;
    m_request->until = now.mono + m_rules.lookBackWithin;
    return {};
}

std::vector<Decision> AccessController::pinWithoutFace(const std::optional<PinVerifier>& verifier, Now now) {
    const PinRequest request = *std::exchange(m_request, std::nullopt);
    const Visit visit{request.visit, {}, {}};
    const auto refuse = [&](Reason reason, const PinLockouts::Who& who) {
        return std::vector{pinDenied(visit, reason, who, now)};
    };
    if (!verifier || !m_pins || !m_rules.takes.pin)
        return refuse(Reason::OutOfService, {});
    if (m_lockouts.lockedUntil(std::nullopt, now.mono))
        return refuse(Reason::Lockout, {});
    const auto id = m_pins->personOf(*verifier);
    if (!id) {
        m_lockouts.failed(std::nullopt, now);
        return refuse(Reason::WrongPin, {});
    }
    const Person* person = m_gallery->find(*id);
    if (person == nullptr)
        return refuse(Reason::UnknownPerson, {}); // removed a moment ago
    if (m_lockouts.lockedUntil(*id, now.mono))
        return refuse(Reason::Lockout, id);
    const Admission admitted = admission(*person, {false, true, false}, now);
    if (admitted.kind == Admission::Kind::Denied)
        return refuse(admitted.reason, id);
    if (m_outOfService)
        return refuse(Reason::OutOfService, id);
    if (admitted.kind == Admission::Kind::Granted)
        return {pinGranted(visit, *person, now)};
    m_request = request;
    m_request->stage = PinRequest::Stage::Passed;
    m_request->person = id;
    m_request->given = *verifier;
    m_request->until = now.mono + m_rules.lookBackWithin;
    return {};
}

/// An event without a face; the picture is of whoever stands there, if anybody does.
Decision AccessController::pinDenied(Visit visit, Reason reason, const std::optional<PersonId>& person, Now now) {
    Decision out = eventOf(visit, Outcome::Denied, reason, person, now);
    out.event.source = DecisionSource::Pin;
    if (m_claimant) {
        out.picture = m_tracks.at(*m_claimant).picture;
        out.face = m_tracks.at(*m_claimant).face.box;
    }
    m_refusedUntil = now.mono + m_rules.refusedFor;
    m_retryAt.reset();
    if (reason == Reason::WrongPin || reason == Reason::Lockout)
        showLockout(person, now.mono);
    return out;
}

Decision AccessController::pinGranted(Visit visit, const Person& person, Now now) {
    const Grant* recent = recentGrant(person.id);
    const bool releases = recent == nullptr;
    if (releases)
        noteGrant(person, visit, Reason::Pin, now.mono);
    else
        visit = recent->visit; // the same visit: logged, but the lock is not released twice
    Decision out = eventOf(visit, Outcome::Granted, Reason::Pin, person.id, now);
    out.event.source = DecisionSource::Pin;
    out.releases = releases;
    if (m_claimant) {
        out.picture = m_tracks.at(*m_claimant).picture;
        out.face = m_tracks.at(*m_claimant).face.box;
    }
    m_refusedUntil = {};
    closePad(person.id);
    return out;
}

/// The one thing a refusal tells: when it is worth trying again.
void AccessController::showLockout(const PinLockouts::Who& who, MonoTime now) {
    m_retryAt = m_lockouts.lockedUntil(who, now);
}

} // namespace facelatch::core
