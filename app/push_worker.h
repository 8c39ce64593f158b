// SPDX-License-Identifier: GPL-3.0-or-later
// PushWorker: the push thread. Joins the door to its viewers: listens while there is one, knows who they are, pairs new
// ones, and passes on what they ask.
#pragma once

#include "app/command_router.h"
#include "app/door_identity.h"
#include "app/doorbell.h"
#include "app/inbox.h"
#include "app/pairing.h"
#include "app/push_state.h"
#include "core/decision.h"
#include "core/doctor.h"
#include "core/remote_door.h"
#include "network/discovery.h"
#include "network/push_server.h"
#include "network/tls_identity.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::app {

class PushWorker;

/// Each function posts into another thread and returns at once; what is given along is called there, once.
struct PushContext {
    core::Settings settings;
    std::string dataFolder;
    std::uint16_t port = 0;          ///< 0: any that is free
    Latest<core::VisitorView>& view; ///< polled
    std::function<void(std::function<void(core::Result<storage::Store*>)>)> withStore;
    CommandHandler run; ///< CommandRouter::run()
    std::function<void(network::PushFollow, int limit, QString logId, network::PushReply<network::PushEvents>)> events;
    std::function<void(core::PrincipalId, std::function<void(core::RemoteNonce)>)> nonce;
    std::function<void(core::RemoteRequest, std::function<void(core::Status)>)> act;
    std::function<void(int width, int fps)> live;
    std::function<void(std::function<void(QByteArray jpeg)>)> picture;
    std::function<void(std::function<void(PushWorker&)>)> inPush; ///< back into this thread
    std::function<void(core::Fault)> raise;
    std::function<void(core::FaultCode)> clear;
    std::function<void(QString)> changed; ///< "viewers" or "pairing", for the screens
    std::function<void(BellState)> bell;  ///< for the door's screen
    std::function<void(bool)> watched;    ///< whether somebody looks through the camera
    /// Tells the network where the door is, or with nothing that it is not to be found any more.
    std::function<void(std::optional<network::DoorNotice>)> announce;
    std::function<core::Now()> now;
    network::PushLimits limits = {}; ///< connections and addresses come from the settings
};

/// Lives, and is called, in the push thread only; never waits for anything but the loading of a certificate.
///
/// Commands: viewer.list {} -> {viewers: [{id, name, role, created, last_seen, expires, revoked, online, address}]};
/// viewer.pair {role, name?} -> {link, code: "ABCD-EFGH", fingerprint, hosts, port, expires_in_s}; viewer.pairing {} ->
/// Pairing::state(); viewer.pair_cancel {}; viewer.set {id, role?, name?}; viewer.revoke {id}; tls.show {}, tls.renew
/// {}
/// -> identityJson() and, after renew, {viewers}: how many are to be paired anew; ring.press {}, ring.state {} ->
/// Doorbell::json().
class PushWorker : public QObject {
    Q_OBJECT
public:
    explicit PushWorker(PushContext context);
    ~PushWorker() override;

    /// The door's data was opened: who the viewers are is read, which begins everything else.
    void dataOpened();
    void committed(const core::CommittedEvent& event); ///< provisional ones, too
    void modeIs(const core::DoorModeState& mode) { m_state.setMode(mode); }
    void frame(const QJsonObject& header, const QByteArray& jpeg);
    void run(const QString& command, const QJsonObject& args, const CommandReply& reply);
    void cancelPairing();
    /// Whoever was signed in at the screen went away; what was opened by facelatch-ctl stays.
    void adminLeft();
    core::PushFacts facts() const;
    /// Nothing while it does not listen.
    std::optional<std::uint16_t> port() const;

private:
    using Viewers = std::vector<core::Principal>;

    // push_worker.cpp: when it listens, and what it tells
    network::PushHost host();
    void tick();
    void decideListening();
    void listen();
    void trouble(const core::Error& error);
    void watchCertificate();
    void knowLog();
    bool enabled() const { return m_context.settings.flag("push.enabled"); }
    bool anyViewer() const;
    std::vector<network::PushViewer> whoMay() const;
    const core::Principal* viewer(const core::PrincipalId& id) const;

    // push_viewers.cpp: who they are
    void refresh();
    void take(Viewers viewers);
    void login(const network::PushLogin& login, const network::PushReply<network::PushViewer>& reply);
    void pair(const network::PushPairing& asked, const network::PushReply<network::PushViewer>& reply);
    void ask(const network::PushViewer& who, const QString& command, const QJsonObject& args,
             const network::PushReply<network::PushAnswer>& reply);
    void act(const network::PushAct& asked, const network::PushReply<QJsonObject>& reply);

    // push_commands.cpp: what admins ask
    void openPairing(const QJsonObject& args, const CommandReply& reply);
    void inStore(const QString& command, const QJsonObject& args, const CommandReply& reply);
    void renew(const QJsonObject& args, const CommandReply& reply);
    core::Result<QJsonObject> renewed(RenewKey key);
    QJsonObject withOnline(QJsonObject list) const;

    // push_bell.cpp
    void press(const CommandReply& reply);
    void ring(const core::Uuid7& id, const QByteArray& jpeg);
    void answered(const network::PushViewer& by, const core::Uuid7& ring);
    void ringOver();
    void noteBell(const std::string& action, const std::string& by);
    void noteWaiting();
    void tellBell();

    PushContext m_context;
    const core::DoorId m_door;
    PushState m_state;
    Pairing m_pairing;
    Doorbell m_bell;
    std::optional<BellState> m_told;         ///< of the bell
    std::optional<Viewers> m_viewers;        ///< nothing until the data is open; those that are revoked, too
    std::map<QString, QJsonObject> m_online; ///< by id
    QString m_logId;
    std::optional<network::TlsIdentity> m_identity;
    std::unique_ptr<network::PushServer> m_server;
    std::optional<core::Error> m_trouble; ///< why it does not listen although it should
    core::MonoTime m_tryAgain{}, m_lookAgain{}, m_noteAgain{};
    core::MonoTime m_lingers{}; ///< until when it listens for those who are to hear why they are refused
    bool m_ending = false;      ///< the certificate, as raised
    struct Note {
        std::string action, by;
        core::WallTime when;
    };
    std::deque<Note> m_notes; ///< of rings, that storage could not take yet
    bool m_noting = false;
    QTimer m_timer;
};

} // namespace facelatch::app
