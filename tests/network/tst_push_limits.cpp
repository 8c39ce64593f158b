// SPDX-License-Identifier: GPL-3.0-or-later
// Peers that are slow, silent or too many, against the push server: each limit of the protocol.
#include "raw_viewer.h"

#include <QTcpSocket>

using namespace facelatch;
using namespace facelatch::network;
using namespace facelatch::testing;
using State = PushClient::State;

class TstPushLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noLoginInTime_data() {
        QTest::addColumn<bool>("handshake");
        QTest::newRow("no handshake") << false;
        QTest::newRow("a handshake and no login") << true;
    }
    void noLoginInTime() {
        QFETCH(bool, handshake);
        Clock clock;
        PushStage stage(clock.limits());
        RawViewer peer(stage.server->port());
        if (handshake)
            QVERIFY(peer.greet());
        else
            QVERIFY(QTest::qWaitFor([&] { return peer.socket.isEncrypted(); }, patience));
        QVERIFY(clock.isLookedAt()); // the server knows of it as well
        clock.time += 4900ms;
        QVERIFY(clock.isLookedAt());
        QCOMPARE(peer.socket.state(), QAbstractSocket::ConnectedState);
        clock.time += 200ms;
        QVERIFY(peer.ends());
        QCOMPARE(peer.closeCode(), handshake ? 4408 : 0);
    }

    void aHandshakeThatNeverEnds() {
        PushLimits limits;
        limits.handshake = 100ms;
        PushStage stage(limits);
        QTcpSocket peer; // TCP and no TLS
        peer.connectToHost(QStringLiteral("127.0.0.1"), stage.server->port());
        QTRY_COMPARE_WITH_TIMEOUT(peer.state(), QAbstractSocket::ConnectedState, patience);
        QTRY_COMPARE_WITH_TIMEOUT(peer.state(), QAbstractSocket::UnconnectedState, patience);
    }

    void whoNeverPongsIsClosed() {
        Clock clock;
        PushStage stage(clock.limits());
        const Known& known = stage.door.add();
        RawViewer peer(stage.server->port());
        QVERIFY(peer.logIn(known));
        clock.time += 16s;
        QVERIFY(QTest::qWaitFor([&] { return pings(peer) == 1; }, patience));
        peer.socket.write(RawFrame{10, "guessed"}.bytes()); // no pong to a ping of ours
        clock.time += 25s;
        QVERIFY(peer.ends());
        QCOMPARE(pings(peer), 1);
        QCOMPARE(peer.closeCode(), 4408);
    }

    void whoPongsStays() {
        Clock clock;
        PushStage stage(clock.limits());
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Online, patience);
        for (int i = 0; i < 8; ++i) { // two minutes
            clock.time += 15s;
            QVERIFY(clock.isLookedAt()); // and so a ping is on its way
            // The answer to a question comes behind it, the next question behind the pong.
            for (int question = 0; question < 2; ++question) {
                bool answered = false;
                client->ask(QStringLiteral("echo"), {}, [&](const auto&, const QByteArray&) { answered = true; });
                QTRY_VERIFY_WITH_TIMEOUT(answered, patience);
            }
        }
        QCOMPARE(client->state(), State::Online);
    }

    void aThousandMessagesAtOnce() {
        PushStage stage;
        const Known& known = stage.door.add();
        RawViewer peer(stage.server->port());
        QVERIFY(peer.logIn(known));
        peer.socket.write(textFrame(R"({"t":"frame_seen","n":0})").repeated(1000));
        QVERIFY(peer.ends());
        QCOMPARE(peer.closeCode(), 4429);
    }

    void sixtyASecondAreTaken() {
        Clock clock;
        PushStage stage(clock.limits());
        const Known& known = stage.door.add();
        RawViewer peer(stage.server->port());
        QVERIFY(peer.logIn(known));
        int answers = 0;
        for (int second = 0; second < 30; ++second) {
            peer.socket.write(textFrame(R"({"t":"frame_seen","n":0})").repeated(59) +
                              textFrame(R"({"t":"nonce","id":1})"));
            ++answers;
            QVERIFY(QTest::qWaitFor([&] { return static_cast<int>(peer.messages().size()) == 2 + answers; }, patience));
            clock.time += 1s;
        }
    }

    void aFloodOfPings() {
        Clock clock;
        PushStage stage(clock.limits());
        const Known& known = stage.door.add();
        RawViewer peer(stage.server->port());
        QVERIFY(peer.logIn(known));
        const QByteArray pings = RawFrame{9, QByteArray(125, 'x')}.bytes().repeated(1000);
        peer.socket.write(pings.repeated(100));
        QVERIFY(peer.ends());
    }

    void aFloodBeforeTheLogin() {
        PushStage stage;
        RawViewer peer(stage.server->port());
        QVERIFY(peer.greet());
        peer.socket.write(RawFrame{9, QByteArray(125, 'x')}.bytes().repeated(200));
        QVERIFY(peer.ends());
        QCOMPARE(peer.closeCode(), 4429);
    }

    void whoAcknowledgesNoFrameIsClosed() {
        Clock clock;
        PushStage stage(clock.limits());
        const Known& known = stage.door.add();
        RawViewer peer(stage.server->port());
        QVERIFY(peer.logIn(known));
        peer.socket.write(textFrame(R"({"t":"live","on":true,"width":640,"fps":15})"));
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.liveWanted.size(), std::size_t{1}, patience);
        for (int i = 0; i < 10; ++i) {
            stage.server->frame({}, QByteArray(10'000, 'j'));
            clock.time += 100ms;
        }
        QVERIFY(QTest::qWaitFor([&] { return pictures(peer) == 2; }, patience)); // and not ten
        clock.time += 9s + 500ms;
        QVERIFY(peer.ends());
        QCOMPARE(peer.closeCode(), 4408);
        QCOMPARE(pictures(peer), 2);
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.liveWanted.size(), std::size_t{2}, patience);
    }

    void whoNeverReadsCostsLittleAndGoes() {
        Clock clock;
        PushStage stage(clock.limits());
        stage.append(1000);
        const Known& known = stage.door.add();
        RawViewer peer(stage.server->port());
        QVERIFY(peer.logIn(known));
        peer.deaf = true;
        peer.socket.setReadBufferSize(1024);
        peer.socket.write(textFrame(R"({"t":"follow","log_id":null,"after":0})"));
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.asked.size(), std::size_t{2}, patience); // two batches, then none
        // Answers that nobody takes come to an end as well.
        for (int i = 0; i < 40; ++i)
            peer.socket.write(textFrame(R"({"t":"ask","id":1,"command":"picture","args":{"bytes":4000000}})"));
        peer.socket.write(textFrame(toText(RingAnswerMessage{anyUuid()}).toUtf8())); // all before it were heard
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.ringAnswers.size(), std::size_t{1}, patience);
        QVERIFY(stage.door.commands.size() <= 8);
        QCOMPARE(stage.door.asked.size(), std::size_t{2});
        clock.time += 41s;
        QTRY_VERIFY_WITH_TIMEOUT(stage.door.connected.isEmpty(), patience);
    }

    void oneAddressHasItsShare() {
        PushLimits limits;
        limits.ofAddress = 3;
        PushStage stage(limits);
        const Known& known = stage.door.add();
        std::vector<std::unique_ptr<RawViewer>> greedy;
        for (int i = 0; i < 3; ++i) {
            greedy.push_back(
                std::make_unique<RawViewer>(stage.server->port(), QHostAddress(QStringLiteral("127.0.1.1"))));
            QVERIFY(greedy.back()->greet());
        }
        RawViewer fourth(stage.server->port(), QHostAddress(QStringLiteral("127.0.1.1")));
        QVERIFY(fourth.ends());
        QVERIFY(fourth.received.isEmpty());
        RawViewer other(stage.server->port(), QHostAddress(QStringLiteral("127.0.1.2")));
        QVERIFY(other.logIn(known));
        greedy.pop_back(); // who leaves makes room
        QVERIFY(QTest::qWaitFor(
            [&] {
                RawViewer next(stage.server->port(), QHostAddress(QStringLiteral("127.0.1.1")));
                return QTest::qWaitFor([&] { return next.socket.isEncrypted(); }, 1000);
            },
            patience));
    }

    void oneViewerHasItsShare() {
        PushStage stage;
        const Known& known = stage.door.add();
        std::vector<std::unique_ptr<RawViewer>> peers;
        for (int i = 0; i < 5; ++i) {
            peers.push_back(std::make_unique<RawViewer>(stage.server->port()));
            QVERIFY(peers.back()->logIn(known));
        }
        QVERIFY(peers[0]->ends()); // the oldest
        QCOMPARE(peers[0]->closeCode(), 4429);
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.connected.size(), 4, patience);
    }

    void theServerEndsWhileTheyTalk() {
        PushStage stage;
        const Known& known = stage.door.add();
        RawViewer peer(stage.server->port()), greeted(stage.server->port()), half(stage.server->port());
        QVERIFY(peer.logIn(known) && greeted.greet());
        peer.socket.write(textFrame(R"({"t":"nonce","id":1})"));
        stage.server.reset();
        QVERIFY(peer.ends() && greeted.ends() && half.ends());
        QCOMPARE(peer.closeCode(), 4503);
        QCOMPARE(greeted.closeCode(), 4503);
    }

private:
    static int count(const RawViewer& peer, int wanted) {
        int count = 0;
        for (const auto& [opcode, payload] : peer.frames())
            count += opcode == wanted ? 1 : 0;
        return count;
    }
    static int pings(const RawViewer& peer) { return count(peer, 9); }
    static int pictures(const RawViewer& peer) { return count(peer, 2); }
};

QTEST_GUILESS_MAIN(TstPushLimits)
#include "tst_push_limits.moc"
