// SPDX-License-Identifier: GPL-3.0-or-later
// What the screen shows, derived from the controller's state.
#include "core/visitor_view.h"

#include "core/access_controller.h"

#include <algorithm>

namespace facelatch::core {

namespace {

/// Another face this large beside the claimant makes people wonder who is meant.
constexpr float crowdedFactor = 0.6F;
/// A face higher than this part of the picture is too near for the camera.
constexpr float tooNear = 0.8F;

} // namespace

Hint AccessController::hint(const Track& track) const {
    const float area = track.face.box.area();
    for (const auto& [id, other] : m_tracks)
        if (m_claimant != id && other.lastFrame == m_lastFrame && other.face.box.area() > crowdedFactor * area)
            return Hint::OneAtATime;
    if (m_height > 0 && track.face.box.height > tooNear * static_cast<float>(m_height))
        return Hint::StepBack;
    switch (track.face.quality) {
    case Quality::TooSmall:
        return Hint::Closer;
    case Quality::TooBlurred:
        return Hint::HoldStill;
    case Quality::TooDark:
        return Hint::MoreLight;
    case Quality::TooBright:
    case Quality::TurnedAway:
    case Quality::CutOff:
        return Hint::LookHere;
    case Quality::Good:
        break;
    }
    return Hint::None;
}

/// How much of the evidence is there: the newest frames, as far back as they name one person.
float AccessController::progress(const Track& track, MonoTime now) const {
    if (track.state == State::Granted)
        return 1;
    const auto broken = std::find_if(track.claims.rbegin(), track.claims.rend(), [&](const Sample& sample) {
        return !sample.person || sample.person != track.claims.back().person ||
               now - sample.capturedAt > m_rules.agreeWithin;
    });
    const auto frames = static_cast<float>(broken - track.claims.rbegin());
    const float share = std::min(1.0F, frames / static_cast<float>(m_rules.agreeingFrames));
    // Recognised but not yet shown to be alive: nearly there.
    return alive(track) ? share : 0.8F * share;
}

VisitorView AccessController::view(MonoTime now, std::optional<MonoTime> releasedUntil, const FaultList& faults) const {
    VisitorView view;
    view.faults = faults.all();
    view.frameWidth = m_width;
    view.frameHeight = m_height;
    for (const auto& [id, track] : m_tracks)
        if (m_claimant != id && track.lastFrame == m_lastFrame)
            view.others.push_back(track.face.box);
    const Track* claimant = m_claimant ? &m_tracks.at(*m_claimant) : nullptr;
    if (claimant != nullptr) {
        view.claimant = claimant->face.box;
        view.hint = hint(*claimant);
        view.progress = progress(*claimant, now);
    }
    view.doorReleased = releasedUntil && now < *releasedUntil;
    view.takesPin = offersPin();
    view.lockedDown = m_mode == DoorMode::LockedDown;
    if (view.doorReleased) {
        view.screen = Screen::Granted;
        view.name = m_grantedName;
        view.openedBy = m_openedBy;
        view.language = m_grantedLanguage;
        view.until = *releasedUntil;
        view.lasts = std::chrono::duration_cast<milliseconds>(*releasedUntil - m_grantedAt);
    } else if (faults.stopsTheDoor()) {
        view.screen = Screen::OutOfService;
    } else if (m_request && m_request->opensPad()) {
        view.screen = m_request->ofFace() ? Screen::SecondFactor : Screen::Pin;
        view.until = m_request->until;
        view.lasts = std::chrono::duration_cast<milliseconds>(m_request->until - m_request->began);
        view.pinRequest = m_request->number;
        view.pinChecking = m_request->stage == PinRequest::Stage::Checking;
    } else if (now < m_refusedUntil) {
        view.screen = Screen::Refused;
        view.retryAt = m_retryAt;
        view.until = m_refusedUntil;
        view.lasts = m_rules.refusedFor;
    } else if (claimant != nullptr) {
        view.screen = Screen::Looking;
        if (claimant->state == State::Granted) { // relocked, and released once a visit: come again
            view.hint = Hint::StepBack;
            view.progress = 0;
        }
    }
    return view;
}

} // namespace facelatch::core
