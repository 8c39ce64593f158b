// SPDX-License-Identifier: GPL-3.0-or-later
// The first set-up: every step with its way back, what is refused, and what is asked of the door.
#include "resources/translator.h"
#include "tests/support/scripted_port.h"
#include "tests/ui/scenes.h"
#include "tests/ui/window_probe.h"
#include "ui/admin_screen.h"
#include "ui/controls.h"
#include "ui/viewfinder.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;

class TstSetupWizard : public QObject {
    Q_OBJECT

    core::LatestFrame m_frames;
    core::Now m_now = test::sceneNow();
    std::unique_ptr<test::ScriptedPort> m_port;
    std::unique_ptr<KioskWindow> m_window;
    AdminScreen* m_screen = nullptr;

    void make(QSize size = {800, 480}) {
        const QLocale locale = resources::installTranslator(*qApp, QStringLiteral("en"));
        m_window.reset();
        m_port = std::make_unique<test::ScriptedPort>();
        m_port->answer(QStringLiteral("session.state"), {{QStringLiteral("setup"), QStringLiteral("open")}});
        const KioskConfig config = test::sceneConfig(locale);
        m_window = std::make_unique<KioskWindow>(config, m_frames, [this] { return m_now; });
        m_screen =
            new AdminScreen(*m_window, {*m_port,
                                        m_frames,
                                        [this] { return m_now; },
                                        [](const QString& code) { return resources::installTranslator(*qApp, code); },
                                        locale,
                                        QStringLiteral("Front door"),
                                        true,
                                        false,
                                        {}});
        m_window->resize(size);
        m_window->show();
        m_window->activateWindow();
        m_screen->offerSetUp();
        QTRY_VERIFY(find("setupWizard") != nullptr);
    }
    template<typename T = QWidget>
    T* find(const char* name) const {
        return test::WindowProbe(*m_window).find<T>(name);
    }
    QString text(const char* name) const { return test::WindowProbe(*m_window).text(name); }
    void press(const char* name) const { test::WindowProbe(*m_window).press(name); }
    void type(const char* digits) const { test::WindowProbe(*m_window).typeDigits(digits); }
    void fill(const char* name, const QString& words) {
        auto* field = find<TextField>(name);
        QVERIFY(field != nullptr);
        field->line()->selectAll();
        QTest::keyClicks(field->line(), words);
    }
    void choosePin() {
        type("246813");
        type("246813");
        QTRY_COMPARE(text("setupProgress").left(1), QStringLiteral("3"));
    }
    /// Each text in its place, none cut off.
    void check(const QString& where) {
        for (int settled = 0; settled < 3; ++settled) // a layout inside a layout
            QApplication::processEvents();
        for (const auto* block : m_screen->findChildren<TextBlock*>()) {
            if (!block->isVisible() || block->text().isEmpty())
                continue;
            const FittedText fitted = block->fitted();
            QVERIFY2(!fitted.elided, qPrintable(where + QStringLiteral(": ") + block->text()));
            QVERIFY2(QFontMetrics(fitted.font).height() * fitted.lines.size() <= block->height(),
                     qPrintable(where + QStringLiteral(": ") + block->text()));
        }
        for (const auto* button : m_screen->findChildren<Button*>())
            if (button->isVisible() && !button->text().isEmpty())
                QVERIFY2(!button->fitted().elided, qPrintable(where + QStringLiteral(": ") + button->text()));
        for (const char* name : {"setupPad", "setupNext", "setupBack", "setupYes", "setupNo", "setupTestLock"})
            if (const auto* widget = find(name))
                QVERIFY2(m_screen->rect().contains(QRect(widget->mapTo(m_screen, QPoint(0, 0)), widget->size())),
                         qPrintable(where + QStringLiteral(": ") + QLatin1String(name)));
    }

private Q_SLOTS:
    void init() { m_now = test::sceneNow(); }
    void cleanup() {
        m_window.reset();
        m_port.reset();
    }

    void goesThroughAllSteps() {
        make();
        m_frames.put(test::coreFrame(test::paintedPerson({640, 480}), 1));
        m_port->answer(QStringLiteral("lock.test"), {});
        m_port->answer(QStringLiteral("setup.finish"), {});
        QSignalSpy done(m_screen, &AdminScreen::setUpDone);
        press("language_fr");
        QTRY_COMPARE(text("setupTitle"), QStringLiteral("Votre code")); // the words switch at once
        choosePin();
        QVERIFY(!find<Button>("setupNext")->isEnabled()); // a name is missing
        fill("setupAdminName", QStringLiteral("  Ada <b>L</b> "));
        fill("setupDoorName", QStringLiteral("Atelier"));
        press("setupNext");
        press("wiring_fail_safe");
        press("setupNext");
        QTRY_VERIFY(find<Viewfinder>("setupPicture")->hasPicture());
        press("setupYes");
        QVERIFY(find("setupYes") == nullptr); // nothing to answer before the test
        press("setupTestLock");
        QTRY_VERIFY(find("setupYes") != nullptr);
        QCOMPARE(m_port->count(QStringLiteral("lock.test")), 1);
        press("setupYes");
        QVERIFY(!text("setupTime").isEmpty());
        press("setupYes");
        QCOMPARE(m_port->count(QStringLiteral("setup.finish")), 0);
        press("setupNext");
        QTRY_COMPARE(done.size(), 1);
        QCOMPARE(m_port->last(QStringLiteral("setup.finish")),
                 (QJsonObject{{QStringLiteral("language"), QStringLiteral("fr")},
                              {QStringLiteral("admin_name"), QStringLiteral("Ada <b>L</b>")},
                              {QStringLiteral("pin"), QStringLiteral("246813")},
                              {QStringLiteral("door_name"), QStringLiteral("Atelier")},
                              {QStringLiteral("wiring"), QStringLiteral("fail_safe")}}));
        QVERIFY(!m_screen->isOpen());
    }

