// SPDX-License-Identifier: GPL-3.0-or-later
// What comes from afar, at the door: the bell, a grant, a lockdown, somebody who looks.
#include "resources/tokens.h"
#include "resources/translator.h"
#include "tests/ui/scenes.h"
#include "ui/button.h"
#include "ui/text_block.h"
#include "ui/visitor_strip.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;
using core::Screen;
using core::VisitorView;
using Stage = Ring::Stage;

class TstRing : public QObject {
    Q_OBJECT

    core::LatestFrame m_frames;
    std::unique_ptr<KioskWindow> m_window;

    template<typename T>
    T* visible(const char* name) const {
        for (T* each : m_window->findChildren<T*>(QLatin1String(name)))
            if (each->isVisible())
                return each;
        return nullptr;
    }
    QString text(const char* name) const {
        const auto* block = visible<TextBlock>(name);
        return block != nullptr ? block->text() : QString();
    }
    void show(Screen screen, bool lockedDown = false) {
        VisitorView view;
        view.screen = screen;
        view.lockedDown = lockedDown;
        view.takesPin = true;
        m_window->setView(view);
        QApplication::processEvents();
    }

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init() {
        const QLocale english = resources::installTranslator(*qApp, QStringLiteral("en"));
        m_window = std::make_unique<KioskWindow>(test::sceneConfig(english), m_frames, test::sceneNow);
        m_window->resize(800, 480);
        m_window->show();
        QApplication::processEvents();
    }
    void cleanup() { m_window.reset(); }

    void withoutABellThereIsNoButton() {
        for (const Screen screen : {Screen::Idle, Screen::Refused}) {
            show(screen);
            QVERIFY(visible<Button>("ringButton") == nullptr);
        }
    }

    void theButtonRings_data() {
        QTest::addColumn<int>("screen");
        QTest::addColumn<bool>("lockedDown");
        QTest::addRow("idle") << static_cast<int>(Screen::Idle) << false;
        QTest::addRow("refused") << static_cast<int>(Screen::Refused) << false;
        QTest::addRow("lockdown") << static_cast<int>(Screen::Idle) << true;
    }
    void theButtonRings() {
        QFETCH(int, screen);
        QFETCH(bool, lockedDown);
        m_window->setRing({Stage::Ready, {}});
        show(static_cast<Screen>(screen), lockedDown);
        auto* bell = visible<Button>("ringButton");
        QVERIFY(bell != nullptr);
        QVERIFY(bell->height() >= resources::touchTarget && bell->width() >= resources::touchTarget);
        QSignalSpy pressed(m_window.get(), &KioskWindow::ringPressed);
        QTest::mouseClick(bell, Qt::LeftButton);
        QCOMPARE(pressed.count(), 1);
    }

    void whatBecameOfItIsTold_data() {
        QTest::addColumn<int>("screen");
        QTest::addColumn<QString>("place");
        QTest::addRow("idle") << static_cast<int>(Screen::Idle) << "invitation";
        QTest::addRow("refused") << static_cast<int>(Screen::Refused) << "afterRefusal";
    }
    void whatBecameOfItIsTold() {
        QFETCH(int, screen);
        QFETCH(QString, place);
        const QByteArray name = place.toUtf8();
        show(static_cast<Screen>(screen));
        const QString before = text(name);
        for (const auto& [ring, words] : {std::pair{Ring{Stage::Ringing, {}}, "Ringing …"},
                                          std::pair{Ring{Stage::Answered, QStringLiteral("Office")}, "Office answers"},
                                          std::pair{Ring{Stage::Answered, {}}, "Somebody answers"},
                                          std::pair{Ring{Stage::Unanswered, {}}, "Nobody answered"}}) {
            m_window->setRing(ring);
            QApplication::processEvents();
            QCOMPARE(text(name), QString::fromUtf8(words));
            QVERIFY(visible<Button>("ringButton") == nullptr); // nobody rings twice at once
            show(static_cast<Screen>(screen));                 // a new view takes nothing back
            QCOMPARE(text(name), QString::fromUtf8(words));
        }
        m_window->setRing({Stage::Ready, {}});
        show(static_cast<Screen>(screen));
        QCOMPARE(text(name), before);
        QVERIFY(visible<Button>("ringButton") != nullptr);
    }

