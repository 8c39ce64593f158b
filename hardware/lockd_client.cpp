// SPDX-License-Identifier: GPL-3.0-or-later
// Talking to facelatch-lockd without ever waiting long for it.
#include "hardware/lockd_client.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace facelatch::hardware {

using core::Error;
using core::ErrorKind;
using core::milliseconds;
using core::MonoTime;
using core::Result;
using core::Status;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds lease{2000};          // PROTOCOL.md, timing rule 5
constexpr milliseconds beatSpacing{400};     // beat() may be called more often than the protocol needs
constexpr milliseconds longestSilence{1000}; // of a daemon that owes an answer
constexpr int mostReads = 64;             // of 1 KiB in one go: a peer that never stops must not keep the door thread
constexpr std::size_t mostChanges = 1024; // input changes kept for a door thread that does not fetch them

constexpr const char* startIt =
    "Start it: sudo systemctl start facelatch-lockd; its own words: journalctl -u facelatch-lockd";

Error outOfService(std::string what, std::string where, std::string remedy = startIt) {
    return {ErrorKind::OutOfService, std::move(what), std::move(where), std::move(remedy)};
}

Error cannotConnect(int reason, const std::string& path) {
    switch (reason) {
    case ENOENT:
    case ECONNREFUSED:
        return outOfService("the lock daemon does not run", path);
    case EACCES:
    case EPERM:
        return outOfService("this user may not speak to the lock daemon", path,
                            "Set client_user in lockd.conf to the user of the kiosk, and restart facelatch-lockd");
    case EAGAIN:
        return outOfService("the lock daemon accepts no connection", path);
    default:
        return outOfService(std::string("the lock daemon cannot be reached: ") + std::strerror(reason), path);
    }
}

/// After these refusals the daemon closes the connection.
bool closes(std::string_view code) {
    static constexpr std::array<std::string_view, 9> codes{"fault", "bad",     "version", "late",  "gone",
                                                           "slow",  "stopped", "busy",    "denied"};
    return std::ranges::find(codes, code) != codes.end();
}

} // namespace

LockdClient::~LockdClient() {
    if (m_fd >= 0)
        ::close(m_fd);
}

Status LockdClient::connect(MonoTime now) {
    lose({});
    m_reason = {};
    auto done = openSocket();
    if (done)
        done = greet(now);
    if (!done) {
        lose(done.error());
        m_backoff.failed(now);
        return done;
    }
    m_backoff.succeeded();
    return done;
}

Status LockdClient::openSocket() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (m_path.size() >= sizeof address.sun_path)
        return outOfService("the path of the lock daemon's socket is too long", m_path,
                            "Use one of at most 107 characters");
    std::ranges::copy(m_path, address.sun_path);
    m_fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_fd < 0 || ::connect(m_fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return cannotConnect(errno, m_path);
    return core::Done{};
}

Status LockdClient::greet(MonoTime now) {
    const auto hello = command("HELLO 1", now);
    if (!hello)
        return hello.error();
    return takeHello(*hello, now);
}

Status LockdClient::takeHello(const LockdLine& hello, MonoTime now) {
    const auto field = [&](std::string_view key) {
        const auto it = hello.fields.find(key);
        return it == hello.fields.end() ? std::string() : it->second;
    };
    const auto inputs = parseInputs(field("inputs"));
    const std::string fake = field("fake");
    if (hello.command != "HELLO" || !inputs || (fake != "0" && fake != "1"))
        return outOfService("what answers is not the lock daemon", m_path, "Check lock.socket in the settings");
    m_testBuild = fake == "1";
    if (m_testBuild && !m_acceptTestBuild)
        return outOfService("the lock daemon is a test build without hardware", m_path,
                            "Install and start the shipped facelatch-lockd");
    m_greeted = true;
    m_lastBeat = now; // HELLO counts as the first BEAT
    for (const auto& [name, active] : *inputs)
        m_changes.push_back({name, active, now, true});
    return core::Done{};
}

Status LockdClient::pulse(milliseconds duration, MonoTime now) {
    if (duration < milliseconds{1})
        return core::fail("a release of " + std::to_string(duration.count()) + " ms is not possible", describe());
    pump(now);
    if (!m_greeted)
        return notConnected();
    const auto answer = command("PULSE " + std::to_string(duration.count()), now);
    return answer ? Status(core::Done{}) : answer.error();
}

Status LockdClient::hold(bool on, MonoTime now) {
    pump(now);
    if (!m_greeted)
        return notConnected();
    const auto answer = command(on ? "HOLD on" : "HOLD off", now);
    return answer ? Status(core::Done{}) : answer.error();
}

void LockdClient::beat(MonoTime now) {
    pump(now);
    if (m_fd < 0) {
        if (m_backoff.due(now))
            (void)connect(now); // its error is kept for state()
        return;
    }
    if (!m_pending.empty() && now - m_pending.front().sent > longestSilence) {
        lose(outOfService("the lock daemon does not answer", m_path));
        return;
    }
    if (now - m_lastBeat < beatSpacing)
        return;
    if (send("BEAT", false, now))
        m_lastBeat = now;
}

std::vector<InputChange> LockdClient::poll(MonoTime now) {
    pump(now);
    return std::exchange(m_changes, {});
}

LockState LockdClient::state(MonoTime now) const {
    LockState state;
    state.connected = m_greeted;
    state.released = m_greeted && m_release != Release::None && now < m_releasedUntil;
    state.held = state.released && m_release == Release::Hold;
    if (state.released)
        state.remaining = std::chrono::ceil<milliseconds>(m_releasedUntil - now);
    if (!m_greeted)
        state.detail = notConnected().text();
    return state;
}

