// SPDX-License-Identifier: GPL-3.0-or-later
// Pairing, a door's sheet and the settings of the viewer.
#include "tests/ui/viewer_stage.h"
#include "ui/choices.h"
#include "ui/clock_field.h"
#include "ui/fields.h"
#include "ui/viewer_doors.h"

using namespace facelatch;
using namespace facelatch::test;
using namespace facelatch::ui;

class TstViewerPairing : public QObject {
    Q_OBJECT

private:
    static void type(ViewerStage& stage, const char* field, const QString& text) {
        auto* found = stage.find<TextField>(field);
        QVERIFY2(found != nullptr, field);
        found->line()->setFocus();
        found->line()->selectAll();
        QTest::keyClicks(found->line(), text);
    }

private Q_SLOTS:
    void aLinkLeadsToTheFingerprintAndThenToTheDoor() {
        FakeViewerPort port;
        ViewerStage stage(port);
        stage.key(Qt::Key_N, Qt::ControlModifier);
        QVERIFY(port.searching);
        type(stage, "pairLink", QStringLiteral("facelatch://pair?v=1"));
        QTest::keyClick(stage.find<TextField>("pairLink")->line(), Qt::Key_Return);
        ViewerStage::settle();
        QCOMPARE(port.paired.link, QStringLiteral("facelatch://pair?v=1"));
        QCOMPARE(port.paired.name, QStringLiteral("Office"));
        QVERIFY(port.said.isEmpty()); // nothing goes on before the fingerprint was looked at
        QCOMPARE(stage.text("pairFingerprint"), port.pairCheck.fingerprint);
        port.setDoors(ViewerStage::twoDoors());
        QVERIFY(stage.press("pairSame"));
        QVERIFY(port.said.contains(QStringLiteral("pair")));
        QVERIFY(stage.find<QWidget>("pairSheet") == nullptr);
        QCOMPARE(stage.window.findChild<ViewerDoors*>()->current(), QStringLiteral("front"));
        QVERIFY(!port.searching);
    }

    void anAddressAndACodeAreTaken() {
        FakeViewerPort port;
        ViewerStage stage(port);
        stage.window.openPairing();
        auto* ways = stage.find<Segments>("pairWays");
        Q_EMIT ways->chosen(1);
        ViewerStage::settle();
        type(stage, "pairAddress", QStringLiteral("192.168.1.20:7444"));
        type(stage, "pairCode", QStringLiteral("abcd-efgh"));
        type(stage, "pairName", QStringLiteral("Sofa"));
        QVERIFY(stage.press("pairGo"));
        QCOMPARE(port.paired.host, QStringLiteral("192.168.1.20"));
        QCOMPARE(port.paired.port, 7444);
        QCOMPARE(port.paired.code, QStringLiteral("abcd-efgh"));
        QCOMPARE(port.paired.name, QStringLiteral("Sofa"));
        QVERIFY(port.paired.link.isEmpty());
    }

