// SPDX-License-Identifier: GPL-3.0-or-later
// PushLink: one try of a viewer to reach a door: TLS 1.3, the pinned certificate, the WebSocket. Of PushClient, in its
// thread. Says nothing and hears nothing before the certificate is the right one.
#pragma once

#include "network/push_client.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <memory>

class QSslSocket;
class QWebSocket;

namespace facelatch::network {

class PushLink final : public QObject {
    Q_OBJECT
public:
    PushLink(const QString& host, std::uint16_t port, QByteArray pin, const PushTimes& times, QObject* parent);
    ~PushLink() override;
    PushLink(const PushLink&) = delete;
    PushLink& operator=(const PushLink&) = delete;

    void send(const QString& text);
    /// The login is over: from now on only silence ends it.
    void loggedIn();
    /// Says good-bye; ended() does not come any more.
    void close();

Q_SIGNALS:
    void opened();
    void text(const QString& message);
    void binary(const QByteArray& message);
    /// Once. It may be ended with deleteLater() then.
    void ended(facelatch::network::PushClient::Trouble trouble);

private:
    void check(QSslSocket* tls);
    void hangUp(PushClient::Trouble trouble);
    void beat();

    const QByteArray m_pin;
    const PushTimes m_times;
    std::unique_ptr<QWebSocket> m_socket;
    QTimer m_deadline, m_beats;
    std::chrono::steady_clock::time_point m_heard;
    bool m_open = false, m_ended = false;
};

} // namespace facelatch::network
