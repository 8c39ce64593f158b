// SPDX-License-Identifier: GPL-3.0-or-later
// PushHub: what the sessions of a PushServer share: the listener, the log's newest number, state, ring, live picture.
#pragma once

#include "core/time.h"
#include "network/mailbox.h"
#include "network/push_server.h"
#include "network/push_session.h"
#include "network/tls_acceptor.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWebSocketServer>

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace facelatch::network {

class PushHub final : public QObject {
public:
    PushHub(core::DoorId door, PushHost host, const PushLimits& limits);
    ~PushHub() override;
    PushHub(const PushHub&) = delete;
    PushHub& operator=(const PushHub&) = delete;

    core::Status open(const TlsIdentity& identity, const std::string& address, std::uint16_t port);
    std::uint16_t port() const { return m_acceptor->port(); }
    void setIdentity(const TlsIdentity& identity) { m_acceptor->setIdentity(identity); }

    void committed(const QString& logId, std::int64_t lastSeq);
    void provisional(const QJsonObject& event);
    void setState(const QJsonObject& state);
    void frame(QJsonObject header, const QByteArray& jpeg);
    void ring(const QJsonObject& ring, const QByteArray& jpeg);
    void ringOver(const QJsonObject& over);
    void revoke(const core::PrincipalId& viewer);
    void setViewers(const std::vector<PushViewer>& viewers);

    // For the sessions.
    const PushLimits& limits() const { return m_limits; }
    core::MonoTime now() const { return m_limits.now ? m_limits.now() : std::chrono::steady_clock::now(); }
    const PushHost& host() const { return m_host; }
    const QString& door() const { return m_door; }
    const QString& logId() const { return m_logId; }
    std::int64_t lastSeq() const { return m_lastSeq; }
    const QJsonObject& state() const { return m_state; }
    QString stateText() const;
    /// Of that certificate, as a viewer sees it.
    QByteArray pinOf(const QSslCertificate& certificate);
    void admitted(PushSession& session);
    /// Whoever was revoked while the host looked at the login is not let in by its answer.
    bool revoked(const core::PrincipalId& viewer) const { return m_revoked.contains(viewer); }
    /// It hears nothing any longer; it ends by itself.
    void left(PushSession& session, bool wasLoggedIn);
    void liveChanged();
    /// One question to the log for all who stand at the same place.
    void fetch(PushSession& session, const PushFollow& follow);

private:
    void greet(QSslSocket* tls);
    void upgrade();
    void tick();
    void tellConnected();
    void fetched(const QString& key, const PushFollow& follow, const core::Result<PushEvents>& batch);
    /// Calls a function of each session that is logged in; sessions may end meanwhile.
    template<typename F>
    void forAll(F call) {
        const auto sessions = m_sessions;
        for (const auto& session : sessions)
            if (session && session->loggedIn())
                call(*session);
    }

    const QString m_door;
    const PushHost m_host;
    const PushLimits m_limits;
    std::shared_ptr<Mailbox> m_mailbox;
    std::unique_ptr<TlsAcceptor> m_acceptor;
    QWebSocketServer m_webSockets;
    std::vector<QPointer<PushSession>> m_sessions;
    QTimer m_ticks, m_connectedSoon;

    QString m_logId;
    std::int64_t m_lastSeq = 0;
    QJsonObject m_state;
    QJsonObject m_ring; ///< empty: nobody rings
    QByteArray m_ringPicture;
    std::int64_t m_frame = 0;
    int m_liveWidth = 0, m_liveFps = 0;
    std::map<QString, std::vector<QPointer<PushSession>>> m_fetching;
    QByteArray m_certificate, m_pin; ///< the last one looked at
    std::set<core::PrincipalId> m_revoked;
    bool m_ending = false;
};

} // namespace facelatch::network
