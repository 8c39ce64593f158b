// SPDX-License-Identifier: GPL-3.0-or-later
// From what was decided to the event, and back when the lock did not move.
#include "core/access_controller.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace facelatch::core {

/// The part that all events have in common.
Decision AccessController::eventOf(Visit& visit, Outcome outcome, Reason reason, const std::optional<PersonId>& who,
                                   Now now) {
    Decision out;
    Event& event = out.event;
    event.id = m_uuids(now.wall);
    event.visit = visit.id;
    event.door = m_door;
    event.time = now.wall;
    event.local = isoLocal(m_toLocal(now.wall));
    event.outcome = outcome;
    event.reason = reason;
    if (const Person* person = who ? m_gallery->find(*who) : nullptr) {
        event.person = person->id;
        event.personName = person->name;
        event.cardId = person->cardId;
    }
    out.wantsSnapshot = visit.lastOutcome != outcome;
    visit.lastOutcome = outcome;
    visit.lastEvent = now.mono;
    const Visit told = visit;
    for (Grant& grant : m_grants) // who comes back within the cool-down goes on with the visit
        if (grant.visit.id == told.id)
            grant.visit = told;
    for (auto& [id, track] : m_tracks) // so does the face of whoever has entered a PIN meanwhile
        if (track.visit.id == told.id)
            track.visit = told;
    return out;
}

Decision AccessController::decision(Track& track, Now now, bool releases) {
    const Outcome outcome = track.state == State::Granted ? Outcome::Granted : Outcome::Denied;
    Decision out = eventOf(track.visit, outcome, track.reason, track.person, now);
    Event& event = out.event;
    event.source = std::exchange(track.source, DecisionSource::Face);
    if (const auto& match = track.face.match; match && std::isfinite(match->score)) {
        event.score = match->score;
        if (match->second && std::isfinite(match->secondScore))
            event.margin = match->score - match->secondScore;
    }
    event.live = track.face.liveness.verdict;
    event.modelId = m_modelId;
    out.releases = releases;
    out.picture = track.picture;
    out.face = track.face.box;
    return out;
}

Decision AccessController::withdrawn(Decision granted, Now now, Reason reason) {
    const auto tally = m_tallies.find(granted.event.person.value_or(PersonId{}));
    if (granted.releases && tally != m_tallies.end())
        --tally->second.taken; // not let in after all
    granted.event.outcome = Outcome::Denied;
    granted.event.reason = reason;
    granted.releases = false;
    m_grantedName.clear();
    m_grantedLanguage.clear();
    m_refusedUntil = now.mono + m_rules.refusedFor;
    m_retryAt.reset();
    std::erase_if(m_grants, [&](const Grant& grant) { return grant.visit.id == granted.event.visit; });
    for (auto& [id, track] : m_tracks) {
        if (track.visit.id != granted.event.visit)
            continue;
        refuseClaimant(track, reason, track.person, now.mono);
        track.visit.lastOutcome = Outcome::Denied;
    }
    return granted;
}

} // namespace facelatch::core
