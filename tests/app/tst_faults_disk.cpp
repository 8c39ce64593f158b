// SPDX-License-Identifier: GPL-3.0-or-later
// A whole kiosk on a disk that is full, read-only, broken or slow: the door decides, says what is wrong, and catches
// up.
#include "tests/app/real_door.h"

#include <QFile>
#include <QTest>

#include <cerrno>
#include <csignal>

using namespace facelatch::testing;

namespace {

constexpr int patience = 60'000;

QSet<QString> idsOf(const std::vector<QJsonObject>& events) {
    QSet<QString> ids;
    for (const QJsonObject& event : events)
        ids.insert(event.value(u"id").toString());
    return ids;
}

} // namespace

class TestFaultsDisk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (const QString missing = RealDoor::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }
    void theDoorGoesOnAndCatchesUp_data();
    void theDoorGoesOnAndCatchesUp();
    void picturesFailAndHeal();
    void aDiskThatHangsAtTheStartIsSaid();
    void aDiskThatIsReallyFull();
    void aStartOnAReadOnlyDiskKnowsItsPeople();

private:
    void goOnAndCatchUp(
        RealDoor& door, Running& kiosk, const std::function<void()>& breakIt, const std::function<void()>& mendIt,
        const std::function<void()>& keepBroken = [] {});
};

/// Breaks the disk under a running door, and mends it.
void TestFaultsDisk::goOnAndCatchUp(RealDoor& door, Running& kiosk, const std::function<void()>& breakIt,
                                    const std::function<void()>& mendIt, const std::function<void()>& keepBroken) {
    QVERIFY2(kiosk.waitFor([&] { return RealDoor::granted(RealDoor::committed(kiosk)) > 0; }, patience),
             qPrintable(kiosk.err()));
    breakIt();
    const int releases = door.lockd().releases();
    QElapsedTimer sinceBroken;
    sinceBroken.start();
    const auto stillBroken = [&](bool condition) {
        keepBroken();
        return condition;
    };
    QVERIFY2(kiosk.waitFor([&] { return stillBroken(kiosk.err().contains(QStringLiteral("log_not_writable: "))); },
                           patience),
             qPrintable(kiosk.err()));
    qInfo("the alarm stood %.1f s after the disk broke (somebody comes by every 2.2 s)",
          static_cast<double>(sinceBroken.elapsed()) / 1000);
    // People are let in, and what is decided is told.
    QVERIFY2(kiosk.waitFor([&] { return stillBroken(RealDoor::granted(RealDoor::provisional(kiosk)) > 1); }, patience),
             qPrintable(kiosk.err()));
    QVERIFY(kiosk.waitFor([&] { return stillBroken(door.lockd().releases() > releases + 1); }, patience));
    QVERIFY(!kiosk.screens().contains(QStringLiteral("outOfService")));

    mendIt();
    QVERIFY2(kiosk.waitForText(QStringLiteral("log_not_writable is over"), patience), qPrintable(kiosk.err()));
    const QSet<QString> promised = idsOf(RealDoor::provisional(kiosk));
    QVERIFY2(kiosk.waitFor([&] { return idsOf(RealDoor::committed(kiosk)).contains(promised); }, patience),
             qPrintable(kiosk.err()));
    const auto committed = RealDoor::committed(kiosk);
    for (std::size_t i = 0; i < committed.size(); ++i) {
        QCOMPARE(committed[i].value(u"seq").toInteger(), static_cast<qint64>(i + 1));
        if (i > 0)
            QVERIFY(committed[i].value(u"time").toString() >= committed[i - 1].value(u"time").toString());
    }
}

void TestFaultsDisk::theDoorGoesOnAndCatchesUp_data() {
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("syncMs");
    QTest::addColumn<int>("places");
    QTest::newRow("full") << ENOSPC << 0 << static_cast<int>(OnDatabase);
    QTest::newRow("read-only") << EROFS << 0 << static_cast<int>(OnDatabase | OnSnapshots);
    QTest::newRow("broken") << EIO << 0 << static_cast<int>(OnDatabase);
    QTest::newRow("syncs take 5 s") << 0 << 5000 << static_cast<int>(OnDatabase);
    QTest::newRow("a picture's sync hangs") << 0 << 3'600'000 << static_cast<int>(OnSnapshots);
}