/// Writes one line; false when the connection is lost by it.
bool LockdClient::send(std::string_view line, bool awaited, MonoTime now) {
    const std::string bytes = std::string(line) + '\n';
    const auto written = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (written == static_cast<ssize_t>(bytes.size())) {
        m_pending.push_back({now, awaited});
        return true;
    }
    pump(now); // what the daemon said before it closed tells more than the failed write
    lose(outOfService("the lock daemon is gone", m_path));
    return false;
}

/// Sends a command and waits for its answer, answerTime at most. A refusal comes back as an error.
Result<LockdLine> LockdClient::command(std::string_view line, MonoTime now) {
    const MonoTime deadline = steady_clock::now() + answerTime;
    m_answer.reset();
    if (!send(line, true, now))
        return notConnected();
    while (m_fd >= 0 && !m_answer) {
        const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
        pollfd waiting{m_fd, POLLIN, 0};
        const int ready = left > 0 ? ::poll(&waiting, 1, static_cast<int>(left)) : 0;
        if (ready > 0)
            pump(now);
        else if (ready == 0)
            lose(outOfService("the lock daemon does not answer", m_path));
        else if (errno != EINTR)
            lose(outOfService(std::string("waiting for the lock daemon failed: ") + std::strerror(errno), m_path));
    }
    if (!m_answer)
        return notConnected();
    if (m_answer->kind == LockdLine::Kind::Refusal)
        return refusal(*m_answer);
    return *m_answer;
}

/// Reads what has come, without waiting.
void LockdClient::pump(MonoTime now) {
    std::array<char, 1024> buffer;
    for (int reads = 0; m_fd >= 0 && reads < mostReads; ++reads) {
        const auto count = ::recv(m_fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return;
        if (count <= 0) {
            lose(outOfService("the lock daemon is gone", m_path));
            return;
        }
        m_received.append(buffer.data(), static_cast<std::size_t>(count));
        std::size_t end = 0;
        while (m_fd >= 0 && (end = m_received.find('\n')) != std::string::npos) {
            const auto line = end < longestLockdLine ? parseLockdLine(m_received.substr(0, end)) : std::nullopt;
            m_received.erase(0, end + 1);
            if (line)
                take(*line, now);
            else
                lose(outOfService("what answers is not the lock daemon", m_path, "Check lock.socket in the settings"));
        }
        if (m_received.size() >= longestLockdLine)
            lose(outOfService("what answers is not the lock daemon", m_path, "Check lock.socket in the settings"));
    }
}

void LockdClient::take(const LockdLine& line, MonoTime now) {
    switch (line.kind) {
    case LockdLine::Kind::Ok:
    case LockdLine::Kind::Refusal:
        takeAnswer(line, now);
        return;
    case LockdLine::Kind::State:
        released(line.code == "hold"    ? Release::Hold
                 : line.code == "pulse" ? Release::Pulse
                                        : Release::None,
                 line.time, now);
        return;
    case LockdLine::Kind::Edge:
        if (m_changes.size() < mostChanges)
            m_changes.push_back({line.input, line.active, line.at, false});
        return;
    }
}

void LockdClient::takeAnswer(const LockdLine& line, MonoTime now) {
    const bool awaited = !m_pending.empty() && m_pending.front().awaited;
    if (!m_pending.empty())
        m_pending.pop_front();
    else if (line.kind == LockdLine::Kind::Ok) {
        lose(outOfService("what answers is not the lock daemon", m_path, "Check lock.socket in the settings"));
        return;
    }
    if (awaited)
        m_answer = line;
    if (line.kind == LockdLine::Kind::Refusal) {
        if (closes(line.code))
            lose(refusal(line));
        return;
    }
    if (line.command == "PULSE" &&
        m_release != Release::Hold) // during a hold the answer tells what is left of the lease
        released(Release::Pulse, line.time, now);
    else if (line.command == "HOLD" && line.code == "on")
        released(Release::Hold, line.time, now);
    else if (line.command == "HOLD" && m_release == Release::Hold)
        released(Release::None, milliseconds{0}, now);
    else if (line.command == "BEAT" && m_release == Release::Hold)
        released(Release::Hold, lease, now);
}

void LockdClient::released(Release release, milliseconds remaining, MonoTime now) {
    m_release = release;
    m_releasedUntil = now + remaining;
}

/// Closes the connection; the first reason given after a connect is the one told.
void LockdClient::lose(Error reason) {
    if (m_fd >= 0)
        ::close(m_fd);
    if (m_fd >= 0 || m_reason.what.empty())
        m_reason = std::move(reason);
    m_fd = -1;
    m_greeted = false;
    m_received.clear();
    m_pending.clear();
    m_release = Release::None;
}

Error LockdClient::notConnected() const {
    if (m_reason.what.empty())
        return outOfService("the lock daemon is not connected", m_path);
    return m_reason;
}

Error LockdClient::refusal(const LockdLine& line) const {
    const std::string what = "the lock daemon refused: " + (line.text.empty() ? line.code : line.text);
    if (line.code == "busy")
        return outOfService(what, m_path, "Stop the other program that controls the lock");
    if (line.code == "denied")
        return cannotConnect(EACCES, m_path);
    if (line.code == "version")
        return outOfService(what, m_path, "Install kiosk and lock daemon of the same version");
    if (closes(line.code))
        return outOfService(what, m_path, "It is connected again by itself");
    return core::fail(what, m_path);
}

} // namespace facelatch::hardware
