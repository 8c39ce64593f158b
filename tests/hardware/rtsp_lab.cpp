// SPDX-License-Identifier: GPL-3.0-or-later
// Starting the test's network camera, and the cable.
#include "tests/hardware/rtsp_lab.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace facelatch::testing {

namespace {

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

const sockaddr* raw(const sockaddr_in& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

bool sendAll(int to, const char* data, ssize_t size) {
    while (size > 0) {
        const ssize_t sent = ::send(to, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        data += sent;
        size -= sent;
    }
    return true;
}

} // namespace

RtspCamera::RtspCamera(std::vector<std::string> arguments, int port) {
    std::array<int, 2> out{};
    if (::pipe(out.data()) != 0)
        return;
    arguments.insert(arguments.begin(), std::to_string(port));
    std::vector<char*> argv{const_cast<char*>("rtsp_camera")};
    for (std::string& argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    m_process = ::fork();
    if (m_process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // it does not outlive a test that crashes
        ::dup2(out[1], STDOUT_FILENO);
        ::close(out[0]);
        ::close(out[1]);
        ::execv(RTSP_CAMERA, argv.data());
        ::_exit(127);
    }
    ::close(out[1]);
    std::string line; // to its end, which comes with the line's or the camera's
    for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';)
        line += c;
    ::close(out[0]);
    if (line.starts_with("ready "))
        m_port = std::atoi(line.c_str() + 6);
}

void RtspCamera::kill() {
    if (m_process <= 0)
        return;
    send(SIGCONT);
    send(SIGKILL);
    ::waitpid(m_process, nullptr, 0);
    m_process = -1;
}

SlowCable::SlowCable(int to) : m_to(to), m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(m_listener, raw(address), size) == 0 && ::listen(m_listener, 1) == 0 &&
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) == 0)
        m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

SlowCable::~SlowCable() {
    m_ended = true;
    m_thread.join();
    ::close(m_listener);
}

void SlowCable::run() {
    while (!m_ended) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, 50) <= 0)
            continue;
        const int client = ::accept(m_listener, nullptr, nullptr);
        pass(client);
        ::close(client);
    }
}

void SlowCable::pass(int client) const {
    const int camera = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(m_to);
    std::array<char, 65536> bytes{};
    bool connected = ::connect(camera, raw(address), sizeof address) == 0;
    while (connected && !m_ended) {
        std::array<pollfd, 2> sides{pollfd{client, POLLIN, 0}, pollfd{camera, POLLIN, 0}};
        if (m_held) {
            ::poll(nullptr, 0, 10);
            continue;
        }
        if (::poll(sides.data(), sides.size(), 20) <= 0)
            continue;
        for (std::size_t from : {0U, 1U}) {
            if (sides[from].revents == 0)
                continue;
            const ssize_t size = ::recv(sides[from].fd, bytes.data(), bytes.size(), 0);
            connected = connected && size > 0 && sendAll(sides[1 - from].fd, bytes.data(), size);
        }
    }
    ::close(camera);
}

} // namespace facelatch::testing
