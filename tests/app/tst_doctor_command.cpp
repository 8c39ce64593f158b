// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl doctor as a process: without a door, beside a running one, before a lock that must not move, with bad
// data.
#include "tests/app/programs.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QTest>

#include <atomic>
#include <csignal>
#include <thread>

using namespace facelatch::testing;

namespace {

/// The answer of doctor --json: its lines by the name of their check.
struct Report {
    int code = -1;
    QJsonObject whole;
    QMultiMap<QString, QJsonObject> lines;
    QString text;

    QJsonObject line(const char* check) const { return lines.value(QLatin1String(check)); }
    QString health(const char* check) const { return line(check).value(u"health").toString(); }
    QString finding(const char* check) const { return line(check).value(u"finding").toString(); }
    QString seen(const char* check) const { return line(check).value(u"seen").toString(); }
};

} // namespace

class TestDoctorCommand : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    QStringList common() const {
        return {QStringLiteral("--data"), path("data"), QStringLiteral("--settings"), path("settings.toml")};
    }
    /// Without a camera the doctor is quick: only some tests need one, the test picture.
    void settings(const QString& lock, const QString& camera = QStringLiteral("replay")) {
        QFile file(path("settings.toml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QStringLiteral("[lock]\n%1\n[screen]\nwindow = \"800x480\"\n"
                                  "[recognition]\nmodels_dir = \"%2\"\n[camera]\nsource = \"%3\"\n")
                       .arg(lock, modelsFolder(), camera)
                       .toUtf8());
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    Report doctor(const QStringList& more = {}) const {
        const Ended ended = ctl(common() + QStringList{QStringLiteral("doctor"), QStringLiteral("--json")} + more);
        Report report;
        report.code = ended.code;
        report.text = ended.out + ended.err;
        report.whole = QJsonDocument::fromJson(ended.out.toUtf8()).object();
        for (const auto& value : report.whole.value(u"lines").toArray())
            report.lines.insert(value.toObject().value(u"check").toString(), value.toObject());
        return report;
    }
    void makeData() const {
        QCOMPARE(ctl(common() + QStringList{QStringLiteral("person"), QStringLiteral("list")}).code, 0);
    }
    QString dataFile(const char* name) const { return path("data") + QLatin1Char('/') + QLatin1String(name); }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        settings(QStringLiteral("kind = \"simulated\""));
    }

    void oneLineACheck() {
        const Ended ended = ctl(common() + QStringList{QStringLiteral("doctor")});
        const QStringList lines = ended.out.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QVERIFY2(lines.size() > 20, qPrintable(ended.out + ended.err));
        for (const QString& line : lines.mid(0, lines.size() - 1))
            QVERIFY2(QStringList(
                         {QStringLiteral("OK"), QStringLiteral("WARN"), QStringLiteral("FAIL"), QStringLiteral("n/a")})
                         .contains(line.section(QLatin1Char(' '), 0, 0)),
                     qPrintable(line));
        QVERIFY(lines.last().contains(QStringLiteral("checks: ")));
        QVERIFY(!QFile::exists(path("data"))); // looking makes nothing
    }

    void theTestPictureIsSeenAndMeasured() {
        settings(QStringLiteral("kind = \"simulated\""), QStringLiteral("test"));
        const Report report = doctor();
        QCOMPARE(report.finding("camera"), QStringLiteral("camera_not_live")); // it is no camera of a door in use
        QCOMPARE(report.health("camera"), QStringLiteral("warning"));
        QVERIFY2(report.seen("camera").contains(QStringLiteral("640x480")), qPrintable(report.seen("camera")));
        QVERIFY(report.health("light") != QStringLiteral("not_here"));
        QVERIFY(report.health("sharpness") != QStringLiteral("not_here"));
        QCOMPARE(report.health("door"), QStringLiteral("not_here"));
        QCOMPARE(report.whole.value(u"exit_code").toInt(-1), report.code);
    }

    void modelsRunAndGiveTheirPinnedValues() {
        if (modelsFolder().isEmpty())
            QSKIP("shared/models not found beside the checkout (FACELATCH_MODELS_DIR)");
        makeData();
        settings(QStringLiteral("kind = \"simulated\""), QStringLiteral("test"));
        const Report report = doctor();
        QCOMPARE(report.lines.count(QStringLiteral("models")), 3);
        for (const QJsonObject& line : report.lines.values(QStringLiteral("models")))
            QVERIFY2(line.value(u"health").toString() == QStringLiteral("ok"), qPrintable(report.text));
        QVERIFY(report.health("known_face") != QStringLiteral("failed"));
        QCOMPARE(report.health("liveness"), QStringLiteral("ok"));
        QVERIFY2(report.code == 0 || report.code == 1, qPrintable(report.text)); // a container's clock and disk
        QCOMPARE(doctor({QStringLiteral("--strict")}).code, 1);                  // the simulated lock is a warning
    }

    void withoutModelsTheDoorIsOutOfService() {
        const Report report = doctor({QStringLiteral("--set"), QStringLiteral("recognition.models_dir=/nowhere"),
                                      QStringLiteral("--set"), QStringLiteral("recognition.embedder=sface-2021dec")});
        QCOMPARE(report.code, 3);
        QVERIFY2(report.text.contains(QStringLiteral("model_missing")), qPrintable(report.text));
    }

    void wrongSettingsAreUsage() {
        const Report report = doctor({QStringLiteral("--set"), QStringLiteral("door.colour=red")});
        QCOMPARE(report.code, 2);
        QCOMPARE(report.finding("settings"), QStringLiteral("settings_wrong"));
        QVERIFY(report.seen("settings").contains(QStringLiteral("door.colour")));
        QVERIFY(!report.health("camera").isEmpty()); // the rest is looked at all the same
    }

    void settingsThatOthersMayChange() {
        QVERIFY(QFile::setPermissions(path("settings.toml"), QFile::ReadOwner | QFile::WriteOwner | QFile::WriteOther));
        QCOMPARE(doctor().finding("settings"), QStringLiteral("settings_open_to_others"));
    }

    void aPasswordThatOthersMayRead() {
        constexpr auto readable = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
        QVERIFY(QFile::setPermissions(path("settings.toml"), readable));
        QCOMPARE(doctor().health("settings"), QStringLiteral("ok"));
        QFile file(path("settings.toml"));
        QVERIFY(file.open(QIODevice::Append));
        file.write("password = \"opensesame\"\n");
        file.close();
        QVERIFY(QFile::setPermissions(path("settings.toml"), readable));
        const Report report = doctor();
        QCOMPARE(report.finding("settings"), QStringLiteral("settings_open_to_others"));
        QVERIFY(!report.text.contains(QStringLiteral("opensesame")));
        QVERIFY(QFile::setPermissions(path("settings.toml"), QFile::ReadOwner | QFile::ReadGroup));
        QCOMPARE(doctor().health("settings"), QStringLiteral("ok"));
    }

    /// The proof is the daemon's record of its line: it was requested at rest and never released.
    void theLockNeverMoves() {
        FakeLockd lockd(*m_folder);
        lockd.start();
        settings(QStringLiteral("kind = \"lockd_test\"\nsocket = \"%1\"").arg(lockd.socket()));
        for (int round = 0; round < 3; ++round) {
            const Report report = doctor();
            QCOMPARE(report.finding("lock"), QStringLiteral("lock_not_real")); // it answers, and is the test build
            QVERIFY2(report.seen("lock").contains(QStringLiteral("at rest")), qPrintable(report.seen("lock")));
        }
        QVERIFY(!lockd.levels().empty());
        for (const FakeLockd::Level& level : lockd.levels())
            QVERIFY(!level.released);
        // A door in use refuses the test build.
        settings(QStringLiteral("kind = \"lockd\"\nsocket = \"%1\"").arg(lockd.socket()), QStringLiteral("test"));
        const Report report = doctor();
        QCOMPARE(report.finding("lock"), QStringLiteral("lock_silent"));
        QCOMPARE(report.finding("camera"), QStringLiteral("camera_not_live"));
        QCOMPARE(report.health("camera"), QStringLiteral("out_of_service")); // a test picture before a real lock
        QCOMPARE(report.code, 3);
        QCOMPARE(lockd.releases(), 0);
    }

    void aStrikeTheDaemonRefuses() {
        FakeLockd lockd(*m_folder);
        QFile conf(path("lockd.conf"));
        QVERIFY(conf.open(QIODevice::WriteOnly));
        conf.write("socket = " + lockd.socket().toUtf8() + "\nchip = any\nline = 17\nmax_pulse_ms = 3000\n");
        conf.close();
        lockd.start();
        settings(QStringLiteral("kind = \"lockd_test\"\nsocket = \"%1\"").arg(lockd.socket()));
        const Report report = doctor(); // the default strike time is longer: no release would ever be granted
        QCOMPARE(report.finding("lock"), QStringLiteral("strike_too_long"));
        QCOMPARE(report.code, 3);
    }

    void aBusyLockIsLeftToItsClient() {
        FakeLockd lockd(*m_folder);
        lockd.start();
        settings(QStringLiteral("kind = \"lockd_test\"\nsocket = \"%1\"").arg(lockd.socket()));
        QLocalSocket client;
        client.connectToServer(lockd.socket());
        QVERIFY(client.waitForConnected());
        client.write("HELLO 1\n");
        QVERIFY(client.waitForReadyRead(10'000));
        std::atomic<bool> ended{false};
        Report report;
        std::thread asking([&] {
            report = doctor();
            ended = true;
        });
        while (!ended) { // only BEATs keep the daemon's client
            client.write("BEAT\n");
            client.waitForReadyRead(300);
        }
        asking.join();
        QCOMPARE(report.finding("lock"), QStringLiteral("lock_busy"));
        QCOMPARE(report.code, 3);
        QCOMPARE(client.state(), QLocalSocket::ConnectedState);
        QCOMPARE(lockd.releases(), 0);
    }

    void noLockDaemon() {
        settings(QStringLiteral("kind = \"lockd\"\nsocket = \"%1\"").arg(path("nothing.sock")));
        const Report report = doctor();
        QCOMPARE(report.finding("lock"), QStringLiteral("lock_silent"));
        QVERIFY(!report.line("lock").value(u"remedy").toString().isEmpty());
        QCOMPARE(report.code, 3);
    }

    void aKeyThatOthersCanRead() {
        makeData();
        QCOMPARE(doctor().health("key"), QStringLiteral("ok"));
        QVERIFY(QFile::setPermissions(dataFile("device.key"), QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther));
        const Report report = doctor();
        QCOMPARE(report.finding("key"), QStringLiteral("key_open_to_others"));
        QVERIFY(report.line("key").value(u"remedy").toString().contains(QStringLiteral("chmod 0400")));
        QCOMPARE(report.code, 3);
    }

    void aFolderThatOthersCanRead() {
        makeData();
        QVERIFY(QFile::setPermissions(path("data"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                                        QFile::ReadOther | QFile::ExeOther));
        QCOMPARE(doctor().finding("storage"), QStringLiteral("folder_open_to_others"));
    }

    void aDamagedDatabase() {
        makeData();
        QFile database(dataFile("facelatch.db"));
        QVERIFY(database.open(QIODevice::ReadWrite));
        QVERIFY(database.seek(4096));
        database.write(QByteArray(2048, '\x5a'));
        database.close();
        const Report report = doctor();
        QCOMPARE(report.finding("database"), QStringLiteral("database_damaged"));
        QVERIFY(report.code == 1 || report.code == 3);
    }

    void dataOfANewerVersion() {
        makeData();
        QFile database(dataFile("facelatch.db"));
        QVERIFY(database.open(QIODevice::ReadWrite));
        QVERIFY(database.seek(60));
        database.write(QByteArray::fromHex("0000270f"));
        database.close();
        const Report report = doctor();
        QCOMPARE(report.finding("database"), QStringLiteral("database_newer"));
        QCOMPARE(report.code, 4);
    }

    /// With a real lock's protocol: the kiosk has the lock and the camera, and is asked.
    void aRunningDoorIsAsked() {
        FakeLockd lockd(*m_folder);
        lockd.start();
        settings(QStringLiteral("kind = \"lockd_test\"\nsocket = \"%1\"").arg(lockd.socket()), QStringLiteral("test"));
        Running kiosk(QStringLiteral(FACELATCH_KIOSK), common());
        QVERIFY2(kiosk.waitForText(QStringLiteral("the screen shows"), 30'000), qPrintable(kiosk.err()));
        Report report;
        QVERIFY2(kiosk.waitFor(
                     [&] {
                         report = doctor();
                         return report.whole.value(u"door_runs").toBool() &&
                                report.health("light") != QStringLiteral("not_here") &&
                                report.health("threads") == QStringLiteral("ok") &&
                                report.health("log") == QStringLiteral("ok");
                     },
                     120'000),
                 qPrintable(report.text));
        QCOMPARE(report.finding("camera"), QStringLiteral("camera_not_live"));
        QCOMPARE(report.finding("lock"), QStringLiteral("lock_not_real"));
        QVERIFY2(report.seen("lock").contains(QStringLiteral("at rest")), qPrintable(report.text));
        QCOMPARE(report.health("pictures"), QStringLiteral("ok"));
        QCOMPARE(report.health("database"), QStringLiteral("ok"));
        QCOMPARE(lockd.releases(), 0);

        lockd.kill();
        QVERIFY2(kiosk.waitForText(QStringLiteral("no_lock"), 30'000), qPrintable(kiosk.err()));
        report = doctor();
        QCOMPARE(report.finding("lock"), QStringLiteral("lock_silent"));
        QCOMPARE(report.finding("door"), QStringLiteral("door_fault"));
        QVERIFY(report.seen("door").contains(QStringLiteral("no_lock")));
        QCOMPARE(report.code, 3);

        kiosk.signal(SIGSTOP); // it is there, owns everything, and says nothing
        report = doctor();
        kiosk.signal(SIGCONT);
        QCOMPARE(report.finding("door"), QStringLiteral("door_silent"));
        QCOMPARE(report.health("camera"), QStringLiteral("not_here"));
        QCOMPARE(report.code, 3);
        QCOMPARE(kiosk.end(), std::optional(0));
    }
};

QTEST_GUILESS_MAIN(TestDoctorCommand)
#include "tst_doctor_command.moc"
