// SPDX-License-Identifier: GPL-3.0-or-later
// FakeLockd: a peer on a UNIX socket that speaks the lock daemon's protocol, or breaks it as a test wants.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace facelatch::testing {

/// Serves one client at a time in its own thread. Destroying it hangs up and removes the socket.
class FakeLockd {
public:
    /// Gets a line, answers lines (each with its '\n'); nothing: hangs up.
    using Handler = std::function<std::optional<std::string>(const std::string& line)>;

    static constexpr const char* hello =
        "OK HELLO 1 max_pulse_ms=10000 min_off_ms=1000 hold=1 line=rest fake=0 inputs=dps:1,rex:0\n";

    /// What the daemon's default configuration would answer.
    static std::optional<std::string> honest(const std::string& line) {
        if (line == "HELLO 1")
            return hello;
        if (line.starts_with("PULSE "))
            return "OK " + line + "\n";
        if (line == "HOLD on")
            return "OK HOLD on 2000\n";
        return "OK " + line + "\n"; // BEAT, HOLD off
    }

    explicit FakeLockd(std::filesystem::path path, Handler handler = honest)
        : m_path(std::move(path)), m_handler(std::move(handler)) {
        m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        m_path.native().copy(address.sun_path, sizeof address.sun_path - 1);
        if (::bind(m_listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
            ::listen(m_listener, 4) != 0 || ::pipe(m_wake.data()) != 0)
            std::abort();
        m_thread = std::thread([this] { serve(); });
    }
    ~FakeLockd() {
        m_ended = true;
        (void)!::write(m_wake[1], "x", 1);
        m_thread.join();
        for (const int fd : {m_listener, m_client, m_wake[0], m_wake[1]})
            if (fd >= 0)
                ::close(fd);
        std::filesystem::remove(m_path);
    }
    FakeLockd(const FakeLockd&) = delete;
    FakeLockd& operator=(const FakeLockd&) = delete;

    /// Lines received so far, BEATs too.
    std::vector<std::string> received() const {
        const std::lock_guard lock(m_mutex);
        return m_received;
    }
    int count(const std::string& line) const {
        int count = 0;
        for (const std::string& one : received())
            count += one == line;
        return count;
    }
    /// Waits until `line` has come `times` times, 5 s at most.
    bool waitFor(const std::string& line, int times = 1) {
        std::unique_lock lock(m_mutex);
        return m_arrived.wait_for(lock, std::chrono::seconds(5), [&] {
            int count = 0;
            for (const std::string& one : m_received)
                count += one == line;
            return count >= times;
        });
    }
    /// Waits until the client hung up, 5 s at most.
    bool waitForHangUp(int times = 1) {
        std::unique_lock lock(m_mutex);
        return m_arrived.wait_for(lock, std::chrono::seconds(5), [&] { return m_hangUps >= times; });
    }
    /// Sends what nobody asked for.
    void say(const std::string& bytes) {
        const std::lock_guard lock(m_mutex);
        if (m_client >= 0)
            (void)!::send(m_client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }

private:
    void serve() {
        std::string buffer;
        while (!m_ended) {
            std::array<pollfd, 2> waiting{{{m_client >= 0 ? m_client : m_listener, POLLIN, 0}, {m_wake[0], POLLIN, 0}}};
            ::poll(waiting.data(), waiting.size(), -1);
            if (m_ended)
                return;
            if (m_client < 0) {
                const std::lock_guard lock(m_mutex);
                m_client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
                buffer.clear();
                continue;
            }
            std::array<char, 512> bytes;
            const auto count = ::recv(m_client, bytes.data(), bytes.size(), 0);
            if (count <= 0) {
                hangUp();
                continue;
            }
            buffer.append(bytes.data(), static_cast<std::size_t>(count));
            for (std::size_t end = 0; m_client >= 0 && (end = buffer.find('\n')) != std::string::npos;) {
                const std::string line = buffer.substr(0, end);
                buffer.erase(0, end + 1);
                answer(line);
            }
        }
    }
    void answer(const std::string& line) {
        {
            const std::lock_guard lock(m_mutex);
            m_received.push_back(line);
        }
        const auto reply = m_handler(line);
        if (reply)
            (void)!::send(m_client, reply->data(), reply->size(), MSG_NOSIGNAL);
        else
            hangUp();
        m_arrived.notify_all();
    }
    void hangUp() {
        {
            const std::lock_guard lock(m_mutex);
            ::close(m_client);
            m_client = -1;
            ++m_hangUps;
        }
        m_arrived.notify_all();
    }

    const std::filesystem::path m_path;
    const Handler m_handler;
    int m_listener = -1, m_client = -1;
    std::array<int, 2> m_wake{-1, -1};
    std::atomic<bool> m_ended = false;
    mutable std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<std::string> m_received;
    int m_hangUps = 0;
    std::thread m_thread;
};

} // namespace facelatch::testing
