// SPDX-License-Identifier: GPL-3.0-or-later
// The face of the push server; what it does is PushHub's and its sessions'.
#include "network/push_server.h"

#include "network/push_hub.h"

#include <utility>

namespace facelatch::network {

class PushServer::Private {
public:
    Private(const core::DoorId& door, PushHost host, const PushLimits& limits) : hub(door, std::move(host), limits) {}
    PushHub hub;
};

PushServer::PushServer(std::unique_ptr<Private> p) : m_p(std::move(p)) {}
PushServer::~PushServer() = default;

core::Result<std::unique_ptr<PushServer>> PushServer::listen(const TlsIdentity& identity, const core::DoorId& door,
                                                             const std::string& address, std::uint16_t port,
                                                             PushHost host, const PushLimits& limits) {
    auto p = std::make_unique<Private>(door, std::move(host), limits);
    if (auto opened = p->hub.open(identity, address, port); !opened)
        return opened.error();
    return std::unique_ptr<PushServer>(new PushServer(std::move(p)));
}

std::uint16_t PushServer::port() const {
    return m_p->hub.port();
}
void PushServer::setIdentity(const TlsIdentity& identity) {
    m_p->hub.setIdentity(identity);
}
void PushServer::committed(const QString& logId, std::int64_t lastSeq) {
    m_p->hub.committed(logId, lastSeq);
}
void PushServer::provisional(const QJsonObject& event) {
    m_p->hub.provisional(event);
}
void PushServer::setState(const QJsonObject& state) {
    m_p->hub.setState(state);
}
void PushServer::frame(const QJsonObject& header, const QByteArray& jpeg) {
    m_p->hub.frame(header, jpeg);
}
void PushServer::ring(const QJsonObject& ring, const QByteArray& jpeg) {
    m_p->hub.ring(ring, jpeg);
}
void PushServer::ringOver(const QJsonObject& over) {
    m_p->hub.ringOver(over);
}
void PushServer::revoke(const core::PrincipalId& viewer) {
    m_p->hub.revoke(viewer);
}
void PushServer::setViewers(const std::vector<PushViewer>& viewers) {
    m_p->hub.setViewers(viewers);
}

} // namespace facelatch::network
