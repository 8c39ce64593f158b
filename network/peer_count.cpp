// SPDX-License-Identifier: GPL-3.0-or-later
// Counting peers by their addresses.
#include "network/peer_count.h"

namespace facelatch::network {

PeerKey peerKey(const QHostAddress& address) {
    bool v4 = false;
    const quint32 number = address.toIPv4Address(&v4); // also of ::ffff:192.0.2.7
    if (v4)
        return {PeerKey::Kind::V4, number};
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    // All of a network's link-local addresses have the same upper half.
    const bool linkLocal = address.isLinkLocal();
    std::uint64_t bits = 0;
    for (int i = 0; i < 8; ++i)
        bits = bits << 8U | bytes.c[linkLocal ? i + 8 : i];
    return {linkLocal ? PeerKey::Kind::LinkLocal : PeerKey::Kind::V6, bits};
}

int PeerCount::of(const PeerKey& peer) const {
    const auto found = m_of.find(peer);
    return found == m_of.end() ? 0 : found->second;
}

void PeerCount::add(const PeerKey& peer) {
    ++m_of[peer];
    ++m_all;
}

void PeerCount::remove(const PeerKey& peer) {
    const auto found = m_of.find(peer);
    if (found == m_of.end())
        return;
    --m_all;
    if (--found->second == 0)
        m_of.erase(found); // or every address that ever came would stay
}

} // namespace facelatch::network
