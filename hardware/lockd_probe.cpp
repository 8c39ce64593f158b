// SPDX-License-Identifier: GPL-3.0-or-later
// Two questions to the lock daemon.
#include "hardware/lockd_probe.h"

#include "hardware/lockd_wire.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::Result;
using std::chrono::steady_clock;

namespace {

constexpr core::milliseconds patience{500};
constexpr const char* startIt =
    "Start it: sudo systemctl start facelatch-lockd; its own words: journalctl -u facelatch-lockd";

class Probe {
public:
    explicit Probe(const std::string& path) : m_path(path), m_deadline(steady_clock::now() + patience) {}
    ~Probe() {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Probe(const Probe&) = delete;
    Probe& operator=(const Probe&) = delete;

    core::Status open() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (m_path.size() >= sizeof address.sun_path)
            return wrong("the path of the lock daemon's socket is too long", "Use one of at most 107 characters");
        std::ranges::copy(m_path, address.sun_path);
        m_fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (m_fd >= 0 && ::connect(m_fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
            return core::Done{};
        if (errno == ENOENT || errno == ECONNREFUSED)
            return wrong("the lock daemon does not run", startIt);
        if (errno == EACCES || errno == EPERM)
            return wrong("this user may not speak to the lock daemon",
                         "Run it as the user of the door; client_user in lockd.conf names it");
        return wrong(std::string("the lock daemon cannot be reached: ") + std::strerror(errno), startIt);
    }

    /// Sends one line and gives the first that answers it; edges in between are skipped.
    Result<LockdLine> ask(std::string_view question, LockdLine::Kind answer) {
        const std::string bytes = std::string(question) + '\n';
        // A refused newcomer may be closed before it has spoken: what was said to it is still there to be read.
        (void)::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        for (;;) {
            auto text = readLine();
            if (!text)
                return text.error();
            const auto line = parseLockdLine(*text);
            if (!line)
                return wrong("what answers is not the lock daemon", "Check lock.socket in the settings");
            if (line->kind == answer || line->kind == LockdLine::Kind::Refusal)
                return *line;
        }
    }

    Error wrong(std::string what, std::string remedy) const {
        return {ErrorKind::OutOfService, std::move(what), m_path, std::move(remedy)};
    }

private:
    Result<std::string> readLine() {
        for (;;) {
            if (const auto end = m_received.find('\n'); end != std::string::npos) {
                std::string line = m_received.substr(0, end);
                m_received.erase(0, end + 1);
                return line;
            }
            if (m_received.size() >= longestLockdLine)
                return wrong("what answers is not the lock daemon", "Check lock.socket in the settings");
            const auto left = std::chrono::ceil<core::milliseconds>(m_deadline - steady_clock::now()).count();
            pollfd waiting{m_fd, POLLIN, 0};
            if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) == 0)
                return wrong("the lock daemon does not answer", startIt);
            std::array<char, 512> buffer;
            const auto count = ::recv(m_fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (count > 0)
                m_received.append(buffer.data(), static_cast<std::size_t>(count));
            else if (count == 0 || (errno != EAGAIN && errno != EINTR))
                return wrong("the lock daemon hung up", startIt);
        }
    }

    const std::string m_path;
    const steady_clock::time_point m_deadline;
    int m_fd = -1;
    std::string m_received;
};

std::string field(const LockdLine& hello, std::string_view key) {
    const auto found = hello.fields.find(key);
    return found == hello.fields.end() ? std::string() : found->second;
}

} // namespace

Result<LockdReport> probeLockd(const std::string& socketPath) {
    Probe probe(socketPath);
    if (auto opened = probe.open(); !opened)
        return opened.error();
    LockdReport report;
    const auto hello = probe.ask("HELLO 1", LockdLine::Kind::Ok);
    if (!hello)
        return hello.error();
    if (hello->kind == LockdLine::Kind::Refusal) {
        report.busy = hello->code == "busy";
        if (report.busy)
            return report;
        return probe.wrong("the lock daemon refused: " + (hello->text.empty() ? hello->code : hello->text),
                           hello->code == "version" ? "Install kiosk and lock daemon of the same version" : startIt);
    }
    const auto inputs = parseInputs(field(*hello, "inputs"));
    const std::string longest = field(*hello, "max_pulse_ms");
    int milliseconds = 0;
    const auto [end, failure] = std::from_chars(longest.data(), longest.data() + longest.size(), milliseconds);
    if (hello->command != "HELLO" || !inputs || failure != std::errc() || end != longest.data() + longest.size())
        return probe.wrong("what answers is not the lock daemon", "Check lock.socket in the settings");
    report.testBuild = field(*hello, "fake") != "0";
    report.longestPulse = core::milliseconds(milliseconds);
    report.inputs = *inputs;
    const auto state = probe.ask("STATE", LockdLine::Kind::State);
    if (!state)
        return state.error();
    if (state->kind == LockdLine::Kind::Refusal)
        return probe.wrong("the lock daemon refused: " + state->text, startIt);
    report.state = state->code;
    report.left = state->time;
    return report;
}

} // namespace facelatch::hardware
