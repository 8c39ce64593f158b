// SPDX-License-Identifier: GPL-3.0-or-later
// What viewers get and may ask: events by cursor, commands by role, pictures, the doorbell, the state.
#include "tests/app/push_office.h"

#include <QTemporaryDir>
#include <QTest>

using namespace facelatch;
using testing::OfficeViewer;
using testing::PushOffice;
using testing::wait;
using Stage = app::BellState::Stage;

namespace {

/// Follows the log and keeps its numbers.
struct Follower {
    explicit Follower(OfficeViewer& viewer) {
        QObject::connect(viewer.client.get(), &network::PushClient::events, viewer.client.get(),
                         [this, &viewer](const QString& id, const QJsonArray& events, std::int64_t, bool anew) {
                             logId = id;
                             restarts += anew ? 1 : 0;
                             for (const auto& each : events)
                                 seqs.push_back(each.toObject().value(u"seq").toInteger());
                             if (!seqs.empty())
                                 viewer.client->seen(id, seqs.back());
                         });
    }
    QString logId;
    std::vector<qint64> seqs;
    int restarts = 0;
};

} // namespace

class TestPushWorker : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    QString fresh() {
        m_dir = std::make_unique<QTemporaryDir>();
        return m_dir->path();
    }

private Q_SLOTS:
    void eventsComeInOrderAndGoOnAfterARestart() {
        PushOffice office(fresh());
        const auto link = office.pairing("viewer");
        OfficeViewer viewer(link);
        Follower follower(viewer);
        viewer.client->follow(QString::fromStdString(office.store->logId()), 0);
        QVERIFY(viewer.pair(link) && viewer.online());
        for (int i = 0; i < 250; ++i)
            office.append();
        QVERIFY(wait([&] { return follower.seqs.size() >= 250; }));
        office.restart();
        for (int i = 0; i < 5; ++i)
            office.append(core::Reason::UnknownPerson); // while nobody is there
        QVERIFY(wait([&] { return office.worker->port().has_value(); }));
        viewer.door.port = *office.worker->port();
        viewer.connectAgain();
        Follower after(viewer);
        viewer.client->follow(follower.logId, follower.seqs.back());
        viewer.client->start(viewer.id);
        QVERIFY(wait([&] { return after.seqs.size() >= 5; }));
        office.append();
        QVERIFY(wait([&] { return after.seqs.size() >= 6; }));
        for (std::size_t i = 0; i < follower.seqs.size(); ++i)
            QCOMPARE(follower.seqs[i], static_cast<qint64>(i + 1));
        QCOMPARE(follower.seqs.size(), std::size_t{250});
        for (std::size_t i = 0; i < after.seqs.size(); ++i)
            QCOMPARE(after.seqs[i], static_cast<qint64>(i + 251));
        QCOMPARE(after.restarts, 0);
    }

    void anotherLogBeginsAnew() {
        PushOffice office(fresh());
        const auto link = office.pairing("viewer");
        OfficeViewer viewer(link);
        QVERIFY(viewer.pair(link) && viewer.online());
        for (int i = 0; i < 3; ++i)
            office.append();
        viewer.connectAgain();
        Follower follower(viewer);
        viewer.client->follow(QStringLiteral("0191a0f0-0000-7000-8000-000000000000"), 77);
        viewer.client->start(viewer.id);
        QVERIFY(wait([&] { return follower.seqs.size() >= 3; }));
        QCOMPARE(follower.seqs.front(), 1);
        QCOMPARE(follower.restarts, 1);
    }

    void whatTheLogCannotTakeComesAsProvisional() {
        PushOffice office(fresh());
        const auto link = office.pairing("viewer");
        OfficeViewer viewer(link);
        Follower follower(viewer);
        viewer.client->follow(std::nullopt, 0);
        QVERIFY(viewer.pair(link) && viewer.online());
        office.append();
        QVERIFY(wait([&] { return follower.seqs.size() == 1; }));
        core::CommittedEvent event;
        event.event.id = app::newUuid(app::now().wall);
        event.provisional = true;
        office.worker->committed(event);
        QVERIFY(wait([&] { return !viewer.provisional.isEmpty(); }));
        QVERIFY(viewer.provisional.at(0).toObject().value(u"provisional").toBool());
    }

    void asksByRoleAndInItsOwnName_data() {
        QTest::addColumn<QString>("role");
        QTest::addColumn<QString>("command");
        QTest::addColumn<bool>("answered");
        QTest::newRow("a viewer reads the log") << "viewer"
                                                << "log.visits" << true;
        QTest::newRow("but not the people") << "viewer"
                                            << "person.list" << false;
        QTest::newRow("an operator does") << "operator"
                                          << "person.list" << true;
        QTest::newRow("and previews access") << "operator"
                                             << "access.preview" << true;
        for (const char* role : {"viewer", "operator", "admin"})
            for (const char* command : {"settings.list", "settings.set", "backup.write", "admin.list", "admin.add",
                                        "session.sign_in", "viewer.list", "viewer.pair", "tls.renew", "system.restart",
                                        "person.remove", "person.templates", "log.verify", "lock.test", "rule.add"})
                QTest::addRow("no %s for a %s", command, role) << role << command << false;
    }
    void asksByRoleAndInItsOwnName() {
        QFETCH(QString, role);
        QFETCH(QString, command);
        QFETCH(bool, answered);
        PushOffice office(fresh());
        const auto link = office.pairing(role.toLatin1().constData());
        OfficeViewer viewer(link);
        QVERIFY(viewer.pair(link) && viewer.online());
        const auto answer =
            viewer.ask(command.toLatin1().constData(), {{QStringLiteral("by"), QStringLiteral("Ada")},
                                                        {QStringLiteral("pin"), QStringLiteral("1234")}});
        QCOMPARE(static_cast<bool>(answer), answered);
        QCOMPARE(office.ran.size(), answered ? std::size_t{1} : std::size_t{0});
        if (answered) {
            QCOMPARE(office.ran.front().second.value(u"by").toString(), QStringLiteral("Office"));
            QVERIFY(!office.ran.front().second.contains(u"pin"));
        }
    }

    void actsAreSignedAndInItsName() {
        PushOffice office(fresh());
        const auto link = office.pairing("operator");
        OfficeViewer viewer(link);
        QVERIFY(viewer.pair(link) && viewer.online());
        std::optional<core::Result<QJsonObject>> done;
        viewer.client->act(QStringLiteral("unlock"), QStringLiteral("parcel"),
                           [&](const core::Result<QJsonObject>& said, const QByteArray&) { done = said; });
        QVERIFY(wait([&] { return done.has_value(); }));
        QVERIFY2(*done, *done ? "" : done->error().text().c_str());
        QCOMPARE(office.acts.size(), std::size_t{1});
        const core::RemoteRequest& act = office.acts.front();
        QVERIFY(act.signatureValid);
        QCOMPARE(act.principal.name, std::string("Office"));
        QCOMPARE(act.reason, std::string("parcel"));
        QCOMPARE(act.door, std::string("door-1"));
        QVERIFY(act.nonce == (core::RemoteNonce{1, 2, 3}));
    }

    void picturesOnlyWhereTheyAreAllowed_data() {
        QTest::addColumn<bool>("allowed");
        QTest::newRow("allowed") << true;
        QTest::newRow("forbidden") << false;
    }
    void picturesOnlyWhereTheyAreAllowed() {
        QFETCH(bool, allowed);
        PushOffice office(fresh(), {{"push.live", allowed ? "true" : "false"}});
        const auto link = office.pairing("operator");
        OfficeViewer viewer(link);
        QVERIFY(viewer.pair(link) && viewer.online());
        QVERIFY(wait([&] { return !viewer.welcome.isEmpty(); }));
        QCOMPARE(viewer.welcome.value(u"may").toArray().contains(QStringLiteral("view_live")), allowed);
        viewer.client->setLive(true, 320, 5);
        if (!allowed) {
            QVERIFY(wait([&] { return viewer.client->state() != network::PushClient::State::Online; })); // shown out
            for (const auto& [width, fps] : office.live)
                QCOMPARE(width + fps, 0);
            QVERIFY(!office.watched);
            return;
        }
        QVERIFY(wait([&] { return office.watched; }));
        QVERIFY(office.live.back() == std::make_pair(320, 5));
        office.worker->frame({{QStringLiteral("width"), 320}, {QStringLiteral("height"), 240}}, "jpeg");
        QVERIFY(wait([&] { return !viewer.frames.isEmpty(); }));
        viewer.client->setLive(false);
        QVERIFY(wait([&] { return !office.watched; }));
    }

    void theStateFollowsTheScreen() {
        PushOffice office(fresh());
        const auto link = office.pairing("viewer");
        OfficeViewer viewer(link);
        QVERIFY(viewer.pair(link) && viewer.online());
        core::VisitorView view;
        view.screen = core::Screen::OutOfService;
        view.faults = {{core::FaultCode::NoCamera, "/dev/video0 is gone"}};
        office.view.put(view);
        QVERIFY(wait([&] { return viewer.state.value(u"screen") == QStringLiteral("out_of_service"); }));
        const QJsonObject fault = viewer.state.value(u"faults").toArray().at(0).toObject();
        QCOMPARE(fault.value(u"code").toString(), QStringLiteral("no_camera"));
        QVERIFY(fault.value(u"stops").toBool());
        QVERIFY(!fault.contains(u"detail"));
    }

    void theFirstAnswerCounts() {
        PushOffice office(fresh());
        auto link = office.pairing("viewer", "Hall");
        OfficeViewer hall(link);
        QVERIFY(hall.pair(link));
        link = office.pairing("viewer", "Desk");
        OfficeViewer desk(link);
        QVERIFY(desk.pair(link) && desk.online() && hall.online());
        QCOMPARE(office.call("ring.press")->value(u"state").toString(), QStringLiteral("ringing"));
        QVERIFY(wait([&] { return !hall.rang.isEmpty() && !desk.rang.isEmpty(); }));
        QVERIFY(hall.rang.value(u"picture").toBool());
        const QString ring = desk.rang.value(u"id").toString();
        desk.client->answerRing(ring);
        QVERIFY(wait([&] { return !hall.over.isEmpty() && !desk.over.isEmpty(); }));
        QCOMPARE(hall.over.value(u"answered_by").toString(), QStringLiteral("Desk"));
        hall.client->answerRing(ring);
        QVERIFY(hall.ask("log.visits")); // heard by then
        QVERIFY(wait([&] { return office.audited("doorbell.answered by Desk"); }));
        QVERIFY(!office.audited("doorbell.answered by Hall"));
        QVERIFY(office.bells.back() == (app::BellState{Stage::Answered, QStringLiteral("Desk")}));
        QCOMPARE(office.call("ring.press")->value(u"state").toString(), QStringLiteral("answered")); // too soon
        office.ahead += app::Doorbell::again;
        QCOMPARE(office.call("ring.press")->value(u"state").toString(), QStringLiteral("ringing"));
    }

    void nobodyAnswersAndItIsWrittenWhenItCanBe() {
        PushOffice office(fresh());
        const auto link = office.pairing("viewer");
        OfficeViewer viewer(link);
        QVERIFY(viewer.pair(link) && viewer.online());
        QVERIFY(office.call("ring.press"));
        QVERIFY(wait([&] { return !viewer.rang.isEmpty(); }));
        office.closeData();
        office.ahead += std::chrono::seconds(30);
        QVERIFY(wait([&] { return !viewer.over.isEmpty(); }));
        QVERIFY(viewer.over.value(u"unanswered").toBool());
        QCOMPARE(office.call("ring.state")->value(u"state").toString(), QStringLiteral("unanswered"));
        office.openData();
        office.worker->dataOpened();
        office.ahead += std::chrono::seconds(6);
        QVERIFY(wait([&] { return office.audited("doorbell.unanswered by Front door"); }));
    }

    void withoutViewersThereIsNoBell() {
        PushOffice office(fresh());
        QVERIFY(office.call("viewer.list"));
        QCOMPARE(office.call("ring.press")->value(u"state").toString(), QStringLiteral("none"));
    }

    void aDiskThatIsAwayKeepsNobodyOut() {
        PushOffice office(fresh());
        const auto link = office.pairing("viewer");
        OfficeViewer viewer(link);
        QVERIFY(viewer.pair(link) && viewer.online());
        office.closeData();
        // Who they are is known by heart: the disk is not asked.
        viewer.connectAgain();
        viewer.client->start(viewer.id);
        QVERIFY(viewer.online());
        QVERIFY(!office.call("viewer.revoke", {{QStringLiteral("id"), viewer.id}}));
    }
};

QTEST_GUILESS_MAIN(TestPushWorker)
#include "tst_push_worker.moc"
