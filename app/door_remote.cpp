// SPDX-License-Identifier: GPL-3.0-or-later
// The door's mode, and who opens it from afar.
#include "app/clock.h"
#include "app/door_worker.h"
#include "storage/secrets.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace facelatch::app {

namespace {

using core::RemoteAction;
using core::RemoteRefusal;

core::Status refusedAs(RemoteRefusal refusal) {
    return core::Error{core::ErrorKind::Refused,
                       std::string(core::remoteRefusalText(refusal)),
                       std::string(core::remoteRefusalCode(refusal)),
                       {}};
}

/// "late: parcel", "lockdown_on role".
std::string refusedNote(RemoteAction action, RemoteRefusal refusal, const std::string& reason) {
    std::string note(core::remoteRefusalCode(refusal));
    if (action != RemoteAction::Unlock)
        note = std::string(core::remoteActionCode(action)) + ' ' + note;
    const std::string shown = core::shownReason(reason);
    return shown.empty() ? note : note + ": " + shown;
}

} // namespace

core::RemoteNonce DoorWorker::remoteNonce(const core::PrincipalId& principal) {
    core::RemoteNonce nonce{};
    storage::fillRandom(nonce);
    return m_remote.issue(principal, nonce, now().mono) ? nonce : core::RemoteNonce{};
}

void DoorWorker::act(const core::RemoteRequest& request, const ActDone& done) {
    const core::Now at = now();
    const core::RemoteDoorState state{m_faults.stopsTheDoor(), m_mode ? std::optional(m_mode->mode) : std::nullopt};
    const core::RemoteVerdict verdict = m_remote.judge(request, state, at);
    if (verdict.refusal) {
        refuse(request, *verdict.refusal, verdict.tell, done, at);
    } else if (request.action == RemoteAction::Unlock) {
        unlock(request, done, at);
    } else {
        const auto mode =
            request.action == RemoteAction::LockdownOn ? core::DoorMode::LockedDown : core::DoorMode::Normal;
        applyMode({mode, request.principal.name, at.wall, core::shownReason(request.reason)}, at);
        if (m_context.keepMode)
            m_context.keepMode(*m_mode, done);
        else
            done(core::Done{});
    }
    publish(now());
}

void DoorWorker::refuse(const core::RemoteRequest& request, RemoteRefusal refusal, bool tell, const ActDone& done,
                        core::Now at) {
    if (tell)
        m_context.decided(m_controller.remote(core::Outcome::Denied, core::logReason(refusal), request.principal.name,
                                              refusedNote(request.action, refusal, request.reason), at));
    done(refusedAs(refusal));
}

void DoorWorker::unlock(const core::RemoteRequest& request, const ActDone& done, core::Now at) {
    const std::string& by = request.principal.name;
    core::Decision decision = m_controller.remote(core::Outcome::Granted, core::Reason::RemoteUnlock, by,
                                                  core::shownReason(request.reason), at);
    decision.releases = true;
    const auto duration = m_machine.onDecision(decision, at.mono);
    if (!duration) { // it is released already, for as long as it may be
        decision.releases = false;
        m_context.decided(std::move(decision));
        done(core::Done{});
        return;
    }
    const auto released = m_context.lock->pulse(*duration, at.mono);
    if (released) {
        m_controller.openedFromAfar(by, at);
        m_context.decided(std::move(decision));
        done(core::Done{});
        return;
    }
    m_machine.lockFailed();
    if (released.error().kind == core::ErrorKind::Failed && !m_waiting) {
        m_waiting =
            Waiting{std::move(decision), std::min(at.mono + waitForLock, m_remote.executeBefore(request)), done};
        return;
    }
    std::fprintf(stderr, "facelatch: %s\n", released.error().text().c_str());
    withdraw(std::move(decision), done, core::Reason::OutOfService, at);
}

/// What was granted did not come to pass.
void DoorWorker::withdraw(core::Decision decision, const ActDone& done, core::Reason reason, core::Now at) {
    if (!done) {
        m_context.decided(m_controller.withdrawn(std::move(decision), at, reason));
        return;
    }
    const RemoteRefusal refusal =
        reason == core::Reason::LockedDown ? RemoteRefusal::LockedDown : RemoteRefusal::OutOfService;
    decision.releases = false;
    decision.event.outcome = core::Outcome::Denied;
    decision.event.reason = reason;
    decision.event.note = refusedNote(RemoteAction::Unlock, refusal, decision.event.note);
    m_context.decided(std::move(decision));
    done(refusedAs(refusal));
}

void DoorWorker::setMode(const core::DoorModeState& kept) {
    if (m_mode)
        return;
    applyMode(kept, now());
    publish(now());
}

void DoorWorker::applyMode(const core::DoorModeState& mode, core::Now at) {
    m_mode = mode;
    const bool begins = mode.mode == core::DoorMode::LockedDown && m_machine.mode() != core::DoorMode::LockedDown;
    m_machine.setMode(mode.mode);
    if (begins) {
        // Before anything else: whatever holds the door open now.
        if (m_context.lock->state(at.mono).released)
            if (const auto rested = m_context.lock->rest(at.mono); !rested)
                std::fprintf(stderr, "facelatch: %s\n", rested.error().text().c_str());
        if (auto waited = std::exchange(m_waiting, std::nullopt))
            withdraw(std::move(waited->decision), waited->done, core::Reason::LockedDown, at);
    }
    carryOut(m_controller.setMode(mode.mode, at), at);
    if (m_context.modeIs)
        m_context.modeIs(mode);
}

} // namespace facelatch::app
