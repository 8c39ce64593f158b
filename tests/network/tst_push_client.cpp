// SPDX-License-Identifier: GPL-3.0-or-later
// A viewer and a door over loopback: login, pairing, coming back, questions, opening the door.
#include "push_stage.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>

#include <thread>

using namespace facelatch;
using namespace facelatch::network;
using namespace facelatch::testing;
using State = PushClient::State;
using Trouble = PushClient::Trouble;

class TstPushClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logsIn() {
        PushStage stage;
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        QSignalSpy welcomed(client.get(), &PushClient::welcomed);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Online, patience);
        QCOMPARE(client->trouble(), Trouble::None);
        QCOMPARE(client->host(), QStringLiteral("127.0.0.1"));
        QCOMPARE(welcomed.size(), 1);
        const auto welcome = welcomed[0][0].toJsonObject();
        QCOMPARE(welcome.value(u"role").toString(), QStringLiteral("operator"));
        QCOMPARE(welcome.value(u"name").toString(), QStringLiteral("Office"));
        QCOMPARE(welcome.value(u"log_id").toString(), stage.door.logId);
        QCOMPARE(welcome.value(u"state").toObject().value(u"mode").toString(), QStringLiteral("normal"));
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.connected.size(), 1, patience);
        QCOMPARE(stage.door.connected[0].toObject().value(u"viewer").toString(), textOf(known.id));
        client->stop();
        QCOMPARE(client->state(), State::Off);
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.connected.size(), 0, patience);
    }

    void pairs() {
        PushStage stage;
        const auto client = stage.client(stage.door.paired);
        QSignalSpy paired(client.get(), &PushClient::paired);
        client->pair(stage.door.pairingCode, QStringLiteral("Office"));
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Online, patience);
        QCOMPARE(paired.size(), 1);
        QCOMPARE(paired[0][0].toString(), textOf(stage.door.paired.id));
        // What was lost is found again without the code.
        stage.server->setViewers({stage.door.paired.viewer()});
        stage.server->revoke({anyUuid()});
        QCOMPARE(client->state(), State::Online);
    }

    void refusalsStop_data() {
        QTest::addColumn<int>("what");
        QTest::addColumn<Trouble>("trouble");
        QTest::newRow("unknown") << 0 << Trouble::Unknown;
        QTest::newRow("bad signature") << 1 << Trouble::BadSignature;
        QTest::newRow("wrong code") << 2 << Trouble::WrongCode;
        QTest::newRow("another door") << 3 << Trouble::NotThatDoor;
        QTest::newRow("another certificate") << 4 << Trouble::CertificateChanged;
        QTest::newRow("no viewer") << 5 << Trouble::Unknown;
    }
    void refusalsStop() {
        QFETCH(int, what);
        QFETCH(Trouble, trouble);
        PushStage stage;
        const Known& known = stage.door.add();
        const Known stranger;
        PushDoor where = stage.where();
        if (what == 3)
            where.door = QStringLiteral("back");
        if (what == 4)
            where.pin = QByteArray(pushPinBytes, 'p');
        PushClient client(where, what == 1 ? stranger.key : known.key, quickTimes());
        if (what == 2)
            client.pair(QStringLiteral("ABCDEFGJ"), QStringLiteral("Office"));
        else
            client.start(what == 5 ? QString() : textOf(what == 0 ? stranger.id : known.id));
        QTRY_COMPARE_WITH_TIMEOUT(client.state(), State::Stopped, patience);
        QCOMPARE(client.trouble(), trouble);
        QVERIFY(stage.door.connected.isEmpty());
    }

    void whoeverIsCalledFirstMayBeAbsent() {
        PushStage stage;
        const Known& known = stage.door.add();
        PushDoor where = stage.where();
        where.hosts = {QStringLiteral("127.0.0.9"), QStringLiteral("127.0.0.1")}; // it listens at one of them
        PushClient client(where, known.key, quickTimes());
        QSignalSpy states(&client, &PushClient::stateChanged);
        client.start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(client.state(), State::Online, patience);
        QCOMPARE(client.host(), QStringLiteral("127.0.0.1"));
        for (const auto& state : states)
            QVERIFY(state[0].value<State>() != State::Waiting);
    }

    void comesBack() {
        auto stage = std::make_unique<PushStage>();
        const Known known = stage->door.add();
        const auto client = stage->client(known);
        const std::uint16_t port = stage->server->port();
        QSignalSpy states(client.get(), &PushClient::stateChanged);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Online, patience);
        states.clear();
        stage->server.reset();
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Waiting, patience);
        QCOMPARE(states[0][1].value<Trouble>(), Trouble::DoorEnds);
        QTRY_COMPARE_WITH_TIMEOUT(client->trouble(), Trouble::NotReached, patience);
        stage->open({}, port);
        client->hurry();
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Online, patience);
    }

    void waitsLongerEachTime() {
        std::vector<std::chrono::milliseconds> waits;
        PushTimes times;
        times.backoffFirst = 4ms;
        times.backoffMost = 20ms;
        times.random = [] { return 1.0; };
        PushClient client({{QStringLiteral("127.0.0.1")}, 1, QStringLiteral("front"), identity().pin},
                          *Ed25519Key::make(), times);
        QSignalSpy states(&client, &PushClient::stateChanged);
        client.start(textOf(anyUuid()));
        // Connecting, Waiting, Connecting, Waiting ...: the same state twice is said once.
        QTRY_VERIFY_WITH_TIMEOUT(states.size() >= 10, patience);
        QCOMPARE(client.trouble(), Trouble::NotReached);
        client.stop();
        QCOMPARE(client.state(), State::Off);
    }

    void whoSaysNothingIsNoDoor() {
        QTcpServer silent; // takes connections and never begins TLS
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        PushTimes times = quickTimes();
        times.connect = 50ms;
        PushClient client({{QStringLiteral("127.0.0.1")}, silent.serverPort(), QStringLiteral("front"), identity().pin},
                          *Ed25519Key::make(), times);
        client.start(textOf(anyUuid()));
        QTRY_COMPARE_WITH_TIMEOUT(client.state(), State::Waiting, patience);
        QCOMPARE(client.trouble(), Trouble::NotReached);
    }

    void aDoorThatFallsSilentIsGone() {
        PushStage stage;
        const Known& known = stage.door.add();
        // Between them somebody who stops passing on what the door says.
        QTcpServer between;
        QVERIFY(between.listen(QHostAddress::LocalHost));
        bool passes = true;
        int said = 0; // by the viewer
        connect(&between, &QTcpServer::newConnection, this, [&] {
            QTcpSocket* in = between.nextPendingConnection();
            auto* out = new QTcpSocket(in);
            out->connectToHost(QStringLiteral("127.0.0.1"), stage.server->port());
            connect(in, &QTcpSocket::readyRead, out, [in, out, &said] {
                ++said;
                out->write(in->readAll());
            });
            connect(out, &QTcpSocket::readyRead, in, [in, out, &passes] {
                const QByteArray bytes = out->readAll();
                if (passes)
                    in->write(bytes);
            });
        });
        PushTimes times = quickTimes();
        times.silence = 200ms;
        PushDoor where = stage.where();
        where.port = between.serverPort();
        PushClient client(where, known.key, times);
        client.start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(client.state(), State::Online, patience);
        const int before = said; // a ping every quarter of the silence that would end it; they are answered
        QTRY_VERIFY_WITH_TIMEOUT(said >= before + 8, patience);
        QCOMPARE(client.state(), State::Online);
        passes = false;
        QTRY_COMPARE_WITH_TIMEOUT(client.trouble(), Trouble::NoAnswer, patience);
    }

    void questions() {
        PushStage stage;
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        QStringList got;
        const auto reply = [&](const core::Result<QJsonObject>& result, const QByteArray& picture) {
            got << (result ? QString::number(result->value(u"n").toInt()) + QLatin1Char('/') +
                                 QString::number(picture.size())
                           : QString::fromStdString(result.error().where));
        };
        client->ask(QStringLiteral("echo"), {}, reply); // not connected yet
        QTRY_COMPARE_WITH_TIMEOUT(got, QStringList{QStringLiteral("door")}, patience);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Online, patience);
        got.clear();
        client->ask(QStringLiteral("echo"), {{QStringLiteral("n"), 1}}, reply);
        client->ask(QStringLiteral("picture"), {{QStringLiteral("n"), 2}, {QStringLiteral("bytes"), 100'000}}, reply);
        client->ask(QStringLiteral("refused"), {}, reply);
        client->ask(QStringLiteral("picture"), {{QStringLiteral("bytes"), 5 << 20}}, reply);
        QTRY_COMPARE_WITH_TIMEOUT(got.size(), 4, patience);
        QCOMPARE(got, QStringList({QStringLiteral("1/0"), QStringLiteral("2/100000"), QStringLiteral("role"),
                                   QStringLiteral("answer")}));
    }

    void theFifthQuestionIsOneTooMany() {
        PushStage stage;
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Online, patience);
        stage.door.keepBack = true;
        QStringList got;
        for (int n = 0; n < 5; ++n)
            client->ask(QStringLiteral("echo"), {{QStringLiteral("n"), n}},
                        [&got](const core::Result<QJsonObject>& result, const QByteArray&) {
                            got << (result ? QString::number(result->value(u"n").toInt())
                                           : QString::fromStdString(result.error().where));
                        });
        QTRY_COMPARE_WITH_TIMEOUT(got, QStringList{QStringLiteral("busy")}, patience);
        QCOMPARE(stage.door.commands.size(), std::size_t{4});
        // Answers may come in any order, from any thread, twice, and those for who is gone come to nothing.
        const auto kept = std::exchange(stage.door.kept, {});
        std::thread([&] {
            kept[1]();
            kept[0]();
            kept[1]();
        }).join();
        QTRY_COMPARE_WITH_TIMEOUT(got.size(), 3, patience);
        QCOMPARE(got, QStringList({QStringLiteral("busy"), QStringLiteral("1"), QStringLiteral("0")}));
        client->stop();
        QTRY_COMPARE_WITH_TIMEOUT(got.size(), 5, patience);
        QCOMPARE(got.last(), QStringLiteral("door"));
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.connected.size(), 0, patience);
        kept[2]();
        stage.server.reset();
        kept[3]();
    }

    void opensTheDoor() {
        PushStage stage;
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Online, patience);
        QString done;
        client->act(QStringLiteral("unlock"), QStringLiteral("parcel"),
                    [&](const core::Result<QJsonObject>& result, const QByteArray&) {
                        done = result ? result->value(u"done").toString() : QStringLiteral("refused");
                    });
        QTRY_COMPARE_WITH_TIMEOUT(done, QStringLiteral("unlock"), patience);
        QCOMPARE(stage.door.acts.size(), std::size_t{1});
        QCOMPARE(stage.door.acts[0].reason, QStringLiteral("parcel"));
        QVERIFY(stage.door.acts[0].viewer.value == known.id);
    }

    void aRevokedViewerIsGoneAtOnce() {
        PushStage stage;
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Online, patience);
        stage.server->revoke({known.id});
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Stopped, patience);
        QCOMPARE(client->trouble(), Trouble::Revoked);
    }

    void revokedWhileTheDoorThinks() {
        PushStage stage;
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        stage.door.keepBack = true;
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.kept.size(), std::size_t{1}, patience);
        stage.server->revoke({known.id});
        stage.door.kept[0]();
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Stopped, patience);
        QCOMPARE(client->trouble(), Trouble::Revoked);
        QVERIFY(stage.door.connected.isEmpty());
    }

    void rightsChange() {
        PushStage stage;
        Known& known = stage.door.viewers.at(stage.door.add().id);
        const auto client = stage.client(known);
        QSignalSpy welcomed(client.get(), &PushClient::welcomed);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(welcomed.size(), 1, patience);
        stage.server->setViewers({known.viewer()}); // as before: nothing to tell
        known.role = core::Role::Viewer;
        stage.server->setViewers({known.viewer()});
        QTRY_COMPARE_WITH_TIMEOUT(welcomed.size(), 2, patience);
        QCOMPARE(welcomed[1][0].toJsonObject().value(u"role").toString(), QStringLiteral("viewer"));
        QCOMPARE(welcomed[1][0].toJsonObject().value(u"log_id").toString(), stage.door.logId);
        stage.server->setViewers({});
        QTRY_COMPARE_WITH_TIMEOUT(client->trouble(), Trouble::Revoked, patience);
    }

    void rings() {
        PushStage stage;
        const Known& known = stage.door.add();
        const auto first = stage.client(known), late = stage.client(known);
        QSignalSpy ring(first.get(), &PushClient::ring), picture(first.get(), &PushClient::ringPicture);
        QSignalSpy lateRing(late.get(), &PushClient::ring), over(late.get(), &PushClient::ringOver);
        first->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(first->state(), State::Online, patience);
        const core::Uuid7 id = anyUuid();
        stage.server->ring({{QStringLiteral("id"), textOf(id)}}, "jpeg");
        QTRY_COMPARE_WITH_TIMEOUT(picture.size(), 1, patience);
        QCOMPARE(picture[0][1].toByteArray(), QByteArray("jpeg"));
        QCOMPARE(ring[0][0].toJsonObject().value(u"picture").toBool(), true);
        late->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(lateRing.size(), 1, patience);
        late->answerRing(textOf(id));
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.ringAnswers.size(), std::size_t{1}, patience);
        QVERIFY(stage.door.ringAnswers[0] == id);
        stage.server->ringOver({{QStringLiteral("id"), textOf(id)},
                                {QStringLiteral("answered_by"), QStringLiteral("Office")},
                                {QStringLiteral("unanswered"), false}});
        QTRY_COMPARE_WITH_TIMEOUT(over.size(), 1, patience);
    }

    void stateIsTold() {
        PushStage stage;
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        QSignalSpy told(client.get(), &PushClient::doorState);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Online, patience);
        stage.server->setState({{QStringLiteral("mode"), QStringLiteral("normal")}}); // no change
        stage.server->setState({{QStringLiteral("mode"), QStringLiteral("locked_down")}});
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, patience);
        QCOMPARE(told[0][0].toJsonObject().value(u"mode").toString(), QStringLiteral("locked_down"));
    }
};

QTEST_GUILESS_MAIN(TstPushClient)
#include "tst_push_client.moc"
