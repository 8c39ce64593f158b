// SPDX-License-Identifier: GPL-3.0-or-later
// TlsAcceptor with honest viewers, broken peers, and peers that mean harm.
#include "network/silent_peers.h"
#include "network/tls_acceptor.h"

#include <QHostAddress>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

#include <sys/resource.h>

using namespace facelatch;
using namespace facelatch::network;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000; // ms; slow machines

const TlsIdentity& identity() {
    static const TlsIdentity made =
        makeTlsIdentity({"localhost", "127.0.0.1"}, std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)).value();
    return made;
}

/// A viewer's side of TLS. What becomes of it is looked at with the QTRY macros.
class Client {
public:
    explicit Client(std::uint16_t port, const char* from = nullptr, QSsl::SslProtocol protocol = QSsl::TlsV1_3OrLater,
                    const char* to = "127.0.0.1") {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setProtocol(protocol);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        configuration.setCaCertificates({}); // reading the system's takes longer than the test
        m_socket.setSslConfiguration(configuration);
        if (from && !m_socket.bind(QHostAddress(QLatin1String(from))))
            qFatal("no such address: %s", from);
        QObject::connect(&m_socket, &QSslSocket::errorOccurred, [this] { m_failed = true; });
        QObject::connect(&m_socket, &QSslSocket::disconnected, [this] { m_failed = true; });
        m_socket.connectToHostEncrypted(QLatin1String(to), port);
    }
    ~Client() { m_socket.disconnect(); }
    bool encrypted() const { return m_socket.isEncrypted() && !m_failed; }
    bool failed() const { return m_failed; }
    bool ended() const { return encrypted() || failed(); }
    QByteArray pin() const { return pinOf(m_socket.peerCertificate().toDer()); }
    QSslSocket& socket() { return m_socket; }

private:
    QSslSocket m_socket;
    bool m_failed = false;
};

/// The record and the first bytes of a ClientHello that says it has 508 more.
QByteArray beginningOfHello() {
    return QByteArray::fromHex("1603010200010001fc0303").append(QByteArray(32, '\x5a'));
}

} // namespace

