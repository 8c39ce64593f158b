// SPDX-License-Identifier: GPL-3.0-or-later
// The admin's frame: the way in, the PIN, the rail, the way back, and that it leaves.
#include "resources/translator.h"
#include "tests/support/scripted_port.h"
#include "tests/ui/scenes.h"
#include "tests/ui/window_probe.h"
#include "ui/admin_screen.h"
#include "ui/controls.h"
#include "ui/keyboard_panel.h"

#include <QApplication>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace facelatch;
using namespace facelatch::ui;
using core::milliseconds;

namespace {

/// A page that says what happens to it.
class TestPage : public AdminPage {
public:
    TestPage(const AdminContext& context, const QString& title, QWidget* parent)
        : AdminPage(context, parent), m_title(title) {
        setObjectName(QStringLiteral("page_") + title);
        auto* column = new QVBoxLayout(this);
        field = new TextField(QStringLiteral("Field"));
        column->addWidget(field);
        column->addStretch();
    }
    QString title() const override { return m_title; }
    void shown() override { ++timesShown; }
    void changed(const QString& what) override { news << what; }
    bool back() override { return std::exchange(keepsBack, false); }
    void doAsk() { ask(QStringLiteral("person.list"), {}, {}); }
    void open(AdminPage* page) { Q_EMIT opens(page); }
    void use() { Q_EMIT inUse(); }
    void tell(std::function<void()> undo) { Q_EMIT notice(QStringLiteral("Done"), undo); }
    const AdminContext& given() const { return context(); }
    TextField* field;
    int timesShown = 0;
    QStringList news;
    bool keepsBack = false;

private:
    QString m_title;
};

std::vector<AdminEntry> pages() {
    const auto make = [](const char* title) {
        return [title](const AdminContext& context, QWidget* parent) -> AdminPage* {
            return new TestPage(context, QLatin1String(title), parent);
        };
    };
    return {{Section::People, {QStringLiteral("read_people")}, make("People")},
            {Section::Log, {QStringLiteral("read_log")}, make("Log")},
            {Section::Settings, {QStringLiteral("change_settings")}, make("Settings")}};
}

} // namespace

class TstAdminScreen : public QObject {
    Q_OBJECT

    core::LatestFrame m_frames;
    core::Now m_now = test::sceneNow();
    std::unique_ptr<test::ScriptedPort> m_port;
    std::unique_ptr<KioskWindow> m_window;
    AdminScreen* m_screen = nullptr;

    void make(QSize size = {800, 480}, const QString& language = QStringLiteral("en")) {
        const QLocale locale = resources::installTranslator(*qApp, language);
        m_window.reset();
        m_port = std::make_unique<test::ScriptedPort>();
        state(QStringLiteral("done"), 0);
        m_port->answer(QStringLiteral("session.sign_out"), {});
        m_port->answer(
            QStringLiteral("session.sign_in"),
            {{QStringLiteral("name"), QStringLiteral("Ada")},
             {QStringLiteral("role"), QStringLiteral("operator")},
             {QStringLiteral("may"), QJsonArray{QStringLiteral("read_people"), QStringLiteral("read_log")}}});
        KioskConfig config = test::sceneConfig(locale);
        config.adminEntry = config.adminButton = true;
        m_window = std::make_unique<KioskWindow>(config, m_frames, [this] { return m_now; });
        m_screen =
            new AdminScreen(*m_window, {*m_port, m_frames, [this] { return m_now; },
                                        [](const QString& code) { return resources::installTranslator(*qApp, code); },
                                        locale, config.doorName, true, false, pages()});
        connect(m_window.get(), &KioskWindow::adminWanted, m_screen, &AdminScreen::enter);
        m_window->resize(size);
        m_window->show();
        m_window->activateWindow();
        QApplication::processEvents();
    }
    void state(const QString& setUp, int lockedFor) {
        m_port->answer(QStringLiteral("session.state"), {{QStringLiteral("setup"), setUp},
                                                         {QStringLiteral("signed_in"), false},
                                                         {QStringLiteral("locked_for_s"), lockedFor}});
    }
    template<typename T = QWidget>
    T* find(const char* name) const {
        return test::WindowProbe(*m_window).find<T>(name);
    }
    QString text(const char* name) const { return test::WindowProbe(*m_window).text(name); }
    void press(const char* name) const { test::WindowProbe(*m_window).press(name); }
    void type(const char* digits) const { test::WindowProbe(*m_window).typeDigits(digits); }
    void signIn() {
        press("adminEntry");
        QTRY_VERIFY(find("signInPage") != nullptr);
        type("246813");
        QTRY_VERIFY(find("adminShell") != nullptr);
    }
    TestPage* page() const { return dynamic_cast<TestPage*>(m_screen->shell()->page()); }
    void pass(int ms) {
        m_now.mono += milliseconds(ms);
        m_now.wall += milliseconds(ms);
        m_screen->tick();
    }

private Q_SLOTS:
    void init() {
        m_now = test::sceneNow();
        make();
    }
    void cleanup() {
        m_window.reset();
        m_port.reset();
    }

