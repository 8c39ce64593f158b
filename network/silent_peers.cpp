// SPDX-License-Identifier: GPL-3.0-or-later
// Many connections that wait.
#include "network/silent_peers.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace facelatch::network {

using core::fail;
using core::Status;

namespace {

constexpr std::uint32_t loopbacks = 0x7f000100; ///< 127.0.1.0: addresses of the silent peers

sockaddr_in loopback(std::uint32_t address, std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_addr.s_addr = htonl(address);
    out.sin_port = htons(port);
    return out;
}

bool connectFrom(int descriptor, std::uint32_t from, std::uint16_t port) {
    const sockaddr_in own = loopback(from, 0), door = loopback(INADDR_LOOPBACK, port);
    return ::bind(descriptor, reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0 &&
           ::connect(descriptor, reinterpret_cast<const sockaddr*>(&door), sizeof door) == 0;
}

} // namespace

SilentPeers::~SilentPeers() {
    for (const int socket : m_sockets)
        ::close(socket);
}

Status SilentPeers::connect(int count) {
    for (int i = 0; i < count; ++i) {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (descriptor < 0)
            return fail(std::string("no more sockets: ") + std::strerror(errno));
        const int from = m_first + static_cast<int>(m_sockets.size()) % m_addresses;
        m_sockets.push_back(descriptor);
        if (!connectFrom(descriptor, loopbacks + static_cast<std::uint32_t>(from), m_port))
            return fail(std::string("not reached: ") + std::strerror(errno), "port " + std::to_string(m_port));
    }
    return core::Done{};
}

void SilentPeers::say(const QByteArray& bytes) const {
    for (const int socket : m_sockets)
        (void)!::send(socket, bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
}

int SilentPeers::open() const {
    int open = 0;
    for (const int socket : m_sockets) {
        std::array<char, 4096> told{}; // such as why it hangs up
        ssize_t count = 0;
        do
            count = ::recv(socket, told.data(), told.size(), MSG_DONTWAIT);
        while (count > 0);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            ++open;
    }
    return open;
}

} // namespace facelatch::network
