// SPDX-License-Identifier: GPL-3.0-or-later
// Events and frames by cursor and credit: in order, without gap or repeat, whatever happens to the connection.
#include "push_stage.h"

#include <QSignalSpy>

using namespace facelatch;
using namespace facelatch::network;
using namespace facelatch::testing;
using State = PushClient::State;

class TstPushResume : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void missedEventsComeInOrderWhileNewOnesArrive() {
        PushStage stage;
        stage.append(950);
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        Keeper keeper(*client);
        // Each batch brings new events with it.
        connect(client.get(), &PushClient::events, this, [&] {
            if (stage.door.lastSeq() < 1000)
                stage.append(5);
        });
        client->follow(stage.door.logId, 0);
        client->start(textOf(known.id));
        QTRY_VERIFY_WITH_TIMEOUT(keeper.inOrder(stage.door.lastSeq()) && stage.door.lastSeq() >= 1000, patience);
        stage.append();
        QTRY_VERIFY_WITH_TIMEOUT(keeper.inOrder(stage.door.lastSeq()), patience);
        QCOMPARE(keeper.restarts, 0);
    }

    void nothingKnownBringsTheNewest() {
        PushStage stage;
        stage.append(500);
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        Keeper keeper(*client);
        client->follow(std::nullopt, 0);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(keeper.seqs.size(), std::size_t{200}, patience);
        QCOMPARE(keeper.seqs.front(), std::int64_t{301});
        QCOMPARE(keeper.logId, stage.door.logId);
        stage.append();
        QTRY_COMPARE_WITH_TIMEOUT(keeper.seqs.back(), std::int64_t{501}, patience);
        QCOMPARE(keeper.seqs.size(), std::size_t{201});
    }

    void anEmptyLogIsSaid() {
        PushStage stage;
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        Keeper keeper(*client);
        client->follow(std::nullopt, 0);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(keeper.batches, 1, patience);
        QVERIFY(keeper.seqs.empty());
        stage.append();
        QTRY_VERIFY_WITH_TIMEOUT(keeper.inOrder(1), patience);
    }

    void nothingIsSentWithoutCreditAndNothingIsLost() {
        PushStage stage;
        stage.append(1000);
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        Keeper keeper(*client);
        keeper.acknowledges = false;
        client->follow(stage.door.logId, 0);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(keeper.seqs.size(), std::size_t{200}, patience);
        stage.append(100);
        bool answered = false; // whatever was on its way is there when a question is answered
        client->ask(QStringLiteral("echo"), {}, [&](const auto&, const QByteArray&) { answered = true; });
        QTRY_VERIFY_WITH_TIMEOUT(answered, patience);
        QCOMPARE(keeper.seqs.size(), std::size_t{200});
        QCOMPARE(stage.door.asked.size(), std::size_t{2}); // the log is not even asked
        keeper.acknowledges = true;
        client->seen(stage.door.logId, 200);
        QTRY_VERIFY_WITH_TIMEOUT(keeper.inOrder(1100), patience);
    }

    void goesOnWhereItWasAfterTheConnectionIsLost() {
        PushStage stage;
        stage.append(450);
        const std::uint16_t port = stage.server->port();
        const Known known = stage.door.add();
        const auto client = stage.client(known);
        Keeper keeper(*client);
        int cuts = 0;
        connect(client.get(), &PushClient::events, this, [&] {
            if (keeper.seqs.size() >= 250 && cuts++ == 0)
                QMetaObject::invokeMethod(
                    this,
                    [&] {
                        stage.server.reset(); // in the midst of it
                        stage.door.append();
                        stage.open({}, port);
                    },
                    Qt::QueuedConnection);
        });
        client->follow(stage.door.logId, 0);
        client->start(textOf(known.id));
        QTRY_VERIFY_WITH_TIMEOUT(cuts > 0 && keeper.inOrder(451), patience);
        stage.append(3);
        QTRY_VERIFY_WITH_TIMEOUT(keeper.inOrder(454), patience);
    }

    void whatWasNotKeptComesAgain() {
        PushStage stage;
        stage.append(300);
        const std::uint16_t port = stage.server->port();
        const Known known = stage.door.add();
        const auto client = stage.client(known);
        Keeper keeper(*client);
        keeper.acknowledges = false;
        client->follow(stage.door.logId, 0);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(keeper.seqs.size(), std::size_t{200}, patience);
        client->seen(stage.door.logId, 100); // the first of two batches
        QTRY_COMPARE_WITH_TIMEOUT(keeper.seqs.size(), std::size_t{300}, patience);
        stage.server.reset();
        QTRY_COMPARE_WITH_TIMEOUT(client->state(), State::Waiting, patience);
        keeper.seqs.resize(100);
        keeper.acknowledges = true;
        stage.open({}, port);
        QTRY_VERIFY_WITH_TIMEOUT(keeper.inOrder(300), patience);
    }

    void anotherLogBeginsAnew() {
        PushStage stage;
        stage.append(120);
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        Keeper keeper(*client);
        client->follow(stage.door.logId, 0);
        client->start(textOf(known.id));
        QTRY_VERIFY_WITH_TIMEOUT(keeper.inOrder(120), patience);
        // Salvaged under the door's feet: another log, with less in it.
        stage.door.logId = textOf(anyUuid());
        stage.door.log.resize(110);
        stage.server->committed(stage.door.logId, stage.door.lastSeq());
        QTRY_VERIFY_WITH_TIMEOUT(keeper.restarts == 1 && keeper.inOrder(110), patience);
        QCOMPARE(keeper.logId, stage.door.logId);
        stage.append();
        QTRY_VERIFY_WITH_TIMEOUT(keeper.inOrder(111), patience);
        QCOMPARE(keeper.restarts, 1);
    }

    void anotherLogAfterDaysAway() {
        PushStage stage;
        stage.append(10);
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        Keeper keeper(*client);
        client->follow(textOf(anyUuid()), 5000);
        client->start(textOf(known.id));
        QTRY_VERIFY_WITH_TIMEOUT(keeper.restarts == 1 && keeper.inOrder(10), patience);
    }

    void oneQuestionForAllWhoStandAtTheSamePlace() {
        PushStage stage;
        stage.append(10);
        const Known& known = stage.door.add();
        std::vector<std::unique_ptr<PushClient>> clients;
        std::vector<std::unique_ptr<Keeper>> keepers;
        for (int i = 0; i < 4; ++i) {
            clients.push_back(stage.client(known));
            keepers.push_back(std::make_unique<Keeper>(*clients.back()));
            clients.back()->follow(stage.door.logId, 0);
            clients.back()->start(textOf(known.id));
        }
        const auto all = [&](std::int64_t count) {
            return std::ranges::all_of(keepers, [&](const auto& keeper) { return keeper->inOrder(count); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(all(10), patience);
        stage.door.asked.clear();
        stage.append();
        QTRY_VERIFY_WITH_TIMEOUT(all(11), patience);
        QCOMPARE(stage.door.asked.size(), std::size_t{1});
    }

    void provisionalEventsComeOnceAndAgainWithTheirNumber() {
        PushStage stage;
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        Keeper keeper(*client);
        QSignalSpy provisional(client.get(), &PushClient::provisional);
        client->follow(stage.door.logId, 0);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(keeper.batches, 1, patience);
        stage.server->provisional({{QStringLiteral("id"), QStringLiteral("x")}});
        QTRY_COMPARE_WITH_TIMEOUT(provisional.size(), 1, patience);
        stage.append();
        QTRY_VERIFY_WITH_TIMEOUT(keeper.inOrder(1), patience);
        QCOMPARE(provisional.size(), 1);
    }

    void framesByCreditTheNewestWaits() {
        Clock clock;
        PushStage stage(clock.limits());
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        std::vector<int> shown;
        connect(client.get(), &PushClient::frame, this, [&](const QJsonObject& header, const QByteArray& jpeg) {
            QCOMPARE(jpeg, QByteArray("jpeg"));
            shown.push_back(header.value(u"k").toInt());
        });
        client->setLive(true, 640, pushFpsMost);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.liveWanted.size(), std::size_t{1}, patience);
        QCOMPARE(stage.door.liveWanted[0], std::make_pair(640, pushFpsMost));
        int k = 0;
        const auto show = [&] {
            stage.server->frame({{QStringLiteral("k"), ++k}}, "jpeg");
            clock.time += 80ms; // above the time between two frames; the client does not run meanwhile
        };
        for (int i = 0; i < 6; ++i)
            show();
        QTRY_COMPARE_WITH_TIMEOUT(shown, (std::vector<int>{1, 2, 6}), patience);
        client->setLive(false);
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.liveWanted.size(), std::size_t{2}, patience);
        QCOMPARE(stage.door.liveWanted[1], std::make_pair(0, 0));
        show();
        QCOMPARE(shown.size(), std::size_t{3});
    }

    void noMoreFramesThanAskedFor() {
        PushStage stage;
        const Known& known = stage.door.add();
        const auto client = stage.client(known);
        int shown = 0;
        connect(client.get(), &PushClient::frame, this, [&] { ++shown; });
        client->setLive(true, 320, 1);
        client->start(textOf(known.id));
        QTRY_COMPARE_WITH_TIMEOUT(stage.door.liveWanted.size(), std::size_t{1}, patience);
        for (int i = 0; i < 10; ++i)
            stage.server->frame({}, "jpeg");
        QTRY_COMPARE_WITH_TIMEOUT(shown, 1, patience);
    }
};

QTEST_GUILESS_MAIN(TstPushResume)
#include "tst_push_resume.moc"
