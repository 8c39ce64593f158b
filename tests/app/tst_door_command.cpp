// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl door at a running door: locked down, killed, still locked down, opened again; and without a door.
#include "app/data_access.h"
#include "network/control_socket.h"
#include "programs.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>

using namespace facelatch;
using facelatch::testing::Ended;
using facelatch::testing::Running;

namespace {

constexpr int patience = 120'000;

} // namespace

class TestDoorCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutADoorItSaysSo() {
        const QTemporaryDir folder;
        for (const char* line : {"door state", "door unlock --reason parcel", "door lockdown on"}) {
            const Ended ended = ctl(folder, line);
            QCOMPARE(ended.code, 3);
            QVERIFY2(ended.err.contains(QStringLiteral("does not run")), qPrintable(ended.err));
        }
        for (const char* line : {"door", "door unlock", "door lockdown", "door lockdown maybe", "door lockdown on off"})
            QCOMPARE(ctl(folder, line).code, 2);
    }

    void aLockdownOutlivesAKillAndIsInTheLog() {
        const QTemporaryDir folder;
        auto door = start(folder);
        QVERIFY2(isUp(*door, folder), qPrintable(door->err()));
        QVERIFY(ctl(folder, "door state").out.contains(QStringLiteral("is in its normal mode")));
        Ended ended = ctl(folder, "door lockdown on --reason drill");
        QVERIFY2(ended.code == 0, qPrintable(ended.err));
        door->signal(SIGKILL);
        QVERIFY(door->waitForEnd(patience).has_value() || !door->runs());
        door = start(folder);
        QVERIFY2(isUp(*door, folder), qPrintable(door->err()));
        ended = ctl(folder, "door state");
        QVERIFY2(ended.out.contains(QStringLiteral("is locked down by facelatch-ctl, user ")) &&
                     ended.out.contains(QStringLiteral(": drill")),
                 qPrintable(ended.out));
        QCOMPARE(QJsonDocument::fromJson(ctl(folder, "door state --json").out.toUtf8()).object().value(u"mode"),
                 QJsonValue(QStringLiteral("locked_down")));
        ended = ctl(folder, "door unlock --reason parcel");
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.err.contains(QStringLiteral("locked down")), qPrintable(ended.err));
        QCOMPARE(ctl(folder, "door lockdown off").code, 0);
        QVERIFY(ctl(folder, "door state").out.contains(QStringLiteral("is in its normal mode")));
        const QString audit = ctl(folder, "audit list").out;
        QVERIFY2(audit.contains(QStringLiteral("door.lockdown_on")) && audit.contains(QStringLiteral("drill")) &&
                     audit.contains(QStringLiteral("door.lockdown_off")),
                 qPrintable(audit));
        const QString log = ctl(folder, "log list").out;
        QVERIFY2(log.contains(QStringLiteral("locked_down")) && log.contains(QStringLiteral("locked_down: parcel")),
                 qPrintable(log));
        QCOMPARE(door->end(), std::optional(0));
    }

    void anUnlockNeedsModelsAsEverythingElse() {
        const QTemporaryDir folder;
        const auto door = start(folder);
        QVERIFY2(isUp(*door, folder), qPrintable(door->err()));
        const bool models = !facelatch::testing::modelsFolder().isEmpty();
        // The networks take a moment to load.
        QVERIFY2(door->waitFor([&] { return stopped(folder) != models; }, patience), qPrintable(door->err()));
        const Ended ended = ctl(folder, "door unlock --reason parcel");
        QVERIFY2(ended.code == (models ? 0 : 1), qPrintable(ended.err));
        QVERIFY2(models || ended.err.contains(QStringLiteral("out of service")), qPrintable(ended.err));
        QVERIFY(ctl(folder, "log list").out.contains(QStringLiteral("parcel")));
    }

private:
    static Ended ctl(const QTemporaryDir& folder, const char* line) {
        return facelatch::testing::ctl(QStringList{QStringLiteral("--data"), folder.path()} +
                                       QString::fromUtf8(line).split(u' '));
    }
    /// Whether a fault stops the door.
    static bool stopped(const QTemporaryDir& folder) {
        const auto state = QJsonDocument::fromJson(ctl(folder, "door state --json").out.toUtf8()).object();
        const QJsonArray faults = state.value(u"faults").toArray();
        return std::any_of(faults.begin(), faults.end(),
                           [](const QJsonValue& fault) { return fault.toObject().value(u"stops").toBool(); });
    }
    static std::unique_ptr<Running> start(const QTemporaryDir& folder) {
        return std::make_unique<Running>(QStringLiteral(FACELATCH_KIOSK),
                                         QStringList{QStringLiteral("--data"), folder.path(), QStringLiteral("--set"),
                                                     QStringLiteral("lock.kind=simulated"), QStringLiteral("--set"),
                                                     QStringLiteral("camera.source=test")});
    }
    /// The data opens a moment after the socket does.
    static bool isUp(Running& door, const QTemporaryDir& folder) {
        const std::string socket = app::controlSocketPath(folder.path().toStdString());
        return door.waitFor(
            [&] {
                const auto state = network::controlRequest(
                    socket, network::makeControlRequest(QStringLiteral("door.state")), std::chrono::seconds(60));
                return state && state->value(u"mode").isString();
            },
            patience);
    }
};

QTEST_GUILESS_MAIN(TestDoorCommand)
#include "tst_door_command.moc"
