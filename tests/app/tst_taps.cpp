// SPDX-License-Identifier: GPL-3.0-or-later
// A finger at the real door on a real screen: in by PIN, through the pages, a name typed on the screen's keyboard, out.
#include "app/data_access.h"
#include "core/principal.h"
#include "network/control_socket.h"
#include "programs.h"
#include "resources/translator.h"
#include "tests/support/scripted_port.h"
#include "ui/admin_pages.h"
#include "ui/admin_screen.h"
#include "ui/fields.h"
#include "ui/keyboard_panel.h"

#include <QApplication>
#include <QJsonArray>
#include <QStandardPaths>
#include <QTest>

using namespace facelatch;
using facelatch::testing::Running;

namespace {

constexpr int patienceMs = 120'000;
/// Between two touches of a person; nothing is judged by it.
constexpr int paceMs = 300;
const QSize screenSize(800, 480);
const char* const pin = "48172639";

/// The same screens in this process, without a display: where each button is to be found.
class Twin {
public:
    Twin() {
        m_window.resize(screenSize);
        port.answer(QStringLiteral("session.state"), {{QStringLiteral("setup"), QStringLiteral("done")}});
        QJsonArray may;
        for (const core::Action action : core::actions()) {
            const std::string_view code = core::actionCode(action);
            may.append(QString::fromUtf8(code.data(), static_cast<qsizetype>(code.size())));
        }
        port.answer(QStringLiteral("session.sign_in"), {{QStringLiteral("name"), QStringLiteral("Ada")},
                                                        {QStringLiteral("role"), QStringLiteral("admin")},
                                                        {QStringLiteral("may"), may}});
        port.answer(QStringLiteral("session.sign_out"), {});
        for (const char* list : {"person.list", "group.list"})
            port.answer(QLatin1String(list), {});
        const QLocale english = resources::installTranslator(*qApp, QStringLiteral("en"));
        m_screen = new ui::AdminScreen(m_window, {port, m_frames, [] { return core::Now{}; },
                                                  [english](const QString&) { return english; }, english,
                                                  QStringLiteral("Door"), true, false, ui::adminPages()});
        ui::restyleAll(m_window, ui::styleFor(screenSize, ui::Theme::Dark, false));
        m_window.show();
        m_window.activateWindow();
        m_screen->enter();
        settle();
    }
    /// Presses it here and returns where it stood; a null point where it is not to be seen.
    QPoint press(const QString& name) {
        for (auto* button : m_window.findChildren<QAbstractButton*>(name))
            if (button->isVisible()) {
                const QPoint place = button->mapTo(&m_window, button->rect().center());
                button->click();
                settle();
                return place;
            }
        return {};
    }
    /// Touches the field and waits for the keyboard, as the door will.
    QPoint touch(const char* name) {
        for (auto* field : m_window.findChildren<ui::TextField*>(QLatin1String(name)))
            if (field->isVisible()) {
                const QPoint place = field->line()->mapTo(&m_window, field->line()->rect().center());
                field->line()->setFocus();
                static_cast<void>(QTest::qWaitFor([this] { return keyboard()->isOpen(); }, patienceMs));
                settle();
                return place;
            }
        return {};
    }
    /// A key of the keyboard by its row of four and its place in the row.
    QPoint key(int row, double place) {
        const QRect keys(keyboard()->mapTo(&m_window, QPoint(0, 0)), keyboard()->size());
        return {static_cast<int>(keys.left() + keys.width() * place),
                static_cast<int>(keys.top() + keys.height() * (row + 0.5) / 4.0)};
    }

    test::ScriptedPort port;

private:
    static void settle() {
        for (int i = 0; i < 8; ++i)
            QApplication::processEvents();
    }
    ui::KeyboardPanel* keyboard() { return m_window.findChild<ui::KeyboardPanel*>(); }

    core::LatestFrame m_frames;
    QWidget m_window;
    ui::AdminScreen* m_screen;
};

/// A screen of its own; killed with this object.
class Panel {
public:
    bool start() {
        m_server.start(QStringLiteral("Xvfb"),
                       {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                        QStringLiteral("0"),
                        QStringLiteral("%1x%2x24").arg(screenSize.width()).arg(screenSize.height()),
                        QStringLiteral("-nolisten"), QStringLiteral("tcp")});
        while (!m_server.canReadLine())
            if (!m_server.waitForReadyRead(patienceMs))
                return false;
        m_environment.insert(QStringLiteral("DISPLAY"),
                             QLatin1Char(':') + QString::fromLatin1(m_server.readLine().trimmed()));
        m_environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
        return true;
    }
    ~Panel() {
        m_server.terminate();
        m_server.waitForFinished(patienceMs);
    }
    const QProcessEnvironment& environment() const { return m_environment; }
    void tool(const QStringList& words) const {
        QProcess xdotool;
        xdotool.setProcessEnvironment(m_environment);
        xdotool.start(QStringLiteral("xdotool"), words);
        xdotool.waitForFinished(patienceMs);
    }
    void tap(QPoint place) const {
        tool({QStringLiteral("mousemove"), QString::number(place.x()), QString::number(place.y()),
              QStringLiteral("click"), QStringLiteral("1")});
        QTest::qWait(paceMs);
    }

private:
    QProcess m_server;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
};

} // namespace

