// SPDX-License-Identifier: GPL-3.0-or-later
// AdminDesk: the port behind the admin's screens. Knows who is signed in, and asks for every command whether they may.
#pragma once

#include "app/command_router.h"
#include "app/secret_text.h"
#include "app/setup_settings.h"
#include "app/sign_in.h"
#include "core/pin.h"
#include "core/principal.h"
#include "ui/admin_port.h"

#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace facelatch::app {

struct AdminDeskContext {
    core::DoorId door;
    /// Each posts into its thread and returns at once; what is given along is called there, once.
    std::function<void(std::function<void(core::Result<storage::Store*>)>)> withStore;
    std::function<void(std::function<void(const PinWorker&)>)> inPins;
    CommandHandler run; ///< CommandRouter::run()
    /// Releases the lock by a Decision, unless it is later than that by then.
    std::function<void(core::MonoTime notAfter, std::function<void(core::Status)>)> testLock;
    /// Calls `commit` with what setup.finish says about the door in settings.local.toml, or with nothing of it there
    /// when it fails. In the storage thread.
    std::function<core::Result<QJsonObject>(const QJsonObject& choice, const SettingsCommit& commit)> withSettings;
    std::function<core::Now()> now;
    core::milliseconds idleEnd{60'000};
    core::milliseconds setupMinute{60'000};
};

/// Lives in the gui thread; never waits. Commands of its own: session.state {} -> {setup: "open" | "closed" | "done",
/// signed_in, name, role, may: [action], locked_for_s, failures}; session.sign_in {pin} -> {name, role, may};
/// session.sign_out {}; session.touch {}: somebody is there without touching the screen; setup.finish {language,
/// admin_name, pin, door_name, wiring}; lock.test {}. All others go to whoever serves them, by the table of
/// command_rights.h, with the admin's name as `by`.
///
/// The session ends after idleEnd without a touch, by session.sign_out, and when the admin is removed.
class AdminDesk : public ui::AdminPort {
    Q_OBJECT
public:
    explicit AdminDesk(AdminDeskContext context);
    ~AdminDesk() override;

    void ask(const QString& command, const QJsonObject& args, QObject* asker, Reply reply) override;

    /// Something changed, whoever did it. Any thread.
    void tell(const QString& what);
    /// The door's data was opened. Any thread.
    void dataOpened();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Session {
        core::Principal principal;
        QJsonObject json; ///< name, role, may
    };
    /// What the storage thread says about all that is not a session.
    struct Seen {
        bool hasAdmin = false, setupOpen = false;
        core::Lockout lockout;
        std::vector<core::Principal> admins;
    };

    CommandReply toAsker(QObject* asker, Reply reply);
    void inGui(std::function<void()> work);
    QJsonObject state() const;
    QJsonObject sessionOf(const core::Principal& principal) const;
    void signIn(const QJsonObject& args, const CommandReply& reply);
    void signedIn(const core::Principal& principal);
    void endSession();
    void finishSetup(const QJsonObject& args, const CommandReply& reply);
    void testLock(const CommandReply& reply);
    void pass(const QString& command, const QJsonObject& args, const CommandReply& reply);
    core::Status allowed(const QString& command) const;
    void touch();
    /// Reads Seen anew; `takeMinute` counts a minute of an open set-up.
    void refresh(bool takeMinute);
    void take(const core::Result<Seen>& seen);

    AdminDeskContext m_context;
    std::shared_ptr<SignIn> m_signIn; ///< of the storage thread
    std::optional<Session> m_session;
    std::optional<Seen> m_seen;
    core::Status m_unseen = core::Done{};
    std::vector<CommandReply> m_waiting; ///< for the first Seen
    bool m_trying = false;               ///< a PIN is on its way
    bool m_refreshing = false;           ///< so is an answer to refresh()
    std::optional<bool> m_refreshAgain;  ///< was asked for meanwhile
    QTimer m_idle{this}, m_setup{this};
};

} // namespace facelatch::app
