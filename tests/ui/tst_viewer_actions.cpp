// SPDX-License-Identifier: GPL-3.0-or-later
// Opening and locking down from afar, the bar of what needs attention, the doorbell.
#include "tests/ui/viewer_stage.h"
#include "ui/fields.h"
#include "ui/hold_button.h"
#include "ui/viewer_doors.h"

#include <QSignalSpy>

using namespace facelatch;
using namespace facelatch::test;
using namespace facelatch::ui;

namespace {

constexpr int longWait = 60'000;

} // namespace

class TstViewerActions : public QObject {
    Q_OBJECT

private:
    /// The first door chosen.
    static void chooseFront(ViewerStage& stage) { stage.key(Qt::Key_2, Qt::ControlModifier); }

private Q_SLOTS:
    void aPressAloneOpensNothing() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        chooseFront(stage);
        auto* open = stage.find<HoldButton>("openDoor");
        QVERIFY(open != nullptr && open->isEnabled());
        QSignalSpy held(open, &HoldButton::held);
        open->click(); // what an assistive program or a script would do
        QTest::mouseClick(open, Qt::LeftButton);
        QTest::keyClick(open, Qt::Key_Space);
        QTest::keyClick(open, Qt::Key_Return);
        QTest::mousePress(open, Qt::LeftButton);
        QVERIFY(open->isDown());
        QTest::mouseMove(open, QPoint(-40, -40));
        QVERIFY(!open->isDown()); // slid off
        QTest::mouseRelease(open, Qt::LeftButton);
        QTest::keyPress(open, Qt::Key_Space);
        stage.list().setFocus();
        QVERIFY(!open->isDown());
        QCOMPARE(open->filled(), 0.0);
        QCOMPARE(held.size(), 0);
        QVERIFY(port.said.isEmpty());
    }

    void heldWithTheMouseItOpensOnce() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        chooseFront(stage);
        stage.find<LineEdit>("openReason")->setText(QStringLiteral("parcel"));
        auto* open = stage.find<HoldButton>("openDoor");
        QSignalSpy held(open, &HoldButton::held);
        QTest::mousePress(open, Qt::LeftButton);
        QVERIFY(held.wait(longWait));
        ViewerStage::settle();
        QCOMPARE(port.said, QStringList{QStringLiteral("open front [parcel]")});
        QTest::mouseRelease(open, Qt::LeftButton);
        QCOMPARE(stage.text("actionResult"), QStringLiteral("The door is open."));
        QVERIFY(stage.find<LineEdit>("openReason")->text().isEmpty()); // it was for this time
        QCOMPARE(held.size(), 1);
    }

    void heldWithTheSpaceBarItOpens() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        chooseFront(stage);
        stage.key(Qt::Key_O, Qt::ControlModifier);
        auto* open = stage.find<HoldButton>("openDoor");
        QVERIFY(open->hasFocus());
        QSignalSpy held(open, &HoldButton::held);
        QTest::keyPress(open, Qt::Key_Space);
        QVERIFY(open->isDown());
        QVERIFY(held.wait(longWait));
        QTest::keyRelease(open, Qt::Key_Space);
        ViewerStage::settle();
        QCOMPARE(port.said, QStringList{QStringLiteral("open front []")});
    }

    void refusalsAreToldInWords_data() {
        QTest::addColumn<QString>("code");
        for (const char* code : {"late", "replayed", "other_door", "bad_signature", "role", "revoked", "too_many",
                                 "locked_down", "out_of_service"})
            QTest::newRow(code) << QString::fromLatin1(code);
    }
    void refusalsAreToldInWords() {
        QFETCH(QString, code);
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        port.acts = core::Error{core::ErrorKind::Refused, "refused", code.toStdString(), ""};
        ViewerStage stage(port);
        chooseFront(stage);
        Q_EMIT stage.find<HoldButton>("openDoor")->held();
        ViewerStage::settle();
        const QString said = stage.text("actionResult");
        QVERIFY2(!said.isEmpty() && !said.contains(QLatin1Char('_')), qPrintable(said));
        QVERIFY2(said.count(QLatin1Char(' ')) > 3, qPrintable(said)); // a sentence, not a code
        QVERIFY(said != QStringLiteral("The door is open."));
    }

    void whoMayNotSeesWhy() {
        FakeViewerPort port;
        auto doors = ViewerStage::twoDoors();
        doors[0].may.remove(QStringLiteral("unlock_door"));
        doors[1].connection = Connection::Waiting;
        port.setDoors(doors);
        ViewerStage stage(port);
        QVERIFY(!stage.find<HoldButton>("openDoor")->isEnabled()); // all doors: none is chosen
        chooseFront(stage);
        QVERIFY(!stage.find<HoldButton>("openDoor")->isEnabled());
        QVERIFY(stage.text("actionResult").contains(QStringLiteral("may watch")));
        QVERIFY(stage.find<QAbstractButton>("liveButton")->isEnabled());
        stage.key(Qt::Key_3, Qt::ControlModifier);
        QVERIFY(!stage.find<HoldButton>("openDoor")->isEnabled());
        QVERIFY(stage.text("actionResult").contains(QStringLiteral("not connected")));
    }

    void lockdownBeginsAndEnds() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        chooseFront(stage);
        auto* lock = stage.find<HoldButton>("lockDown");
        Q_EMIT lock->held();
        ViewerStage::settle();
        QCOMPARE(port.said.constLast(), QStringLiteral("lockdown front 1 []"));
        port.change(QStringLiteral("front"), [](ViewerDoor& door) { door.lockedDown = true; });
        QVERIFY(!stage.find<HoldButton>("openDoor")->isEnabled());
        Q_EMIT lock->held();
        ViewerStage::settle();
        QCOMPARE(port.said.constLast(), QStringLiteral("lockdown front 0 []"));
    }

    void aDoorThatGoesAwayWhileHeldIsNotOpened() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        chooseFront(stage);
        auto* open = stage.find<HoldButton>("openDoor");
        QTest::mousePress(open, Qt::LeftButton);
        port.change(QStringLiteral("front"), [](ViewerDoor& door) { door.connection = Connection::Waiting; });
        QVERIFY(!open->isDown());
        QCOMPARE(open->filled(), 0.0);
    }

    void mattersAreOnTop() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        QVERIFY(stage.find<QWidget>("viewerAttention") == nullptr);
        port.change(QStringLiteral("front"), [](ViewerDoor& door) { door.refusedInARow = 2; });
        QVERIFY(stage.find<QWidget>("viewerAttention") == nullptr);
        port.change(QStringLiteral("front"), [](ViewerDoor& door) { door.refusedInARow = 3; });
        ViewerStage::settle();
        QCOMPARE(stage.text("attentionText"), QStringLiteral("Front door: 3 visits were refused in a row."));
        port.change(QStringLiteral("back"), [](ViewerDoor& door) {
            door.connection = Connection::Stopped;
            door.trouble = Trouble::CertificateChanged;
        });
        ViewerStage::settle();
        QVERIFY(stage.text("attentionText").contains(QStringLiteral("certificate changed"))); // alarms first
        QVERIFY(stage.press("attentionShow"));
        QCOMPARE(stage.window.findChild<ViewerDoors*>()->current(), QStringLiteral("back"));
        QVERIFY(stage.press("attentionClose"));
        QCOMPARE(stage.all<TextBlock>("attentionText").size(), 1);
    }

    void whatWasPutAwayComesBackWhenItHappensAnew() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        const auto refused = [&](int times) {
            port.change(QStringLiteral("front"), [&](ViewerDoor& door) { door.refusedInARow = times; });
            ViewerStage::settle();
        };
        refused(3);
        QVERIFY(stage.press("attentionClose"));
        refused(4);
        QVERIFY(stage.text("attentionText").isEmpty()); // the same row of refusals
        refused(0);
        refused(3);
        QVERIFY(!stage.text("attentionText").isEmpty());
    }

    void aRingIsAnsweredOrSeenAnswered() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        ViewerRing ring{QStringLiteral("r1"), QStringLiteral("front"), sceneNow().wall, paintedPerson({320, 240})};
        port.setRings({ring});
        ViewerStage::settle();
        QCOMPARE(stage.text("ringText"), QStringLiteral("Somebody rings at Front door"));
        QVERIFY(stage.find<QWidget>("ringPicture") != nullptr);
        QVERIFY(stage.press("ringAnswer"));
        QCOMPARE(port.said, QStringList{QStringLiteral("answer r1")});
        QCOMPARE(stage.window.findChild<ViewerDoors*>()->current(), QStringLiteral("front"));
        ring.over = true;
        ring.answeredBy = QStringLiteral("Office");
        port.setRings({ring});
        ViewerStage::settle();
        QVERIFY(stage.text("ringText").endsWith(QStringLiteral("Office answered")));
        QVERIFY(!stage.press("ringAnswer"));
        QVERIFY(stage.press("ringDismiss"));
        QCOMPARE(port.said.constLast(), QStringLiteral("dismiss r1"));
        port.setRings({});
        QVERIFY(stage.find<QWidget>("viewerAttention") == nullptr);
    }
};

int main(int argc, char** argv) {
    qputenv("TZ", "UTC");
    QApplication application(argc, argv);
    TstViewerActions test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_viewer_actions.moc"
