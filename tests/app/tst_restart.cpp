// SPDX-License-Identifier: GPL-3.0-or-later
// A setting is changed at a running door, waits for the restart, and is in force after it; the process stays the same.
#include "app/data_access.h"
#include "network/control_socket.h"
#include "programs.h"

#include <QJsonObject>
#include <QTest>

using namespace facelatch;
using facelatch::testing::Running;

class TstRestart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChangeIsInForceAfterTheRestart() {
        QTemporaryDir folder;
        const std::string socket = app::controlSocketPath(folder.path().toStdString());
        const auto ask = [&](const char* command, const QJsonObject& args = {}) {
            return network::controlRequest(socket, network::makeControlRequest(QLatin1String(command), args),
                                           std::chrono::seconds(60));
        };
        Running door(QStringLiteral(FACELATCH_KIOSK), {QStringLiteral("--data"), folder.path(), QStringLiteral("--set"),
                                                       QStringLiteral("lock.kind=simulated"), QStringLiteral("--set"),
                                                       QStringLiteral("camera.source=test")});
        // The data opens a moment after the socket does.
        QVERIFY2(door.waitFor([&] { return bool(ask("settings.list")); }, 120'000), qPrintable(door.err()));
        const auto changed = ask("settings.set", {{QStringLiteral("key"), QStringLiteral("door.name")},
                                                  {QStringLiteral("value"), QStringLiteral("Atelier")}});
        QVERIFY2(changed, changed ? "" : changed.error().text().c_str());
        QVERIFY(changed->value(u"restart_needed").toBool());
        QVERIFY(ask("settings.list")->value(u"restart_needed").toBool());

        const qint64 pid = door.pid();
        const auto restarted = ask("system.restart");
        QVERIFY2(restarted, restarted ? "" : restarted.error().text().c_str());
        QVERIFY2(door.waitForText(QStringLiteral("starting again"), 120'000), qPrintable(door.err()));
        QVERIFY2(door.waitFor([&] { return bool(ask("settings.list")); }, 120'000), qPrintable(door.err()));
        QCOMPARE(door.pid(), pid);
        QVERIFY(door.runs());
        const auto list = ask("settings.list");
        QVERIFY(!list->value(u"restart_needed").toBool());
        QCOMPARE(door.end(), std::optional(0)); // SIGTERM still ends it
    }
};

QTEST_GUILESS_MAIN(TstRestart)
#include "tst_restart.moc"
