// SPDX-License-Identifier: GPL-3.0-or-later
// A running kiosk is asked for a backup and takes one: it says so, ends, and the next start is all of the backup.
#include "tests/app/programs.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace facelatch::testing;

namespace {

constexpr int deadlineMs = 120'000;
constexpr const char* passphrase = "correct horse battery staple\n";

} // namespace

class TestBackupDoor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        for (const char* name : {"stick", "models", "data"})
            QVERIFY(QDir(m_folder->path()).mkdir(QLatin1String(name)));
        write("settings.toml",
              "[lock]\nkind = \"simulated\"\n[screen]\nwindow = \"800x480\"\n[camera]\nsource = \"test\"\n");
        write("data/settings.local.toml", "\"door.name\" = \"Before\"\n");
    }

    void aRunningDoorStartsAnewWithTheBackup() {
        {
            Running kiosk(QStringLiteral(FACELATCH_KIOSK), common());
            QVERIFY2(reachable(kiosk), qPrintable(kiosk.err()));
            QCOMPARE(run({QStringLiteral("group"), QStringLiteral("add"), QStringLiteral("staff")}).code, 0);
            const Ended written = run({QStringLiteral("backup"), QStringLiteral("write"), at("stick")}, passphrase);
            QVERIFY2(written.code == 0, qPrintable(written.err));
            QCOMPARE(run({QStringLiteral("group"), QStringLiteral("add"), QStringLiteral("others")}).code, 0);
            write("data/settings.local.toml", "\"door.name\" = \"After\"\n");
            const Ended wrong = restore("not the passphrase\n");
            QCOMPARE(wrong.code, 1);
            QVERIFY(kiosk.runs());
            const Ended restored = restore(passphrase);
            QVERIFY2(restored.code == 0, qPrintable(restored.err));
            QVERIFY(restored.out.contains(QStringLiteral("before-restore-")));
            QCOMPARE(kiosk.waitForEnd(deadlineMs), std::optional(0));
        }
        Running kiosk(QStringLiteral(FACELATCH_KIOSK), common());
        QVERIFY2(reachable(kiosk), qPrintable(kiosk.err()));
        QVERIFY2(kiosk.err().contains(QStringLiteral("a backup was restored")), qPrintable(kiosk.err()));
        const Ended groups = run({QStringLiteral("group"), QStringLiteral("list")});
        QVERIFY2(groups.out.contains(QStringLiteral("staff")), qPrintable(groups.out + groups.err));
        QVERIFY2(!groups.out.contains(QStringLiteral("others")), qPrintable(groups.out));
        QCOMPARE(run({QStringLiteral("log"), QStringLiteral("verify")}).code, 0);
        QCOMPARE(run({QStringLiteral("audit"), QStringLiteral("verify")}).code, 0);
        QFile settings(at("data/settings.local.toml"));
        QVERIFY(settings.open(QIODevice::ReadOnly));
        QVERIFY(settings.readAll().contains("Before"));
        QCOMPARE(kiosk.end(), std::optional(0));
    }

private:
    QString at(const char* name) const { return m_folder->filePath(QLatin1String(name)); }
    void write(const char* name, const QByteArray& content) const {
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(content);
    }
    /// Without models the door is out of service, and its data are open all the same.
    QStringList common() const {
        return {QStringLiteral("--data"),     at("data"),
                QStringLiteral("--settings"), at("settings.toml"),
                QStringLiteral("--set"),      QStringLiteral("recognition.models_dir=") + at("models")};
    }
    Ended run(const QStringList& arguments, const QByteArray& typed = {}) const {
        QProcess program;
        program.start(QStringLiteral(FACELATCH_CTL), common() + arguments);
        program.write(typed);
        program.closeWriteChannel();
        const bool ended = program.waitForFinished(deadlineMs) && program.exitStatus() == QProcess::NormalExit;
        return {ended ? program.exitCode() : -1, QString::fromUtf8(program.readAllStandardOutput()),
                QString::fromUtf8(program.readAllStandardError())};
    }
    Ended restore(const char* typed) const {
        const QStringList files = QDir(at("stick")).entryList({QStringLiteral("*.flbackup")}, QDir::Files);
        return files.size() != 1 ? Ended{}
                                 : run({QStringLiteral("backup"), QStringLiteral("restore"),
                                        at("stick") + QLatin1Char('/') + files.first(), QStringLiteral("--yes")},
                                       typed);
    }
    /// From outside: nothing tells when its socket is there and its data are open.
    bool reachable(Running& kiosk) const {
        return kiosk.waitFor([&] { return QFile::exists(at("data/control.sock")) && kiosk.runs(); }, deadlineMs) &&
               kiosk.waitFor(
                   [&] {
                       return run({QStringLiteral("person"), QStringLiteral("list")}).code == 0;
                   },
                   deadlineMs);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestBackupDoor)
#include "tst_backup_door.moc"
