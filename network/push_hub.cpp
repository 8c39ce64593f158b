// SPDX-License-Identifier: GPL-3.0-or-later
// What the sessions of a push server share.
#include "network/push_hub.h"

#include "network/json_reader.h"
#include "network/tls_identity.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QSslCertificate>
#include <QWebSocket>
#include <QWebSocketCorsAuthenticator>

#include <algorithm>
#include <utility>

namespace facelatch::network {

using core::MonoTime;
using core::Result;
using core::Status;

namespace {

constexpr std::chrono::milliseconds connectedPause{50}; // many who come at once are told of once
constexpr int ofOneViewer = 4;                          // a window, a script, and what a cut network left behind
constexpr int pendingMost = 1000;

} // namespace

PushHub::PushHub(core::DoorId door, PushHost host, const PushLimits& limits)
    : m_door(QString::fromStdString(door)),
      m_host(std::move(host)),
      m_limits(limits),
      m_mailbox(std::make_shared<Mailbox>(this)),
      m_webSockets(QString(), QWebSocketServer::NonSecureMode) {
    m_webSockets.setMaxPendingConnections(pendingMost); // taken at once; its own default is 30
    connect(&m_webSockets, &QWebSocketServer::newConnection, this, [this] { upgrade(); });
    connect(&m_webSockets, &QWebSocketServer::originAuthenticationRequired, this,
            [](QWebSocketCorsAuthenticator* asked) { asked->setAllowed(asked->origin().isEmpty()); });
    m_ticks.setInterval(limits.look);
    connect(&m_ticks, &QTimer::timeout, this, [this] { tick(); });
    m_connectedSoon.setSingleShot(true);
    m_connectedSoon.setInterval(connectedPause);
    connect(&m_connectedSoon, &QTimer::timeout, this, [this] { tellConnected(); });
}

PushHub::~PushHub() {
    m_ending = true;
    m_mailbox->forget();
    if (m_acceptor)
        m_acceptor->disconnect(this);
    for (const auto& session : std::exchange(m_sessions, {})) {
        if (!session)
            continue;
        session->close(PushDoorEnds, "the door ends");
        delete session.data();
    }
}

Status PushHub::open(const TlsIdentity& identity, const std::string& address, std::uint16_t port) {
    TlsLimits limits;
    limits.handshake = m_limits.handshake;
    limits.halfOpen = m_limits.halfOpen;
    limits.halfOpenOfAddress = m_limits.halfOpenOfAddress;
    limits.connections = m_limits.connections;
    limits.ofAddress = m_limits.ofAddress;
    auto acceptor = TlsAcceptor::listen(identity, address, port, limits);
    if (!acceptor)
        return acceptor.error();
    m_acceptor = std::move(*acceptor);
    connect(m_acceptor.get(), &TlsAcceptor::accepted, this, [this](QSslSocket* tls) { greet(tls); });
    return core::Done{};
}

QByteArray PushHub::pinOf(const QSslCertificate& certificate) {
    const QByteArray bytes = certificate.toDer();
    if (bytes != m_certificate) {
        m_certificate = bytes;
        m_pin = network::pinOf(bytes);
    }
    return m_pin;
}

void PushHub::greet(QSslSocket* tls) {
    tls->setParent(this);
    auto* session = new PushSession(*this, tls, now()); // ends itself, or with this
    session->setParent(this);
    m_sessions.emplace_back(session);
    if (!m_ticks.isActive())
        m_ticks.start();
    m_webSockets.handleConnection(tls);
}

void PushHub::upgrade() {
    while (QWebSocket* socket = m_webSockets.nextPendingConnection()) {
        const auto below =
            std::ranges::find_if(m_sessions, [&](const auto& session) { return session && session->isBelow(*socket); });
        if (below != m_sessions.end())
            (*below)->upgrade(socket);
        else
            delete socket; // its session has ended meanwhile
    }
}

void PushHub::tick() {
    const auto sessions = m_sessions;
    const MonoTime time = now();
    for (const auto& session : sessions)
        if (session)
            session->tick(time);
    if (m_sessions.empty())
        m_ticks.stop();
}

void PushHub::admitted(PushSession& session) {
    const core::PrincipalId id = session.viewer().principal.id;
    std::vector<PushSession*> same; // the oldest first
    for (const auto& other : m_sessions)
        if (other && other->loggedIn() && other->viewer().principal.id == id)
            same.push_back(other.data());
    if (same.size() > ofOneViewer)
        same.front()->close(PushTooMuch, "this viewer is connected too often");
    if (!m_ring.isEmpty())
        session.takeRing(toText(DoorRing{m_ring}), m_ringPicture);
    m_connectedSoon.start();
}

void PushHub::left(PushSession& session, bool wasLoggedIn) {
    std::erase_if(m_sessions, [&](const auto& other) { return !other || other == &session; });
    if (!wasLoggedIn || m_ending)
        return;
    m_connectedSoon.start();
    liveChanged();
}

void PushHub::tellConnected() {
    QJsonArray viewers;
    forAll([&](PushSession& session) {
        viewers.append(
            QJsonObject{{QStringLiteral("viewer"), QString::fromStdString(session.viewer().principal.id.value.text())},
                        {QStringLiteral("address"), session.address()},
                        {QStringLiteral("since"), QString::fromStdString(core::rfc3339Utc(session.since()))}});
    });
    m_host.connected(viewers);
}

void PushHub::liveChanged() {
    int width = 0, fps = 0;
    forAll([&](const PushSession& session) {
        if (!session.live().on)
            return;
        width = std::max(width, session.live().width);
        fps = std::max(fps, session.live().fps);
    });
    if (width == m_liveWidth && fps == m_liveFps)
        return;
    m_liveWidth = width;
    m_liveFps = fps;
    m_host.liveWanted(width, fps);
}

void PushHub::fetch(PushSession& session, const PushFollow& follow) {
    const QString key = toText(ViewerMessage(follow));
    const auto [place, first] = m_fetching.try_emplace(key);
    place->second.emplace_back(&session);
    if (!first)
        return; // the answer that is under way is for this one as well
    m_host.events(follow, m_limits.eventsInBatch, [this, mailbox = m_mailbox, key, follow](Result<PushEvents> batch) {
        mailbox->post([this, key, follow, batch = std::move(batch)] { fetched(key, follow, batch); });
    });
}

void PushHub::fetched(const QString& key, const PushFollow& follow, const Result<PushEvents>& batch) {
    const auto place = m_fetching.find(key);
    if (place == m_fetching.end())
        return; // answered twice
    const auto waiting = std::move(place->second);
    m_fetching.erase(place);
    QString text;
    if (batch) {
        text = toText(DoorMessage(*batch));
        if (m_logId == batch->logId)
            m_lastSeq = std::max(m_lastSeq, batch->lastSeq);
    }
    for (const auto& session : waiting)
        if (session)
            session->takeEvents(follow, batch, text);
}

void PushHub::committed(const QString& logId, std::int64_t lastSeq) {
    m_lastSeq = m_logId == logId ? std::max(m_lastSeq, lastSeq) : lastSeq;
    m_logId = logId;
    forAll([](PushSession& session) { session.logMoved(); });
}

void PushHub::provisional(const QJsonObject& event) {
    const QString text = toText(DoorProvisional{event});
    forAll([&](PushSession& session) { session.takeProvisional(text); });
}

QString PushHub::stateText() const {
    return toText(DoorState{m_state});
}

void PushHub::setState(const QJsonObject& state) {
    if (state == m_state)
        return;
    m_state = state;
    const QString text = stateText();
    forAll([&](PushSession& session) { session.takeState(text); });
}

void PushHub::frame(QJsonObject header, const QByteArray& jpeg) {
    header.insert(QStringLiteral("t"), QStringLiteral("frame"));
    header.insert(QStringLiteral("n"), qint64{++m_frame});
    const auto frame = std::make_shared<const PushFrame>(PushFrame{m_frame, toBinary({header, jpeg})});
    const MonoTime time = now();
    forAll([&](PushSession& session) { session.takeFrame(frame, time); });
}

void PushHub::ring(const QJsonObject& ring, const QByteArray& jpeg) {
    m_ring = ring;
    m_ring.insert(QStringLiteral("picture"), !jpeg.isEmpty());
    m_ringPicture = jpeg.isEmpty() ? QByteArray()
                                   : toBinary({{{QStringLiteral("t"), QStringLiteral("ring_picture")},
                                                {QStringLiteral("id"), ring.value(QLatin1String("id"))}},
                                               jpeg});
    const QString text = toText(DoorRing{m_ring});
    forAll([&](PushSession& session) { session.takeRing(text, m_ringPicture); });
}

void PushHub::ringOver(const QJsonObject& over) {
    m_ring = {};
    m_ringPicture.clear();
    const QString text = toText(DoorRingOver{over});
    forAll([&](PushSession& session) { session.takeText(text); });
}

void PushHub::revoke(const core::PrincipalId& viewer) {
    m_revoked.insert(viewer);
    forAll([&](PushSession& session) {
        if (session.viewer().principal.id == viewer)
            session.close(PushRevoked, "this viewer was revoked");
    });
}

void PushHub::setViewers(const std::vector<PushViewer>& viewers) {
    forAll([&](PushSession& session) {
        const auto same = std::ranges::find_if(
            viewers, [&](const PushViewer& viewer) { return viewer.principal.id == session.viewer().principal.id; });
        if (same == viewers.end())
            session.close(PushRevoked, "this viewer was revoked");
        else
            session.takeRights(*same);
    });
}

} // namespace facelatch::network
