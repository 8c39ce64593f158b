// SPDX-License-Identifier: GPL-3.0-or-later
// The doctor's page: who may open it and how, what it shows and what it never shows, and that it leaves.
#include "resources/translator.h"
#include "tests/ui/scenes.h"
#include "ui/doctor_page.h"
#include "ui/doctor_words.h"

#include <QApplication>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace facelatch;
using namespace facelatch::ui;
using core::milliseconds;
using core::Screen;

class TstDoctorPage : public QObject {
    Q_OBJECT

    core::LatestFrame m_frames;
    core::Now m_now = test::sceneNow();
    std::unique_ptr<KioskWindow> m_window;
    std::unique_ptr<DoctorPage> m_page;

    void make(ServicePage when, QSize size = {800, 480}, const QString& language = QStringLiteral("en")) {
        m_page.reset();
        const QLocale locale = resources::installTranslator(*qApp, language);
        m_window = std::make_unique<KioskWindow>(test::sceneConfig(locale), m_frames, [this] { return m_now; });
        m_page = std::make_unique<DoctorPage>(*m_window, when, [this] { return m_now.mono; });
        m_window->resize(size);
        m_window->show();
        QApplication::processEvents();
    }
    void show(Screen screen) {
        core::VisitorView view;
        view.screen = screen;
        if (screen == Screen::OutOfService)
            view.faults.push_back({core::FaultCode::NoCamera, "detail"});
        m_window->setView(view);
        QApplication::processEvents();
    }
    void pass(int ms) {
        m_now.mono += milliseconds(ms);
        m_page->tick();
    }
    QPoint middleOf(const char* name) const {
        for (const QWidget* widget : m_window->findChildren<QWidget*>(QLatin1String(name)))
            if (widget->isVisible())
                return widget->mapTo(m_window.get(), widget->rect().center());
        return {};
    }
    /// As a finger does: the widget under it gets the press, and passes it on.
    void press(QPoint at) {
        QTest::mousePress(m_window->childAt(at), Qt::LeftButton, {},
                          m_window->childAt(at)->mapFrom(m_window.get(), at));
    }
    void release(QPoint at) {
        QTest::mouseRelease(m_window->childAt(at), Qt::LeftButton, {},
                            m_window->childAt(at)->mapFrom(m_window.get(), at));
    }
    QStringList texts(const char* name) const {
        QStringList all;
        for (const TextBlock* block : m_page->findChildren<TextBlock*>(QLatin1String(name)))
            all << block->text();
        return all;
    }

private Q_SLOTS:
    void cleanup() {
        m_page.reset();
        m_window.reset();
    }

    void aLongPressOpensIt_data() {
        QTest::addColumn<int>("when");
        QTest::addColumn<int>("screen");
        QTest::addColumn<QString>("where");
        QTest::addColumn<bool>("opens");
        const auto add = [](const char* name, ServicePage when, Screen screen, const char* where, bool opens) {
            QTest::newRow(name) << static_cast<int>(when) << static_cast<int>(screen) << QString::fromLatin1(where)
                                << opens;
        };
        add("out of service", ServicePage::OutOfService, Screen::OutOfService, "outOfService", true);
        add("out of service, elsewhere", ServicePage::OutOfService, Screen::OutOfService, "whomToCall", false);
        add("idle, only out of service", ServicePage::OutOfService, Screen::Idle, "doorName", false);
        add("idle, always", ServicePage::Always, Screen::Idle, "doorName", true);
        add("idle, elsewhere", ServicePage::Always, Screen::Idle, "clock", false);
        add("out of service, always", ServicePage::Always, Screen::OutOfService, "outOfService", true);
        add("off", ServicePage::Off, Screen::OutOfService, "outOfService", false);
        add("off, idle", ServicePage::Off, Screen::Idle, "doorName", false);
    }
    void aLongPressOpensIt() {
        QFETCH(int, when);
        QFETCH(int, screen);
        QFETCH(QString, where);
        QFETCH(bool, opens);
        make(static_cast<ServicePage>(when));
        show(static_cast<Screen>(screen));
        QSignalSpy wanted(m_page.get(), &DoctorPage::wanted);
        const QPoint at = middleOf(qPrintable(where));
        QVERIFY(!at.isNull());
        press(at);
        pass(2999);
        QVERIFY(!m_page->isVisible());
        pass(1);
        QCOMPARE(m_page->isVisible(), opens);
        QCOMPARE(wanted.size(), opens ? 1 : 0);
    }

    void aShortPressDoesNot() {
        make(ServicePage::OutOfService);
        show(Screen::OutOfService);
        const QPoint at = middleOf("outOfService");
        for (int i = 0; i < 3; ++i) {
            press(at);
            pass(2000);
            release(at);
            pass(2000);
        }
        QVERIFY(!m_page->isVisible());
    }

    void aGrantComesFirst() {
        make(ServicePage::Always);
        const QPoint at = middleOf("doorName");
        press(at);
        pass(2000);
        show(Screen::Granted);
        pass(2000);
        QVERIFY(!m_page->isVisible()); // the press is forgotten
        release(at);
        show(Screen::OutOfService);
        m_page->open();
        pass(10);
        QVERIFY(m_page->isVisible());
        show(Screen::Looking);
        pass(10);
        QVERIFY(m_page->isVisible()); // somebody stands there: who opened it
        show(Screen::Granted);
        pass(10);
        QVERIFY(!m_page->isVisible());
    }

