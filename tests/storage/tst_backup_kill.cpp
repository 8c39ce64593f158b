// SPDX-License-Identifier: GPL-3.0-or-later
// A kill, or a disk that fails, at every write of a backup and of a restore: all old or all new, and never half a file.
#include "backup_scene.h"
#include "faults.h"

#include <QtTest>

#include <cerrno>
#include <sys/wait.h>
#include <unistd.h>

using namespace facelatch;
using namespace facelatch::test;

namespace {

/// An operation has fewer writes than this; reaching it means that the fault never came.
constexpr int manyWrites = 2000;

bool copyFolder(const std::string& from, const std::string& to) {
    for (const auto& [path, content] : filesBelow(from)) {
        const QString target = QString::fromStdString(to + path.substr(from.size()));
        if (!QDir().mkpath(QFileInfo(target).path()) || !writeContent(target.toStdString(), content))
            return false;
        if (path.ends_with(".key"))
            QFile::setPermissions(target, QFile::ReadOwner);
    }
    return true;
}

/// Runs `work` in a process of its own that dies at its nth write below `folder`. Whether it died so.
template<typename Work>
bool killedAt(const std::string& folder, int nth, Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
        armFault(folder, nth, EIO, Fault::Kill);
        work();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

QStringList backupsIn(const QTemporaryDir& stick) {
    return QDir(stick.path()).entryList({QStringLiteral("*.flbackup")}, QDir::Files);
}

} // namespace

#define VERIFY_AT(condition, at) QVERIFY2(condition, (at).constData())
#define VERIFY_OK_AT(result, at)                                                                                       \
    do {                                                                                                               \
        const auto& once = (result);                                                                                   \
        QVERIFY2(bool(once), once ? "" : ((at) + ": " + facelatch::test::why(once.error())).constData());              \
    } while (false)

class TestBackupKill : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKilledBackupLeavesNoHalfFileUnderItsName() {
        OldDoor old(2);
        VERIFY_OK(old.opened());
        for (const bool onTheStick : {true, false}) {
            int nth = 1, whole = 0;
            for (bool killed = true; killed; ++nth) {
                QVERIFY(nth < manyWrites);
                const QTemporaryDir stick(fastFolder() + QStringLiteral("/facelatch-stick-XXXXXX"));
                const std::string folder = stick.path().toStdString();
                const QByteArray at = "killed at write " + QByteArray::number(nth);
                killed = killedAt(onTheStick ? folder : old.store.path(), nth,
                                  [&] { (void)storage::writeBackup(backupOf(old.store, folder)); });
                for (const QString& name : backupsIn(stick)) {
                    ++whole;
                    VERIFY_OK_AT(storage::inspectBackup(folder + '/' + name.toStdString(), goodPassphrase), at);
                }
                // The next one is not hindered, and clears up.
                VERIFY_OK_AT(storage::writeBackup(backupOf(old.store, folder)), at);
                VERIFY_AT(QDir(stick.path()).entryList(QDir::Files | QDir::Hidden) == backupsIn(stick), at);
            }
            qInfo("killed at each of %d writes", nth - 2);
            QVERIFY(nth > 4);
            QVERIFY(whole > 0);
        }
    }

    void aFailingStickLeavesNoFile() {
        OldDoor old(2);
        VERIFY_OK(old.opened());
        for (const int error : {ENOSPC, EIO, EROFS}) {
            for (const bool onTheStick : {true, false}) {
                int nth = 1, failures = 0;
                for (bool reached = true; reached; ++nth) {
                    QVERIFY(nth < manyWrites);
                    const QTemporaryDir stick(fastFolder() + QStringLiteral("/facelatch-stick-XXXXXX"));
                    const QByteArray at = QByteArray::number(error) + " at write " + QByteArray::number(nth);
                    armFault(onTheStick ? stick.path().toStdString() : old.store.path(), nth, error, Fault::Once);
                    const auto written = storage::writeBackup(backupOf(old.store, stick.path().toStdString()));
                    reached = disarmFault() >= nth;
                    if (!written) {
                        ++failures;
                        VERIFY_AT(!written.error().what.empty(), at);
                    }
                    for (const QString& name : backupsIn(stick))
                        VERIFY_OK_AT(storage::inspectBackup(stick.path().toStdString() + '/' + name.toStdString(),
                                                            goodPassphrase),
                                     at);
                    VERIFY_AT(written || backupsIn(stick).size() <= 1, at);
                }
                QVERIFY(failures > 3);
            }
        }
        const auto verified = old.store.verify();
        VERIFY_OK(verified);
        QVERIFY(verified->intact);
    }