void TestFaultsDisk::theDoorGoesOnAndCatchesUp() {
    QFETCH(int, error);
    QFETCH(int, syncMs);
    QFETCH(int, places);
    RealDoor door;
    QVERIFY(door.prepare() && door.enrolAlice());
    auto kiosk = door.start();
    const auto breakIt = [&] { error != 0 ? door.fail(error, places) : door.slowDown(syncMs, places); };
    goOnAndCatchUp(door, *kiosk, breakIt, [&] {
        // Whom the door knows can be asked, whatever the disk refuses.
        if (error != 0) {
            const Ended people = door.ctl({QStringLiteral("person"), QStringLiteral("list")});
            QVERIFY2(people.code == 0 && people.out.contains(QStringLiteral("Alice")), qPrintable(people.err));
        }
        door.mend();
    });
    if (QTest::currentTestFailed())
        return;
    kiosk->signal(SIGKILL);
    QVERIFY(kiosk->waitFor([&] { return !kiosk->runs(); }, patience));
    const QString wrong = door.wrongWithLog(RealDoor::committed(*kiosk));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestFaultsDisk::picturesFailAndHeal() {
    RealDoor door;
    QVERIFY(door.prepare() && door.enrolAlice());
    door.fail(EIO, OnSnapshots);
    auto kiosk = door.start();
    QVERIFY2(kiosk->waitForText(QStringLiteral("pictures_not_written: "), patience), qPrintable(kiosk->err()));
    QVERIFY(kiosk->waitFor([&] { return RealDoor::committed(*kiosk).size() > 2; }, patience));
    for (const QJsonObject& event : RealDoor::committed(*kiosk))
        QVERIFY(event.value(u"snapshot").isNull());
    QVERIFY(!kiosk->err().contains(QStringLiteral("log_not_writable")));
    door.mend();
    QVERIFY2(kiosk->waitForText(QStringLiteral("pictures_not_written is over"), patience), qPrintable(kiosk->err()));
    QVERIFY(kiosk->waitFor([&] { return !RealDoor::committed(*kiosk).back().value(u"snapshot").isNull(); }, patience));
    QCOMPARE(kiosk->end(), std::optional(0));
    const QString wrong = door.wrongWithLog(RealDoor::committed(*kiosk));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestFaultsDisk::aDiskThatHangsAtTheStartIsSaid() {
    RealDoor door;
    QVERIFY(door.prepare() && door.enrolAlice());
    QVERIFY(QFile::remove(door.data() + QStringLiteral("/ballast"))); // making it anew is what hangs
    door.slowDown(3'600'000, OnDatabase);
    auto kiosk = door.start();
    QVERIFY2(kiosk->waitForText(QStringLiteral("data_unreadable: the disk has not answered"), patience),
             qPrintable(kiosk->err()));
    QVERIFY(kiosk->waitFor([&] { return kiosk->screens().contains(QStringLiteral("outOfService")); }, patience));
    QCOMPARE(door.lockd().releases(), 0);
    door.mend();
    QVERIFY2(kiosk->waitForText(QStringLiteral("data_unreadable is over"), patience), qPrintable(kiosk->err()));
    QVERIFY2(kiosk->waitFor([&] { return door.lockd().releases() > 0; }, patience), qPrintable(kiosk->err()));
}

void TestFaultsDisk::aDiskThatIsReallyFull() {
    OwnDisk disk(110); // the reserve of 32 MB and as much again beside it
    if (!disk.whyNot().isEmpty())
        QSKIP(qPrintable(disk.whyNot()));
    RealDoor door(disk.path() + QStringLiteral("/data"));
    QVERIFY(door.prepare() && door.enrolAlice());
    auto kiosk = door.start();
    const auto fill = [&] { QVERIFY(disk.fill()); };
    goOnAndCatchUp(
        door, *kiosk,
        [&] {
            fill();
            // First the reserve is given up, and the log goes on; what it gives back is taken, too, in the end.
            QVERIFY2(kiosk->waitForText(QStringLiteral("disk_full: "), patience), qPrintable(kiosk->err()));
            QVERIFY(!kiosk->err().contains(QStringLiteral("log_not_writable")));
        },
        [&] { QVERIFY(disk.empty()); }, fill);
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(kiosk->end(), std::optional(0));
    const QString wrong = door.wrongWithLog(RealDoor::committed(*kiosk));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestFaultsDisk::aStartOnAReadOnlyDiskKnowsItsPeople() {
    OwnDisk disk(110);
    if (!disk.whyNot().isEmpty())
        QSKIP(qPrintable(disk.whyNot()));
    RealDoor door(disk.path() + QStringLiteral("/data"));
    QVERIFY(door.prepare() && door.enrolAlice());
    std::vector<QJsonObject> acknowledged;
    {
        auto kiosk = door.start();
        QVERIFY2(kiosk->waitFor([&] { return !RealDoor::committed(*kiosk).empty(); }, patience),
                 qPrintable(kiosk->err()));
        kiosk->signal(SIGKILL); // its write-ahead log stays behind
        QVERIFY(kiosk->waitFor([&] { return !kiosk->runs(); }, patience));
        acknowledged = RealDoor::committed(*kiosk);
    }
    QVERIFY(disk.makeReadOnly(true));
    const int releases = door.lockd().releases();
    auto kiosk = door.start();
    QVERIFY2(kiosk->waitFor([&] { return RealDoor::granted(RealDoor::provisional(*kiosk)) > 1; }, patience),
             qPrintable(kiosk->err()));
    QVERIFY(kiosk->waitFor([&] { return door.lockd().releases() > releases; }, patience));
    QVERIFY(kiosk->err().contains(QStringLiteral("log_not_writable: ")));
    QVERIFY(!kiosk->err().contains(QStringLiteral("data_unreadable")));
    QVERIFY(disk.makeReadOnly(false));
    QVERIFY2(kiosk->waitForText(QStringLiteral("log_not_writable is over"), patience), qPrintable(kiosk->err()));
    const QSet<QString> promised = idsOf(RealDoor::provisional(*kiosk));
    QVERIFY2(kiosk->waitFor([&] { return idsOf(RealDoor::committed(*kiosk)).contains(promised); }, patience),
             qPrintable(kiosk->err()));
    QCOMPARE(kiosk->end(), std::optional(0));
    for (const QJsonObject& event : RealDoor::committed(*kiosk))
        acknowledged.push_back(event);
    const QString wrong = door.wrongWithLog(acknowledged);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

QTEST_GUILESS_MAIN(TestFaultsDisk)
#include "tst_faults_disk.moc"