class TestTlsAcceptor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() {
        m_acceptor.reset();
        m_accepted.clear();
    }

    void handsOverEncryptedSockets() {
        serve();
        Client client(port());
        QTRY_COMPARE_WITH_TIMEOUT(m_accepted.size(), std::size_t{1}, patience);
        QTRY_VERIFY_WITH_TIMEOUT(client.encrypted(), patience);
        QCOMPARE(client.pin(), identity().pin);
        QCOMPARE(client.socket().sessionProtocol(), QSsl::TlsV1_3);
        QSslSocket& server = *m_accepted[0];
        QVERIFY(server.isEncrypted());
        QVERIFY(!server.parent());
        QCOMPARE(server.socketOption(QAbstractSocket::LowDelayOption).toInt(), 1);
        client.socket().write("from the viewer");
        QTRY_COMPARE_WITH_TIMEOUT(server.bytesAvailable(), qint64{15}, patience);
        QCOMPARE(server.readAll(), QByteArray("from the viewer"));
        server.write("from the door");
        QTRY_COMPARE_WITH_TIMEOUT(client.socket().bytesAvailable(), qint64{13}, patience);
        QCOMPARE(client.socket().readAll(), QByteArray("from the door"));
    }

    void refusesOlderTls() {
        serve();
        Client old(port(), nullptr, QSsl::TlsV1_2);
        QTRY_VERIFY_WITH_TIMEOUT(old.ended(), patience);
        QVERIFY(old.failed());
        QVERIFY(m_accepted.empty());
        honestGetsIn();
    }

    void anHonestOneGetsInAmongHalfOpenOnes_data() {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("one byte") << QByteArray("\x16");
        QTest::newRow("the beginning of a hello") << beginningOfHello();
    }
    void anHonestOneGetsInAmongHalfOpenOnes() {
        QFETCH(QByteArray, said);
        TlsLimits limits;
        limits.handshake = 600s; // nobody goes for being late
        serve(limits);
        SilentPeers peers(port());
        QVERIFY(peers.connect(300));
        peers.say(said);
        QTRY_COMPARE_WITH_TIMEOUT(peers.open(), limits.halfOpen, patience);
        Client honest(port());
        QTRY_VERIFY_WITH_TIMEOUT(honest.ended(), patience);
        QVERIFY(honest.encrypted());
        QTRY_COMPARE_WITH_TIMEOUT(m_accepted.size(), std::size_t{1}, patience);
        SilentPeers more(port(), 1, 250);
        QVERIFY(more.connect(150));
        honestGetsIn();
    }

    /// They connect while the handshake goes on: the honest one has spoken, so the silent ones go first.
    void silentOnesPushNobodyOutWhoSpeaks() {
        TlsLimits limits;
        limits.halfOpen = 4;
        limits.handshake = 600s;
        serve(limits);
        SilentPeers speaking(port(), 1, 1);
        QVERIFY(speaking.connect(1));
        speaking.say(beginningOfHello());
        SilentPeers silent(port(), 10, 200);
        for (int i = 0; i < 50; ++i) {
            QVERIFY(silent.connect(1));
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE_WITH_TIMEOUT(silent.open(), 3, patience);
        QCOMPARE(speaking.open(), 1);
    }

    /// All at once, many more than may be in their handshake: each has its turn.
    void aCrowdOfHonestOnesAllGetIn() {
        TlsLimits limits;
        limits.halfOpen = 8;
        limits.handshake = 600s;
        serve(limits);
        std::vector<std::unique_ptr<Client>> crowd;
        for (int i = 0; i < 150; ++i)
            crowd.push_back(std::make_unique<Client>(port(), qPrintable(QStringLiteral("127.0.1.%1").arg(1 + i % 50))));
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::all_of(crowd, [](const auto& each) { return each->ended(); }), patience);
        QCOMPARE(std::ranges::count_if(crowd, [](const auto& each) { return each->encrypted(); }), 150);
        QTRY_COMPARE_WITH_TIMEOUT(m_accepted.size(), std::size_t{150}, patience);
    }

    void oneAddressHasFewHalfOpenOnes() {
        TlsLimits limits;
        limits.handshake = 600s;
        limits.halfOpenOfAddress = 5;
        serve(limits);
        SilentPeers others(port(), 100, 20);
        QVERIFY(others.connect(20));
        SilentPeers greedy(port(), 1, 1);
        for (int i = 0; i < 100; ++i) {
            QVERIFY(greedy.connect(1));
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE_WITH_TIMEOUT(greedy.open(), 5, patience);
        QCOMPARE(others.open(), 20);
        honestGetsIn("127.0.1.1"); // the greedy one's own address
    }

    void halfOpenOnesHaveTheirTime() {
        TlsLimits limits;
        limits.handshake = 200ms;
        serve(limits);
        SilentPeers silent(port()), speaking(port(), 50);
        QVERIFY(silent.connect(20));
        QVERIFY(speaking.connect(20));
        speaking.say(beginningOfHello());
        QTRY_COMPARE_WITH_TIMEOUT(silent.open(), 0, patience);
        QTRY_COMPARE_WITH_TIMEOUT(speaking.open(), 0, patience);
        QVERIFY(m_accepted.empty());
    }

    void hangsUpOnGarbage_data() {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("http") << QByteArray("GET / HTTP/1.1\r\nHost: door\r\n\r\n");
        QTest::newRow("zeros") << QByteArray(1000, '\0');
        QTest::newRow("ones") << QByteArray(100'000, '\xff');
        QTest::newRow("an alert") << QByteArray::fromHex("15030300020228");
        QTest::newRow("application data") << QByteArray::fromHex("1703030010").append(QByteArray(16, 'x'));
        QTest::newRow("a hello of another kind") << QByteArray::fromHex("16030100050200000100");
        QTest::newRow("an endless record") << QByteArray::fromHex("160301ffff").append(QByteArray(70'000, '\1'));
        QTest::newRow("ssl 2") << QByteArray::fromHex("802e010002001500000010").append(QByteArray(37, 'x'));
    }
    void hangsUpOnGarbage() {
        QFETCH(QByteArray, said);
        TlsLimits limits;
        limits.handshake = 600s;
        serve(limits);
        SilentPeers peers(port());
        QVERIFY(peers.connect(10));
        peers.say(said);
        QTRY_COMPARE_WITH_TIMEOUT(peers.open(), 0, patience);
        QVERIFY(m_accepted.empty());
        honestGetsIn();
    }

    /// Whoever leaves in the middle leaves no place taken behind.
    void peersThatLeaveAreForgotten_data() {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("before a word") << QByteArray();
        QTest::newRow("in the middle of the hello") << beginningOfHello();
    }
    void peersThatLeaveAreForgotten() {
        QFETCH(QByteArray, said);
        TlsLimits limits;
        limits.handshake = 600s;
        limits.connections = 3;
        serve(limits);
        for (int round = 0; round < 10; ++round) {
            SilentPeers peers(port(), 1, 1);
            QVERIFY(peers.connect(2));
            peers.say(said);
            QCoreApplication::processEvents();
        }
        std::vector<std::unique_ptr<Client>> clients;
        QTRY_VERIFY_WITH_TIMEOUT(keepsTrying(clients, 3), patience);
    }

    void aGreedyAddressIsCutOffWhileAnotherWorks() {
        TlsLimits limits;
        limits.ofAddress = 4;
        serve(limits);
        Client other(port());
        std::vector<std::unique_ptr<Client>> greedy;
        for (int i = 0; i < 10; ++i)
            greedy.push_back(std::make_unique<Client>(port(), "127.0.1.9"));
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::all_of(greedy, [](const auto& one) { return one->ended(); }), patience);
        const auto in = [&] { return std::ranges::count_if(greedy, [](const auto& one) { return one->encrypted(); }); };
        QTRY_COMPARE_WITH_TIMEOUT(in(), std::ptrdiff_t{4}, patience);
        QTRY_VERIFY_WITH_TIMEOUT(other.encrypted(), patience);
        honestGetsIn("127.0.1.10");
        // They count until they close, whichever side does it.
        Client refused(port(), "127.0.1.9");
        QTRY_VERIFY_WITH_TIMEOUT(refused.failed(), patience);
        greedy.clear();
        honestGetsIn("127.0.1.9");
    }

    void theReceiverMakesRoomToo() {
        TlsLimits limits;
        limits.connections = 2;
        serve(limits);
        std::vector<std::unique_ptr<Client>> clients;
        QTRY_VERIFY_WITH_TIMEOUT(keepsTrying(clients, 2), patience);
        Client refused(port(), "127.0.1.3");
        QTRY_VERIFY_WITH_TIMEOUT(refused.failed(), patience);
        m_accepted.front()->abort();
        honestGetsIn("127.0.1.4");
        m_accepted.erase(m_accepted.begin() + 1); // deleted without a word
        honestGetsIn("127.0.1.5");
    }

    void anotherIdentityIsForThoseWhoComeThen() {
        serve();
        Client before(port());
        QTRY_VERIFY_WITH_TIMEOUT(before.encrypted(), patience);
        const auto other = makeTlsIdentity({"door"}, identity().notBefore);
        QVERIFY(other);
        m_acceptor->setIdentity(*other);
        Client after(port());
        QTRY_VERIFY_WITH_TIMEOUT(after.encrypted(), patience);
        QCOMPARE(before.pin(), identity().pin);
        QCOMPARE(after.pin(), other->pin);
        QVERIFY(before.encrypted());
        m_acceptor->setIdentity({}); // none: the last one stays
        Client last(port());
        QTRY_VERIFY_WITH_TIMEOUT(last.encrypted(), patience);
        QCOMPARE(last.pin(), other->pin);
    }

    void nobodyListeningIsACloseAtOnce() {
        auto acceptor = TlsAcceptor::listen(identity(), "127.0.0.1", 0);
        QVERIFY(acceptor);
        Client client((*acceptor)->port());
        QTRY_VERIFY_WITH_TIMEOUT(client.failed(), patience);
    }

    /// Qt stops listening when there is no descriptor left; the acceptor goes on when there is.
    void survivesALackOfDescriptors() {
        serve();
        SilentPeers first(port()), second(port(), 100);
        QVERIFY(first.connect(20));
        QTRY_COMPARE_WITH_TIMEOUT(first.open(), 20, patience);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        QVERIFY(second.connect(20)); // in the kernel's queue
        rlimit none = before;
        none.rlim_cur = 3;
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
        QCoreApplication::processEvents();
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        honestGetsIn();
    }

    void endingHangsUpOnHalfOpenOnesOnly() {
        serve();
        Client client(port());
        QTRY_COMPARE_WITH_TIMEOUT(m_accepted.size(), std::size_t{1}, patience);
        SilentPeers silent(port()), speaking(port(), 50);
        QVERIFY(silent.connect(5));
        QVERIFY(speaking.connect(5));
        speaking.say(beginningOfHello());
        QCoreApplication::processEvents();
        m_acceptor.reset();
        QTRY_COMPARE_WITH_TIMEOUT(silent.open() + speaking.open(), 0, patience);
        m_accepted[0]->write("still here");
        QTRY_COMPARE_WITH_TIMEOUT(client.socket().bytesAvailable(), qint64{10}, patience);
    }

    void listensWhereItIsTold() {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        const auto refused = TlsAcceptor::listen(identity(), "127.0.0.1", taken.serverPort());
        QVERIFY(!refused);
        QVERIFY(refused.error().where.find(std::to_string(taken.serverPort())) != std::string::npos);
        const auto nowhere = TlsAcceptor::listen(identity(), "door.local", 0);
        QVERIFY(!nowhere);
        QCOMPARE(int(nowhere.error().kind), int(core::ErrorKind::Usage));
        QVERIFY(!TlsAcceptor::listen({}, "127.0.0.1", 0));
        // Every address: IPv4 and, where the machine has it, IPv6.
        serve({}, "");
        honestGetsIn();
        QTcpServer six;
        if (!six.listen(QHostAddress::LocalHostIPv6))
            QSKIP("this machine has no IPv6");
        Client client(port(), nullptr, QSsl::TlsV1_3OrLater, "::1");
        QTRY_VERIFY_WITH_TIMEOUT(client.encrypted(), patience);
    }

private:
    void serve(const TlsLimits& limits = {}, const std::string& address = "127.0.0.1") {
        auto acceptor = TlsAcceptor::listen(identity(), address, 0, limits);
        QVERIFY2(acceptor, acceptor ? "" : acceptor.error().text().c_str());
        m_acceptor = std::move(*acceptor);
        connect(m_acceptor.get(), &TlsAcceptor::accepted, this,
                [this](QSslSocket* socket) { m_accepted.emplace_back(socket); });
    }
    std::uint16_t port() const { return m_acceptor->port(); }

    /// A place may become free only when the acceptor has heard of it: tries again until one is let in on both sides (a
    /// client is through with the handshake first), or fails the test.
    void honestGetsIn(const char* from = nullptr) {
        std::vector<std::unique_ptr<Client>> clients;
        const std::size_t before = m_accepted.size();
        QTRY_VERIFY_WITH_TIMEOUT(keepsTrying(clients, 1, from) && m_accepted.size() > before, patience);
    }
    bool keepsTrying(std::vector<std::unique_ptr<Client>>& clients, std::size_t wanted,
                     const char* from = nullptr) const {
        std::erase_if(clients, [](const auto& client) { return client->failed(); });
        while (clients.size() < wanted)
            clients.push_back(std::make_unique<Client>(port(), from));
        return std::ranges::all_of(clients, [](const auto& client) { return client->encrypted(); });
    }

    std::unique_ptr<TlsAcceptor> m_acceptor;
    std::vector<std::unique_ptr<QSslSocket>> m_accepted;
};

QTEST_GUILESS_MAIN(TestTlsAcceptor)
#include "tst_tls_acceptor.moc"