    void addressesAreSplit_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("number");
        QTest::newRow("name") << QStringLiteral("door.local") << QStringLiteral("door.local") << 0;
        QTest::newRow("port") << QStringLiteral(" door.local:1 ") << QStringLiteral("door.local") << 1;
        QTest::newRow("v6") << QStringLiteral("fe80::1") << QStringLiteral("fe80::1") << 0;
        QTest::newRow("v6 port") << QStringLiteral("[fe80::1]:7443") << QStringLiteral("fe80::1") << 7443;
        QTest::newRow("v6 brackets") << QStringLiteral("[fe80::1]") << QStringLiteral("fe80::1") << 0;
        QTest::newRow("port too large") << QStringLiteral("door:70000") << QString() << 0;
        QTest::newRow("no port") << QStringLiteral("door:x") << QString() << 0;
    }
    void addressesAreSplit() {
        QFETCH(QString, typed);
        QFETCH(QString, host);
        QFETCH(int, number);
        FakeViewerPort port;
        ViewerStage stage(port);
        stage.window.openPairing();
        Q_EMIT stage.find<Segments>("pairWays")->chosen(1);
        ViewerStage::settle();
        stage.find<TextField>("pairAddress")->setText(typed);
        stage.find<TextField>("pairCode")->setText(QStringLiteral("ABCD-EFGH"));
        QVERIFY(stage.press("pairGo"));
        QCOMPARE(port.paired.host, host); // empty: nobody was asked
        QCOMPARE(port.paired.port, number);
    }

    void aDoorNearbyFillsTheAddress() {
        FakeViewerPort port;
        ViewerStage stage(port);
        port.setFound(
            {{QStringLiteral("x"), QStringLiteral("<i>Garage</i>"), QStringLiteral("garage.local"), 7443, false},
             {QStringLiteral("y"), QStringLiteral("Known"), QStringLiteral("known.local"), 7443, true}});
        stage.window.openPairing();
        Q_EMIT stage.find<Segments>("pairWays")->chosen(1);
        ViewerStage::settle();
        QCOMPARE(stage.all<QAbstractButton>("foundDoor").size(), 1); // not the one that is paired
        QVERIFY(stage.press("foundDoor"));
        QCOMPARE(stage.find<TextField>("pairAddress")->text(), QStringLiteral("garage.local:7443"));
    }

    void anotherFingerprintStops() {
        FakeViewerPort port;
        ViewerStage stage(port);
        stage.window.openPairing(QStringLiteral("facelatch://pair?v=1"));
        QVERIFY(stage.press("pairGo"));
        QVERIFY(stage.press("pairDiffers"));
        QCOMPARE(port.said, QStringList{QStringLiteral("cancel")});
        QVERIFY(!stage.text("pairError").isEmpty());
        QVERIFY(stage.find<TextField>("pairLink") != nullptr);
    }

    void failuresHaveWords_data() {
        QTest::addColumn<int>("trouble");
        for (int each = 1; each <= static_cast<int>(Trouble::BadCode); ++each)
            QTest::addRow("%d", each) << each;
    }
    void failuresHaveWords() {
        QFETCH(int, trouble);
        for (const bool late : {false, true}) {
            FakeViewerPort port;
            (late ? port.finishing : port.pairing) = static_cast<Trouble>(trouble);
            ViewerStage stage(port);
            stage.window.openPairing(QStringLiteral("facelatch://pair?v=1"));
            QVERIFY(stage.press("pairGo"));
            if (late)
                QVERIFY(stage.press("pairSame"));
            QVERIFY(!stage.text("pairError").isEmpty());
            QVERIFY(stage.find<TextField>("pairLink") != nullptr); // to try again
            QVERIFY(stage.find<QAbstractButton>("pairGo")->isEnabled());
        }
    }

    void leavingEndsThePairing() {
        FakeViewerPort port;
        ViewerStage stage(port);
        stage.window.openPairing();
        QVERIFY(stage.press("pairCancel"));
        QVERIFY(!port.searching);
        QVERIFY(port.said.contains(QStringLiteral("cancel")));
    }

    void aDoorIsRenamedAndForgotten() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        QVERIFY(!stage.find<QAbstractButton>("doorDetails")->isEnabled()); // all doors
        stage.key(Qt::Key_2, Qt::ControlModifier);
        QVERIFY(stage.press("doorDetails"));
        type(stage, "doorName", QStringLiteral("Main"));
        QTest::keyClick(stage.find<TextField>("doorName")->line(), Qt::Key_Return);
        QCOMPARE(port.said, QStringList{QStringLiteral("rename front Main")});
        QVERIFY(stage.press("doorForget"));
        QVERIFY(!port.said.contains(QStringLiteral("forget front"))); // it asks first
        QVERIFY(stage.press("sheetYes"));
        QVERIFY(port.said.contains(QStringLiteral("forget front")));
    }

    void aChangedCertificateIsNeverClickedThrough() {
        FakeViewerPort port;
        auto doors = ViewerStage::twoDoors();
        doors[0].connection = doors[1].connection = Connection::Stopped;
        doors[0].trouble = Trouble::CertificateChanged;
        doors[1].trouble = Trouble::Revoked;
        port.setDoors(doors);
        ViewerStage stage(port);
        stage.key(Qt::Key_2, Qt::ControlModifier);
        QVERIFY(stage.press("doorDetails"));
        QVERIFY(stage.find<QAbstractButton>("doorReconnect") == nullptr);
        QVERIFY(!stage.text("doorHelp").isEmpty());
        QVERIFY(stage.press("sheetClose"));
        stage.key(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(stage.press("doorDetails"));
        QVERIFY(stage.press("doorReconnect"));
        QCOMPARE(port.said, QStringList{QStringLiteral("reconnect back")});
    }

    void settingsAreKeptAtOnce() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        stage.key(Qt::Key_Comma, Qt::ControlModifier);
        QVERIFY(stage.press("noticeDesktop0"));
        QVERIFY(!port.settings().notices[0].desktop);
        QVERIFY(port.settings().notices[0].sound);
        QVERIFY(stage.press("noticeSound3"));
        QVERIFY(port.settings().notices[3].sound);
        auto* from = stage.find<ClockField>("quietFrom");
        QVERIFY(!from->isEnabled());
        QVERIFY(stage.press("quietHours"));
        QVERIFY(port.settings().quiet && from->isEnabled());
        Q_EMIT from->changed(21 * 60 + 30);
        QCOMPARE(port.settings().quietFrom, QTime(21, 30));
        QVERIFY(stage.press("startInTray"));
        QVERIFY(port.settings().startInTray);
        Q_EMIT stage.find<Segments>("languages")->chosen(2);
        QCOMPARE(port.settings().language, QStringLiteral("fr"));
    }

    void keysRestWhileASheetIsOpen() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        stage.key(Qt::Key_2, Qt::ControlModifier);
        stage.window.openSettings();
        stage.key(Qt::Key_F5);
        stage.key(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(port.said.isEmpty());
        QCOMPARE(stage.window.findChild<ViewerDoors*>()->current(), QStringLiteral("front"));
        stage.key(Qt::Key_Escape);
        QVERIFY(stage.find<QWidget>("viewerSettings") == nullptr);
    }
};

int main(int argc, char** argv) {
    qputenv("TZ", "UTC");
    QApplication application(argc, argv);
    TstViewerPairing test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_viewer_pairing.moc"
