// SPDX-License-Identifier: GPL-3.0-or-later
// push_load: how many viewers a door's push server bears. The server runs in a child process, so that its memory is its
// own; the viewers in this one, on addresses 127.0.1.1 to 127.0.1.250. Prints figures with their aims; exits with 1
// when one is missed. [--quick]: fewer events.
#include "raw_viewer.h"

#include "network/silent_peers.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSocketNotifier>
#include <QTimer>

#include <array>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <limits>
#include <string>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace facelatch;
using namespace facelatch::testing;

namespace {

constexpr int most = 500, addresses = 250;
constexpr int retryMs = 1000; // at most: all at once, they would push each other out again

QHostAddress addressOf(int n) {
    return QHostAddress(QStringLiteral("127.0.1.%1").arg(n % addresses + 1));
}

/// The server in a process of its own; one byte to it is one event.
class ServerProcess {
public:
    explicit ServerProcess(const std::vector<Known>& known) {
        std::array<int, 2> in{}, out{};
        if (::pipe(in.data()) != 0 || ::pipe(out.data()) != 0)
            qFatal("no pipes");
        m_process = ::fork();
        if (m_process == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            ::close(in[1]);
            ::_exit(run(known, in[0], out[1]));
        }
        ::close(in[0]);
        ::close(out[1]);
        m_in = in[1];
        if (::read(out[0], &m_port, sizeof m_port) != sizeof m_port)
            qFatal("the server did not begin");
        ::close(out[0]);
    }
    ~ServerProcess() {
        ::close(m_in);
        ::waitpid(m_process, nullptr, 0);
    }
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    std::uint16_t port() const { return m_port; }
    void event() const { (void)!::write(m_in, "e", 1); }
    double residentKb() const {
        std::ifstream status("/proc/" + std::to_string(m_process) + "/status");
        for (std::string line; std::getline(status, line);)
            if (line.starts_with("VmRSS:"))
                return std::stod(line.substr(std::strlen("VmRSS:")));
        return 0;
    }

private:
    static int run(const std::vector<Known>& known, int in, int out) {
        int argc = 1;
        std::array<char*, 2> argv{const_cast<char*>("push_load"), nullptr};
        QCoreApplication application(argc, argv.data());
        PushStage stage;
        for (const Known& viewer : known)
            stage.door.viewers.emplace(viewer.id, viewer);
        const std::uint16_t port = stage.server->port();
        (void)!::write(out, &port, sizeof port);
        QSocketNotifier commands(in, QSocketNotifier::Read);
        QObject::connect(&commands, &QSocketNotifier::activated, &application, [&] {
            std::array<char, 64> bytes{};
            const auto count = ::read(in, bytes.data(), bytes.size());
            if (count <= 0)
                return QCoreApplication::quit();
            stage.append(static_cast<int>(count));
            stage.server->frame({}, QByteArray(40'000, 'j')); // to those who look
        });
        return QCoreApplication::exec();
    }

    pid_t m_process = 0;
    int m_in = -1;
    std::uint16_t m_port = 0;
};

/// A viewer that follows the log; comes back when it was pushed out.
class LoadViewer {
public:
    LoadViewer(const Known& known, std::uint16_t port, QHostAddress own, bool reads = true)
        : m_known(known), m_port(port), m_own(std::move(own)), m_reads(reads) {
        m_retry.setSingleShot(true);
        QObject::connect(&m_retry, &QTimer::timeout, &m_retry, [this] { begin(); });
        begin();
    }
    bool online() const { return m_online; }
    std::int64_t last() const { return m_last; }

private:
    void begin() {
        m_online = false;
        m_peer = std::make_unique<RawViewer>(m_port, m_own);
        QSslSocket* socket = &m_peer->socket;
        QObject::connect(socket, &QSslSocket::encrypted, &m_retry, [socket] { socket->write(RawViewer::upgrade()); });
        QObject::connect(socket, &QSslSocket::readyRead, &m_retry, [this] { hear(); });
        QObject::connect(socket, &QSslSocket::stateChanged, &m_retry, [this](QAbstractSocket::SocketState state) {
            if (state == QAbstractSocket::UnconnectedState)
                m_retry.start(QRandomGenerator::global()->bounded(retryMs));
        });
    }
    void hear() {
        for (const auto& [opcode, payload] : m_peer->takeFrames()) {
            if (opcode == 9)
                m_peer->socket.write(RawFrame{10, payload}.bytes());
            if (opcode != 1)
                continue;
            const QJsonObject message = QJsonDocument::fromJson(payload).object();
            const QString t = message.value(u"t").toString();
            if (t == u"hello") {
                m_peer->socket.write(textFrame(m_peer->login(m_known, message)));
            } else if (t == u"welcome") {
                m_online = true;
                m_peer->socket.write(textFrame(network::toText(network::PushFollow{{}, 0, 0}).toUtf8()));
                if (!m_reads) {
                    m_peer->socket.write(textFrame(R"({"t":"live","on":true,"width":640,"fps":15})"));
                    m_peer->deaf = true;
                    m_peer->socket.setReadBufferSize(1);
                }
            } else if (t == u"events") {
                const QJsonArray events = message.value(u"events").toArray();
                m_last = message.value(u"last_seq").toInteger();
                if (!events.isEmpty())
                    m_peer->socket.write(textFrame(
                        network::toText(network::SeenMessage{message.value(u"log_id").toString(), m_last}).toUtf8()));
            }
        }
    }

    const Known& m_known;
    const std::uint16_t m_port;
    const QHostAddress m_own;
    const bool m_reads;
    std::unique_ptr<RawViewer> m_peer;
    QTimer m_retry;
    bool m_online = false;
    std::int64_t m_last = -1;
};

using Viewers = std::vector<std::unique_ptr<LoadViewer>>;

void add(Viewers& viewers, const std::vector<Known>& known, int upTo, std::uint16_t port) {
    for (auto n = static_cast<int>(viewers.size()); n < upTo; ++n)
        viewers.push_back(std::make_unique<LoadViewer>(known[static_cast<std::size_t>(n)], port, addressOf(n)));
}
/// Milliseconds until all of them have come that far.
double untilAll(const Viewers& viewers, const std::function<bool(const LoadViewer&)>& there) {
    QElapsedTimer timer;
    timer.start();
    constexpr double nanosecondsInMs = 1e6;
    while (!std::ranges::all_of(viewers, [&](const auto& viewer) { return there(*viewer); })) {
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 10);
        if (timer.elapsed() > patience) {
            std::printf(
                "only %d of %d came so far\n",
                static_cast<int>(std::ranges::count_if(viewers, [&](const auto& viewer) { return there(*viewer); })),
                static_cast<int>(viewers.size()));
            return std::numeric_limits<double>::infinity();
        }
    }
    return static_cast<double>(timer.nsecsElapsed()) / nanosecondsInMs;
}
double untilOnline(const Viewers& viewers) {
    return untilAll(viewers, [](const LoadViewer& viewer) { return viewer.online() && viewer.last() >= 0; });
}

/// How long an event takes to the last of them: the 95th of 100.
double eventP95(const ServerProcess& server, const Viewers& viewers, int events) {
    std::vector<double> times;
    for (int i = 0; i < events; ++i) {
        const std::int64_t wanted = viewers.front()->last() + 1;
        server.event();
        times.push_back(untilAll(viewers, [&](const LoadViewer& viewer) { return viewer.last() >= wanted; }));
    }
    std::ranges::sort(times);
    return times[times.size() * 95 / 100];
}

/// From the connection to the first answer about events, of an honest viewer on an address of its own.
double loginMedian(const Known& viewer, std::uint16_t port, int logins) {
    std::vector<double> times;
    for (int i = 0; i < logins; ++i) {
        Viewers honest;
        honest.push_back(std::make_unique<LoadViewer>(viewer, port, QHostAddress(QStringLiteral("127.0.2.1"))));
        times.push_back(untilOnline(honest));
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

bool told(const char* what, double value, double aim, const char* unit) {
    const bool met = value < aim;
    std::printf("%-66s %9.1f %-3s under %7.0f  %s\n", what, value, unit, aim, met ? "met" : "MISSED");
    std::fflush(stdout);
    return met;
}

} // namespace

int main(int argc, char** argv) {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    (void)identity(); // before the fork: both know it
    std::vector<Known> known;
    for (int n = 0; n < most + 50; ++n)
        known.emplace_back();
    const bool quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
    const int events = quick ? 20 : 100;

    // No application exists before the forks.
    const ServerProcess many(known), busy(known);
    QCoreApplication application(argc, argv);
    bool met = true;
    {
        Viewers viewers;
        add(viewers, known, 100, many.port());
        untilOnline(viewers);
        const double before = many.residentKb();
        add(viewers, known, most, many.port());
        const bool all = std::isfinite(untilOnline(viewers));
        const double grown = many.residentKb() - before;
        met &= told("memory of an idle viewer, between 100 and 500 of them",
                    all ? grown / (most - 100) : std::numeric_limits<double>::infinity(), 128, "kB");
        viewers.clear();
        add(viewers, known, most, many.port());
        met &= told("500 viewers connect at once", untilOnline(viewers) / 1000, 10, "s");
    }
    Viewers viewers;
    add(viewers, known, 200, busy.port());
    untilOnline(viewers);
    met &= told("an event reaches the last of 200 viewers, p95", eventP95(busy, viewers, events), 100, "ms");
    const double before = busy.residentKb();
    Viewers deaf;
    for (int n = 0; n < 50; ++n)
        deaf.push_back(std::make_unique<LoadViewer>(known[static_cast<std::size_t>(most + n)], busy.port(),
                                                    addressOf(200 + n), false));
    untilAll(deaf, [](const LoadViewer& viewer) { return viewer.online(); });
    met &= told("the same beside 50 that never read, p95", eventP95(busy, viewers, events), 100, "ms");
    met &= told("memory of the 50 that never read", (busy.residentKb() - before) / 1000, 32, "MB");
    deaf.clear();

    viewers.clear();
    const int logins = quick ? 10 : 40;
    const double alone = loginMedian(known.back(), busy.port(), logins);
    network::SilentPeers halfOpen(busy.port());
    if (const auto connected = halfOpen.connect(300); !connected)
        qFatal("%s", connected.error().what.c_str());
    met &= told("a login beside 300 half-open connections takes longer by, median",
                loginMedian(known.back(), busy.port(), logins) - alone, 200, "ms");
    return met ? 0 : 1;
}