    /// Also through the opening that puts it in place, and the openings after that.
    void aKilledRestoreIsAllOldOrAllNew() {
        OldDoor old(2);
        VERIFY_OK(old.opened());
        const QTemporaryDir stick;
        const auto written = storage::writeBackup(backupOf(old.store, stick.path().toStdString()));
        VERIFY_OK(written);
        const QTemporaryDir model(fastFolder() + QStringLiteral("/facelatch-model-XXXXXX"));
        const core::Person carol = somebody("Carol");
        {
            TempStore store(testOptions(), fastFolder());
            VERIFY_OK(store.open());
            VERIFY_OK(store->addPerson(carol, {templateOf(carol, 0.9F)}));
            VERIFY_OK(store->append(grantedTo(carol), jpeg()));
            QVERIFY(writeContent(store.file(storage::localSettingsFile), "old"));
            store.close();
            QVERIFY(copyFolder(store.path(), model.path().toStdString()));
        }
        int nth = 1, olds = 0, news = 0;
        for (bool killed = true; killed; ++nth) {
            QVERIFY(nth < manyWrites);
            const QByteArray at = "killed at write " + QByteArray::number(nth);
            TempStore store(testOptions(), fastFolder());
            QVERIFY(copyFolder(model.path().toStdString(), store.path()));
            killed = killedAt(store.path(), nth, [&] {
                if (storage::restoreBackup(restoreTo(store, written->file)))
                    (void)store.open();
            });
            // Killed again, in the middle of making it good.
            (void)killedAt(store.path(), 1 + nth % 7, [&] { (void)store.open(); });
            VERIFY_OK_AT(store.open(), at);
            const auto people = store->people();
            VERIFY_OK_AT(people, at);
            const bool isNew = people->size() == 2;
            ++(isNew ? news : olds);
            VERIFY_AT(isNew || people->front().name == "Carol", at);
            VERIFY_AT(contentOf(store.file(storage::localSettingsFile)) == (isNew ? someSettings : "old"), at);
            const auto templates = store->templates("");
            VERIFY_OK_AT(templates, at);
            VERIFY_AT(templates->templates.size() == (isNew ? 3 : 1) && templates->unreadable.empty(), at);
            const auto verified = store.verify();
            VERIFY_OK_AT(verified, at);
            VERIFY_AT(verified->intact && verified->events == (isNew ? 2 : 1) && verified->pictures == (isNew ? 2 : 1),
                      at + ": " + QByteArray::fromStdString(verified->why));
            const QStringList left = QDir(QString::fromStdString(store.path())).entryList(QDir::Dirs);
            VERIFY_AT(!left.contains(QLatin1String(storage::restoreWorkFolder)), at);
            VERIFY_AT(!left.contains(QLatin1String(storage::restoreReadyFolder)), at);
            const QStringList aside = left.filter(QLatin1String(storage::asidePrefix));
            VERIFY_AT(aside.size() == (isNew ? 1 : 0), at);
            if (isNew)
                VERIFY_AT(QFile::exists(QString::fromStdString(store.path()) + QLatin1Char('/') + aside.front() +
                                        QStringLiteral("/facelatch.db")),
                          at);
            VERIFY_OK_AT(store->append(refusedStranger(5), jpeg()), at);
            if (QTest::currentTestFailed())
                return;
        }
        qInfo("killed at each of %d writes: %d times all old, %d times all new", nth - 2, olds, news);
        QVERIFY(olds > 20 && news > 5);
    }

    void aRestoreOnAFailingDiskIsAllOldOrAllNew() {
        OldDoor old(2);
        VERIFY_OK(old.opened());
        const QTemporaryDir stick;
        const auto written = storage::writeBackup(backupOf(old.store, stick.path().toStdString()));
        VERIFY_OK(written);
        for (const int error : {ENOSPC, EIO}) {
            int nth = 1, failures = 0;
            for (bool reached = true; reached; ++nth) {
                QVERIFY(nth < manyWrites);
                const QByteArray at = QByteArray::number(error) + " at write " + QByteArray::number(nth);
                TempStore store(testOptions(), fastFolder());
                VERIFY_OK_AT(store.open(), at);
                armFault(store.path(), nth, error, Fault::Once);
                const bool restored = bool(storage::restoreBackup(restoreTo(store, written->file)));
                const bool opened = bool(store.open());
                reached = disarmFault() >= nth;
                failures += restored && opened ? 0 : 1;
                VERIFY_OK_AT(store.open(), at);
                const auto people = store->people();
                VERIFY_OK_AT(people, at);
                VERIFY_AT(people->size() == (restored ? 2 : 0) || (!restored && people->size() == 2), at);
                const auto verified = store.verify();
                VERIFY_OK_AT(verified, at);
                VERIFY_AT(verified->intact, at + ": " + QByteArray::fromStdString(verified->why));
            }
            QVERIFY(failures > 20);
        }
    }
};

QTEST_GUILESS_MAIN(TestBackupKill)
#include "tst_backup_kill.moc"
