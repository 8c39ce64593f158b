// SPDX-License-Identifier: GPL-3.0-or-later
// Two kiosks on one data folder, starts after a kill, and a wall clock that jumps by ten years under a running door.
#include "tests/app/real_door.h"

#include <QDateTime>
#include <QFile>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <array>
#include <csignal>

using namespace facelatch::testing;

namespace {

constexpr int patience = 60'000;
constexpr std::int64_t tenYearsMs = std::int64_t{3652} * 24 * 3600 * 1000;

QDateTime timeOf(const QJsonObject& event) {
    return QDateTime::fromString(event.value(u"time").toString(), Qt::ISODateWithMs);
}

} // namespace

class TestFaultsStart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (const QString missing = RealDoor::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }
    void aSecondKioskIsTurnedAwayAndTheFirstUndisturbed();
    void aStaleLockFileIsNoObstacle();
    void ofTwoStartingAtOnceOneRuns();
    void theClockJumpsByTenYears();

private:
    static bool waitForMore(Running& kiosk, std::size_t events) {
        const std::size_t before = RealDoor::committed(kiosk).size();
        return kiosk.waitFor([&] { return RealDoor::committed(kiosk).size() >= before + events; }, patience);
    }
};

void TestFaultsStart::aSecondKioskIsTurnedAwayAndTheFirstUndisturbed() {
    RealDoor door;
    QVERIFY(door.prepare() && door.enrolAlice());
    auto first = door.start();
    QVERIFY2(waitForMore(*first, 1), qPrintable(first->err()));
    for (int i = 0; i < 3; ++i) {
        auto second = door.start();
        QCOMPARE(second->waitForEnd(patience), std::optional(5));
        QVERIFY2(
            second->err().contains(QStringLiteral("already runs on this data folder (process %1)").arg(first->pid())),
            qPrintable(second->err()));
        QVERIFY(second->events().empty());
    }
    // facelatch-ctl beside it works through it.
    const Ended people = door.ctl({QStringLiteral("person"), QStringLiteral("list")});
    QVERIFY2(people.code == 0 && people.out.contains(QStringLiteral("Alice")), qPrintable(people.err));
    const int releases = door.lockd().releases();
    QVERIFY2(waitForMore(*first, 2), qPrintable(first->err()));
    QVERIFY(first->waitFor([&] { return door.lockd().releases() > releases; }, patience));
    QVERIFY(!first->screens().contains(QStringLiteral("outOfService")));
    QVERIFY(RealDoor::provisional(*first).empty());
    QCOMPARE(first->end(), std::optional(0));
    const QString wrong = door.wrongWithLog(RealDoor::committed(*first));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestFaultsStart::aStaleLockFileIsNoObstacle() {
    RealDoor door;
    QVERIFY(door.prepare() && door.enrolAlice());
    std::vector<QJsonObject> acknowledged;
    for (int round = 0; round < 2; ++round) {
        auto kiosk = door.start();
        QVERIFY2(waitForMore(*kiosk, 1), qPrintable(kiosk->err()));
        kiosk->signal(SIGKILL);
        QVERIFY(kiosk->waitFor([&] { return !kiosk->runs(); }, patience));
        QVERIFY(QFile::exists(door.data() + QStringLiteral("/facelatch.lock")));
        for (const QJsonObject& event : RealDoor::committed(*kiosk))
            acknowledged.push_back(event);
    }
    const QString wrong = door.wrongWithLog(acknowledged);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestFaultsStart::ofTwoStartingAtOnceOneRuns() {
    RealDoor door;
    QVERIFY(door.prepare() && door.enrolAlice());
    std::vector<QJsonObject> acknowledged;
    for (int round = 0; round < 4; ++round) {
        std::array<std::unique_ptr<Running>, 2> both{door.start(), door.start()};
        const auto one = [&] { return both[0]->runs() != both[1]->runs(); };
        QVERIFY(both[0]->waitFor([&] { return both[1]->read(), one(); }, patience));
        Running& left = *both[both[0]->runs() ? 0 : 1];
        Running& turnedAway = *both[both[0]->runs() ? 1 : 0];
        QCOMPARE(turnedAway.waitForEnd(patience), std::optional(5));
        QVERIFY(turnedAway.events().empty());
        QVERIFY2(waitForMore(left, 1), qPrintable(left.err()));
        QCOMPARE(left.end(), std::optional(0));
        for (const QJsonObject& event : RealDoor::committed(left))
            acknowledged.push_back(event);
    }
    const QString wrong = door.wrongWithLog(acknowledged);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestFaultsStart::theClockJumpsByTenYears() {
    RealDoor door;
    QVERIFY(door.prepare() && door.enrolAlice());
    const QDateTime real = QDateTime::currentDateTimeUtc();
    std::vector<QJsonObject> acknowledged;
    QSet<QString> ids;
    // Ahead and back under a running door, then a start in the past and one in the future.
    const std::vector<std::vector<std::int64_t>> starts{
        {0, tenYearsMs, -tenYearsMs, 0}, {-tenYearsMs}, {tenYearsMs, 0}};
    for (const auto& jumps : starts) {
        door.switches().clockMs = jumps.front();
        auto kiosk = door.start();
        for (const std::int64_t jump : jumps) {
            door.switches().clockMs = jump;
            QVERIFY2(waitForMore(*kiosk, 1), qPrintable(kiosk->err())); // it may have been decided before the jump
            const std::size_t from = RealDoor::committed(*kiosk).size();
            const int releases = door.lockd().releases();
            QVERIFY2(waitForMore(*kiosk, 3), qPrintable(kiosk->err()));
            QVERIFY2(kiosk->waitFor([&] { return door.lockd().releases() > releases; }, patience),
                     qPrintable(kiosk->err()));
            const auto events = RealDoor::committed(*kiosk);
            for (std::size_t i = from; i < events.size(); ++i) {
                // The event says the time it had; its identity is of that time, and nobody else's.
                const qint64 off = real.addMSecs(jump).secsTo(timeOf(events[i]));
                QVERIFY2(off > -5 && off < 1200, qPrintable(events[i].value(u"time").toString()));
                const QString id = events[i].value(u"id").toString();
                QCOMPARE(id.left(8).toLongLong(nullptr, 16) >> 2, (timeOf(events[i]).toMSecsSinceEpoch() >> 16) >> 2);
                QCOMPARE(id.at(14), QLatin1Char('7'));
            }
        }
        QVERIFY(!kiosk->screens().contains(QStringLiteral("outOfService")));
        QVERIFY(RealDoor::provisional(*kiosk).empty());
        QCOMPARE(kiosk->end(), std::optional(0));
        for (const QJsonObject& event : RealDoor::committed(*kiosk)) {
            acknowledged.push_back(event);
            ids.insert(event.value(u"id").toString());
        }
    }
    QCOMPARE(static_cast<std::size_t>(ids.size()), acknowledged.size());
    for (std::size_t i = 0; i < acknowledged.size(); ++i)
        QCOMPARE(acknowledged[i].value(u"seq").toInteger(), static_cast<qint64>(i + 1));
    const QString wrong = door.wrongWithLog(acknowledged);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));

    // Each release ran its strike time: the lock knows only time that never jumps.
    bool before = false;
    qint64 since = 0;
    for (const FakeLockd::Level& level : door.lockd().levels()) {
        if (level.released && !before)
            since = level.ns;
        if (!level.released && before)
            QVERIFY(level.ns - since < 3LL * RealDoor::strikeMs * 1'000'000 + 2'000'000'000);
        before = level.released;
    }
    // No picture went by its date, and one moment's events are found among the others.
    const Ended verified = door.ctl({QStringLiteral("log"), QStringLiteral("verify")});
    const auto withPicture = std::count_if(acknowledged.begin(), acknowledged.end(),
                                           [](const QJsonObject& event) { return !event.value(u"snapshot").isNull(); });
    QVERIFY2(verified.out.contains(QStringLiteral(" %1 pictures").arg(withPicture)), qPrintable(verified.out));
    const QString future = real.addMSecs(tenYearsMs / 2).toString(Qt::ISODate);
    const Ended ahead = door.ctl(
        {QStringLiteral("log"), QStringLiteral("list"), QStringLiteral("--json"), QStringLiteral("--since"), future});
    const auto inTheFuture = std::count_if(acknowledged.begin(), acknowledged.end(), [&](const QJsonObject& event) {
        return timeOf(event) > real.addMSecs(tenYearsMs / 2);
    });
    QVERIFY(inTheFuture > 0);
    QCOMPARE(ahead.out.count(u'\n'), static_cast<qsizetype>(inTheFuture));
}

QTEST_GUILESS_MAIN(TestFaultsStart)
#include "tst_faults_start.moc"
