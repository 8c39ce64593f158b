// SPDX-License-Identifier: GPL-3.0-or-later
// The kiosk shows what it is told: screens, words, countdown, notices; and stays whole under fast change.
#include "core/installer_view.h"
#include "resources/translator.h"
#include "tests/ui/scenes.h"
#include "ui/icon.h"
#include "ui/installer_overlay.h"
#include "ui/panel.h"
#include "ui/text_block.h"
#include "ui/viewfinder.h"

#include <QApplication>
#include <QPushButton>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;
using core::FaultCode;
using core::Hint;
using core::milliseconds;
using core::Screen;
using core::VisitorView;

class TstKioskWindow : public QObject {
    Q_OBJECT

    core::LatestFrame m_frames;
    core::Now m_now = test::sceneNow();
    std::unique_ptr<KioskWindow> m_window;

    void make(const KioskConfig& config) {
        m_window = std::make_unique<KioskWindow>(config, m_frames, [this] { return m_now; });
        m_window->resize(800, 480);
        m_window->show();
        QApplication::processEvents();
    }
    KioskConfig config() { return test::sceneConfig(resources::localeFor(QStringLiteral("en"))); }
    void pass(int ms) {
        m_now.mono += milliseconds(ms);
        m_now.wall += milliseconds(ms);
    }
    /// What a visible text block of that name says; a null string if none is visible.
    QString text(const char* name) const {
        for (const TextBlock* block : m_window->findChildren<TextBlock*>(QString::fromLatin1(name)))
            if (block->isVisible())
                return block->text().isNull() ? QStringLiteral("") : block->text();
        return {};
    }
    QStringList texts(const char* name) const {
        QStringList all;
        for (const TextBlock* block : m_window->findChildren<TextBlock*>(QString::fromLatin1(name)))
            if (block->isVisible())
                all << block->text();
        return all;
    }
    QStringList visiblePages() const {
        QStringList pages;
        for (const char* name :
             {"idlePage", "lookingPage", "grantedPage", "refusedPage", "outOfServicePage", "pinPage"})
            if (m_window->findChild<QWidget*>(QString::fromLatin1(name))->isVisible())
                pages << QString::fromLatin1(name);
        return pages;
    }
    Viewfinder* finder() const { return m_window->findChild<Viewfinder*>(); }
    static VisitorView of(Screen screen) {
        VisitorView view;
        view.screen = screen;
        return view;
    }
    VisitorView grant(const std::string& name, int lasts) const {
        VisitorView view = of(Screen::Granted);
        view.name = name;
        view.doorReleased = true;
        view.lasts = milliseconds(lasts);
        view.until = m_now.mono + milliseconds(lasts);
        return view;
    }

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init() {
        m_now = test::sceneNow();
        make(config());
    }
    void cleanup() { m_window.reset(); }

    void restsFirst() {
        QCOMPARE(visiblePages(), QStringList{QStringLiteral("idlePage")});
        QCOMPARE(text("clock"), QStringLiteral("14:32"));
        QCOMPARE(text("date"), QStringLiteral("Saturday, 21 November 2026"));
        QCOMPARE(text("doorName"), QStringLiteral("Workshop door"));
        QCOMPARE(text("doorStateWord"), QStringLiteral("Locked"));
        QVERIFY(!text("invitation").isEmpty());
        QVERIFY(!finder()->isVisible());
    }

