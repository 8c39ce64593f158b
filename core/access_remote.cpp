// SPDX-License-Identifier: GPL-3.0-or-later
// What comes from elsewhere than the door: its mode, and being opened from afar.
#include "core/access_controller.h"

#include <utility>

namespace facelatch::core {

/// Why nobody is let in, whoever it is. A lockdown is told first: somebody has decided it.
std::optional<Reason> AccessController::barred() const {
    if (m_mode == DoorMode::LockedDown)
        return Reason::LockedDown;
    if (m_outOfService)
        return Reason::OutOfService;
    return std::nullopt;
}

std::vector<Decision> AccessController::setMode(DoorMode mode, Now now) {
    const bool begins = m_mode != DoorMode::LockedDown && mode == DoorMode::LockedDown;
    m_mode = mode;
    if (!begins)
        return {};
    std::vector<Decision> decisions;
    if (m_request) {
        m_request->until = now.mono;
        endRequest(now, decisions);
    }
    // A visit that was granted would go on being logged as one.
    for (auto& [id, track] : m_tracks)
        if (track.state == State::Granted)
            refuseClaimant(track, Reason::LockedDown, track.person, now.mono);
    m_grants.clear();
    m_grantedName.clear();
    m_grantedLanguage.clear();
    m_openedBy.clear();
    return decisions;
}

/// Each request is a visit of its own.
Decision AccessController::remote(Outcome outcome, Reason reason, const std::string& by, const std::string& note,
                                  Now now) {
    Visit visit{m_uuids(now.wall), {}, {}};
    Decision out = eventOf(visit, outcome, reason, std::nullopt, now);
    out.event.source = DecisionSource::Remote;
    out.event.personName = by;
    out.event.note = note;
    if (m_claimant) {
        out.picture = m_tracks.at(*m_claimant).picture;
        out.face = m_tracks.at(*m_claimant).face.box;
    }
    return out;
}

void AccessController::openedFromAfar(const std::string& by, Now now) {
    m_grantedName.clear();
    m_grantedLanguage.clear();
    m_openedBy = by;
    m_grantedAt = now.mono;
    m_refusedUntil = {};
}

} // namespace facelatch::core
