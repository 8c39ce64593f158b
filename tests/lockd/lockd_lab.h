// SPDX-License-Identifier: GPL-3.0-or-later
// The real daemon in a folder of its own, clients for it, and what its line did and when. CLOCK_MONOTONIC throughout.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace facelatch::lockd {

using Clock = std::chrono::steady_clock;
using Ms = std::chrono::milliseconds;

/// Calls `condition` until it is true, at most this long; its last answer.
bool eventually(Ms limit, const std::function<bool()>& condition);

/// A process of ours: killed and waited for by the destructor, and by the kernel should the test die.
class Process {
public:
    /// The child runs `body` and ends with its result; or the program `arguments`, its output in `logFile`.
    explicit Process(const std::function<int()>& body);
    Process(const std::vector<std::string>& arguments, const std::string& logFile,
            const std::vector<std::pair<std::string, std::string>>& environment = {});
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();

    pid_t pid() const { return m_pid; }
    void signal(int number) const;
    /// Its exit code, or 1000 + the signal that ended it; nothing if it still runs after `limit`.
    std::optional<int> wait(Ms limit);

private:
    pid_t m_pid = -1;
    std::optional<int> m_end;
};

/// A line to the daemon at a time; what it says comes with a deadline.
class Client {
public:
    explicit Client(const std::string& socket);
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client();

    int fd() const { return m_fd; }
    bool send(const std::string& bytes) const;
    /// The next line; "" at the end of the connection, "(silence)" when none comes in time.
    std::string line(Ms limit = Ms(3000));
    /// Sends the command and gives the next line that is no EDGE.
    std::string ask(const std::string& command);
    /// Everything until the connection ends, lines joined by " | ".
    std::string rest(Ms limit = Ms(3000));

private:
    int m_fd = -1;
    std::string m_received;
};

struct Move {
    Clock::time_point at;
    bool active = false;
};

/// Folder, configuration and the daemon with the fake line (see fake_lines.h).
class DaemonLab {
public:
    /// `settings` are lines of lockd.conf besides socket, chip and line.
    explicit DaemonLab(const std::string& settings = "max_pulse_ms = 1500\nmin_off_ms = 100\n");
    DaemonLab(const DaemonLab&) = delete;
    DaemonLab& operator=(const DaemonLab&) = delete;
    ~DaemonLab();

    std::string path(const std::string& name) const { return m_folder + "/" + name; }
    std::string socket() const { return path("lockd.sock"); }
    std::string log() const;
    std::vector<std::string> commandLine() const;

    /// Starts the daemon and waits until it serves.
    void start(const std::vector<std::pair<std::string, std::string>>& environment = {});
    bool serves() const;
    Process& daemon() const { return *m_daemon; }
    /// The guard's child, 0 while there is none.
    pid_t worker() const;

    /// A greeted client after min_off_ms; released() has it released too.
    std::unique_ptr<Client> greeted() const;
    std::unique_ptr<Client> released(int ms = 1500) const;

    std::vector<Move> moves() const; ///< changes of the level only, the first request included
    std::vector<Move> records() const;
    bool active() const;
    /// Milliseconds from `since` until the line is at rest; nothing if it is not within `limit`.
    std::optional<double> restWithin(Ms limit, Clock::time_point since) const;

private:
    std::string m_folder;
    std::unique_ptr<Process> m_daemon;
};

} // namespace facelatch::lockd
