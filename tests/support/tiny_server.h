// SPDX-License-Identifier: GPL-3.0-or-later
// TinyServer: an HTTP server on 127.0.0.1 that answers exactly the bytes a test wants, for downloads that go wrong.
#pragma once

#include <array>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace facelatch::testing {

/// Answers each request in one thread, one connection at a time, and closes after the answer.
class TinyServer {
public:
    struct Answer {
        std::string bytes;  ///< status line, headers and body, as they go onto the wire
        bool stall = false; ///< keeps the connection open afterwards, until the server ends
    };
    /// Gets the request's head.
    using Handler = std::function<Answer(const std::string& request)>;

    explicit TinyServer(Handler handler) : m_handler(std::move(handler)) {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(m_listener, 16) != 0 ||
            ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            std::abort();
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { serve(); });
    }
    ~TinyServer() {
        m_ended = true;
        ::shutdown(m_listener, SHUT_RDWR); // wakes accept()
        m_thread.join();
        ::close(m_listener);
        for (const int fd : m_stalled)
            ::close(fd);
    }
    TinyServer(const TinyServer&) = delete;
    TinyServer& operator=(const TinyServer&) = delete;

    std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(m_port) + path; }
    std::string secureUrl(const std::string& path) const {
        return "https://127.0.0.1:" + std::to_string(m_port) + path;
    }
    std::vector<std::string> requests() const {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

    /// 200 with a body and its length.
    static Answer ok(const std::string& body, const std::string& type = "application/octet-stream") {
        return {"HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size()) +
                    "\r\nConnection: close\r\n\r\n" + body,
                false};
    }
    static Answer status(const std::string& line, const std::string& headers = {}) {
        return {"HTTP/1.1 " + line + "\r\n" + headers + "Content-Length: 0\r\nConnection: close\r\n\r\n", false};
    }
    /// What a server that knows ranges answers for `body`.
    static Answer ranged(const std::string& request, const std::string& body) {
        const auto at = request.find("Range: bytes=");
        if (at == std::string::npos)
            return ok(body);
        const auto from = std::stoul(request.substr(at + 13));
        if (from >= body.size())
            return status("416 Range Not Satisfiable");
        const std::string rest = body.substr(from);
        return {"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + std::to_string(from) + "-" +
                    std::to_string(body.size() - 1) + "/" + std::to_string(body.size()) +
                    "\r\nContent-Length: " + std::to_string(rest.size()) + "\r\nConnection: close\r\n\r\n" + rest,
                false};
    }

private:
    void serve() {
        while (!m_ended) {
            const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0)
                continue;
            const std::string request = readHead(fd);
            {
                const std::lock_guard lock(m_mutex);
                m_requests.push_back(request);
            }
            const Answer answer = m_handler(request);
            std::size_t sent = 0;
            while (sent < answer.bytes.size()) {
                const auto count = ::send(fd, answer.bytes.data() + sent, answer.bytes.size() - sent, MSG_NOSIGNAL);
                if (count <= 0)
                    break;
                sent += static_cast<std::size_t>(count);
            }
            if (answer.stall)
                m_stalled.push_back(fd);
            else
                ::close(fd);
        }
    }
    static std::string readHead(int fd) {
        std::string head;
        std::array<char, 1024> buffer;
        while (head.find("\r\n\r\n") == std::string::npos) {
            pollfd waiting{fd, POLLIN, 0};
            if (::poll(&waiting, 1, 2000) <= 0)
                break;
            const auto count = ::recv(fd, buffer.data(), buffer.size(), 0);
            if (count <= 0)
                break;
            head.append(buffer.data(), static_cast<std::size_t>(count));
            if (head[0] == 0x16) // a TLS greeting: it gets no answer it can use
                break;
        }
        return head;
    }

    Handler m_handler;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_ended = false;
    std::vector<int> m_stalled; ///< of the thread, then of the destructor
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::thread m_thread;
};

} // namespace facelatch::testing
