// SPDX-License-Identifier: GPL-3.0-or-later
// A viewer's connection to one address, until it ends.
#include "network/push_link.h"

#include "network/push_wire.h"
#include "network/tls_identity.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>
#include <QUrl>
#include <QWebSocket>

#include <algorithm>
#include <utility>

namespace facelatch::network {

using Trouble = PushClient::Trouble;

namespace {

constexpr int beatsInSilence = 4;
constexpr std::chrono::milliseconds beatLeast{5};

Trouble troubleOf(int closeCode) {
    switch (closeCode) {
    case PushDoorEnds:
        return Trouble::DoorEnds;
    case PushTooMuch:
        return Trouble::TooMany;
    case PushRevoked:
        return Trouble::Revoked;
    case PushTooLate:
        return Trouble::NoAnswer;
    case PushNotThisProtocol:
    case PushNotUnderstood:
        return Trouble::NotThisProtocol;
    default:
        return Trouble::Closed;
    }
}

QSslConfiguration configuration() {
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_3OrLater);
    // Nobody vouches for a door but its pin: without authorities every certificate is an error, and each is looked at
    // before the first byte is sent.
    tls.setCaCertificates({});
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    return tls;
}

} // namespace

PushLink::PushLink(const QString& host, std::uint16_t port, QByteArray pin, const PushTimes& times, QObject* parent)
    : QObject(parent), m_pin(std::move(pin)), m_times(times), m_socket(std::make_unique<QWebSocket>()) {
    QWebSocket* socket = m_socket.get();
    socket->setMaxAllowedIncomingFrameSize(pushDoorMessageBytes);
    socket->setMaxAllowedIncomingMessageSize(pushDoorMessageBytes);
    socket->setSslConfiguration(configuration());
    connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString& message) {
        m_heard = std::chrono::steady_clock::now();
        if (!m_ended)
            Q_EMIT text(message);
    });
    connect(socket, &QWebSocket::binaryMessageReceived, this, [this](const QByteArray& message) {
        m_heard = std::chrono::steady_clock::now();
        if (!m_ended)
            Q_EMIT binary(message);
    });
    connect(socket, &QWebSocket::pong, this, [this] { m_heard = std::chrono::steady_clock::now(); });
    connect(socket, &QWebSocket::connected, this, [this] {
        if (pinOf(m_socket->sslConfiguration().peerCertificate().toDer()) != m_pin)
            return hangUp(Trouble::CertificateChanged);
        m_open = true;
        m_deadline.start(m_times.login);
        Q_EMIT opened();
    });
    connect(socket, &QWebSocket::disconnected, this,
            [this] { hangUp(m_open ? troubleOf(m_socket->closeCode()) : Trouble::NotReached); });
    connect(socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, [this] {
        if (!m_open)
            hangUp(Trouble::NotReached);
    });
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { hangUp(m_open ? Trouble::NoAnswer : Trouble::NotReached); });
    connect(&m_beats, &QTimer::timeout, this, [this] { beat(); });
    m_deadline.start(m_times.connect);

    QUrl url;
    url.setScheme(QStringLiteral("wss"));
    url.setHost(host);
    url.setPort(port);
    url.setPath(QLatin1String(pushPath));
    socket->open(url);
    // The socket below exists from here on; its handshake begins in the event loop.
    if (auto* tls = socket->findChild<QSslSocket*>())
        connect(tls, &QSslSocket::sslErrors, this, [this, tls] { check(tls); });
    else
        QMetaObject::invokeMethod(
            this, [this] { hangUp(Trouble::NotReached); }, Qt::QueuedConnection);
}

PushLink::~PushLink() {
    m_socket->disconnect(this);
    m_socket->abort();
}

/// Ignored is what there is to say about a certificate only if it is exactly the door's.
void PushLink::check(QSslSocket* tls) {
    if (m_ended)
        return;
    if (pinOf(tls->peerCertificate().toDer()) == m_pin)
        tls->ignoreSslErrors();
    else
        hangUp(Trouble::CertificateChanged);
}

void PushLink::hangUp(Trouble trouble) {
    if (std::exchange(m_ended, true))
        return;
    m_deadline.stop();
    m_beats.stop();
    // Not from within the socket's own signal.
    QMetaObject::invokeMethod(
        this, [this, trouble] { Q_EMIT ended(trouble); }, Qt::QueuedConnection);
}

void PushLink::send(const QString& message) {
    if (m_open && !m_ended)
        m_socket->sendTextMessage(message);
}

void PushLink::loggedIn() {
    m_deadline.stop();
    m_heard = std::chrono::steady_clock::now();
    m_beats.start(std::max<std::chrono::milliseconds>(m_times.silence / beatsInSilence, beatLeast));
}

void PushLink::beat() {
    if (std::chrono::steady_clock::now() - m_heard > m_times.silence)
        return hangUp(Trouble::NoAnswer);
    m_socket->ping();
}

void PushLink::close() {
    m_ended = true;
    m_deadline.stop();
    m_beats.stop();
    m_socket->disconnect(this);
    if (m_open)
        m_socket->close(QWebSocketProtocol::CloseCodeNormal);
}

} // namespace facelatch::network
