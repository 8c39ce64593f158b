// SPDX-License-Identifier: GPL-3.0-or-later
// TlsAcceptor: brings connections to TLS 1.3 before anybody else hears of them, so that half-open ones delay nobody.
//
// Why not QWebSocketServer's own secure mode: it brings one connection after the other to TLS; 40 half-open ones delay
// an honest viewer by 8 s, 200 stop it.
#pragma once

#include "core/result.h"
#include "network/tls_identity.h"

#include <QObject>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

class QSslSocket;
class QHostAddress;

namespace facelatch::network {

struct TlsLimits {
    std::chrono::milliseconds handshake{3000};
    int backlog = 512;
    int halfOpen = 64, halfOpenOfAddress = 8; ///< beyond it the oldest half-open one goes
    int connections = 600, ofAddress = 16;    ///< open ones, those handed over included, until they close
};

/// Lives in the thread of its event loop.
class TlsAcceptor : public QObject {
    Q_OBJECT
public:
    static core::Result<std::unique_ptr<TlsAcceptor>> listen(const TlsIdentity& identity, const std::string& address,
                                                             std::uint16_t port, const TlsLimits& limits = {});
    ~TlsAcceptor() override;
    std::uint16_t port() const;
    void setIdentity(const TlsIdentity& identity);

Q_SIGNALS:
    /// Encrypted; the receiver owns it. Without a receiver it is closed.
    void accepted(QSslSocket* socket);

private:
    class Private;
    explicit TlsAcceptor(std::unique_ptr<Private> p);
    std::unique_ptr<Private> m_p;
};

} // namespace facelatch::network