    void clockGoesOn() {
        pass(60'000);
        QTRY_COMPARE(text("clock"), QStringLiteral("14:33"));
        m_now.wall += std::chrono::hours(24); // the machine's clock was set
        QTRY_COMPARE(text("date"), QStringLiteral("Sunday, 22 November 2026"));
    }

    void eachScreenHasItsPage() {
        const QStringList names{QStringLiteral("idlePage"),         QStringLiteral("lookingPage"),
                                QStringLiteral("grantedPage"),      QStringLiteral("refusedPage"),
                                QStringLiteral("outOfServicePage"), QStringLiteral("pinPage"),
                                QStringLiteral("pinPage")};
        for (int round = 0; round < 2; ++round) {
            for (int i = 0; i < names.size(); ++i) {
                const auto screen = static_cast<Screen>(i);
                m_window->setView(of(screen));
                QCOMPARE(visiblePages(), QStringList{names[i]});
                QCOMPARE(finder()->isVisible(),
                         screen == Screen::Looking || screen == Screen::Granted || screen == Screen::Refused);
            }
        }
    }

    void saysWhetherTheDoorIsLocked() {
        VisitorView view;
        view.doorReleased = true;
        m_window->setView(view);
        QCOMPARE(text("doorStateWord"), QStringLiteral("Open"));
        const auto* icon = m_window->findChild<QWidget*>(QStringLiteral("idlePage"))
                               ->findChild<IconLabel*>(QStringLiteral("doorStateIcon"));
        QCOMPARE(icon->icon(), Icon::LockOpen);
        m_window->setView({});
        QCOMPARE(text("doorStateWord"), QStringLiteral("Locked"));
        QCOMPARE(icon->icon(), Icon::Lock);
    }

    void helpsInOneLine_data() {
        QTest::addColumn<Hint>("hint");
        QTest::addColumn<QString>("words");
        QTest::newRow("closer") << Hint::Closer << QStringLiteral("Come a little closer");
        QTest::newRow("step back") << Hint::StepBack << QStringLiteral("Take a small step back");
        QTest::newRow("look here") << Hint::LookHere << QStringLiteral("Please look here");
        QTest::newRow("more light") << Hint::MoreLight << QStringLiteral("A little more light, please");
        QTest::newRow("one at a time") << Hint::OneAtATime << QStringLiteral("One person at a time");
        QTest::newRow("hold still") << Hint::HoldStill << QStringLiteral("Please hold still");
        QTest::newRow("none") << Hint::None << QStringLiteral("One moment, please");
    }
    void helpsInOneLine() {
        QFETCH(Hint, hint);
        VisitorView view = of(Screen::Looking);
        view.claimant = core::RectF{10, 10, 90, 90};
        view.hint = hint;
        m_window->setView(view);
        QTEST(text("hint"), "words");
    }

    void aHintStaysLongEnoughToBeRead() {
        VisitorView view = of(Screen::Looking);
        m_window->setView(view);
        QCOMPARE(text("hint"), QStringLiteral("Please look at the camera"));
        view.claimant = core::RectF{10, 10, 90, 90};
        view.hint = Hint::Closer;
        pass(50);
        m_window->setView(view);
        QCOMPARE(text("hint"), QStringLiteral("Please look at the camera"));
        pass(resources::hintHoldsMs);
        QTRY_COMPARE(text("hint"), QStringLiteral("Come a little closer"));
        m_window->setView({});
        view.hint = Hint::StepBack;
        m_window->setView(view); // a new visit waits for nothing
        QCOMPARE(text("hint"), QStringLiteral("Take a small step back"));
    }

    void welcomesAndCountsDown() {
        m_window->setView(grant("Alice", 4000));
        auto* bar = m_window->findChild<TimeBar*>(QStringLiteral("timeBar"));
        QCOMPARE(text("welcome"), QStringLiteral("Welcome, Alice"));
        QCOMPARE(text("doorIs"), QStringLiteral("The door is open"));
        QCOMPARE(text("secondsLeft"), QStringLiteral("4\u00A0s"));
        QCOMPARE(bar->left(), 1.0);
        pass(1001);
        QTRY_COMPARE(text("secondsLeft"), QStringLiteral("3\u00A0s"));
        QVERIFY(qAbs(bar->left() - 0.75) < 0.01);
        pass(2998);
        QTRY_COMPARE(text("secondsLeft"), QStringLiteral("1\u00A0s"));
        pass(1);
        QTRY_COMPARE(text("doorIs"), QStringLiteral("The door is locked again"));
        QCOMPARE(text("secondsLeft"), QString(QLatin1String("")));
        QCOMPARE(bar->left(), 0.0);
        pass(60'000);
        m_window->setView(m_window ? grant("", 4000) : VisitorView());
        QCOMPARE(text("welcome"), QStringLiteral("Welcome"));
        QCOMPARE(text("secondsLeft"), QStringLiteral("4\u00A0s"));
    }

    void countsNothingWhileTheDoorIsHeldOpen() {
        VisitorView view = grant("Alice", 0);
        view.until = {};
        m_window->setView(view);
        QCOMPARE(text("doorIs"), QStringLiteral("The door is open"));
        QCOMPARE(text("secondsLeft"), QString(QLatin1String("")));
        view.doorReleased = false;
        m_window->setView(view);
        QCOMPARE(text("doorIs"), QStringLiteral("The door is locked again"));
    }

    void namesAreOnlyShownWithTheGrant() {
        for (const Screen screen : {Screen::Idle, Screen::Looking, Screen::Refused, Screen::OutOfService}) {
            VisitorView view = of(screen);
            view.name = "Alice";
            m_window->setView(view);
            for (const TextBlock* block : m_window->findChildren<TextBlock*>())
                QVERIFY(!block->isVisible() || !block->text().contains(QStringLiteral("Alice")));
        }
    }

    void namesAreHarmless() {
        m_window->setView(grant("<b>Bob</b>\n&Co \xE2\x80\xAE"
                                "gpj.exe",
                                4000));
        QCOMPARE(text("welcome"), QStringLiteral("Welcome, <b>Bob</b> &Co gpj.exe"));
        m_window->setView(grant("%1 %2 %n", 4000));
        QCOMPARE(text("welcome"), QStringLiteral("Welcome, %1 %2 %n"));
        m_window->setView(grant("\xFF\xFE\x80 broken", 4000)); // no UTF-8
        QVERIFY(text("welcome").endsWith(QStringLiteral("broken")));
        m_window->grab();
    }

    void everyRefusalLooksAlike() {
        VisitorView first = of(Screen::Refused), second = of(Screen::Refused);
        second.name = "Mallory";
        second.hint = Hint::Closer;
        second.progress = 0.9F;
        second.others = {{1, 2, 30, 40}};
        second.claimant = core::RectF{100, 100, 50, 50};
        m_window->setView(first);
        const QImage one = m_window->grab().toImage();
        m_window->setView({});
        m_window->setView(second);
        QCOMPARE(m_window->grab().toImage(), one);
        QVERIFY(text("sorry").startsWith(QStringLiteral("Sorry")));
        QVERIFY(text("refusalHelp").contains(QStringLiteral("Reception")));
    }

    void saysWhatIsWrongAndWhomToCall() {
        VisitorView view = of(Screen::OutOfService);
        view.faults = {{FaultCode::LogNotWritable, "disk full at /var"}, {FaultCode::NoCamera, "/dev/video0 vanished"}};
        m_window->setView(view);
        const QStringList expected{QStringLiteral("The camera gives no picture."),
                                   QStringLiteral("Visits cannot be saved.")};
        QCOMPARE(texts("faultWhat"), expected); // what stops the door first
        QCOMPARE(texts("faultRemedy").size(), 2);
        QCOMPARE(text("whomToCall"), QStringLiteral("Please contact: Reception, 01 23 45 67 89"));
        QCOMPARE(text("exitStillWorks"), QStringLiteral("The exit button still works."));
        for (const TextBlock* block : m_window->findChildren<TextBlock*>())
            QVERIFY(!block->text().contains(QLatin1Char('/'))); // file names are not for visitors
        QVERIFY(text("bannerText").isNull());                   // said once
        view.faults.pop_back();
        view.faults.push_back({FaultCode::NoLock, ""});
        m_window->setView(view);
        QCOMPARE(texts("faultWhat").constFirst(), QStringLiteral("The lock does not answer."));
    }

    void tellsEveryFault() {
        for (int code = 0; code <= static_cast<int>(FaultCode::DataUnreadable); ++code) {
            VisitorView view = of(Screen::OutOfService);
            view.faults = {{static_cast<FaultCode>(code), ""}};
            m_window->setView(view);
            QCOMPARE(texts("faultWhat").size(), 1);
            QVERIFY(!texts("faultWhat").constFirst().isEmpty());
            QVERIFY(!texts("faultRemedy").constFirst().isEmpty());
        }
    }

    void knowsNobodyToCall() {
        KioskConfig alone = config();
        alone.helpContact.clear();
        make(alone);
        m_window->setView(of(Screen::OutOfService));
        QCOMPARE(text("whomToCall"), QStringLiteral("Please tell whoever looks after this door."));
        m_window->setView(of(Screen::Refused));
        QVERIFY(text("refusalHelp").isNull());
    }

    void aLogThatCannotBeWrittenIsOnlyANotice() {
        VisitorView view;
        view.faults = {{FaultCode::LogNotWritable, "disk full"}};
        m_window->setView(view);
        QCOMPARE(visiblePages(), QStringList{QStringLiteral("idlePage")});
        QVERIFY(text("bannerText").startsWith(QStringLiteral("Visits cannot be saved")));
        m_window->setView({});
        QVERIFY(text("bannerText").isNull());
    }

    void bannersStayOnEveryScreen() {
        KioskConfig demo = config();
        demo.banners = {Banner::Demo};
        make(demo);
        m_window->setBanner(Banner::LivenessOff, true);
        for (const test::Scene& scene : test::scenes()) {
            m_window->setView(scene.view);
            QVERIFY(text("bannerText").contains(QStringLiteral("DEMO \u2013 no real door")));
            QVERIFY(text("bannerText").contains(QStringLiteral("Liveness check is off")));
        }
        m_window->setBanner(Banner::LivenessOff, false);
        QVERIFY(!text("bannerText").contains(QStringLiteral("Liveness")));
        m_window->setBanner(Banner::Demo, false);
        QVERIFY(text("bannerText").isNull());
    }

    void noDeadControls() {
        for (const test::Scene& scene : test::scenes()) {
            m_window->setView(scene.view);
            const bool pad = scene.view.screen == Screen::Pin || scene.view.screen == Screen::SecondFactor;
            for (const QAbstractButton* button : m_window->findChildren<QAbstractButton*>())
                if (button->isVisible())
                    QVERIFY2(pad || scene.view.takesPin, qPrintable(button->objectName()));
        }
    }

    void cursorIsHiddenUnlessAskedFor() {
        QCOMPARE(m_window->cursor().shape(), Qt::BlankCursor);
        KioskConfig mouse = config();
        mouse.showCursor = true;
        make(mouse);
        QCOMPARE(m_window->cursor().shape(), Qt::ArrowCursor);
    }

    void pollsFramesWhileLookingOnly() {
        const QImage person = test::paintedPerson({640, 480});
        m_frames.put(test::coreFrame(person, 1));
        m_window->setView(of(Screen::Looking));
        QTRY_COMPARE(finder()->framesShown(), 1);
        m_frames.put(test::coreFrame(person, 2));
        QTRY_COMPARE(finder()->framesShown(), 2);
        m_window->setView(of(Screen::OutOfService));
        m_frames.put(test::coreFrame(person, 3));
        QVERIFY(!finder()->hasPicture());
    }

    void survivesFastSwitching() {
        KioskConfig moving = config();
        moving.reduceMotion = false;
        make(moving);
        const auto scenes = test::scenes();
        std::uint64_t number = 10;
        for (int i = 0; i < 300; ++i) {
            const test::Scene& scene = scenes[static_cast<std::size_t>(i * 7) % scenes.size()];
            m_frames.put(test::coreFrame(test::paintedPerson({64 + i % 5, 48}), ++number));
            m_window->setView(scene.view);
            pass(7);
            if (i % 10 == 0)
                m_window->resize(400 + i * 3, 900 - i * 2);
            if (i % 3 == 0)
                QApplication::processEvents();
            QCOMPARE(visiblePages().size(), 1);
        }
        m_window->setView(grant("Alice", 4000));
        QCOMPARE(text("welcome"), QStringLiteral("Welcome, Alice"));
    }

    void fadesAndThenShowsOnlyTheNew() {
        m_window->setView(of(Screen::Refused));
        const QImage still = m_window->grab().toImage();
        KioskConfig moving = config();
        moving.reduceMotion = false;
        make(moving);
        m_window->setView(of(Screen::Refused));
        QVERIFY(m_window->grab().toImage() != still); // the idle screen is still fading
        QTRY_COMPARE(m_window->grab().toImage(), still);
    }

    void theThemeChangesLive() {
        VisitorView view = of(Screen::Looking);
        m_frames.put(test::coreFrame(test::paintedPerson({640, 480}), 1));
        for (const Screen screen : {Screen::Idle, Screen::Looking, Screen::Refused, Screen::OutOfService}) {
            view.screen = screen;
            m_window->setTheme(Theme::Dark);
            m_window->setView(view);
            const QImage dark = m_window->grab().toImage();
            m_window->setTheme(Theme::Light);
            const QImage light = m_window->grab().toImage();
            QVERIFY(light != dark);
            m_window->setTheme(Theme::Light);
            QCOMPARE(m_window->grab().toImage(), light);
            m_window->setTheme(Theme::Dark);
            QCOMPARE(m_window->grab().toImage(), dark);
        }
        KioskConfig bright = config();
        bright.theme = Theme::Light;
        make(bright);
        const QImage fromTheStart = m_window->grab().toImage();
        make(config());
        m_window->setTheme(Theme::Light);
        QCOMPARE(m_window->grab().toImage(), fromTheStart); // nothing of the old colours is left
    }

    void theThemeFades() {
        KioskConfig moving = config();
        moving.reduceMotion = false;
        make(moving);
        m_window->setTheme(Theme::Light);
        const QImage first = m_window->grab().toImage();
        KioskConfig bright = config();
        bright.theme = Theme::Light;
        core::LatestFrame none;
        KioskWindow still(bright, none, [this] { return m_now; });
        still.resize(800, 480);
        still.show();
        QApplication::processEvents();
        const QImage light = still.grab().toImage();
        QVERIFY(first != light); // the dark look is still fading
        QTRY_COMPARE_WITH_TIMEOUT(m_window->grab().toImage(), light, 20'000);
    }

    void scoresAreShownToAnInstallerOnly() {
        auto* overlay = m_window->findChild<InstallerOverlay*>();
        QVERIFY(overlay != nullptr);
        for (const test::Scene& scene : test::scenes()) {
            m_window->setView(scene.view);
            if (!scene.view.installer) {
                QVERIFY(!overlay->isVisible());
                QVERIFY(overlay->notes().empty());
                continue;
            }
            QVERIFY(overlay->isVisible());
            QString all;
            for (const InstallerOverlay::Note& note : overlay->notes()) {
                QVERIFY(m_window->rect().contains(note.place));
                all += note.lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
            }
            const bool answer = scene.view.screen != Screen::Looking;
            for (const char* words : {"Abdul Rahman 0.61 \u2265 0.47", "then Gloria Macapagal-Arroyo 0.22",
                                      "lead 0.39 \u2265 0.05", "liveness 3.24 \u2265 0.00 (5)",
                                      "122 \u00D7 156 px, good view", "sharp 212, light 128, turned -4\u00B0"})
                QVERIFY2(all.contains(QString::fromUtf8(words)), qPrintable(all));
            for (const char* words :
                 {"camera 30.0/s, looked at 21.4/s", "age 61 ms, skipped 341", "detect 12.1, embed 19.2 ms",
                  "liveness 9.4, frame 43.8 ms", "threshold 0.47, margin 0.05", "mobilefacenet-paddlex"})
                QVERIFY2(all.contains(QString::fromUtf8(words)) != answer, qPrintable(all));
        }
        m_window->setView(of(Screen::Looking));
        QVERIFY(!overlay->isVisible());
        QVERIFY(overlay->notes().empty());
    }

    void theInstallersNotesKeepApart() {
        for (const QSize size : {QSize(800, 480), QSize(1280, 720), QSize(720, 1280)}) {
            m_window->resize(size);
            QApplication::processEvents();
            for (const test::Scene& scene : test::scenes()) {
                m_window->setView(scene.view);
                const auto& notes = m_window->findChild<InstallerOverlay*>()->notes();
                for (std::size_t i = 0; i < notes.size(); ++i)
                    for (std::size_t j = i + 1; j < notes.size(); ++j)
                        QVERIFY2(!notes[i].place.intersects(notes[j].place), qPrintable(scene.name));
            }
        }
    }

    void anySizeHolds() {
        for (const QSize size : {QSize(1, 1), QSize(100, 60), QSize(320, 240), QSize(480, 800), QSize(3840, 2160)}) {
            m_window->resize(size);
            for (const test::Scene& scene : test::scenes()) {
                m_window->setView(scene.view);
                m_window->grab();
            }
        }
    }
};

QTEST_MAIN(TstKioskWindow)
#include "tst_kiosk_window.moc"