    void theEntryIsLargeEnoughAndInACorner() {
        const auto* entry = find("adminEntry");
        QVERIFY(entry->width() >= 64 && entry->height() >= 64);
        QVERIFY(entry->geometry().right() >= m_window->width() - 2 && entry->y() <= 8);
        core::VisitorView granted;
        granted.screen = core::Screen::Granted;
        m_window->setView(granted);
        QVERIFY(find("adminEntry") == nullptr); // the welcome comes first
        for (const auto screen : {core::Screen::Looking, core::Screen::Refused, core::Screen::OutOfService}) {
            core::VisitorView view;
            view.screen = screen;
            m_window->setView(view);
            QVERIFY(find("adminEntry") != nullptr); // whoever presses it stands before the camera
        }
    }

    void holdingTheClockAsksToo() {
        QSignalSpy wanted(m_window.get(), &KioskWindow::adminWanted);
        auto* clock = find("clock");
        QTest::mousePress(clock, Qt::LeftButton);
        QTest::mouseRelease(clock, Qt::LeftButton); // a tap is none
        QTest::mousePress(clock, Qt::LeftButton);
        QVERIFY(wanted.wait(60'000));
        QCOMPARE(wanted.size(), 1);
    }

    void thePinSignsIn() {
        QVERIFY(!m_screen->isOpen());
        signIn();
        QCOMPARE(m_port->last(QStringLiteral("session.sign_in")).value(QLatin1String("pin")).toString(),
                 QStringLiteral("246813"));
        QCOMPARE(text("adminTitle"), QStringLiteral("People"));
        QCOMPARE(text("adminWho"), QStringLiteral("Ada"));
        QCOMPARE(page()->given().role, QStringLiteral("operator"));
    }

    void theRailHasWhatOneMay() {
        signIn();
        QVERIFY(find("railPeople") != nullptr && find("railLog") != nullptr && find("railLeave") != nullptr);
        QVERIFY(find("railSettings") == nullptr); // an operator may not
        QVERIFY(find("railAccess") == nullptr);   // nobody made such a page
        press("railLog");
        QCOMPARE(text("adminTitle"), QStringLiteral("Log"));
        QCOMPARE(page()->timesShown, 1);
        press("railPeople");
        QCOMPARE(page()->timesShown, 2); // the same page, read again
    }

    void neverMoreThanTwoLevels() {
        signIn();
        QVERIFY(find("adminBack") == nullptr);
        TestPage* people = page();
        people->open(new TestPage(people->given(), QStringLiteral("Alice"), nullptr));
        QApplication::processEvents();
        QCOMPARE(text("adminTitle"), QStringLiteral("Alice"));
        page()->open(new TestPage(people->given(), QStringLiteral("Enrol"), nullptr));
        QApplication::processEvents();
        QCOMPARE(text("adminTitle"), QStringLiteral("Enrol"));
        auto* back = find("adminBack");
        QVERIFY(back->width() >= 48 && back->height() >= 48);
        page()->keepsBack = true; // it has something to ask first
        press("adminBack");
        QCOMPARE(text("adminTitle"), QStringLiteral("Enrol"));
        press("adminBack");
        QCOMPARE(text("adminTitle"), QStringLiteral("People"));
    }

    void wrongPinsAreCountedDown() {
        m_port->refuse(QStringLiteral("session.sign_in"), core::fail("no admin has that PIN"));
        press("adminEntry");
        QTRY_VERIFY(find("signInPage") != nullptr);
        QTRY_COMPARE(m_port->count(QStringLiteral("session.state")), 2);
        type("246813");
        QTRY_COMPARE(text("signInMessage"), QStringLiteral("That PIN is not known here."));
        state(QStringLiteral("done"), 30);
        type("246813");
        QTRY_COMPARE(text("signInMessage"), QStringLiteral("Too many wrong PINs. Try again in 0:30."));
        const int tries = m_port->count(QStringLiteral("session.sign_in"));
        type("246813"); // the keys are dead
        QCOMPARE(m_port->count(QStringLiteral("session.sign_in")), tries);
        pass(25'000);
        QCOMPARE(text("signInMessage"), QStringLiteral("Too many wrong PINs. Try again in 0:05."));
        state(QStringLiteral("done"), 0);
        pass(5'000);
        QCOMPARE(text("signInMessage"), QStringLiteral("Please enter your PIN."));
        type("246813");
        QTRY_COMPARE(m_port->count(QStringLiteral("session.sign_in")), tries + 1);
    }

    void itLeavesWithoutATouch() {
        signIn();
        QSignalSpy left(m_screen, &AdminScreen::left);
        pass(49'000);
        QVERIFY(find("leavingCount") == nullptr);
        pass(2'000);
        QCOMPARE(text("leavingText"), QStringLiteral("Leaving in 9\u00A0s. Touch the screen to stay."));
        QTest::mouseClick(page(), Qt::LeftButton, {}, QPoint(5, page()->height() - 5));
        QVERIFY(find("leavingCount") == nullptr);
        pass(59'000);
        page()->use(); // a face is being enrolled: nobody touches
        QCOMPARE(m_port->count(QStringLiteral("session.touch")), 1);
        pass(59'000);
        QVERIFY(m_screen->isOpen());
        pass(1'000);
        QVERIFY(!m_screen->isOpen());
        QCOMPARE(left.size(), 1);
        QCOMPARE(m_port->count(QStringLiteral("session.sign_out")), 1);
        press("adminEntry");
        QTRY_VERIFY(find("signInPage") != nullptr); // and asks for the PIN again
    }

    void itLeavesWhenTheSessionEnds() {
        signIn();
        Sheet::confirm(page(), {QStringLiteral("Sure?"), {}, QStringLiteral("Yes")}, [] {});
        Q_EMIT m_port->signedOut();
        QVERIFY(!m_screen->isOpen());
        QApplication::processEvents();
        QVERIFY(m_window->findChildren<Sheet*>().isEmpty() || find("confirmSheet") == nullptr);
    }

    void leaveLeaves() {
        signIn();
        press("railLeave");
        QVERIFY(!m_screen->isOpen());
    }

    void theVisitorIsToldAllTheSame() {
        signIn();
        core::VisitorView view;
        view.screen = core::Screen::Granted;
        view.name = "Alice";
        view.doorReleased = true;
        view.lasts = milliseconds(4000);
        view.until = m_now.mono + milliseconds(3000);
        m_screen->present(view);
        QCOMPARE(text("visitorWords"), QStringLiteral("Welcome, Alice"));
        QCOMPARE(text("visitorSeconds"), QStringLiteral("3\u00A0s"));
        const auto strip = find("visitorStrip")->grab().toImage();
        QCOMPARE(strip.pixelColor(2, 2), QColor::fromRgb(resources::darkPalette.granted));
        view = {};
        view.screen = core::Screen::Refused;
        m_screen->present(view);
        QCOMPARE(text("visitorWords"), QStringLiteral("Sorry, I can\u2019t open for you now"));
        m_screen->present({});
        QCOMPARE(text("visitorWords"), QStringLiteral("Locked"));
    }

    void newsReachThePageInFront() {
        signIn();
        Q_EMIT m_port->changed(QStringLiteral("people"));
        QCOMPARE(page()->news, QStringList{QStringLiteral("people")});
    }

    void errorsAndUndosAreNotices() {
        signIn();
        m_port->refuse(QStringLiteral("person.list"), {core::ErrorKind::NotFound, "there is no such person", {}, {}});
        page()->doAsk();
        QTRY_COMPARE(text("noticeText"), QStringLiteral("It is no longer there. there is no such person"));
        int undone = 0;
        page()->tell([&] { ++undone; });
        press("noticeUndo");
        QCOMPARE(undone, 1);
    }

    void setUpClosedSaysHowToReopen() {
        state(QStringLiteral("closed"), 0);
        press("adminEntry");
        QTRY_VERIFY(find("setUpClosed") != nullptr);
        QVERIFY(text("emptyText").contains(QStringLiteral("facelatch-ctl setup reopen")));
        press("emptyAction");
        QVERIFY(!m_screen->isOpen());
    }

    void nothingIsCutOff_data() { test::languagesAndSizes({QSize(480, 800)}); }
    void nothingIsCutOff() {
        QFETCH(QString, language);
        QFETCH(QSize, size);
        make(size, language);
        m_port->answer(QStringLiteral("session.sign_in"),
                       {{QStringLiteral("name"), QStringLiteral("Ada")},
                        {QStringLiteral("may"), QJsonArray{QStringLiteral("read_people"), QStringLiteral("read_log"),
                                                           QStringLiteral("change_settings")}}});
        const auto check = [this] {
            for (int settled = 0; settled < 3; ++settled) // a layout inside a layout
                QApplication::processEvents();
            for (const auto* block : m_screen->findChildren<TextBlock*>()) {
                if (!block->isVisible() || block->text().isEmpty())
                    continue;
                const FittedText fitted = block->fitted();
                QVERIFY2(!fitted.elided, qPrintable(block->text()));
                QVERIFY2(QFontMetrics(fitted.font).height() * fitted.lines.size() <= block->height(),
                         qPrintable(block->text()));
            }
            for (const auto* button : m_screen->findChildren<Button*>())
                if (button->isVisible() && !button->text().isEmpty())
                    QVERIFY2(!button->fitted().elided, qPrintable(button->text()));
        };
        state(QStringLiteral("done"), 599);
        press("adminEntry");
        QTRY_VERIFY(find("signInPage") != nullptr);
        QTRY_VERIFY(!text("signInMessage").isEmpty());
        check();
        QVERIFY(m_screen->rect().contains(
            QRect(find("signInPad")->mapTo(m_screen, QPoint(0, 0)), find("signInPad")->size())));
        m_screen->leave();
        state(QStringLiteral("closed"), 0);
        press("adminEntry");
        QTRY_VERIFY(find("setUpClosed") != nullptr);
        check();
        m_screen->leave();
        state(QStringLiteral("done"), 0);
        signIn();
        check();
        for (const char* entry : {"railPeople", "railLog", "railSettings", "railLeave"}) {
            auto* rail = qobject_cast<QAbstractButton*>(find(entry));
            QVERIFY(rail != nullptr);
            QVERIFY2(rail->width() >= QFontMetrics(styleFor(size, Theme::Dark, false).font(resources::fontSmall, true))
                                          .horizontalAdvance(rail->text()),
                     entry);
        }
        pass(55'000);
        check();
    }
};

QTEST_MAIN(TstAdminScreen)
#include "tst_admin_screen.moc"