    void refusesPinsInWords_data() {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<QString>("why");
        QTest::newRow("obvious") << QByteArray("123456") << QByteArray()
                                 << QStringLiteral("Whoever guesses would try this one first. Please choose another.");
        QTest::newRow("all the same") << QByteArray("111111") << QByteArray()
                                      << QStringLiteral(
                                             "Whoever guesses would try this one first. Please choose another.");
        QTest::newRow("different") << QByteArray("246813") << QByteArray("246814")
                                   << QStringLiteral("The two were not the same. Please choose again.");
    }
    void refusesPinsInWords() {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        QFETCH(QString, why);
        make();
        press("language_en");
        QTRY_VERIFY(find("setupPad") != nullptr);
        type(first.constData());
        if (!second.isEmpty())
            type(second.constData());
        QCOMPARE(text("pinWhy"), why);
        QVERIFY(find("setupPad") != nullptr);
        choosePin(); // and a good one is taken afterwards
    }

    void goesBackAndKeepsWhatWasSaid() {
        make();
        press("language_en");
        choosePin();
        fill("setupAdminName", QStringLiteral("Ada"));
        press("setupBack"); // the PIN
        press("setupBack"); // the language
        QCOMPARE(text("setupProgress"), QStringLiteral("1 of 8"));
        press("language_en");
        choosePin();
        QCOMPARE(find<TextField>("setupAdminName")->text(), QStringLiteral("Ada"));
        m_screen->leave();
        m_screen->enter();
        QTRY_VERIFY(find("setupPad") != nullptr); // the PIN was wiped: it is asked for again, the rest was kept
        choosePin();
        QCOMPARE(find<TextField>("setupAdminName")->text(), QStringLiteral("Ada"));
    }

    void anErrorAtTheEndIsSaid() {
        make();
        press("language_en");
        choosePin();
        fill("setupAdminName", QStringLiteral("Ada"));
        press("setupNext");
        press("setupNext");
        press("setupNext");
        press("setupNext");
        press("setupNext");
        m_port->refuse(QStringLiteral("setup.finish"), core::fail("the disk is full"));
        press("setupNext");
        QTRY_COMPARE(text("setupError"), QStringLiteral("That did not work. the disk is full"));
        QVERIFY(find<Button>("setupNext")->isEnabled()); // once more
    }

    void aLockThatDoesNotOpenIsSaid() {
        make();
        press("language_en");
        choosePin();
        fill("setupAdminName", QStringLiteral("Ada"));
        for (int i = 0; i < 3; ++i)
            press("setupNext");
        m_port->refuse(QStringLiteral("lock.test"),
                       {core::ErrorKind::OutOfService, "the lock does not answer", {}, {}});
        press("setupTestLock");
        QTRY_VERIFY(text("setupText").contains(QStringLiteral("the lock does not answer")));
        m_port->answer(QStringLiteral("lock.test"), {});
        press("setupTestLock");
        QTRY_VERIFY(find("setupNo") != nullptr);
        press("setupNo");
        QVERIFY(text("setupText").contains(QStringLiteral("the wrong way round")));
    }

    void doesNotComeWhenItIsOver() {
        make();
        m_screen->leave();
        m_port->answer(QStringLiteral("session.state"), {{QStringLiteral("setup"), QStringLiteral("done")}});
        const int asked = m_port->count(QStringLiteral("session.state"));
        m_screen->offerSetUp();
        QTRY_COMPARE(m_port->count(QStringLiteral("session.state")), asked + 1);
        QApplication::processEvents();
        QVERIFY(!m_screen->isOpen());
    }

    void nothingIsCutOff_data() { test::languagesAndSizes({QSize(480, 800)}); }
    void nothingIsCutOff() {
        QFETCH(QString, language);
        QFETCH(QSize, size);
        make(size);
        m_port->answer(QStringLiteral("lock.test"), {});
        check(QStringLiteral("language"));
        press(qPrintable(QStringLiteral("language_") + language));
        QTRY_VERIFY(find("setupPad") != nullptr);
        check(QStringLiteral("pin"));
        type("121212");
        check(QStringLiteral("obvious pin"));
        choosePin();
        check(QStringLiteral("names"));
        fill("setupAdminName", QStringLiteral("Ada"));
        press("setupNext");
        check(QStringLiteral("lock type"));
        press("setupNext");
        check(QStringLiteral("camera"));
        press("setupNo");
        check(QStringLiteral("camera advice"));
        press("setupNext");
        check(QStringLiteral("lock"));
        press("setupTestLock");
        QTRY_VERIFY(find("setupNo") != nullptr);
        press("setupNo");
        check(QStringLiteral("lock advice"));
        press("setupNext");
        check(QStringLiteral("clock"));
        press("setupNo");
        check(QStringLiteral("clock advice"));
        press("setupNext");
        check(QStringLiteral("summary"));
    }
};

QTEST_MAIN(TstSetupWizard)
#include "tst_setup_wizard.moc"
