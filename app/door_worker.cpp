// SPDX-License-Identifier: GPL-3.0-or-later
// Observations in, lock movements and decisions out.
#include "app/door_worker.h"

#include "app/clock.h"

#include <cstdio>
#include <utility>

namespace facelatch::app {

namespace {

constexpr core::milliseconds tickEvery{100};
const std::string personPrefix = "person:", doorPrefix = "door:"; ///< of the names of lockouts

} // namespace

DoorWorker::DoorWorker(DoorContext context)
    : m_context(std::move(context)),
      m_controller(m_context.door, m_context.rules, newUuid, toLocal),
      m_machine(m_context.times),
      m_remote(m_context.door) {
    if (m_context.installer)
        m_installer.emplace(*m_context.installer);
    if (m_context.lockout)
        m_controller.lockouts().onChange([this](const core::PinLockouts::Who& who, const core::Lockout::Row& row) {
            m_context.lockout(who ? personPrefix + who->value.text() : doorPrefix + m_context.door, row);
        });
    // The heartbeat comes from this loop itself: when the door thread hangs, the lock daemon puts the lock at rest.
    connect(&m_timer, &QTimer::timeout, this, [this] { tick(); });
    m_timer.start(tickEvery);
    if (const auto connected = m_context.lock->connect(now().mono); !connected)
        std::fprintf(stderr, "facelatch: %s\n", connected.error().text().c_str());
    tick();
}

void DoorWorker::setGallery(std::shared_ptr<const core::Gallery> gallery) {
    if (m_installer)
        m_installer->setGallery(gallery);
    m_controller.setGallery(std::move(gallery));
}

void DoorWorker::setAccess(std::shared_ptr<const core::AccessConfig> access) {
    m_controller.setAccess(std::move(access));
}

void DoorWorker::setPins(std::shared_ptr<const core::PinBook> pins) {
    m_controller.setPins(std::move(pins));
    publish(now());
}

void DoorWorker::restoreLockouts(const std::map<std::string, core::Lockout::Row>& rows) {
    std::vector<std::pair<core::PinLockouts::Who, core::Lockout::Row>> known;
    for (const auto& [name, row] : rows) {
        if (name == doorPrefix + m_context.door)
            known.emplace_back(std::nullopt, row);
        else if (const auto id = name.starts_with(personPrefix) ? core::Uuid7::parse(name.substr(personPrefix.size()))
                                                                : std::nullopt)
            known.emplace_back(core::PersonId{*id}, row);
    }
    m_controller.lockouts().restore(known, now());
}

void DoorWorker::raise(core::Fault fault) {
    const std::string line = std::string(core::faultCodeText(fault.code)) + ": " + fault.detail;
    if (m_faults.raise(std::move(fault))) {
        std::fprintf(stderr, "facelatch: %s\n", line.c_str());
        faultsChanged();
    }
}

void DoorWorker::clear(core::FaultCode code) {
    if (m_faults.clear(code)) {
        std::fprintf(stderr, "facelatch: %s is over\n", std::string(core::faultCodeText(code)).c_str());
        faultsChanged();
    }
}

void DoorWorker::faultsChanged() {
    m_controller.setOutOfService(m_faults.stopsTheDoor());
    publish(now());
}

void DoorWorker::observe() {
    for (const core::Observation& observation : m_context.observations.takeAll()) {
        const core::Now at = now();
        if (m_installer)
            m_installer->observe(observation, at.mono);
        carryOut(m_controller.observe(observation, at), at);
    }
    publish(now());
}

void DoorWorker::askPin() {
    const core::Now at = now();
    carryOut(m_controller.askPin(at), at);
    publish(at);
}

void DoorWorker::cancelPin() {
    const core::Now at = now();
    carryOut(m_controller.cancelPin(at), at);
    publish(at);
}

void DoorWorker::pinSubmitted(std::uint64_t request) {
    const core::Now at = now();
    m_controller.pinSubmitted(request, at);
    publish(at);
}

void DoorWorker::pinEntered(std::uint64_t request, const std::optional<core::PinVerifier>& verifier) {
    const core::Now at = now();
    carryOut(m_controller.pinEntered(request, verifier, at), at);
    publish(at);
}

void DoorWorker::carryOut(std::vector<core::Decision> decisions, core::Now at) {
    for (core::Decision& decision : decisions)
        carryOut(std::move(decision), at);
}

void DoorWorker::carryOut(core::Decision decision, core::Now at) {
    if (m_waiting && m_waiting->decision.event.visit == decision.event.visit)
        return; // the visit goes on, but what it came to is known only once the lock has moved
    if (decision.releases && m_machine.mode() == core::DoorMode::LockedDown) {
        withdraw(std::move(decision), {}, core::Reason::LockedDown, at); // the controller grants none: a second guard
        return;
    }
    const auto duration = m_machine.onDecision(decision, at.mono);
    if (!duration) {
        m_context.decided(std::move(decision));
        return;
    }
    const auto released = m_context.lock->pulse(*duration, at.mono);
    if (released) {
        m_context.decided(std::move(decision));
        return;
    }
    m_machine.lockFailed();
    if (released.error().kind == core::ErrorKind::Failed && !m_waiting) {
        m_waiting = Waiting{std::move(decision), at.mono + waitForLock, {}};
        return;
    }
    std::fprintf(stderr, "facelatch: %s\n", released.error().text().c_str());
    withdraw(std::move(decision), {}, core::Reason::OutOfService, at);
}

void DoorWorker::retryWaiting(core::Now at) {
    if (!m_waiting)
        return;
    if (at.mono > m_waiting->until) { // this thread was held up: what comes too late never happens
        Waiting late = *std::exchange(m_waiting, std::nullopt);
        withdraw(std::move(late.decision), late.done, core::Reason::OutOfService, at);
        return;
    }
    const auto duration = m_machine.onDecision(m_waiting->decision, at.mono);
    const auto released = duration ? m_context.lock->pulse(*duration, at.mono) : core::Status(core::Done{});
    if (released) {
        const Waiting waited = *std::exchange(m_waiting, std::nullopt);
        if (waited.done)
            m_controller.openedFromAfar(waited.decision.event.personName, at);
        m_context.decided(waited.decision);
        if (waited.done)
            waited.done(core::Done{});
        return;
    }
    m_machine.lockFailed();
    if (at.mono < m_waiting->until && released.error().kind == core::ErrorKind::Failed)
        return;
    std::fprintf(stderr, "facelatch: %s\n", released.error().text().c_str());
    Waiting waited = *std::exchange(m_waiting, std::nullopt);
    withdraw(std::move(waited.decision), waited.done, core::Reason::OutOfService, at);
}

void DoorWorker::tick() {
    const core::Now at = now();
    m_context.lock->beat(at.mono);
    watchLock(at);
    noteInputs(at);
    retryWaiting(at);
    carryOut(m_controller.tick(at), at);
    m_machine.tick(at.mono);
    publish(at);
}

void DoorWorker::watchLock(core::Now at) {
    const hardware::LockState state = m_context.lock->state(at.mono);
    if (!state.connected)
        raise({core::FaultCode::NoLock, state.detail});
    else
        clear(core::FaultCode::NoLock);
    if (m_machine.released(at.mono) && !state.released)
        m_machine.lockFailed(); // the lock relocked before its time: the screen must not claim that the door is open
}

/// The exit button opens in hardware; here it becomes an event of the log.
void DoorWorker::noteInputs(core::Now at) {
    for (const hardware::InputChange& change : m_context.lock->poll(at.mono)) {
        if (change.input != "rex" || !change.active || change.initial)
            continue;
        m_context.decided(granted(core::Reason::ExitButton, core::DecisionSource::ExitButton, at));
    }
}

/// A grant of its own, to nobody known.
core::Decision DoorWorker::granted(core::Reason reason, core::DecisionSource source, core::Now at) const {
    core::Decision decision;
    decision.event.id = newUuid(at.wall);
    decision.event.visit = newUuid(at.wall);
    decision.event.door = m_context.door;
    decision.event.time = at.wall;
    decision.event.local = core::isoLocal(toLocal(at.wall));
    decision.event.outcome = core::Outcome::Granted;
    decision.event.reason = reason;
    decision.event.source = source;
    return decision;
}

void DoorWorker::testLock(core::MonoTime notAfter, const std::function<void(core::Status)>& done) {
    const core::Now at = now();
    if (at.mono > notAfter) {
        done(core::fail("The lock was not released: the command came too late", {}, "Try again"));
        return;
    }
    core::Decision decision = granted(core::Reason::RemoteUnlock, core::DecisionSource::Remote, at);
    decision.releases = true;
    const bool lockedDown = m_machine.mode() == core::DoorMode::LockedDown;
    const auto duration = m_machine.onDecision(decision, at.mono);
    const core::Status released =
        duration ? m_context.lock->pulse(*duration, at.mono)
                 : core::Status(core::fail(lockedDown ? "The door is locked down"
                                                      : "The lock is released already, for as long as it may be"));
    if (!released) {
        if (duration)
            m_machine.lockFailed();
        decision.releases = false;
        decision.event.outcome = core::Outcome::Denied;
        decision.event.reason = lockedDown ? core::Reason::LockedDown : core::Reason::OutOfService;
    }
    m_context.decided(std::move(decision));
    publish(now());
    done(released);
}

core::LockFacts DoorWorker::lockFacts() const {
    const hardware::LockState state = m_context.lock->state(now().mono);
    core::LockFacts facts;
    facts.looked = true;
    facts.connected = state.connected;
    facts.testBuild = state.connected && !m_context.lock->real();
    facts.state = !state.released ? "rest" : state.held ? "hold" : "pulse";
    facts.left = state.remaining;
    facts.error = state.detail;
    return facts;
}

void DoorWorker::publish(core::Now at) {
    core::VisitorView view = m_controller.view(at.mono, m_machine.deadline(), m_faults);
    if (m_installer)
        view.installer = m_installer->view();
    m_context.view.put(std::move(view));
}

} // namespace facelatch::app
