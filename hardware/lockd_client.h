// SPDX-License-Identifier: GPL-3.0-or-later
// LockdClient: the door lock behind facelatch-lockd's socket (hardware/lockd/PROTOCOL.md).
#pragma once

#include "hardware/backoff.h"
#include "hardware/door_lock.h"
#include "hardware/lockd_wire.h"

#include <deque>
#include <optional>

namespace facelatch::hardware {

/// Waits at most 150 ms for an answer; what is not answered by then counts as failed, and the connection is closed, by
/// which the daemon puts the lock at rest: a release that came too late for its visitor never happens.
class LockdClient final : public DoorLock {
public:
    static constexpr core::milliseconds answerTime{150};

    LockdClient(std::string socketPath, bool acceptTestBuild)
        : m_path(std::move(socketPath)), m_acceptTestBuild(acceptTestBuild) {}
    ~LockdClient() override;
    LockdClient(const LockdClient&) = delete;
    LockdClient& operator=(const LockdClient&) = delete;

    core::Status connect(core::MonoTime now) override;
    core::Status pulse(core::milliseconds duration, core::MonoTime now) override;
    core::Status hold(bool on, core::MonoTime now) override;
    /// By a new connection: the daemon rests the lock when a client leaves, and knows no command for it.
    core::Status rest(core::MonoTime now) override { return connect(now); }
    void beat(core::MonoTime now) override;
    std::vector<InputChange> poll(core::MonoTime now) override;
    LockState state(core::MonoTime now) const override;
    bool real() const override { return !m_testBuild; }
    std::string describe() const override { return "lock daemon at " + m_path; }

private:
    enum class Release { None, Pulse, Hold };
    struct Pending {
        core::MonoTime sent;
        bool awaited; ///< command() waits for it; otherwise nobody needs the answer
    };

    core::Status openSocket();
    core::Status greet(core::MonoTime now);
    core::Status takeHello(const LockdLine& hello, core::MonoTime now);
    bool send(std::string_view line, bool awaited, core::MonoTime now);
    core::Result<LockdLine> command(std::string_view line, core::MonoTime now);
    void pump(core::MonoTime now);
    void take(const LockdLine& line, core::MonoTime now);
    void takeAnswer(const LockdLine& line, core::MonoTime now);
    void released(Release release, core::milliseconds remaining, core::MonoTime now);
    void lose(core::Error reason);
    core::Error notConnected() const;
    core::Error refusal(const LockdLine& line) const;

    const std::string m_path;
    const bool m_acceptTestBuild;
    int m_fd = -1;
    bool m_greeted = false;
    bool m_testBuild = false;
    std::string m_received;            ///< an unfinished line
    std::deque<Pending> m_pending;     ///< commands without an answer, oldest first
    std::optional<LockdLine> m_answer; ///< to the command that is waited for
    std::vector<InputChange> m_changes;
    Release m_release = Release::None;
    core::MonoTime m_releasedUntil{}, m_lastBeat{};
    core::Error m_reason;                                                 ///< why it is not connected
    Backoff m_backoff{core::milliseconds{250}, core::milliseconds{2000}}; ///< a local socket: trying costs nothing
};

} // namespace facelatch::hardware
