// SPDX-License-Identifier: GPL-3.0-or-later
// The visitor's pad: opened where PINs are taken, counts down, hands a PIN over once, forgets it with each request.
#include "resources/translator.h"
#include "tests/ui/scenes.h"
#include "ui/button.h"
#include "ui/pad_key.h"
#include "ui/pin_pad.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;
using core::milliseconds;
using core::Screen;

class TstPinPage : public QObject {
    Q_OBJECT

    core::LatestFrame m_frames;
    core::Now m_now = test::sceneNow();
    std::unique_ptr<KioskWindow> m_window;
    QStringList m_entered;

    void make(const QString& language = QStringLiteral("en"), bool shuffled = false) {
        m_entered.clear();
        KioskConfig config = test::sceneConfig(resources::installTranslator(*qApp, language));
        config.shuffledPad = shuffled;
        m_window = std::make_unique<KioskWindow>(config, m_frames, [this] { return m_now; });
        m_window->onPin([this](std::uint64_t request, const core::Digits& digits) {
            m_entered << QString::number(request) + QLatin1Char(':') +
                             QString::fromUtf8(digits.text().data(), static_cast<qsizetype>(digits.text().size()));
        });
        m_window->show();
        QApplication::processEvents();
    }
    core::VisitorView pad(std::uint64_t request, Screen screen = Screen::Pin) const {
        core::VisitorView view;
        view.screen = screen;
        view.pinRequest = request;
        view.lasts = milliseconds(15'000);
        view.until = m_now.mono + view.lasts;
        return view;
    }
    QString text(const char* name) const {
        for (const TextBlock* block : m_window->findChildren<TextBlock*>(QLatin1String(name)))
            if (block->isVisible())
                return block->text();
        return {};
    }
    void tap(const char* key) {
        auto* button = m_window->findChild<QAbstractButton*>(QLatin1String(key));
        QVERIFY2(button != nullptr && button->isVisible(), key);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void type(const char* digits) {
        for (const char* at = digits; *at != 0; ++at)
            tap(qPrintable(QStringLiteral("padKey%1").arg(QLatin1Char(*at))));
    }
    std::size_t typed() const { return m_window->findChild<PinPad*>()->size(); }

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void cleanup() { m_window.reset(); }

    void aButtonOnlyWherePinsAreTaken() {
        make();
        QSignalSpy wanted(m_window.get(), &KioskWindow::pinWanted);
        for (const auto& [screen, name] :
             {std::pair(Screen::Idle, "idlePin"), std::pair(Screen::Refused, "refusedPin")}) {
            core::VisitorView view;
            view.screen = screen;
            m_window->setView(view);
            auto* button = m_window->findChild<QWidget*>(QLatin1String(name));
            QVERIFY(button != nullptr && !button->isVisible());
            view.takesPin = true;
            m_window->setView(view);
            QApplication::processEvents();
            QVERIFY(button->isVisible());
            QVERIFY(button->height() >= 64);
            wanted.clear();
            tap(name);
            QCOMPARE(wanted.size(), 1);
            view.retryAt = m_now.mono + milliseconds(5000); // it would say the same again
            m_window->setView(view);
            QCOMPARE(button->isVisible(), screen == Screen::Idle);
        }
    }

    void handsThePinOverOnceForItsRequest() {
        make();
        QSignalSpy keys(m_window.get(), &KioskWindow::keyPressed);
        m_window->setView(pad(7));
        QCOMPARE(text("pinHeading"), QStringLiteral("Enter your PIN"));
        type("4711");
        m_window->setView(pad(7)); // the same request goes on
        QCOMPARE(typed(), 4U);
        tap("padAccept");
        QCOMPARE(m_entered, QStringList{QStringLiteral("7:4711")});
        QCOMPARE(typed(), 0U);
        QCOMPARE(keys.size(), 5);
        QCOMPARE(text("pinAdvice"), QStringLiteral("One moment, please"));
        type("1234"); // while that one is looked at
        tap("padAccept");
        QCOMPARE(typed(), 0U);
        QCOMPARE(m_entered.size(), 1);
        m_window->setView(pad(8, Screen::SecondFactor));
        QCOMPARE(text("pinHeading"), QStringLiteral("And your PIN, please"));
        type("2580");
        tap("padAccept");
        QCOMPARE(m_entered.last(), QStringLiteral("8:2580"));
    }

    void whatWasTypedForAnotherRequestIsForgotten() {
        make();
        m_window->setView(pad(1, Screen::SecondFactor));
        type("47");
        m_window->setView(pad(2, Screen::SecondFactor)); // somebody else stands there now
        QCOMPARE(typed(), 0U);
        type("47");
        m_window->setView({});
        QCOMPARE(typed(), 0U);
    }

    void keyboardsWorkToo() {
        make();
        m_window->activateWindow();
        m_window->setView(pad(3));
        auto* keys = m_window->findChild<KeyPad*>();
        QTest::keyClicks(keys, QStringLiteral("1379"));
        QTest::keyClick(keys, Qt::Key_Return);
        QCOMPARE(m_entered, QStringList{QStringLiteral("3:1379")});
    }

    void tellsHowLongIsLeft() {
        make();
        m_window->setView(pad(1));
        QCOMPARE(text("pinSecondsLeft"), QStringLiteral("15\u00A0s"));
        const auto* bar = m_window->findChild<TimeBar*>(QStringLiteral("pinTimeBar"));
        QCOMPARE(bar->left(), 1.0);
        m_now.mono += milliseconds(10'500);
        QTRY_COMPARE_WITH_TIMEOUT(text("pinSecondsLeft"), QStringLiteral("5\u00A0s"), 60'000);
        QVERIFY(qAbs(bar->left() - 0.3) < 1e-9);
        m_now.mono += milliseconds(10'000);
        QTRY_COMPARE_WITH_TIMEOUT(text("pinSecondsLeft"), QStringLiteral("0\u00A0s"), 60'000);
    }

    void closingIsPassedOn() {
        make();
        QSignalSpy cancelled(m_window.get(), &KioskWindow::pinCancelled);
        m_window->setView(pad(1));
        type("47");
        tap("padCancel");
        QCOMPARE(cancelled.size(), 1);
        QCOMPARE(typed(), 0U);
    }

    void aLockoutSaysWhen() {
        make();
        core::VisitorView view;
        view.screen = Screen::Refused;
        m_window->setView(view);
        const QString usual = text("afterRefusal");
        view.retryAt = m_now.mono + milliseconds(27'400);
        m_window->setView(view);
        QCOMPARE(text("afterRefusal"), QStringLiteral("Please try again in 28\u00A0s"));
        m_now.mono += milliseconds(27'400);
        QTRY_COMPARE_WITH_TIMEOUT(text("afterRefusal"), usual, 60'000);
        view.retryAt = m_now.mono + std::chrono::minutes(15);
        m_window->setView(view);
        QCOMPARE(text("afterRefusal"), QStringLiteral("Please try again in 15\u00A0min"));
    }

    void theGreetingSpeaksThePersonsLanguage_data() {
        QTest::addColumn<QString>("door");
        QTest::addColumn<QString>("person");
        QTest::addColumn<QString>("words");
        const QString english = QStringLiteral("Welcome, Alice"), french = QStringLiteral("Bienvenue, Alice");
        for (const auto& [door, person, words] :
             {std::tuple("en", "", english), std::tuple("en", "en", english), std::tuple("en", "fr", french),
              std::tuple("fr", "", french), std::tuple("fr", "en", english), std::tuple("fr", "fr", french),
              std::tuple("fr", "xx", french)})
            QTest::addRow("%s on %s", person, door)
                << QString::fromLatin1(door) << QString::fromLatin1(person) << words;
    }
    void theGreetingSpeaksThePersonsLanguage() {
        QFETCH(QString, door);
        QFETCH(QString, person);
        QFETCH(QString, words);
        make(door);
        core::VisitorView view;
        view.screen = Screen::Granted;
        view.name = "Alice";
        view.language = person.toStdString();
        view.doorReleased = true;
        m_window->setView(view);
        QCOMPARE(text("welcome"), words);
    }
};

QTEST_MAIN(TstPinPage)
#include "tst_pin_page.moc"