class TstTaps : public QObject {
    Q_OBJECT

    QTemporaryDir m_data;
    Panel m_display;
    std::unique_ptr<Running> m_door;

    core::Result<QJsonObject> ask(const char* command, const QJsonObject& args = {}) {
        return network::controlRequest(app::controlSocketPath(m_data.path().toStdString()),
                                       network::makeControlRequest(QLatin1String(command), args),
                                       std::chrono::seconds(60));
    }
    bool isNoted(const char* action) {
        const auto entries = ask("audit.list");
        for (const auto& entry : entries ? entries->value(u"entries").toArray() : QJsonArray())
            if (entry.toObject().value(u"action").toString() == QLatin1String(action))
                return true;
        return false;
    }
    QStringList groups() {
        QStringList names;
        const auto answer = ask("group.list");
        for (const auto& group : answer ? answer->value(u"groups").toArray() : QJsonArray())
            names << group.toObject().value(u"name").toString();
        return names;
    }
    /// The little lock in the corner, wherever the banner ends.
    bool enter() {
        const QString open = QStringLiteral("the admin's screens are open");
        for (int y = 24; y < screenSize.height() / 2; y += 24) {
            m_display.tap({screenSize.width() - 32, y});
            if (m_door->waitForText(open, 1000))
                return true;
        }
        return m_door->waitForText(open, patienceMs);
    }

private Q_SLOTS:
    void initTestCase() {
        for (const char* program : {"Xvfb", "xdotool"})
            if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
                QSKIP(qPrintable(QLatin1String(program) +
                                 QStringLiteral(" is not installed: apt-get install xvfb xdotool")));
        QProcess ctl;
        ctl.start(QStringLiteral(FACELATCH_CTL), {QStringLiteral("--data"), m_data.path(), QStringLiteral("admin"),
                                                  QStringLiteral("add"), QStringLiteral("Ada")});
        ctl.write(QByteArray(pin) + '\n');
        ctl.closeWriteChannel();
        QVERIFY(ctl.waitForFinished(patienceMs));
        QVERIFY2(ctl.exitCode() == 0, ctl.readAllStandardError().constData());
        QVERIFY(m_display.start());
        QStringList arguments{QStringLiteral("--data"), m_data.path()};
        for (const char* setting : {"lock.kind=simulated", "camera.source=test", "screen.admin_button=true",
                                    "screen.window=800x480", "screen.reduce_motion=true", "door.language=en"})
            arguments << QStringLiteral("--set") << QLatin1String(setting);
        m_door = std::make_unique<Running>(QStringLiteral(FACELATCH_KIOSK), arguments, m_display.environment());
        QVERIFY2(m_door->waitFor([&] { return bool(ask("group.list")); }, patienceMs), qPrintable(m_door->err()));
        // Without a window manager nobody gives the window the keyboard's focus.
        m_display.tool({QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--name"),
                        QStringLiteral("Facelatch"), QStringLiteral("windowfocus")});
    }

    void anAdminNamesAGroupByFinger() {
        Twin twin;
        QVERIFY(enter());
        for (const char* digit = pin; *digit != '\0'; ++digit)
            m_display.tap(twin.press(QStringLiteral("padKey%1").arg(QLatin1Char(*digit))));
        m_display.tap(twin.press(QStringLiteral("padAccept")));
        QVERIFY2(m_door->waitFor([&] { return isNoted("session.sign_in"); }, patienceMs), qPrintable(m_door->err()));

        for (const char* entry : {"railPeople", "railAccess"}) {
            const QPoint place = twin.press(QLatin1String(entry));
            QVERIFY2(!place.isNull(), entry);
            m_display.tap(place);
        }
        const QPoint add = twin.press(QStringLiteral("accessAdd")), field = twin.touch("nameField");
        const QPoint q = twin.key(0, 0.05), w = twin.key(0, 0.15), take = twin.press(QStringLiteral("nameTake"));
        QVERIFY(!add.isNull() && !field.isNull() && !take.isNull());
        // The keyboard takes its time when it is first loaded: whoever was too fast begins again.
        for (int tries = 0; tries < 5 && groups().isEmpty(); ++tries) {
            for (const QPoint place : {add, field, q, w, take})
                m_display.tap(place);
            if (!m_door->waitFor([&] { return !groups().isEmpty(); }, 10'000))
                m_display.tool({QStringLiteral("key"), QStringLiteral("Escape")});
        }
        QCOMPARE(groups(),
                 QStringList{QStringLiteral("Group 1qw")}); // the finger put the cursor behind what is proposed
        QVERIFY(isNoted("group.add"));

        m_display.tap(twin.press(QStringLiteral("railLeave")));
        QVERIFY2(m_door->waitForText(QStringLiteral("the admin's screens are closed"), patienceMs),
                 qPrintable(m_door->err()));
        QCOMPARE(m_door->end(), std::optional(0));
    }
};

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen"); // of the twin
    ui::KeyboardPanel::prepare();
    QApplication application(argc, argv);
    TstTaps test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_taps.moc"
