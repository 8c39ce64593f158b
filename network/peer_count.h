// SPDX-License-Identifier: GPL-3.0-or-later
// PeerCount: how many there are of each address and in all. Pure; one thread.
#pragma once

#include <QHostAddress>

#include <cstdint>
#include <map>

namespace facelatch::network {

/// What counts as one address: an IPv4 address however it is written, a /64 of IPv6, a link-local one by itself.
struct PeerKey {
    enum class Kind { V4, V6, LinkLocal } kind = Kind::V4;
    std::uint64_t bits = 0;
    auto operator<=>(const PeerKey&) const = default; // NOLINT(modernize-use-nullptr): misread by clang-tidy 14
};
PeerKey peerKey(const QHostAddress& address);

class PeerCount {
public:
    int all() const { return m_all; }
    int of(const PeerKey& peer) const;
    void add(const PeerKey& peer);
    void remove(const PeerKey& peer);

private:
    std::map<PeerKey, int> m_of;
    int m_all = 0;
};

} // namespace facelatch::network
