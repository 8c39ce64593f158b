// SPDX-License-Identifier: GPL-3.0-or-later
// Peers that mean harm, against the push server: each with the answer that is expected.
#include "raw_viewer.h"

#include <QSignalSpy>

using namespace facelatch;
using namespace facelatch::network;
using namespace facelatch::testing;
using State = PushClient::State;

namespace {

const QByteArray nonceMessage = R"({"t":"nonce","id":1})";

} // namespace

class TstPushAttacks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handshakes_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");    // 0: just closed
        QTest::addColumn<int>("closeCode"); // 0: no WebSocket came of it
        const auto row = [](const char* name, const QByteArray& bytes, int status, int code = 0) {
            QTest::newRow(name) << bytes << status << code;
        };
        row("evil origin", RawViewer::upgrade("/push", "Origin: https://evil.example\r\n"), 403);
        row("origin null", RawViewer::upgrade("/push", "Origin: null\r\n"), 403);
        row("another path", RawViewer::upgrade("/"), 101, 1002);
        row("path outside", RawViewer::upgrade("/push/../secret"), 101, 1002);
        row("old version",
            "GET /push HTTP/1.1\r\nHost: door\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8\r\n\r\n",
            0);
        row("no upgrade", "GET /push HTTP/1.1\r\nHost: door\r\n\r\n", 0);
        row("another method", "POST /push HTTP/1.1\r\nHost: door\r\nContent-Length: 0\r\n\r\n", 0);
        row("no HTTP", "hello\r\n\r\n", 0);
        row("noughts", QByteArray(4, '\0') + "\r\n\r\n", 0);
        row("a header without end", "GET /push HTTP/1.1\r\nX: " + QByteArray(40'000, 'x'), 0);
    }
    void handshakes() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        QFETCH(int, closeCode);
        PushStage stage;
        RawViewer peer(stage.server->port());
        QVERIFY(QTest::qWaitFor([&] { return peer.socket.isEncrypted(); }, patience));
        peer.socket.write(bytes);
        QVERIFY(peer.ends());
        if (status != 0)
            QCOMPARE(peer.status(), status);
        QVERIFY(peer.status() != 101 || status == 101);
        QCOMPARE(peer.closeCode(), closeCode);
        QVERIFY(peer.messages().empty()); // nothing was told
    }

    /// The door speaks first; QWebSocketServer drops what comes along with the handshake.
    void whatComesBeforeTheHelloIsNotHeard() {
        PushStage stage;
        RawViewer peer(stage.server->port());
        QVERIFY(QTest::qWaitFor([&] { return peer.socket.isEncrypted(); }, patience));
        peer.socket.write(RawViewer::upgrade() + textFrame(R"({"t":"ask","id":1,"command":"log.visits"})"));
        QVERIFY(QTest::qWaitFor([&] { return peer.said("hello") || !peer.socket.isValid(); }, patience));
        QVERIFY(!peer.said("answer") && stage.door.commands.empty());
    }

    void badFrames_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const QByteArray& bytes, int code) {
            QTest::newRow(name) << bytes << code;
        };
        const QByteArray ok = nonceMessage;
        row("reserved bit 1", RawFrame{1, ok, true, true, 4}.bytes(), 1002);
        row("reserved bit 2", RawFrame{1, ok, true, true, 2}.bytes(), 1002);
        row("reserved bit 3", RawFrame{1, ok, true, true, 1}.bytes(), 1002);
        for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
            row(qPrintable(QStringLiteral("opcode %1").arg(opcode)), RawFrame{opcode, {}}.bytes(), 1002);
        row("no mask", RawFrame{1, ok, true, false}.bytes(), 1002);
        row("a ping in parts", RawFrame{9, "x", false}.bytes(), 1002);
        row("a ping too long", RawFrame{9, QByteArray(126, 'x')}.bytes(), 1002);
        row("a close too long", RawFrame{8, "\x03\xe8" + QByteArray(124, 'x')}.bytes(), 1002);
        row("a continuation of nothing", RawFrame{0, ok}.bytes(), 1002);
        row("a new message within one", RawFrame{1, "{", false}.bytes() + RawFrame{1, "}"}.bytes(), 1002);
        row("a close of one byte", RawFrame{8, "\x03"}.bytes(), 1002);
        row("close code 0", RawFrame{8, QByteArray("\0\0", 2)}.bytes(), 1002);
        row("close code 999", RawFrame{8, "\x03\xe7"}.bytes(), 1002);
        row("close code 1005", RawFrame{8, "\x03\xed"}.bytes(), 1002);
        row("close code 1006", RawFrame{8, "\x03\xee"}.bytes(), 1002);
        row("close code 5000", RawFrame{8, "\x13\x88"}.bytes(), 1002);
        row("a close that is no UTF-8", RawFrame{8, "\x03\xe8\xff"}.bytes(), 1007);
        row("text that is no UTF-8", RawFrame{1, "{\"t\":\"\xc3\x28\"}"}.bytes(), 1007);
        row("text that ends in half a character", RawFrame{1, "{\"t\":\"\xc3"}.bytes(), 1007);
        row("half a surrogate", RawFrame{1, "\xed\xa0\x80"}.bytes(), 1007);
        row("overlong", RawFrame{1, "\xc0\xaf"}.bytes(), 1007);
        row("a length in more bytes than it needs", RawFrame{1, ok, true, true, 0, 2}.bytes(), 1002);
        row("a length in 8 bytes", RawFrame{1, ok, true, true, 0, 8}.bytes(), 1002);
        row("a length below zero", QByteArray("\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10) + "mask", 1002);
        row("a length of 2^62", QByteArray("\x81\xff\x40\0\0\0\0\0\0\0", 10) + "mask", 1009);
        row("64 KiB and 1", RawFrame{1, QByteArray(64 * 1024 + 1, ' ')}.bytes(), 1009);
        row("64 KiB and 1 in parts",
            RawFrame{1, QByteArray(64 * 1024, ' '), false}.bytes() + RawFrame{0, QByteArray(1, ' ')}.bytes(), 1009);
        row("binary", RawFrame{2, ok}.bytes(), 1002);
        row("no JSON", textFrame("hello"), 1002);
        row("unknown", textFrame(R"({"t":"open_sesame"})"), 1002);
        row("not understood", textFrame(R"({"t":"nonce","id":"1"})"), 4400);
        row("a second login", textFrame("LOGIN"), 4400);
    }
    /// Each by one who has logged in, and who may do more harm than a stranger.
    void badFrames() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        PushStage stage;
        const Known& known = stage.door.add();
        RawViewer peer(stage.server->port());
        if (QLatin1String(QTest::currentDataTag()) == QLatin1String("no mask")) {
            QVERIFY(peer.greet()); // is looked at before the login; QWebSocket takes it from then on
        } else {
            QVERIFY(peer.logIn(known));
        }
        if (bytes.size() == textFrame("LOGIN").size() && bytes == textFrame("LOGIN"))
            bytes = textFrame(peer.login(known));
        peer.socket.write(bytes);
        QVERIFY(peer.ends());
        QCOMPARE(peer.closeCode(), code);
        QVERIFY(stage.door.acts.empty() && stage.door.commands.empty());
        QTRY_VERIFY_WITH_TIMEOUT(stage.door.connected.isEmpty(), patience);
    }

    /// The same that is refused in one piece is taken in allowed ones.
    void messagesInPartsAreTaken() {
        PushStage stage;
        const Known& known = stage.door.add();
        RawViewer peer(stage.server->port());
        QVERIFY(peer.logIn(known));
        peer.socket.write(RawFrame{1, nonceMessage.left(5), false}.bytes() + RawFrame{9, "still here"}.bytes() +
                          RawFrame{0, nonceMessage.mid(5)}.bytes());
        QVERIFY(QTest::qWaitFor([&] { return peer.said("answer"); }, patience));
        bool ponged = false;
        for (const auto& [opcode, payload] : peer.frames())
            ponged = ponged || (opcode == 10 && payload == "still here");
        QVERIFY(ponged);
        QByteArray large = R"({"t":"ask","id":2,"command":"echo","args":{"x":"")";
        large.chop(1);
        large += QByteArray(64 * 1024 - large.size() - 3, 'x') + "\"}}";
        QCOMPARE(large.size(), 64 * 1024);
        peer.socket.write(textFrame(large));
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.commands.size(), std::size_t{1}, patience);
    }

    void nobodySpeaksBeforeTheLogin_data() {
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("nonce") << nonceMessage;
        QTest::newRow("follow") << QByteArray(R"({"t":"follow","log_id":null,"after":0})");
        QTest::newRow("live") << QByteArray(R"({"t":"live","on":true,"width":640,"fps":10})");
        QTest::newRow("ask") << QByteArray(R"({"t":"ask","id":1,"command":"log.visits"})");
        QTest::newRow("ring_answer") << toText(RingAnswerMessage{anyUuid()}).toUtf8();
        QTest::newRow("act") << toText(ActMessage{1,
                                                  QStringLiteral("unlock"),
                                                  QByteArray(pushNonceBytes, 'n'),
                                                  {},
                                                  QByteArray(pushSignatureBytes, 's')})
                                    .toUtf8();
    }
    void nobodySpeaksBeforeTheLogin() {
        QFETCH(QByteArray, message);
        PushStage stage;
        stage.append(3);
        RawViewer peer(stage.server->port());
        QVERIFY(peer.greet());
        peer.socket.write(textFrame(message));
        QVERIFY(peer.ends());
        QCOMPARE(peer.closeCode(), 4401);
        QVERIFY(stage.door.acts.empty() && stage.door.commands.empty() && stage.door.asked.empty());
        QVERIFY(stage.door.liveWanted.empty() && stage.door.ringAnswers.empty());
        QCOMPARE(peer.messages().size(), std::size_t{1}); // the hello
    }

    void aStrangerHasOneTry() {
        PushStage stage;
        RawViewer peer(stage.server->port());
        QVERIFY(peer.greet());
        const Known stranger;
        const QByteArray login = textFrame(peer.login(stranger));
        peer.socket.write(login + login);
        QVERIFY(peer.ends());
        QVERIFY(!peer.said("welcome"));
        QVERIFY(peer.closeCode() == 4401 || peer.closeCode() == 4400); // whichever was read first
    }

    void aLoginIsGoodForOneConnection() {
        PushStage stage;
        const Known& known = stage.door.add();
        RawViewer first(stage.server->port()), second(stage.server->port());
        QVERIFY(first.greet() && second.greet());
        const QByteArray login = first.login(known);
        second.socket.write(textFrame(login));
        QVERIFY(second.ends());
        QCOMPARE(second.closeCode(), 4401);
        QCOMPARE(second.messages().at(1).value(u"code").toString(), QStringLiteral("bad_signature"));
        first.socket.write(textFrame(login));
        QVERIFY(QTest::qWaitFor([&] { return first.said("welcome"); }, patience));
    }

    void anActGoesToTheDoorAsItWasSigned() {
        PushStage stage;
        const Known& known = stage.door.add();
        RawViewer peer(stage.server->port());
        QVERIFY(peer.logIn(known));
        peer.socket.write(textFrame(nonceMessage));
        QVERIFY(QTest::qWaitFor([&] { return peer.said("answer"); }, patience));
        const QByteArray nonce = stage.door.nonce;
        const auto act = [&](const QString& door, const QString& signedReason, const QString& saidReason) {
            const auto signature = known.key.sign(pushActText(QStringLiteral("unlock"), door, nonce, signedReason));
            return textFrame(toText(ActMessage{2, QStringLiteral("unlock"), nonce, saidReason, *signature}).toUtf8());
        };
        const QString front = QStringLiteral("front"), parcel = QStringLiteral("parcel");
        std::vector<QString> wheres;
        const auto send = [&](const QByteArray& message) {
            const auto before = stage.door.acts.size();
            peer.socket.write(message);
            return QTest::qWaitFor([&] { return stage.door.acts.size() == before + 1; }, patience);
        };
        QVERIFY(send(act(QStringLiteral("back"), parcel, parcel))); // signed for another door
        QVERIFY(send(act(front, parcel, QStringLiteral("fire"))));  // another reason put in
        QVERIFY(send(act(front, parcel, parcel)));
        QVERIFY(send(act(front, parcel, parcel))); // replayed
        QTRY_COMPARE_WITH_TIMEOUT(peer.messages().size(), std::size_t{7}, patience);
        const auto messages = peer.messages();
        for (std::size_t i = 3; i < messages.size(); ++i)
            wheres.push_back(messages[i].value(u"error").toObject().value(u"where").toString());
        QCOMPARE(
            wheres,
            (std::vector<QString>{
                QStringLiteral("bad_signature"), QStringLiteral("bad_signature"), {}, QStringLiteral("replayed")}));
        QCOMPARE(stage.door.acts[2].reason, parcel);
        QVERIFY(stage.door.acts[2].received > core::MonoTime{});
    }

    void rightsAreAskedFor() {
        PushStage stage;
        Known& known = stage.door.viewers.at(stage.door.add().id);
        known.may = {};
        for (const char* message :
             {R"({"t":"follow","log_id":null,"after":0})", R"({"t":"live","on":true,"width":640,"fps":10})"}) {
            RawViewer peer(stage.server->port());
            QVERIFY(peer.logIn(known));
            peer.socket.write(textFrame(message));
            QVERIFY(peer.ends());
            QCOMPARE(peer.closeCode(), 4401);
        }
        QVERIFY(stage.door.asked.empty() && stage.door.liveWanted.empty());
    }
};

QTEST_GUILESS_MAIN(TstPushAttacks)
#include "tst_push_attacks.moc"
