// SPDX-License-Identifier: GPL-3.0-or-later
// SilentPeers: a burden for a TLS port, for measurements and tests: connections that say nothing, or nothing whole.
#pragma once

#include "core/result.h"

#include <QByteArray>

#include <cstdint>
#include <vector>

namespace facelatch::network {

/// Half-open connections to 127.0.0.1. Hangs up when it goes. One thread.
class SilentPeers {
public:
    /// They come from 127.0.1.`first` and the `addresses` - 1 that follow, in turn.
    explicit SilentPeers(std::uint16_t port, int first = 1, int addresses = 250)
        : m_port(port), m_first(first), m_addresses(addresses) {}
    ~SilentPeers();
    SilentPeers(const SilentPeers&) = delete;
    SilentPeers& operator=(const SilentPeers&) = delete;

    /// So many more; waits until the system has connected them, which a full queue of the listener delays. Error: the
    /// system allows no more sockets, or nobody listens.
    core::Status connect(int count);
    /// Each of them says this.
    void say(const QByteArray& bytes) const;
    /// How many the other side has not hung up on. What it said to them is thrown away.
    int open() const;

private:
    std::uint16_t m_port;
    int m_first, m_addresses;
    std::vector<int> m_sockets;
};

} // namespace facelatch::network
