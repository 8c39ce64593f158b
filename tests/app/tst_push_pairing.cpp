// SPDX-License-Identifier: GPL-3.0-or-later
// Who becomes a viewer, who stays one, and when the door listens at all.
#include "tests/app/push_office.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace facelatch;
using testing::OfficeViewer;
using testing::PushOffice;
using testing::wait;
using Trouble = network::PushClient::Trouble;

class TestPushPairing : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    QString fresh() {
        m_dir = std::make_unique<QTemporaryDir>();
        return m_dir->path();
    }
    QString file(const char* name) const { return m_dir->filePath(QLatin1String(name)); }

private Q_SLOTS:
    void withoutViewersNothingListensAndNothingIsMade() {
        PushOffice office(fresh());
        QVERIFY(office.call("viewer.list"));
        QVERIFY(!office.worker->port());
        QVERIFY(!QFileInfo::exists(file("tls.pem")));
        QVERIFY(!office.worker->facts().listening);
        QCOMPARE(office.call("viewer.pairing")->value(u"open").toBool(), false);
    }

    void theIdentityIsMadeOnceForItsOwnerAlone() {
        PushOffice office(fresh());
        const QByteArray pin = office.pairing("viewer").pin;
        QVERIFY(QFileInfo::exists(file("tls.pem")));
        QCOMPARE(QFileInfo(file("tls.pem")).permissions() & 0x0077, QFile::Permissions());
        office.restart();
        QVERIFY(office.call("viewer.list"));
        QCOMPARE(office.pairing("viewer").pin, pin);
    }

    void pairsAndLogsInAgain() {
        PushOffice office(fresh());
        const auto link = office.pairing("operator");
        OfficeViewer viewer(link);
        QVERIFY(viewer.pair(link));
        QCOMPARE(viewer.pairedAs, QStringLiteral("operator Office"));
        QVERIFY(viewer.online());
        QVERIFY(wait([&] { return !viewer.welcome.isEmpty(); }));
        QVERIFY(viewer.welcome.value(u"may").toArray().contains(QStringLiteral("unlock_door")));
        const auto pairing = *office.call("viewer.pairing");
        QCOMPARE(pairing.value(u"paired").toObject().value(u"name").toString(), QStringLiteral("Office"));
        QVERIFY(office.audited("viewer.add by Ada"));
        QVERIFY(wait([&] { return office.viewerCalled("Office").value(u"online").toBool(); }));
        QCOMPARE(office.viewerCalled("Office").value(u"address").toString(), QStringLiteral("127.0.0.1"));
        viewer.connectAgain();
        viewer.client->start(viewer.id);
        QVERIFY(viewer.online());
    }

    void anAdminsNameCountsAndNamesAreDifferent() {
        PushOffice office(fresh());
        auto link = office.pairing("viewer", "Hall");
        OfficeViewer first(link);
        QVERIFY(first.pair(link));
        QCOMPARE(first.pairedAs, QStringLiteral("viewer Hall"));
        link = office.pairing("viewer");
        OfficeViewer second(link);
        QVERIFY(second.pair(link, "  hall "));
        QCOMPARE(second.pairedAs, QStringLiteral("viewer hall 2"));
    }

    void aCodeIsGoodOnce() {
        PushOffice office(fresh());
        const auto link = office.pairing("viewer");
        OfficeViewer first(link), second(link);
        QVERIFY(first.pair(link));
        QVERIFY(!second.pair(link));
        QVERIFY(second.stopped(Trouble::NoPairing));
    }

    void fiveWrongCodesEndIt() {
        PushOffice office(fresh());
        auto link = office.pairing("viewer");
        const QString right = std::exchange(link.code, QStringLiteral("00000000"));
        QVERIFY(right != link.code);
        for (int left = 4; left >= 0; --left) {
            OfficeViewer viewer(link);
            QVERIFY(!viewer.pair(link));
            QVERIFY(viewer.stopped(Trouble::WrongCode));
            QCOMPARE(office.call("viewer.pairing")->value(u"tries_left").toInt(), left);
        }
        QCOMPARE(office.call("viewer.pairing")->value(u"ended").toString(), QStringLiteral("tries"));
        link.code = right;
        OfficeViewer viewer(link);
        QVERIFY(!viewer.pair(link));
        QVERIFY(viewer.stopped(Trouble::NoPairing));
        office.ahead += std::chrono::seconds(10);
        QVERIFY(wait([&] { return !office.worker->port(); })); // nobody is a viewer
    }

    void aCodeEndsByTimeAndByTheAdminsLeaving() {
        PushOffice office(fresh());
        office.pairing("viewer");
        office.ahead += app::Pairing::lasts;
        QCOMPARE(office.call("viewer.pairing")->value(u"open").toBool(), false);
        QCOMPARE(office.call("viewer.pairing")->value(u"ended").toString(), QStringLiteral("time"));
        QVERIFY(wait([&] { return !office.worker->port(); }));
        QVERIFY(!office.announced);
        const auto link = office.pairing("viewer");
        QVERIFY(office.worker->port());
        QCOMPARE(office.announced->pin, link.pin);
        QCOMPARE(office.announced->name, QStringLiteral("Front door"));
        office.worker->adminLeft();
        QCOMPARE(office.call("viewer.pairing")->value(u"ended").toString(), QStringLiteral("cancelled"));
        QVERIFY(!office.worker->port());
    }

    void revokingClosesAtOnceAndIsToldLater() {
        PushOffice office(fresh());
        auto link = office.pairing("viewer", "Hall");
        OfficeViewer hall(link);
        QVERIFY(hall.pair(link));
        link = office.pairing("viewer", "Desk");
        OfficeViewer desk(link); // so that the port stays open
        QVERIFY(desk.pair(link) && desk.online() && hall.online());
        QVERIFY(wait([&] { return office.viewerCalled("Hall").value(u"online").toBool(); }));
        QVERIFY(office.call("viewer.revoke", {{QStringLiteral("id"), QStringLiteral("Hall")}}));
        QVERIFY(hall.stopped(Trouble::Revoked));
        QVERIFY(office.audited("viewer.revoke by Ada"));
        hall.connectAgain();
        hall.client->start(hall.id);
        QVERIFY(hall.stopped(Trouble::Revoked));
        QCOMPARE(desk.client->state(), network::PushClient::State::Online);
        QVERIFY(office.viewerCalled("Hall").value(u"revoked").isDouble());
    }

    void anotherRoleCountsAtOnce() {
        PushOffice office(fresh());
        const auto link = office.pairing("viewer");
        OfficeViewer viewer(link);
        QVERIFY(viewer.pair(link) && viewer.online());
        QCOMPARE(viewer.ask("person.list").error().kind, core::ErrorKind::Refused);
        const auto set = office.call(
            "viewer.set", {{QStringLiteral("id"), viewer.id}, {QStringLiteral("role"), QStringLiteral("operator")}});
        QVERIFY2(set, set ? "" : set.error().text().c_str());
        QVERIFY(viewer.online());
        QVERIFY(viewer.ask("person.list"));
        QVERIFY(office.audited("viewer.set by Ada"));
        QVERIFY(!office.call("viewer.set", {{QStringLiteral("id"), viewer.id}}));
        QVERIFY(!office.call("viewer.set",
                             {{QStringLiteral("id"), viewer.id}, {QStringLiteral("role"), QStringLiteral("king")}}));
    }

    void someoneUnknownAndSomebodyElsesKey() {
        PushOffice office(fresh());
        const auto link = office.pairing("viewer");
        OfficeViewer viewer(link), other(link);
        QVERIFY(viewer.pair(link));
        other.client->start(viewer.id);
        QVERIFY(other.stopped(Trouble::BadSignature));
        other.connectAgain();
        other.client->start(QString::fromStdString(app::newUuid(app::now().wall).text()));
        QVERIFY(other.stopped(Trouble::Unknown));
    }

    void aRenewedCertificateIsALoudStop() {
        PushOffice office(fresh());
        const auto link = office.pairing("viewer");
        OfficeViewer viewer(link);
        QVERIFY(viewer.pair(link) && viewer.online());
        const auto renewed = office.call("tls.renew");
        QVERIFY2(renewed, renewed ? "" : renewed.error().text().c_str());
        QCOMPARE(renewed->value(u"viewers").toInt(), 1);
        QVERIFY(office.audited("tls.renew by Ada"));
        QVERIFY(office.worker->port());
        viewer.door.port = *office.worker->port();
        viewer.connectAgain();
        viewer.client->start(viewer.id);
        QVERIFY(viewer.stopped(Trouble::CertificateChanged));
        // Paired anew, the same program is the same viewer.
        const auto again = office.pairing("viewer");
        OfficeViewer same(again, viewer.key);
        QVERIFY(same.pair(again));
        QCOMPARE(same.id, viewer.id);
        QCOMPARE(same.pairedAs, QStringLiteral("viewer Office"));
    }

    void aLaterEndIsNothingToViewers() {
        PushOffice office(fresh());
        const auto link = office.pairing("viewer");
        OfficeViewer viewer(link);
        QVERIFY(viewer.pair(link) && viewer.online());
        office.ahead += std::chrono::days(1000);
        const auto renewed = office.call("tls.renew", {{QStringLiteral("keep_key"), true}});
        QVERIFY2(renewed, renewed ? "" : renewed.error().text().c_str());
        QCOMPARE(renewed->value(u"viewers").toInt(), 0);
        viewer.connectAgain();
        viewer.client->start(viewer.id);
        QVERIFY(viewer.online());
    }

    void aBrokenCertificateIsAnAlarmAndNoCrash() {
        fresh();
        QFile broken(file("own.pem"));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("no PEM") > 0);
        broken.close();
        const std::string path = file("own.pem").toStdString();
        PushOffice office(m_dir->path(), {{"tls.certificate", path}, {"tls.key", path}});
        QVERIFY(office.call("viewer.list"));
        const auto opened = office.call("viewer.pair", {{QStringLiteral("role"), QStringLiteral("viewer")}});
        QVERIFY(!opened);
        QVERIFY(office.faults.contains(core::FaultCode::PushOff));
        QVERIFY(!office.worker->facts().error.empty());
        QCOMPARE(office.call("tls.renew").error().kind, core::ErrorKind::Refused);
    }

    void aKeyOthersReadIsAnAlarm() {
        const QString path = fresh();
        {
            PushOffice office(path);
            const auto link = office.pairing("viewer");
            OfficeViewer viewer(link);
            QVERIFY(viewer.pair(link));
        }
        QVERIFY(QFile::setPermissions(file("tls.pem"), QFile::ReadOwner | QFile::ReadOther));
        PushOffice office(path);
        QVERIFY(wait([&] { return office.faults.contains(core::FaultCode::PushOff); }));
        QVERIFY(!office.worker->port());
        QVERIFY(QFile::setPermissions(file("tls.pem"), QFile::ReadOwner | QFile::WriteOwner));
        office.ahead += std::chrono::seconds(11);
        QVERIFY(wait([&] { return office.worker->port().has_value(); }));
        QVERIFY(!office.faults.contains(core::FaultCode::PushOff));
    }

    void aCertificateThatEndsIsTold() {
        PushOffice office(fresh());
        office.pairing("viewer");
        QVERIFY(!office.faults.contains(core::FaultCode::CertificateEnds));
        office.ahead += std::chrono::days(3652 - 20);
        office.pairing("viewer");
        QVERIFY(wait([&] { return office.faults.contains(core::FaultCode::CertificateEnds); }));
        QVERIFY(office.call("tls.renew", {{QStringLiteral("keep_key"), true}}));
        QVERIFY(wait([&] { return !office.faults.contains(core::FaultCode::CertificateEnds); }));
    }

    void switchedOffNobodyPairs() {
        PushOffice office(fresh(), {{"push.enabled", "false"}});
        QCOMPARE(office.call("viewer.pair", {{QStringLiteral("role"), QStringLiteral("viewer")}}).error().kind,
                 core::ErrorKind::Refused);
        QVERIFY(!office.call("viewer.pair", {{QStringLiteral("role"), QStringLiteral("king")}}));
        QVERIFY(!office.worker->port());
    }
};

QTEST_GUILESS_MAIN(TestPushPairing)
#include "tst_push_pairing.moc"
