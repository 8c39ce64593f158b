// SPDX-License-Identifier: GPL-3.0-or-later
// Processes, sockets and the fake line's file.
#include "lockd_lab.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace facelatch::lockd {

bool eventually(Ms limit, const std::function<bool()>& condition) {
    const auto end = Clock::now() + limit;
    while (!condition()) {
        if (Clock::now() >= end)
            return condition();
        std::this_thread::sleep_for(Ms(2));
    }
    return true;
}

Process::Process(const std::function<int()>& body) : m_pid(fork()) {
    if (m_pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        std::_Exit(body());
    }
}

Process::Process(const std::vector<std::string>& arguments, const std::string& logFile,
                 const std::vector<std::pair<std::string, std::string>>& environment)
    : m_pid(fork()) {
    if (m_pid != 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    const int log = open(logFile.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    for (const auto& [name, value] : environment)
        setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> words;
    for (const std::string& argument : arguments)
        words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    execv(words[0], words.data());
    std::_Exit(127);
}

Process::~Process() {
    if (wait(Ms(0)))
        return;
    signal(SIGCONT);
    signal(SIGKILL);
    wait(Ms(5000));
}

void Process::signal(int number) const {
    kill(m_pid, number);
}

std::optional<int> Process::wait(Ms limit) {
    eventually(limit, [this] {
        int status = 0;
        if (!m_end && waitpid(m_pid, &status, WNOHANG) == m_pid)
            m_end = WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
        return m_end.has_value();
    });
    return m_end;
}

Client::Client(const std::string& path) : m_fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{AF_UNIX, {}};
    path.copy(address.sun_path, path.size());
    if (connect(m_fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        close(m_fd);
        throw std::runtime_error("nobody serves " + path);
    }
}

Client::~Client() {
    close(m_fd);
}

bool Client::send(const std::string& bytes) const {
    return ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

std::string Client::line(Ms limit) {
    const auto deadline = Clock::now() + limit;
    std::size_t end = 0;
    while ((end = m_received.find('\n')) == std::string::npos) {
        const auto left = std::chrono::ceil<Ms>(deadline - Clock::now());
        pollfd waiting{m_fd, POLLIN, 0};
        if (left <= Ms(0) || poll(&waiting, 1, static_cast<int>(left.count())) <= 0)
            return "(silence)";
        char chunk[512];
        const auto count = recv(m_fd, chunk, sizeof chunk, 0);
        if (count <= 0)
            return "";
        m_received.append(chunk, static_cast<std::size_t>(count));
    }
    const std::string first = m_received.substr(0, end);
    m_received.erase(0, end + 1);
    return first;
}

std::string Client::ask(const std::string& command) {
    send(command + "\n");
    std::string answer = line();
    while (answer.rfind("EDGE ", 0) == 0)
        answer = line();
    return answer;
}

std::string Client::rest(Ms limit) {
    const auto deadline = Clock::now() + limit;
    std::string all;
    while (Clock::now() < deadline) {
        const std::string next = line(std::chrono::ceil<Ms>(deadline - Clock::now()));
        if (next.empty())
            return all;
        all += (all.empty() ? "" : " | ") + next;
    }
    return all + " | (still open)";
}

DaemonLab::DaemonLab(const std::string& settings) {
    char name[] = "/tmp/facelatch-lockd-XXXXXX";
    m_folder = mkdtemp(name);
    std::ofstream(path("lockd.conf")) << "socket = " << socket() << "\nchip = file\nline = lock\n" << settings;
    chmod(path("lockd.conf").c_str(), 0600);
}

DaemonLab::~DaemonLab() {
    if (m_daemon) {
        m_daemon->signal(SIGCONT);
        m_daemon->signal(SIGTERM);
        m_daemon->wait(Ms(3000));
    }
    m_daemon.reset();
    std::filesystem::remove_all(m_folder);
}

std::string DaemonLab::log() const {
    std::ostringstream text;
    text << std::ifstream(path("log")).rdbuf();
    return text.str();
}

std::vector<std::string> DaemonLab::commandLine() const {
    return {LOCKD_FAKE, "--conf", path("lockd.conf"), "--line-file", path("line")};
}

void DaemonLab::start(const std::vector<std::pair<std::string, std::string>>& environment) {
    m_daemon = std::make_unique<Process>(commandLine(), path("log"), environment);
    if (!eventually(Ms(5000), [this] { return serves(); }))
        throw std::runtime_error("the daemon does not start: " + log());
}

bool DaemonLab::serves() const {
    try {
        return Client(socket()).ask("HELLO 1").rfind("OK HELLO", 0) == 0;
    } catch (const std::runtime_error&) {
        return false;
    }
}

pid_t DaemonLab::worker() const {
    const std::string pid = std::to_string(m_daemon->pid());
    std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
    pid_t worker = 0;
    children >> worker;
    return worker;
}

std::unique_ptr<Client> DaemonLab::greeted() const {
    std::unique_ptr<Client> client;
    // A client that has just left may still be in the daemon's hands.
    eventually(Ms(3000), [&] {
        try {
            client = std::make_unique<Client>(socket());
            return client->ask("HELLO 1").rfind("OK HELLO", 0) == 0;
        } catch (const std::runtime_error&) {
            return false;
        }
    });
    return client;
}

std::unique_ptr<Client> DaemonLab::released(int ms) const {
    auto client = greeted();
    if (!eventually(Ms(3000), [&] { return client->ask("PULSE " + std::to_string(ms)).rfind("OK PULSE", 0) == 0; }))
        throw std::runtime_error("no release: " + log());
    return client;
}

std::vector<Move> DaemonLab::records() const {
    std::vector<Move> all;
    std::ifstream file(path("line"));
    long long ns = 0;
    for (int level = 0; file >> ns >> level;)
        all.push_back({Clock::time_point(std::chrono::nanoseconds(ns)), level == 1});
    return all;
}

std::vector<Move> DaemonLab::moves() const {
    std::vector<Move> changes;
    for (const Move& record : records())
        if (changes.empty() || changes.back().active != record.active)
            changes.push_back(record);
    return changes;
}

bool DaemonLab::active() const {
    const auto all = records();
    return !all.empty() && all.back().active;
}

std::optional<double> DaemonLab::restWithin(Ms limit, Clock::time_point since) const {
    if (!eventually(limit, [this] { return !active(); }))
        return {};
    return std::chrono::duration<double, std::milli>(moves().back().at - since).count();
}

} // namespace facelatch::lockd
