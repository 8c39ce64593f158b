// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer's window: doors, detail, live view, state kept, sizes and languages.
#include "tests/ui/viewer_stage.h"
#include "ui/viewer_doors.h"
#include "ui/viewer_live.h"
#include "ui/viewer_words.h"
#include "ui/visit_picture.h"

#include <QFileDialog>
#include <QSignalSpy>

using namespace facelatch;
using namespace facelatch::test;
using namespace facelatch::ui;

namespace {

core::WallTime at(int minutesAgo) {
    return sceneNow().wall - std::chrono::minutes(minutesAgo);
}

} // namespace

class TstViewerWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutADoorItSaysHowToBegin() {
        FakeViewerPort port;
        ViewerStage stage(port);
        QCOMPARE(stage.text("emptyTitle"), QStringLiteral("No door yet"));
        QVERIFY(stage.press("emptyAction"));
        QVERIFY(stage.find<QWidget>("pairSheet") != nullptr);
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage::settle();
        QVERIFY(stage.find<QWidget>("viewerDoors") != nullptr);
    }

    void connectionsAreToldInWords_data() {
        QTest::addColumn<int>("connection");
        QTest::addColumn<int>("trouble");
        QTest::addColumn<bool>("since");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, Connection connection, Trouble trouble, bool since, const char* words) {
            QTest::newRow(name) << static_cast<int>(connection) << static_cast<int>(trouble) << since
                                << QString::fromUtf8(words);
        };
        row("online", Connection::Online, Trouble::None, false, "Online");
        row("connecting", Connection::Connecting, Trouble::None, false, "Connecting …");
        row("off", Connection::Waiting, Trouble::DoorEnds, true, "Door is off since 14:02");
        row("away", Connection::Waiting, Trouble::NotReached, true, "Not reached since 14:02");
        row("never", Connection::Waiting, Trouble::NotReached, false, "Not reached yet");
        row("certificate", Connection::Stopped, Trouble::CertificateChanged, true, "Certificate changed");
        row("revoked", Connection::Stopped, Trouble::Revoked, true, "Paired, but revoked");
        row("expired", Connection::Stopped, Trouble::Expired, true, "The pairing has expired");
        row("other door", Connection::Stopped, Trouble::NotThatDoor, true, "Another door answers there");
    }
    void connectionsAreToldInWords() {
        QFETCH(int, connection);
        QFETCH(int, trouble);
        QFETCH(bool, since);
        QFETCH(QString, words);
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        port.change(QStringLiteral("front"), [&](ViewerDoor& door) {
            door.connection = static_cast<Connection>(connection);
            door.trouble = static_cast<Trouble>(trouble);
            if (since)
                door.since = at(30); // 14:32 is now
        });
        const auto cards = stage.all<DoorCard>("doorCard");
        QCOMPARE(cards.size(), 3);
        QCOMPARE(cards[1]->lines().constLast(), words);
        QVERIFY(cards[1]->accessibleName().contains(words));
    }

    void everyTroubleHasItsWords() {
        QSet<QString> pairing;
        for (int each = 0; each <= static_cast<int>(Trouble::BadCode); ++each) {
            ViewerDoor door = FakeViewerPort::makeDoor(QStringLiteral("x"), QStringLiteral("X"));
            door.connection = Connection::Stopped;
            door.trouble = static_cast<Trouble>(each);
            QVERIFY(!ViewerWords::connection(door, sceneNow().wall, QLocale::c()).isEmpty());
            QVERIFY(!ViewerWords::connectionHelp(door).isEmpty());
            pairing << ViewerWords::pairTrouble(static_cast<Trouble>(each));
        }
        QVERIFY(pairing.size() >= 10);
    }

    void keysChooseDoors() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        auto* doors = stage.window.findChild<ViewerDoors*>();
        QVERIFY(doors->current().isEmpty());
        stage.key(Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(doors->current(), QStringLiteral("front"));
        auto cards = stage.all<DoorCard>("doorCard");
        cards[1]->setFocus();
        stage.key(Qt::Key_Down);
        QCOMPARE(doors->current(), QStringLiteral("back"));
        stage.key(Qt::Key_9, Qt::ControlModifier); // there is none
        QCOMPARE(doors->current(), QStringLiteral("back"));
    }

    void aForgottenDoorLeavesAnother() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        stage.key(Qt::Key_3, Qt::ControlModifier);
        port.setDoors({FakeViewerPort::makeDoor(QStringLiteral("front"), QStringLiteral("Front door"))});
        ViewerStage::settle();
        QCOMPARE(stage.window.findChild<ViewerDoors*>()->current(), QStringLiteral("front"));
        QCOMPARE(stage.all<DoorCard>("doorCard").size(), 1);
    }

    void theVisitChosenIsShown() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        QVERIFY(!stage.text("detailNothing").isEmpty());
        stage.list().setCurrent(1); // 500: Alice, refused by the schedule
        ViewerStage::settle();
        QCOMPARE(stage.text("detailName"), QStringLiteral("Alice Martin"));
        QVERIFY(stage.text("detailTime").contains(QStringLiteral("21 November 2026, 14:30:30")));
        QCOMPARE(stage.text("detailScore"), QStringLiteral("Like nobody who is enrolled"));
        QCOMPARE(stage.all<TextBlock>("detailEvent").size(), port.visit(500).events);
        QVERIFY(stage.find<VisitPicture>("visitPicture")->hasPicture());
    }

    void scoresAreForThoseWhoMay() {
        FakeViewerPort port;
        auto doors = ViewerStage::twoDoors();
        for (ViewerDoor& door : doors)
            door.role = core::Role::Viewer;
        port.setDoors(doors);
        ViewerStage stage(port);
        stage.list().setCurrent(1);
        ViewerStage::settle();
        QVERIFY(!stage.text("detailName").isEmpty());
        QVERIFY(stage.text("detailScore").isEmpty());
    }

    void whatCameOfTheVisitIsFollowed() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        stage.list().setCurrent(1);
        ViewerStage::settle();
        QCOMPARE(stage.find<QAbstractButton>("detailOutcome")->text(), QStringLiteral("Refused"));
        port.grantedKey = 500;
        Q_EMIT port.visitsChanged(port.visit(500).door);
        ViewerStage::settle();
        QCOMPARE(stage.list().current(), 1);
        QCOMPARE(stage.find<QAbstractButton>("detailOutcome")->text(), QStringLiteral("Let in"));
    }

    void aNotificationLeadsToItsVisit() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        const ViewerVisit sought = port.visit(495);
        stage.key(Qt::Key_Left, Qt::AltModifier); // a filter that hides it
        stage.window.hide();
        stage.window.showVisit(sought.door, sought.shown.event.visit);
        ViewerStage::settle();
        QVERIFY(stage.window.isVisible());
        QVERIFY(stage.list().current() > 0);
        QCOMPARE(stage.text("detailTime").right(8), QString::fromStdString(sought.shown.event.local).right(8));
    }

    void liveIsOnDemandAndEndsWithTheWindow() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        stage.key(Qt::Key_F5);
        QVERIFY(port.said.isEmpty()); // all doors: whose camera?
        stage.key(Qt::Key_2, Qt::ControlModifier);
        stage.key(Qt::Key_F5);
        QCOMPARE(port.said, QStringList{QStringLiteral("live front on")});
        auto* live = stage.find<ViewerLive>("viewerLive");
        QVERIFY(live != nullptr && !live->hasPicture());
        Q_EMIT port.frame(QStringLiteral("back"), paintedPerson({64, 48}), {});
        QVERIFY(!live->hasPicture());
        Q_EMIT port.frame(QStringLiteral("front"), paintedPerson({64, 48}),
                          {{{8, 8, 20, 20}, LiveFace::Kind::Granted}});
        QVERIFY(live->hasPicture());
        stage.window.hide();
        QCOMPARE(port.said.constLast(), QStringLiteral("live front off"));
        stage.window.show();
        ViewerStage::settle();
        QCOMPARE(port.said.size(), 2); // it does not begin again by itself
        stage.key(Qt::Key_F5);
        stage.key(Qt::Key_Escape);
        QCOMPARE(port.said.constLast(), QStringLiteral("live front off"));
        stage.key(Qt::Key_F5);
        stage.key(Qt::Key_3, Qt::ControlModifier); // another door: off
        QCOMPARE(port.said.constLast(), QStringLiteral("live front off"));
    }

    void aLostConnectionLeavesNoOldPicture() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        stage.key(Qt::Key_2, Qt::ControlModifier);
        stage.key(Qt::Key_F5);
        Q_EMIT port.frame(QStringLiteral("front"), paintedPerson({64, 48}), {});
        port.change(QStringLiteral("front"), [](ViewerDoor& door) { door.connection = Connection::Waiting; });
        QVERIFY(!stage.find<ViewerLive>("viewerLive")->hasPicture());
    }

    void theTableIsSavedWhereTheUserSays() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        QVERIFY(stage.press("exportButton"));
        auto* dialog = stage.window.findChild<QFileDialog*>(QStringLiteral("exportDialog"));
        QVERIFY(dialog != nullptr);
        Q_EMIT dialog->fileSelected(QStringLiteral("/tmp/list.csv"));
        dialog->reject();
        ViewerStage::settle();
        QCOMPARE(port.said, QStringList{QStringLiteral("export /tmp/list.csv")});
    }

    void theStateIsKept() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        QByteArray state;
        {
            ViewerStage stage(port, {1300, 800});
            stage.key(Qt::Key_3, Qt::ControlModifier);
            state = stage.window.saveState();
        }
        ViewerStage again(port);
        again.window.restoreState(QByteArrayLiteral("not a state")); // takes nothing
        QVERIFY(again.window.findChild<ViewerDoors*>()->current().isEmpty());
        again.window.restoreState(state);
        QCOMPARE(again.window.findChild<ViewerDoors*>()->current(), QStringLiteral("back"));
        QCOMPARE(again.window.width(), 1300);
    }

    void closingIsSaid() {
        FakeViewerPort port;
        ViewerStage stage(port);
        QSignalSpy closed(&stage.window, &ViewerWindow::closed), quit(&stage.window, &ViewerWindow::quitAsked);
        stage.key(Qt::Key_Q, Qt::ControlModifier);
        QCOMPARE(quit.size(), 1);
        stage.window.close();
        QCOMPARE(closed.size(), 1);
    }

    void nothingIsCutOff_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QSize>("size");
        for (const QString& language : {QStringLiteral("en"), QStringLiteral("fr")})
            for (const QSize size : {QSize(1024, 600), QSize(1600, 900)})
                QTest::addRow("%s %d", qPrintable(language), size.width()) << language << size;
    }
    void nothingIsCutOff() {
        QFETCH(QString, language);
        QFETCH(QSize, size);
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port, size, language);
        QCOMPARE(stage.window.size(), size);
        stage.list().setCurrent(1);
        ViewerStage::settle();
        QVERIFY2(stage.cutOff().isEmpty(), qPrintable(stage.cutOff().join(QLatin1Char('\n'))));
        port.change(QStringLiteral("front"), [](ViewerDoor& door) { door.lockedDown = true; });
        QVERIFY2(stage.cutOff().isEmpty(), qPrintable(stage.cutOff().join(QLatin1Char('\n'))));
        stage.window.openPairing();
        ViewerStage::settle();
        QVERIFY2(stage.cutOff().isEmpty(), qPrintable(stage.cutOff().join(QLatin1Char('\n'))));
        stage.press("pairCancel");
        stage.window.openSettings();
        ViewerStage::settle();
        QVERIFY2(stage.cutOff().isEmpty(), qPrintable(stage.cutOff().join(QLatin1Char('\n'))));
    }

    void aLongNameLeavesTheWindowAsItIs() {
        FakeViewerPort port;
        auto doors = ViewerStage::twoDoors();
        doors[0].name = QString(200, QLatin1Char('W'));
        port.setDoors(doors);
        ViewerStage stage(port);
        stage.key(Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(stage.window.size(), QSize(1024, 600));
        QCOMPARE(stage.text("sideTitle"), doors[0].name);
    }

    void everyControlHasAName() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        int reached = 0;
        for (const QAbstractButton* button : stage.window.findChildren<QAbstractButton*>()) {
            if (!button->isVisible())
                continue;
            ++reached;
            QVERIFY2(!button->objectName().isEmpty(), qPrintable(button->text()));
            QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                     qPrintable(button->objectName()));
        }
        QVERIFY(reached > 10);
    }

    void tabReachesEveryPart() {
        FakeViewerPort port;
        port.setDoors(ViewerStage::twoDoors());
        ViewerStage stage(port);
        stage.key(Qt::Key_2, Qt::ControlModifier);
        QSet<QString> met;
        for (int i = 0; i < 40; ++i) {
            stage.key(Qt::Key_Tab);
            if (stage.window.focusWidget() != nullptr)
                met << stage.window.focusWidget()->objectName();
        }
        for (const char* name : {"doorCard", "pairButton", "searchLine", "viewerList", "openDoor", "lockDown",
                                 "liveButton", "openReason", "exportButton"})
            QVERIFY2(met.contains(QLatin1String(name)), name);
    }
};

int main(int argc, char** argv) {
    qputenv("TZ", "UTC");
    QApplication application(argc, argv);
    TstViewerWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_viewer_window.moc"
