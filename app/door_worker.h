// SPDX-License-Identifier: GPL-3.0-or-later
// DoorWorker: the door thread. The only one that holds the lock; it moves only on a Decision.
#pragma once

#include "app/inbox.h"
#include "core/access_controller.h"
#include "core/doctor.h"
#include "core/door_machine.h"
#include "core/fault.h"
#include "core/installer_view.h"
#include "core/remote_door.h"
#include "hardware/door_lock.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::app {

struct DoorContext {
    core::DoorId door;
    core::AccessRules rules;
    core::DoorTimes times;
    std::unique_ptr<hardware::DoorLock> lock;
    Inbox<core::Observation>& observations;
    Latest<core::VisitorView>& view;
    /// Called in the door thread after the lock has moved; must not block.
    std::function<void(core::Decision)> decided;
    std::optional<core::InstallerFacts> installer = {}; ///< only where the installer's overlay is on
    /// A lockout has changed, to be kept under this name. Called in the door thread; must not block.
    std::function<void(const std::string&, const core::Lockout::Row&)> lockout = {};
    /// The mode was changed, to be kept over a restart: `kept` is called once, in any thread. Called in the door
    /// thread; must not block.
    std::function<void(const core::DoorModeState&, std::function<void(core::Status)> kept)> keepMode = {};
    /// The mode, once it is known and at each change. Called in the door thread; must not block.
    std::function<void(const core::DoorModeState&)> modeIs = {};
};

/// What became of a request from afar: an error's `where` is the code of the refusal (core::remoteRefusalCode()), or
/// empty where a lockdown holds and could not be kept for a restart.
using ActDone = std::function<void(core::Status)>;

/// Lives, and is called, in the door thread only.
class DoorWorker : public QObject {
    Q_OBJECT
public:
    explicit DoorWorker(DoorContext context);

    /// There are observations in the inbox.
    void observe();
    void setGallery(std::shared_ptr<const core::Gallery> gallery);
    void setAccess(std::shared_ptr<const core::AccessConfig> access);
    void setPins(std::shared_ptr<const core::PinBook> pins);
    /// By the names they were told under; before the first setPins().
    void restoreLockouts(const std::map<std::string, core::Lockout::Row>& rows);
    /// What the visitor does at the number pad, see core::AccessController.
    void askPin();
    void cancelPin();
    void pinSubmitted(std::uint64_t request);
    void pinEntered(std::uint64_t request, const std::optional<core::PinVerifier>& verifier);
    void raise(core::Fault fault);
    void clear(core::FaultCode code);
    /// Releases the lock on an admin's command, as a Decision that is logged; not when it is later than `notAfter`.
    void testLock(core::MonoTime notAfter, const std::function<void(core::Status)>& done);
    /// The mode as it was kept; only the first one counts. Before it every request from afar is refused, and the people
    /// are given out after it.
    void setMode(const core::DoorModeState& kept);
    /// For one request of that principal, see core::RemoteDoor. All zero, which no request may carry, when none could
    /// be made.
    core::RemoteNonce remoteNonce(const core::PrincipalId& principal);
    /// Unlocks or locks down, or refuses: the one path from afar. Each unlock, done or refused, is a Decision that is
    /// logged, each refused lockdown too; a lockdown is kept by keepMode. `done` is called once, in any thread.
    void act(const core::RemoteRequest& request, const ActDone& done);
    /// Nothing while it is not known.
    const std::optional<core::DoorModeState>& mode() const { return m_mode; }
    const core::FaultList& faults() const { return m_faults; }
    /// For the doctor: whether the lock answers, and whether it is released. Moves nothing.
    core::LockFacts lockFacts() const;

private:
    /// A grant whose lock refused for the moment (its least time at rest is not over): tried again for a short while.
    struct Waiting {
        core::Decision decision;
        core::MonoTime until;
        ActDone done = {}; ///< of a request from afar; empty for people at the door
    };

    /// What is granted later than this after the decision is not carried out.
    static constexpr core::milliseconds waitForLock{1500};

    void tick();
    void watchLock(core::Now now);
    void carryOut(core::Decision decision, core::Now now);
    void carryOut(std::vector<core::Decision> decisions, core::Now now);
    void retryWaiting(core::Now now);
    void withdraw(core::Decision decision, const ActDone& done, core::Reason reason, core::Now now);
    void unlock(const core::RemoteRequest& request, const ActDone& done, core::Now now);
    void refuse(const core::RemoteRequest& request, core::RemoteRefusal refusal, bool tell, const ActDone& done,
                core::Now now);
    void applyMode(const core::DoorModeState& mode, core::Now now);
    void noteInputs(core::Now now);
    core::Decision granted(core::Reason reason, core::DecisionSource source, core::Now now) const;
    void faultsChanged();
    void publish(core::Now now);

    DoorContext m_context;
    core::AccessController m_controller;
    core::DoorMachine m_machine;
    core::RemoteDoor m_remote;
    std::optional<core::DoorModeState> m_mode; ///< nothing while it is not known
    core::FaultList m_faults;
    std::optional<core::InstallerWatch> m_installer;
    std::optional<Waiting> m_waiting;
    QTimer m_timer;
};

} // namespace facelatch::app
