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

namespace facelatch::network {

/// Of one address: of one IPv4 address, or one /64 of IPv6, which is what one subscriber gets.
struct TlsLimits {
    std::chrono::milliseconds handshake{3000}; ///< from the connection to the end of the TLS handshake
    int backlog = 512;
    /// Not through the handshake yet. One more, and the oldest of those that have sent nothing goes; those that have
    /// wait for their turn, which comes when a handshake ends or takes too long. Of one address the oldest goes then.
    int halfOpen = 64, halfOpenOfAddress = 8;
    /// All of them, from the connection until the socket is closed, also after it was handed over. Beyond it a
    /// connection is closed before any work is done for it.
    int connections = 600, ofAddress = 16;
};

/// Lives in the thread of its event loop. Nothing is done for a peer that says nothing but remembering its socket.
/// There are no client certificates, no resumed sessions and no versions before TLS 1.3.
class TlsAcceptor : public QObject {
    Q_OBJECT
public:
    /// At `address` ("" for every one, IPv4 and IPv6) and `port` (0: any that is free). Errors: Usage for what is no
    /// address; Failed when the port is taken or not permitted, or the identity is none.
    static core::Result<std::unique_ptr<TlsAcceptor>> listen(const TlsIdentity& identity, const std::string& address,
                                                             std::uint16_t port, const TlsLimits& limits = {});
    /// Closes those that are half-open; whoever got a socket keeps it.
    ~TlsAcceptor() override;

    std::uint16_t port() const;
    /// From the next handshake on. One that cannot be used changes nothing.
    void setIdentity(const TlsIdentity& identity);

Q_SIGNALS:
    /// Encrypted, and without a parent: the receiver owns it. Without a receiver it is closed.
    void accepted(QSslSocket* socket);

private:
    class Private;
    explicit TlsAcceptor(std::unique_ptr<Private> p);
    std::unique_ptr<Private> m_p;
};

} // namespace facelatch::network
