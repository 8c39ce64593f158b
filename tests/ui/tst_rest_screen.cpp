// SPDX-License-Identifier: GPL-3.0-or-later
// The screen at rest: sleeps after its time, wakes by a touch that does nothing else, and by a face.
#include "tests/ui/scenes.h"
#include "ui/button.h"
#include "ui/rest_screen.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;
using std::chrono::seconds;

class TstRestScreen : public QObject {
    Q_OBJECT

    core::Now m_now = test::sceneNow();

    /// A window with one button, and the rest over it.
    struct Door {
        explicit Door(core::Now& now)
            : rest(window, {seconds(60), seconds(600)}, QLocale::c(), [&now] { return now; }) {
            window.resize(800, 480);
            button.setGeometry(100, 100, 200, 64);
            restyleAll(window, styleFor(window.size(), Theme::Dark, false));
            window.show();
            QApplication::processEvents();
        }
        QWidget window;
        Button button{Button::Kind::Plain, QStringLiteral("Ring"), &window};
        RestScreen rest;
    };
    void pass(Door& door, std::chrono::milliseconds time) {
        m_now.mono += time;
        m_now.wall += time;
        door.rest.tick();
    }

private Q_SLOTS:
    void init() { m_now = test::sceneNow(); }

    void itSleepsAndIsNoObstacleBefore() {
        Door door(m_now);
        QSignalSpy pressed(&door.button, &QAbstractButton::clicked);
        pass(door, seconds(59));
        QVERIFY(!door.rest.isVisible());
        QTest::mouseClick(door.window.childAt(QPoint(150, 120)), Qt::LeftButton);
        QCOMPARE(pressed.size(), 1);
        pass(door, seconds(59)); // the touch counted
        QVERIFY(!door.rest.isVisible());
        pass(door, seconds(1));
        QVERIFY(door.rest.isVisible());
        QCOMPARE(door.rest.rest(), core::Rest::Clock);
        pass(door, seconds(600));
        QCOMPARE(door.rest.rest(), core::Rest::Dark);
        const QImage dark = door.window.grab().toImage();
        QCOMPARE(dark.pixelColor(400, 240), QColor(Qt::black));
    }

    void theTouchThatWakesDoesNothingElse() {
        Door door(m_now);
        QSignalSpy pressed(&door.button, &QAbstractButton::clicked), changed(&door.rest, &RestScreen::restChanged);
        pass(door, seconds(61));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(door.window.childAt(QPoint(150, 120)), static_cast<QWidget*>(&door.rest));
        QTest::mouseClick(&door.rest, Qt::LeftButton, {}, QPoint(150, 120));
        QVERIFY(pressed.isEmpty());
        QCOMPARE(door.rest.rest(), core::Rest::Awake);
        QVERIFY(!door.rest.isVisible());
    }

    void aFaceWakesItAndKeepsItAwake() {
        Door door(m_now);
        pass(door, seconds(61));
        door.rest.setBusy(true);
        QCOMPARE(door.rest.rest(), core::Rest::Awake);
        pass(door, seconds(1000));
        QVERIFY(!door.rest.isVisible());
    }

    void theClockMoves() {
        Door door(m_now);
        pass(door, seconds(61));
        const QImage first = door.window.grab().toImage();
        pass(door, seconds(60));
        QCOMPARE(door.rest.rest(), core::Rest::Clock);
        QVERIFY(first != door.window.grab().toImage());
    }

    void withoutABacklightThePictureIsDarkened() {
        Door door(m_now);
        const QColor bright = door.window.grab().toImage().pixelColor(200, 132);
        door.rest.setBrightness(30);
        QVERIFY(door.rest.isVisible());
        QVERIFY(door.window.grab().toImage().pixelColor(200, 132) != bright);
        QSignalSpy pressed(&door.button, &QAbstractButton::clicked);
        QTest::mouseClick(door.window.childAt(QPoint(150, 120)), Qt::LeftButton); // a veil is touched through
        QCOMPARE(pressed.size(), 1);
        door.rest.setBrightness(100);
        QVERIFY(!door.rest.isVisible());
    }
};

QTEST_MAIN(TstRestScreen)
#include "tst_rest_screen.moc"