    void afterAWhileTheButtonIsBack() {
        show(Screen::Idle);
        m_window->setRing({Stage::Unanswered, {}});
        QTRY_VERIFY_WITH_TIMEOUT(visible<Button>("ringButton") != nullptr, 60'000);
        m_window->setRing({Stage::None, {}});
        QVERIFY(visible<Button>("ringButton") == nullptr);
    }

    void whoOpenedIsTold() {
        VisitorView view;
        view.screen = Screen::Granted;
        view.doorReleased = true;
        view.openedBy = "Of\u202Efice\n<b>";
        m_window->setView(view);
        QApplication::processEvents();
        QCOMPARE(text("openedBy"), QStringLiteral("Opened by Office <b>"));
        QCOMPARE(text("welcome"), QStringLiteral("Welcome"));
        view.openedBy.clear();
        m_window->setView(view);
        QApplication::processEvents();
        QVERIFY(text("openedBy").isNull());
    }

    void aLockdownIsOneCalmScreen() {
        for (const Screen screen :
             {Screen::Idle, Screen::Looking, Screen::Refused, Screen::Pin, Screen::SecondFactor}) {
            show(screen, true);
            QCOMPARE(text("doorName"), QStringLiteral("The door is locked for now"));
            QCOMPARE(text("lockdownExit"), QStringLiteral("The exit button still works."));
            QCOMPARE(text("invitation"), QStringLiteral("Please come back later."));
            QVERIFY(visible<QWidget>("viewfinder") == nullptr);
            QVERIFY(visible<Button>("idlePin") == nullptr);
            QVERIFY(visible<QWidget>("clock") != nullptr); // the way to the admin's screens
        }
        m_window->setRing({Stage::Ready, {}});
        QCOMPARE(text("invitation"), QStringLiteral("Please come back later, or ring."));
        show(Screen::Idle);
        QCOMPARE(text("doorName"), QStringLiteral("Workshop door"));
        QVERIFY(text("lockdownExit").isNull());
    }

    void aGrantAndAFaultAreShownInALockdownToo() {
        show(Screen::Granted, true);
        QVERIFY(visible<QWidget>("grantedPage") != nullptr);
        show(Screen::OutOfService, true);
        QVERIFY(visible<QWidget>("outOfServicePage") != nullptr);
    }

    void whoIsSeenIsTold() {
        QVERIFY(visible<QWidget>("watchedSign") == nullptr);
        m_window->setWatched(true);
        for (const Screen screen :
             {Screen::Idle, Screen::Looking, Screen::Granted, Screen::Refused, Screen::OutOfService, Screen::Pin}) {
            show(screen);
            auto* sign = visible<QWidget>("watchedSign");
            QVERIFY(sign != nullptr);
            QCOMPARE(m_window->childAt(sign->geometry().center()) == nullptr ||
                         !sign->isAncestorOf(m_window->childAt(sign->geometry().center())),
                     true); // touches go through
        }
        QCOMPARE(text("watchedWords"), QStringLiteral("Somebody sees you through this camera"));
        m_window->setWatched(false);
        QVERIFY(visible<QWidget>("watchedSign") == nullptr);
    }

    void theStripSaysTheSame() {
        VisitorStrip strip;
        strip.restyle(styleFor({800, 480}, Theme::Dark, false));
        const auto words = [&] { return strip.findChild<TextBlock*>(QStringLiteral("visitorWords"))->text(); };
        VisitorView view;
        view.lockedDown = true;
        view.screen = Screen::Refused;
        strip.present(view, test::sceneNow());
        QCOMPARE(words(), QStringLiteral("The door is locked for now"));
        view.screen = Screen::Granted;
        view.doorReleased = true;
        view.openedBy = "Office";
        strip.present(view, test::sceneNow());
        QCOMPARE(words(), QStringLiteral("Opened by Office"));
    }
};

QTEST_MAIN(TstRing)
#include "tst_ring.moc"
