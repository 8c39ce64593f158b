// SPDX-License-Identifier: GPL-3.0-or-later
// One thread, one poll loop: signals, socket, client, inputs. What is due comes before what is asked.
#include "hardware/lockd/lock_machine.h"
#include "hardware/lockd/lockd.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace facelatch::lockd {
namespace {

constexpr Ms lifePeriod{250}; // also the longest time between two read-backs of the line

int listenAt(const std::string& path) {
    sockaddr_un address{AF_UNIX, {}};
    path.copy(address.sun_path, path.size());
    if (std::filesystem::is_socket(path))
        unlink(path.c_str()); // left by a killed worker: the instance lock says that nobody serves it
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && listen(fd, 8) == 0)
        return fd;
    logLine("cannot serve " + path + ": " + std::strerror(errno) + ". Correct socket in lockd.conf");
    return -1;
}

bool sendLine(int fd, const std::string& line) {
    const auto size = send(fd, (line + '\n').data(), line.size() + 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    return size == static_cast<ssize_t>(line.size() + 1);
}

class Worker {
public:
    Worker(const Daemon& daemon, Lines& lines, int signalFd, int lifeFd)
        : m_daemon(daemon), m_lines(lines), m_lifeFd(lifeFd) {
        m_fds = {{signalFd, POLLIN, 0}, {listenAt(m_conf.socket), POLLIN, 0}, {-1, POLLIN | POLLRDHUP, 0}};
        for (std::size_t input = 1; input < m_conf.lines.size(); ++input)
            m_fds.push_back({lines.eventFd(input), POLLIN, 0});
        m_outOfService = m_fds[1].fd < 0;
    }

    int run() {
        while (!m_outOfService && m_fds[0].revents == 0)
            serveOnce();
        closeClient("stopped the daemon ends");
        if (!m_outOfService)
            unlink(m_conf.socket.c_str());
        return m_outOfService ? 3 : 0;
    }

private:
    static TimePoint now() { return std::chrono::steady_clock::now(); }
    static std::string text(Ms time) { return std::to_string(time.count()); }

    void serveOnce() {
        settle();
        if (now() >= m_nextSign && write(m_lifeFd, ".", 1) != 0) // a full pipe is a slow guard, not our trouble
            m_nextSign = now() + lifePeriod;
        m_fds[2].fd = m_client;
        const TimePoint next = m_client < 0 ? m_nextSign : std::min(m_nextSign, m_machine.due());
        const Ms left = std::max(std::chrono::ceil<Ms>(next - now()), Ms{0});
        if (poll(m_fds.data(), m_fds.size(), static_cast<int>(left.count())) <= 0)
            return;
        settle();
        if ((m_fds[2].revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0)
            closeClient("gone the client ended"); // it is obeyed no more, whatever it left in the socket
        else if (m_fds[2].revents != 0 && m_client >= 0)
            readClient();
        if (m_fds[1].revents != 0)
            acceptClient();
        for (std::size_t input = 1; input < m_conf.lines.size(); ++input)
            if (m_fds[input + 2].revents != 0)
                passEdges(input);
    }

    /// Ends what is due, drives the line to what the rules say, and reads it back.
    void settle() {
        const bool ended = m_machine.tick(now());
        if (!drive(m_machine.released()))
            closeClient("fault the lock line reads back otherwise than it was set; check its wiring");
        else if (m_client >= 0 && m_machine.leaseOver(now()))
            closeClient("late no BEAT for 2 s");
        else if (ended)
            say("STATE rest 0");
    }

    bool drive(bool active) {
        if (m_driven != active && m_lines.write(active))
            m_driven = active;
        if (m_lines.read(0) != active)
            m_driven.reset(); // so that the next call sets the line again
        return m_driven == active;
    }

    /// Rests the lock first; then says why to the client, if there is one, and closes it.
    void closeClient(const std::string& why) {
        m_machine.rest(now());
        m_outOfService = (!drive(false) && !drive(false)) || m_outOfService;
        logLine("lock at rest: " + why);
        sendLine(m_client, "ERR " + why);
        close(std::exchange(m_client, -1));
    }

    void say(const std::string& line) {
        if (m_client >= 0 && m_greeted && !sendLine(m_client, line))
            closeClient("slow the client does not read");
    }

    void acceptClient() {
        const int fd = accept4(m_fds[1].fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        ucred peer{0, static_cast<uid_t>(-1), 0};
        socklen_t size = sizeof peer;
        getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size);
        const bool known = peer.uid == 0 || peer.uid == geteuid() || peer.uid == m_conf.clientUid;
        if (known && m_client < 0) {
            m_client = fd;
            m_greeted = false;
            m_partial.clear();
            return m_machine.beat(now()); // HELLO has to come within the lease
        }
        sendLine(fd, known ? "ERR busy another client controls the lock; stop it first"
                           : "ERR denied this user may not control the lock; see client_user in lockd.conf");
        close(fd);
    }

    void readClient() {
        char chunk[512];
        const auto count = recv(m_client, chunk, sizeof chunk, 0); // an end shows in the next poll
        for (ssize_t i = 0; i < count && m_client >= 0; ++i)
            if (chunk[i] == '\n')
                obey(std::exchange(m_partial, {}));
            else if ((m_partial += chunk[i]).size() >= 64)
                closeClient("bad line of over 64 bytes");
    }

    void obey(const std::string& line) {
        settle();
        if (m_client < 0)
            return;
        const std::string answer = m_greeted ? answerTo(line) : line == "HELLO 1" ? greet() : "";
        if (answer.empty())
            return closeClient(m_greeted                           ? "bad command or argument"
                               : line.compare(0, 6, "HELLO ") == 0 ? "version 1 is spoken here; update the older side"
                                                                   : "bad first line; it has to be HELLO 1");
        settle(); // the line moves before the answer goes out; a fault closes the client
        say(answer);
    }

    std::string greet() {
        m_greeted = true;
        m_machine.beat(now());
        std::string levels;
        for (std::size_t input = 1; input < m_conf.lines.size(); ++input)
            levels += (input > 1 ? "," : "") + m_conf.lines[input].name + (m_lines.read(input) == true ? ":1" : ":0");
        return "OK HELLO 1 max_pulse_ms=" + text(m_conf.maxPulse) + " min_off_ms=" + text(m_conf.minOff) +
               " hold=" + (m_conf.holdAllowed ? "1" : "0") + " line=rest fake=" + (m_daemon.testBuild ? "1" : "0") +
               " inputs=" + (levels.empty() ? "-" : levels);
    }

    /// Empty for a bad message.
    std::string answerTo(const std::string& line) {
        static constexpr const char* states[] = {"STATE rest ", "STATE pulse ", "STATE hold "};
        if (line == "STATE")
            return answer(Refusal::None, states[static_cast<int>(m_machine.state())]);
        if (line == "HOLD on")
            return answer(m_machine.hold(now()), "OK HOLD on ");
        unsigned duration = 0;
        const char* lineEnd = line.data() + line.size();
        if (line.size() > 6 && line.rfind("PULSE ", 0) == 0 &&
            std::from_chars(line.data() + 6, lineEnd, duration).ptr == lineEnd)
            return answer(m_machine.pulse(Ms(duration), now()), "OK PULSE ");
        if (line == "BEAT")
            m_machine.beat(now());
        if (line == "HOLD off" && m_machine.state() == LockState::Hold)
            m_machine.rest(now());
        return line == "BEAT" || line == "HOLD off" ? "OK " + line : "";
    }

    std::string answer(Refusal refusal, const std::string& ok) {
        if (refusal == Refusal::Range)
            return "ERR range the time is outside 1 to " + text(m_conf.maxPulse) + " ms (max_pulse_ms in lockd.conf)";
        if (refusal == Refusal::TooSoon)
            return "ERR too_soon " + text(m_machine.wait(now())) + " ms of rest remain before the next release";
        return refusal == Refusal::HoldForbidden ? "ERR hold_forbidden set hold_allowed = true in lockd.conf"
                                                 : ok + text(m_machine.remaining(now()));
    }

    void passEdges(std::size_t input) {
        const std::vector<Edge> edges = m_lines.takeEdges(input);
        m_outOfService = m_outOfService || edges.empty();
        for (const auto& [rising, ns] : edges)
            say("EDGE " + m_conf.lines[input].name + (rising ? " rising " : " falling ") + std::to_string(ns));
    }

    const Daemon& m_daemon;
    const Conf& m_conf = m_daemon.conf;
    Lines& m_lines;
    const int m_lifeFd;
    LockMachine m_machine{m_conf.maxPulse, m_conf.minOff, m_conf.holdAllowed, now()};
    std::vector<pollfd> m_fds;    ///< signals, socket, client, then the inputs
    std::optional<bool> m_driven; ///< what the line was set to, where that is known
    bool m_outOfService = false, m_greeted = false;
    int m_client = -1;
    std::string m_partial;
    TimePoint m_nextSign{};
};

} // namespace

void logLine(const std::string& text) {
    std::fprintf(stderr, "facelatch-lockd: %s\n", text.c_str());
}

int complain(const core::Error& error) {
    logLine(error.text());
    return core::exitCode(error.kind);
}

int runWorker(const Daemon& daemon, int signalFd, int lifeFd) {
    const auto lines = daemon.openLines(daemon.conf, true);
    return lines ? Worker(daemon, **lines, signalFd, lifeFd).run() : complain(lines.error());
}

} // namespace facelatch::lockd
