// SPDX-License-Identifier: GPL-3.0-or-later
// The parent: holds no line and no socket, and puts the lock at rest when the worker dies, however it dies.
#include "hardware/lockd/lock_machine.h"
#include "hardware/lockd/lockd.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace facelatch::lockd {
namespace {

constexpr char usage[] = "facelatch-lockd %s%s: facelatch-lockd [--conf FILE] [--rest | --version | --help]\n"
                         "FILE is /etc/facelatch/lockd.conf unless given; --rest only puts the lock at rest.\n";
constexpr Ms startLimit{10000}; // for a worker's first sign of life; a death within it is a quick one
constexpr Ms lifeLimit{1500};   // between signs of life, and to end when told to

/// systemd's notification protocol: one datagram to $NOTIFY_SOCKET.
void notifySystemd(const std::string& state) {
    const std::string path = std::getenv("NOTIFY_SOCKET") ? std::getenv("NOTIFY_SOCKET") : "";
    sockaddr_un address{AF_UNIX, {}};
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return;
    path.copy(address.sun_path + 1, path.size(), 1);
    address.sun_path[0] = path[0] == '@' ? '\0' : path[0];
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    sendto(fd, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr*>(&address), size);
    close(fd);
}

class Guard {
public:
    explicit Guard(const Daemon& daemon) : m_daemon(daemon) {}

    int run() {
        sigset_t signals;
        sigemptyset(&signals);
        for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD})
            sigaddset(&signals, signal);
        sigprocmask(SIG_BLOCK, &signals, nullptr);
        m_signals = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
        for (int quickDeaths = 0;;) {
            const TimePoint started = now();
            const int status = superviseWorker(quickDeaths < 3 ? 0 : std::min(quickDeaths * 500, 4000));
            const int rested = status == 0 ? 0 : restLine();
            if (m_stopping || !WIFSIGNALED(status)) // one that ended by itself has said why
                return WIFSIGNALED(status) ? rested : WEXITSTATUS(status);
            logLine("the worker died of signal " + std::to_string(WTERMSIG(status)) + "; lock at rest, starting anew");
            quickDeaths = now() - started < startLimit ? quickDeaths + 1 : 0;
        }
    }

    /// Requests the line inactive and lets go of it; returns an exit code.
    int restLine() const {
        const auto lines = m_daemon.openLines(m_daemon.conf, false);
        return lines ? 0 : complain(lines.error());
    }

private:
    static TimePoint now() { return std::chrono::steady_clock::now(); }

    /// Starts a worker, which begins after delayMs, watches it until it is gone, and returns its wait status.
    int superviseWorker(int delayMs) {
        int life[2] = {-1, -1}, status = 1 << 8; // exit code 1 where no worker can be made
        const pid_t guard = getpid(), worker = pipe2(life, O_CLOEXEC | O_NONBLOCK) == 0 ? fork() : -1;
        if (worker == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM); // a worker without its guard goes to rest and ends
            mlockall(MCL_CURRENT);            // a stalled disk must not delay a relock; refused without the right
            pollfd stop{m_signals, POLLIN, 0};
            const bool stopped = poll(&stop, 1, delayMs) != 0 || getppid() != guard;
            std::_Exit(stopped ? 0 : runWorker(m_daemon, m_signals, life[1]));
        }
        close(life[1]);
        TimePoint limit = now() + startLimit;
        while (worker > 0 && waitpid(worker, &status, WNOHANG) != worker) {
            pollfd fds[] = {{m_signals, POLLIN, 0}, {life[0], POLLIN, 0}};
            poll(fds, 2, static_cast<int>(std::max(std::chrono::ceil<Ms>(limit - now()), Ms{0}).count()));
            for (signalfd_siginfo signal{}; read(m_signals, &signal, sizeof signal) > 0;)
                m_stopping = m_stopping || signal.ssi_signo != SIGCHLD;
            if (m_stopping)
                kill(worker, SIGTERM);
            char signs[64];
            if (fds[1].revents != 0 && read(life[0], signs, sizeof signs) > 0 && !m_stopping) {
                notifySystemd(std::exchange(m_ready, true) ? "WATCHDOG=1" : "READY=1");
                limit = now() + lifeLimit;
            }
            if (now() >= limit && kill(worker, SIGKILL) == 0) // it hangs
                limit = now() + lifeLimit;
        }
        close(life[0]);
        return status;
    }

    const Daemon& m_daemon;
    int m_signals = -1;
    bool m_ready = false, m_stopping = false;
};

} // namespace

int runLockd(int argc, char** argv, Daemon daemon) {
    std::string confFile = "/etc/facelatch/lockd.conf", command;
    for (int i = 1; i < argc; ++i) {
        const bool conf = argv[i] == std::string("--conf") && i + 1 < argc;
        (conf ? confFile : command) = argv[conf ? ++i : i];
    }
    if (!command.empty() && command != "--rest") {
        const bool asked = command == "--help" || command == "--version";
        std::fprintf(asked ? stdout : stderr, usage, FACELATCH_VERSION, daemon.testBuild ? " (test build)" : "");
        return asked ? 0 : 2;
    }
    const auto conf = loadConf(confFile);
    if (!conf)
        return complain(conf.error());
    daemon.conf = *conf;
    if (command == "--rest")
        return Guard(daemon).restLine();
    umask(0); // everybody may connect: the peer's uid decides, not the mode of the socket
    const std::string lock = conf->socket + ".lock"; // held as long as the guard or its worker lives
    if (flock(open(lock.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600), LOCK_EX | LOCK_NB) == 0)
        return Guard(daemon).run();
    if (errno == EWOULDBLOCK)
        return complain({core::ErrorKind::AlreadyRunning, "already running", lock, "systemctl stop facelatch-lockd"});
    return complain({core::ErrorKind::OutOfService, std::strerror(errno), lock, "Make its folder, owned by this user"});
}

} // namespace facelatch::lockd