    void itLeavesByItself() {
        make(ServicePage::OutOfService);
        show(Screen::OutOfService);
        m_page->open();
        m_page->showLines(test::doctorLines());
        QApplication::processEvents();
        pass(59'999);
        QVERIFY(m_page->isVisible());
        const QPoint middle = m_page->rect().center();
        press(middle); // a touch: another minute
        release(middle);
        pass(59'999);
        QVERIFY(m_page->isVisible());
        pass(1);
        QVERIFY(!m_page->isVisible());
        QVERIFY(m_window->findChild<QWidget*>(QStringLiteral("outOfServicePage"))->isVisible());
    }

    void theBackButtonLeaves() {
        make(ServicePage::OutOfService);
        show(Screen::OutOfService);
        m_page->open();
        QApplication::processEvents();
        const auto* back = m_page->findChild<QWidget*>(QStringLiteral("doctorBack"));
        QVERIFY(back->width() >= 64 && back->height() >= 64);
        QVERIFY(back->x() < 64 && back->y() < 64); // top left
        const QPoint at = middleOf("doctorBack"), elsewhere(m_window->width() / 2, m_window->height() / 2);
        press(elsewhere);
        release(at);
        QVERIFY(m_page->isVisible()); // slipped there
        press(at);
        release(at);
        QVERIFY(!m_page->isVisible());
    }

    void everyCheckHasItsRowTheUrgentFirst() {
        make(ServicePage::OutOfService);
        m_page->open();
        QVERIFY(!texts("doctorWorking").isEmpty());
        auto lines = test::doctorLines();
        lines.push_back({core::Check::Models, core::Finding::ModelMissing, core::Health::OutOfService, {}, {}});
        m_page->showLines(lines); // of two lines of a check the worse one
        QApplication::processEvents();
        QVERIFY(texts("doctorWorking").isEmpty());
        const QStringList checks = texts("doctorCheck");
        QCOMPARE(checks.size(), static_cast<int>(core::Check::Network) + 1);
        QCOMPARE(checks.mid(0, 5),
                 QStringList({QStringLiteral("Face recognition"), QStringLiteral("Lock"), QStringLiteral("Storage"),
                              QStringLiteral("Light"), QStringLiteral("Time server")}));
        QCOMPARE(checks.last(), QStringLiteral("Power supply"));
        QCOMPARE(texts("doctorFinding").first(), DoctorWords::finding(core::Finding::ModelMissing));
    }

    void neitherPathsNorPeopleNorRemediesOfTheAdmin() {
        make(ServicePage::OutOfService);
        m_page->open();
        m_page->showLines(test::doctorLines());
        for (const TextBlock* block : m_page->findChildren<TextBlock*>())
            for (const char* secret : {"/var", "Alice", "secret"})
                QVERIFY2(!block->text().contains(QLatin1String(secret)), qPrintable(block->text()));
    }

    void everyFindingHasWordsInBothLanguages() {
        QSet<QString> seen;
        for (const char* language : {"en", "fr"}) {
            resources::installTranslator(*qApp, QString::fromLatin1(language));
            for (int i = 0; i <= static_cast<int>(core::Finding::NoAddress); ++i)
                QVERIFY(!DoctorWords::finding(static_cast<core::Finding>(i)).isEmpty());
            for (int i = 0; i <= static_cast<int>(core::Check::Network); ++i) {
                const QString words = DoctorWords::check(static_cast<core::Check>(i));
                QVERIFY2(!words.isEmpty() && !seen.contains(words), qPrintable(words));
                seen << words;
            }
        }
    }

    void itFitsAndScrolls_data() { test::languagesAndSizes({QSize(480, 800)}); }
    void itFitsAndScrolls() {
        QFETCH(QSize, size);
        QFETCH(QString, language);
        make(ServicePage::OutOfService, size, language);
        m_page->open();
        // Every finding's words, one row each.
        std::vector<core::CheckLine> lines = test::doctorLines();
        for (int first = 0; first <= static_cast<int>(core::Finding::NoAddress);
             first += static_cast<int>(lines.size())) {
            for (std::size_t i = 0; i < lines.size(); ++i)
                lines[i].finding = static_cast<core::Finding>(
                    std::min(first + static_cast<int>(i), static_cast<int>(core::Finding::NoAddress)));
            m_page->showLines(lines);
            QApplication::processEvents();
            QCOMPARE(m_page->geometry(), m_window->rect());
            const auto* rows = m_page->findChild<QScrollArea*>()->widget();
            for (const QWidget* row : rows->findChildren<QWidget*>(QStringLiteral("doctorRow"))) {
                QVERIFY(row->height() >= 48 * std::min(size.width(), size.height()) / 480);
                QVERIFY(row->width() <= m_page->width());
            }
            for (const TextBlock* block : rows->findChildren<TextBlock*>()) {
                const FittedText fitted = block->fitted();
                QVERIFY2(!fitted.elided, qPrintable(block->text()));
                QVERIFY2(QFontMetrics(fitted.font).height() * fitted.lines.size() <= block->height(),
                         qPrintable(block->text()));
            }
        }
        auto* bar = m_page->findChild<QScrollArea*>()->verticalScrollBar();
        QVERIFY(bar->maximum() > 0);
        const QPoint from = m_page->rect().center();
        press(from);
        QTest::mouseMove(m_window->childAt(from), m_window->childAt(from)->mapFrom(m_window.get(), from));
        QMouseEvent move(QEvent::MouseMove, from - QPoint(0, 100), from - QPoint(0, 100), Qt::NoButton, Qt::LeftButton,
                         {});
        QApplication::sendEvent(m_window.get(), &move);
        QVERIFY(bar->value() >= 100 || bar->value() == bar->maximum()); // it follows the finger
    }
};

QTEST_MAIN(TstDoctorPage)
#include "tst_doctor_page.moc"
