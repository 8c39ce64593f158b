// SPDX-License-Identifier: GPL-3.0-or-later
// The control socket between facelatch-ctl and the kiosk, with honest and with broken peers.
#include "network/control_socket.h"

#include "network/unix_address.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace facelatch;
using namespace facelatch::network;
using namespace std::chrono_literals;

namespace {

/// Runs a blocking call in a thread while this thread's event loop serves it.
template<typename F>
auto whileServing(F call) {
    auto future = std::async(std::launch::async, std::move(call));
    while (future.wait_for(0ms) != std::future_status::ready)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    return future.get();
}

/// A peer that sends what it likes.
class RawPeer {
public:
    explicit RawPeer(const std::filesystem::path& socket) {
        const auto address = unixAddress(socket);
        m_fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        m_connected = ::connect(m_fd, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0;
    }
    ~RawPeer() { ::close(m_fd); }
    bool connected() const { return m_connected; }
    void send(const QByteArray& bytes) const {
        (void)!::send(m_fd, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL);
    }
    /// Everything until the server hangs up, 5 s at most; then "(still open)" stands at its end.
    QByteArray readAll() const {
        QByteArray all;
        char buffer[4096];
        for (;;) {
            pollfd waiting{m_fd, POLLIN, 0};
            if (::poll(&waiting, 1, 5000) <= 0)
                return all + "(still open)";
            const auto count = ::recv(m_fd, buffer, sizeof buffer, 0);
            if (count <= 0)
                return all;
            all.append(buffer, count);
        }
    }
    QByteArray readLine() const {
        QByteArray line;
        char c = 0;
        pollfd waiting{m_fd, POLLIN, 0};
        while (!line.endsWith('\n') && ::poll(&waiting, 1, 5000) > 0 && ::recv(m_fd, &c, 1, 0) == 1)
            line.append(c);
        return line;
    }

private:
    int m_fd = -1;
    bool m_connected = false;
};

/// Answers "echo" with its args, "fail" with an error, "slow" never, "later" from another thread.
void handle(const QJsonObject& request, const ControlReply& reply, std::vector<ControlReply>& unanswered) {
    const QString command = request.value(QLatin1String("command")).toString();
    if (command == QLatin1String("echo"))
        reply(request.value(QLatin1String("args")).toObject());
    else if (command == QLatin1String("fail"))
        reply(core::Error{core::ErrorKind::NewerVersion, "data of version 9", "facelatch.db", "Update Facelatch"});
    else if (command == QLatin1String("later"))
        std::thread([reply] { reply(QJsonObject{{QStringLiteral("from"), QStringLiteral("thread")}}); }).detach();
    else if (command == QLatin1String("twice")) {
        reply(QJsonObject{{QStringLiteral("n"), 1}});
        reply(QJsonObject{{QStringLiteral("n"), 2}});
    } else if (command == QLatin1String("huge"))
        reply(QJsonObject{{QStringLiteral("text"), QString(200'000, QLatin1Char('x'))}});
    else
        unanswered.push_back(reply);
}

} // namespace

class TestControlSocket : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_socket = std::filesystem::path(m_folder->path().toStdString()) / "control.sock";
    }
    void cleanup() {
        m_server.reset();
        m_unanswered.clear();
    }

    void answersARequest() {
        serve();
        const QJsonObject args{{QStringLiteral("name"), QStringLiteral("Zoé\n\"x\"")},
                               {QStringLiteral("list"), QJsonArray{1, 2}}};
        const auto answer = ask(QStringLiteral("echo"), args);
        QVERIFY2(answer, answer ? "" : answer.error().text().c_str());
        QCOMPARE(*answer, args);
    }

    void carriesErrorsWithTheirKind() {
        serve();
        const auto answer = ask(QStringLiteral("fail"));
        QVERIFY(!answer);
        QCOMPARE(int(answer.error().kind), int(core::ErrorKind::NewerVersion));
        QCOMPARE(answer.error().text(), std::string("data of version 9 (facelatch.db). Update Facelatch"));
    }

    void repliesFromAnotherThreadAndOnlyOnce() {
        serve();
        const auto later = ask(QStringLiteral("later"));
        QVERIFY(later);
        QCOMPARE(later->value(QLatin1String("from")).toString(), QStringLiteral("thread"));
        const RawPeer peer(m_socket);
        peer.send("{\"v\":1,\"command\":\"twice\"}\n{\"v\":1,\"command\":\"echo\",\"args\":{\"n\":3}}\n");
        const QByteArray first = whileServing([&] { return peer.readLine(); });
        const QByteArray second = whileServing([&] { return peer.readLine(); });
        QVERIFY2(first.contains("\"n\":1"), first.constData());
        QVERIFY2(second.contains("\"n\":3"), second.constData());
    }

    void carriesLargeRequestsAndRefusesLargerOnes() {
        serve();
        const QString text(4'000'000, QLatin1Char('t'));
        const auto fits = ask(QStringLiteral("echo"), {{QStringLiteral("templates"), text}});
        QVERIFY2(fits, fits ? "" : fits.error().text().c_str());
        QCOMPARE(fits->value(QLatin1String("templates")).toString().size(), 4'000'000);
        const auto refused = ask(QStringLiteral("echo"), {{QStringLiteral("templates"), text + text}});
        QVERIFY(!refused);
        QVERIFY(refused.error().what.find("longer") != std::string::npos);
        // A client that does not check for itself is refused by the server, and told so.
        const RawPeer peer(m_socket);
        const auto said = whileServing([&] {
            peer.send(QByteArray("{\"v\":1,\"command\":\"echo\",\"args\":{\"t\":\"") + QByteArray(5'000'000, 'x'));
            return peer.readAll();
        });
        QVERIFY2(said.contains("longer than 4194304 bytes"), said.constData());
        QVERIFY(!said.contains("still open"));
    }

    void refusesAnAnswerThatIsTooLong() {
        ControlLimits limits;
        limits.answerBytes = 100'000;
        serve(limits);
        const auto answer = ask(QStringLiteral("huge"));
        QVERIFY(!answer);
        QVERIFY(answer.error().what.find("answer is longer") != std::string::npos);
    }

    void refusesGarbage_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("text") << QByteArray("GET / HTTP/1.1\r\n") << QByteArray("no JSON object");
        QTest::newRow("empty line") << QByteArray("\n") << QByteArray("no JSON object");
        QTest::newRow("array") << QByteArray("[1]\n") << QByteArray("no JSON object");
        QTest::newRow("binary") << QByteArray("\x00\xff\xfe\n", 4) << QByteArray("no JSON object");
        QTest::newRow("deep") << QByteArray(QByteArray(100'000, '[') + "\n") << QByteArray("no JSON object");
        QTest::newRow("no version") << QByteArray("{\"command\":\"echo\"}\n") << QByteArray("version 1");
        QTest::newRow("other version") << QByteArray("{\"v\":2,\"command\":\"echo\"}\n") << QByteArray("version 1");
        QTest::newRow("no command") << QByteArray("{\"v\":1}\n") << QByteArray("needs a");
        QTest::newRow("args is text") << QByteArray("{\"v\":1,\"command\":\"echo\",\"args\":\"x\"}\n")
                                      << QByteArray("needs a");
    }
    void refusesGarbage() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, said);
        serve();
        const RawPeer peer(m_socket);
        peer.send(line);
        const auto answer = whileServing([&] { return peer.readAll(); });
        QVERIFY2(answer.contains("\"ok\":false") && answer.contains(said), answer.constData());
        QVERIFY2(!answer.contains("still open"), "the connection is closed after garbage");
        QVERIFY2(ask(QStringLiteral("echo")), "others are served as before");
    }

    void servesSeveralClientsAndRefusesTooMany() {
        ControlLimits limits;
        limits.clients = 3;
        serve(limits);
        std::vector<std::unique_ptr<RawPeer>> idle;
        for (int i = 0; i < 2; ++i)
            idle.push_back(std::make_unique<RawPeer>(m_socket));
        QVERIFY(ask(QStringLiteral("echo")));
        idle.clear();
        m_server.reset(); // anew: a client that hangs up counts until its end has been noticed
        serve(limits);
        for (int i = 0; i < 3; ++i)
            idle.push_back(std::make_unique<RawPeer>(m_socket));
        const auto refused = ask(QStringLiteral("echo"));
        QVERIFY(!refused);
        QCOMPARE(int(refused.error().kind), int(core::ErrorKind::OutOfService));
        QVERIFY(refused.error().what.find("too many") != std::string::npos);
        idle.clear();
        QTRY_VERIFY(bool(ask(QStringLiteral("echo"))));
    }

    void closesIdleAndDrippingClients() {
        ControlLimits limits;
        limits.requestTimeout = 100ms;
        serve(limits);
        const RawPeer idle(m_socket);
        QCOMPARE(whileServing([&] { return idle.readAll(); }), QByteArray());
        const RawPeer drip(m_socket);
        drip.send("{\"v\":1,");
        const auto said = whileServing([&] { return drip.readAll(); });
        QVERIFY2(said.contains("did not come to its end"), said.constData());
    }

    void answersForAHandlerThatDoesNot() {
        ControlLimits limits;
        limits.answerTimeout = 100ms;
        serve(limits);
        const auto answer = ask(QStringLiteral("slow"));
        QVERIFY(!answer);
        QCOMPARE(int(answer.error().kind), int(core::ErrorKind::OutOfService));
        QVERIFY(answer.error().what.find("did not finish") != std::string::npos);
        QCOMPARE(m_unanswered.size(), size_t(1));
        m_unanswered.front()(QJsonObject()); // too late: nothing happens
        QCoreApplication::processEvents();
    }

    void repliesAfterTheClientOrTheServerIsGone() {
        serve();
        {
            const RawPeer peer(m_socket);
            peer.send("{\"v\":1,\"command\":\"slow\"}\n");
            QTRY_COMPARE(m_unanswered.size(), size_t(1));
        }
        QVERIFY(ask(QStringLiteral("echo"))); // by then the hang-up has been seen too
        m_unanswered.front()(QJsonObject());
        QCoreApplication::processEvents();
        const RawPeer peer(m_socket);
        peer.send("{\"v\":1,\"command\":\"slow\"}\n");
        QTRY_COMPARE(m_unanswered.size(), size_t(2));
        m_server.reset();
        m_unanswered.back()(QJsonObject());
        QVERIFY2(!QFile::exists(QString::fromStdString(m_socket.string())), "the socket file goes with its server");
    }

    void tellsNoKioskFromOneThatHangs() {
        const auto none = controlRequest(m_socket, makeControlRequest(QStringLiteral("echo")), 1000ms);
        QVERIFY(!none);
        QCOMPARE(int(none.error().kind), int(core::ErrorKind::NotFound));
        serve();
        // This thread does not serve: the kernel accepts, nobody answers.
        const auto hangs = controlRequest(m_socket, makeControlRequest(QStringLiteral("echo")), 200ms);
        QVERIFY(!hangs);
        QCOMPARE(int(hangs.error().kind), int(core::ErrorKind::OutOfService));
        QVERIFY(hangs.error().what.find("does not answer") != std::string::npos);
    }

    void replacesTheSocketOfAKilledKioskOnly() {
        const auto address = unixAddress(m_socket);
        const int dead = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        QCOMPARE(::bind(dead, reinterpret_cast<const sockaddr*>(&*address), sizeof *address), 0);
        ::close(dead); // the file stays, as after kill -9
        QVERIFY(QFile::exists(QString::fromStdString(m_socket.string())));
        const auto none = controlRequest(m_socket, makeControlRequest(QStringLiteral("echo")), 1000ms);
        QCOMPARE(int(none.error().kind), int(core::ErrorKind::NotFound));
        serve();
        QVERIFY(ask(QStringLiteral("echo")));
        const auto second = ControlServer::listen(m_socket, [](QJsonObject, ControlReply) {});
        QVERIFY(!second);
        QCOMPARE(int(second.error().kind), int(core::ErrorKind::AlreadyRunning));
        QVERIFY(ask(QStringLiteral("echo")));
    }

    void keepsTheSocketToItsUser() {
        serve();
        const auto permissions = QFile::permissions(QString::fromStdString(m_socket.string()));
        QCOMPARE(permissions & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser),
                 QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(mayControl(1000, 1000));
        QVERIFY(mayControl(0, 1000));
        QVERIFY(!mayControl(1001, 1000));
        QVERIFY(!mayControl(1000, 0));
    }

    void closesAnotherUserUnheard() {
        if (::geteuid() != 0)
            QSKIP("needs root to become another user");
        serve();
        QFile::setPermissions(QString::fromStdString(m_socket.string()),
                              QFile::Permissions(0x6666)); // the mode does not help it
        QFile::setPermissions(m_folder->path(), QFile::Permissions(0x7777));
        int answer[2];
        QCOMPARE(::pipe(answer), 0);
        const pid_t child = ::fork();
        if (child == 0) { // only plain system calls from here on
            char c = 'd';
            if (::setuid(65534) == 0) {
                const RawPeer peer(m_socket);
                peer.send("{\"v\":1,\"command\":\"echo\"}\n");
                c = peer.connected() ? (peer.readAll().isEmpty() ? 'c' : 'a') : 'n';
            }
            (void)!::write(answer[1], &c, 1);
            ::_exit(0);
        }
        const char verdict = whileServing([&] {
            char c = '?';
            (void)!::read(answer[0], &c, 1);
            return c;
        });
        ::close(answer[0]);
        ::close(answer[1]);
        QCOMPARE(verdict, 'c'); // connected, then closed without a word
        QVERIFY(m_unanswered.empty());
    }

    void saysWhyItCannotListen() {
        const auto deep = m_socket.parent_path() / std::string(120, 'd') / "control.sock";
        const auto tooLong = ControlServer::listen(deep, [](QJsonObject, ControlReply) {});
        QVERIFY(!tooLong);
        QVERIFY(tooLong.error().what.find("too long") != std::string::npos);
        const auto missing =
            ControlServer::listen(m_socket.parent_path() / "no" / "control.sock", [](QJsonObject, ControlReply) {});
        QVERIFY(!missing);
        QVERIFY(missing.error().text().find("data folder exists") != std::string::npos);
    }

private:
    void serve(const ControlLimits& limits = {}) {
        auto server = ControlServer::listen(
            m_socket,
            [this](const QJsonObject& request, const ControlReply& reply) { handle(request, reply, m_unanswered); },
            limits);
        QVERIFY2(server, server ? "" : server.error().text().c_str());
        m_server = std::move(*server);
    }
    core::Result<QJsonObject> ask(const QString& command, const QJsonObject& args = {}) {
        return whileServing([&] { return controlRequest(m_socket, makeControlRequest(command, args), 10s); });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_socket;
    std::unique_ptr<ControlServer> m_server;
    std::vector<ControlReply> m_unanswered;
};

QTEST_GUILESS_MAIN(TestControlSocket)
#include "tst_control_socket.moc"
