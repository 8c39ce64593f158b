// SPDX-License-Identifier: GPL-3.0-or-later
// One handshake after the other.
#include "network/certificate_probe.h"

#include "network/tls_identity.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <utility>

namespace facelatch::network {

class CertificateProbe::Private : public QObject {
public:
    Private(QStringList hosts, std::uint16_t port, Reply reply, std::chrono::milliseconds timeout)
        : m_hosts(std::move(hosts)), m_port(port), m_reply(std::move(reply)) {
        m_late.setSingleShot(true);
        m_late.setInterval(timeout);
        connect(&m_late, &QTimer::timeout, this, [this] { failed(QStringLiteral("no answer in time")); });
        QMetaObject::invokeMethod(
            this, [this] { next(); }, Qt::QueuedConnection);
    }

private:
    void next() {
        if (m_hosts.isEmpty()) {
            answer(core::Error{core::ErrorKind::OutOfService, "no door answers there: " + m_why.toStdString(),
                               m_host.toStdString(), "Check the address, and that the door is on"});
            return;
        }
        m_host = m_hosts.takeFirst();
        m_socket = new QSslSocket(this);
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setProtocol(QSsl::TlsV1_3OrLater);
        // A look at whatever it shows: nothing is told to whoever answers.
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket->setSslConfiguration(configuration);
        connect(m_socket, &QSslSocket::encrypted, this, [this] {
            const QByteArray pin = pinOf(m_socket->peerCertificate().toDer());
            if (pin.isEmpty())
                failed(QStringLiteral("it shows no certificate"));
            else
                answer(ProbedDoor{m_host, pin});
        });
        connect(m_socket, &QSslSocket::errorOccurred, this, [this] { failed(m_socket->errorString()); });
        m_late.start();
        m_socket->connectToHostEncrypted(m_host, m_port);
    }

    void drop() {
        m_late.stop();
        if (QSslSocket* const socket = std::exchange(m_socket, nullptr)) {
            socket->disconnect(this);
            socket->abort();
            socket->deleteLater();
        }
    }
    void failed(const QString& why) {
        m_why = why;
        drop();
        next();
    }
    void answer(const core::Result<ProbedDoor>& probed) {
        drop();
        if (const Reply reply = std::exchange(m_reply, {}))
            reply(probed); // last: this may be its end
    }

    QStringList m_hosts;
    std::uint16_t m_port;
    Reply m_reply;
    QString m_host, m_why;
    QSslSocket* m_socket = nullptr;
    QTimer m_late;
};

CertificateProbe::CertificateProbe(const QStringList& hosts, std::uint16_t port, Reply reply,
                                   std::chrono::milliseconds timeout)
    : m_p(std::make_unique<Private>(hosts, port, std::move(reply), timeout)) {}

CertificateProbe::~CertificateProbe() = default;

} // namespace facelatch::network
