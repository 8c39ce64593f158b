// SPDX-License-Identifier: GPL-3.0-or-later
// What a viewer tells, how often, and when it keeps quiet.
#include "app/viewer_notices.h"
#include "viewer_scene.h"

#include <QTest>

using namespace facelatch;
using namespace facelatch::testing;
using app::NoticeRules;
using core::Outcome;
using ui::NoticeKind;

class TstViewerNotices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aVisitIsToldOnceForEachOutcome() {
        NoticeRules rules{QLocale::c()};
        const auto door = viewerDoor();
        const auto first = rules.event(door, viewerEvent(1, {}, 7));
        QVERIFY(first);
        QVERIFY(first->kind == NoticeKind::Refused);
        QVERIFY(first->title.contains(QStringLiteral("Workshop")) && first->title.contains(QStringLiteral("Unknown")));
        QVERIFY(first->text.contains(QStringLiteral("16:13:20")));
        QVERIFY(first->visit == viewerEvent(1, {}, 7).event.visit);
        QVERIFY(!rules.event(door, viewerEvent(2, {}, 7)));
        QVERIFY(!rules.event(door, viewerEvent(3, {}, 7)));
        const auto granted = rules.event(door, viewerEvent(4, "Alice", 7)); // and then let in
        QVERIFY(granted);
        QVERIFY(granted->kind == NoticeKind::Granted);
        QVERIFY(granted->title.contains(QStringLiteral("Alice")));
        QCOMPARE(granted->key, first->key); // it takes the place of the refusal
        QVERIFY(!rules.event(door, viewerEvent(5, "Alice", 7)));
        QVERIFY(rules.event(door, viewerEvent(6, {}, 8)));
        QVERIFY(rules.event(viewerDoor(QStringLiteral("two")), viewerEvent(6, {}, 8)));
    }

    void anEventWithoutItsNumberIsNotToldAgainWithIt() {
        NoticeRules rules{QLocale::c()};
        auto provisional = viewerEvent(1);
        provisional.seq = 0;
        provisional.provisional = true;
        QVERIFY(rules.event(viewerDoor(), provisional));
        QVERIFY(!rules.event(viewerDoor(), viewerEvent(1)));
    }

    void somebodyInTheBackgroundIsNoNews() {
        NoticeRules rules{QLocale::c()};
        auto event = viewerEvent(1);
        event.event.reason = core::Reason::NotClaimant;
        QVERIFY(!rules.event(viewerDoor(), event));
        QVERIFY(!rules.missed(viewerDoor(), event, true));
    }

    void whatWasMissedIsToldTogether() {
        NoticeRules rules{QLocale::c()};
        const auto door = viewerDoor();
        QVERIFY(!rules.missed(door, viewerEvent(1, {}, 1), false));
        QVERIFY(!rules.missed(door, viewerEvent(2, {}, 1), false));
        QVERIFY(!rules.missed(door, viewerEvent(3, "Alice", 2), false));
        QVERIFY(!rules.missed(door, viewerEvent(4, {}, 3), false));
        QVERIFY(!rules.missed(door, viewerEvent(5, {}, 4), false));
        const auto told = rules.missed(door, viewerEvent(6, "Bob", 4), true); // let in after all
        QVERIFY(told);
        QVERIFY2(told->title.contains(QStringLiteral("2")), qPrintable(told->title));
        QVERIFY(told->visit == viewerEvent(4, {}, 3).event.visit);
        QVERIFY(!rules.missed(door, viewerEvent(7, "Bob", 9), true));
        QVERIFY(rules.missed(door, viewerEvent(8, {}, 10), true));
    }

    void aFaultIsToldOnceUntilItIsOver() {
        NoticeRules rules{QLocale::c()};
        auto door = viewerDoor();
        QVERIFY(rules.faults(door).empty());
        door.faults = {{QStringLiteral("no_camera"), true, core::WallTime(core::milliseconds(5))}};
        const auto told = rules.faults(door);
        QCOMPARE(told.size(), std::size_t{1});
        QVERIFY(told.front().kind == NoticeKind::Alarm);
        QVERIFY(!told.front().text.isEmpty() && !told.front().text.contains(QLatin1Char('_')));
        QVERIFY(rules.faults(door).empty()); // another connection tells the state again
        door.faults.push_back({QStringLiteral("one_of_a_newer_door"), false, {}});
        QCOMPARE(rules.faults(door).size(), std::size_t{1});
        door.faults.clear();
        QVERIFY(rules.faults(door).empty());
        door.faults = {{QStringLiteral("no_camera"), true, core::WallTime(core::milliseconds(9))}};
        QCOMPARE(rules.faults(door).size(), std::size_t{1});
    }

    void aRingIsToldWhileItRings() {
        NoticeRules rules{QLocale::c()};
        ui::ViewerRing ring;
        ring.id = QStringLiteral("r");
        const auto told = rules.ring(viewerDoor(), ring);
        QVERIFY(told);
        QVERIFY(told->kind == NoticeKind::Doorbell);
        QCOMPARE(told->key, NoticeRules::keyOfRing(ring.id));
        ring.over = true;
        QVERIFY(!rules.ring(viewerDoor(), ring));
    }

    void quietHours_data() {
        QTest::addColumn<bool>("quiet");
        QTest::addColumn<QTime>("from");
        QTest::addColumn<QTime>("until");
        QTest::addColumn<QTime>("now");
        QTest::addColumn<bool>("silent");
        QTest::newRow("off") << false << QTime(22, 0) << QTime(7, 0) << QTime(23, 0) << false;
        QTest::newRow("before") << true << QTime(22, 0) << QTime(7, 0) << QTime(21, 59, 59) << false;
        QTest::newRow("begins") << true << QTime(22, 0) << QTime(7, 0) << QTime(22, 0) << true;
        QTest::newRow("over midnight") << true << QTime(22, 0) << QTime(7, 0) << QTime(0, 0) << true;
        QTest::newRow("ends") << true << QTime(22, 0) << QTime(7, 0) << QTime(7, 0) << false;
        QTest::newRow("by day, in") << true << QTime(13, 0) << QTime(14, 0) << QTime(13, 30) << true;
        QTest::newRow("by day, out") << true << QTime(13, 0) << QTime(14, 0) << QTime(14, 0) << false;
        QTest::newRow("empty") << true << QTime(13, 0) << QTime(13, 0) << QTime(13, 0) << false;
    }
    void quietHours() {
        QFETCH(bool, quiet);
        QFETCH(QTime, from);
        QFETCH(QTime, until);
        QFETCH(QTime, now);
        QFETCH(bool, silent);
        ui::ViewerSettings settings;
        settings.quiet = quiet;
        settings.quietFrom = from;
        settings.quietUntil = until;
        for (const NoticeKind kind : {NoticeKind::Refused, NoticeKind::Doorbell}) {
            QCOMPARE(app::tellsOnDesktop(settings, kind, now), !silent);
            QCOMPARE(app::tellsBySound(settings, kind, now), !silent);
        }
        QVERIFY(app::tellsOnDesktop(settings, NoticeKind::Alarm, now)); // an alarm is seen at night as well
        QCOMPARE(app::tellsBySound(settings, NoticeKind::Alarm, now), !silent);
        QVERIFY(!app::tellsOnDesktop(settings, NoticeKind::Granted, now)); // unless somebody wants it
        settings.notices = {{{false, true}, {false, false}, {true, false}, {true, true}}};
        QVERIFY(!app::tellsOnDesktop(settings, NoticeKind::Refused, now));
        QVERIFY(!app::tellsOnDesktop(settings, NoticeKind::Alarm, now));
        QVERIFY(!app::tellsBySound(settings, NoticeKind::Doorbell, now));
        QCOMPARE(app::tellsOnDesktop(settings, NoticeKind::Granted, now), !silent);
    }
};

QTEST_MAIN(TstViewerNotices)
#include "tst_viewer_notices.moc"
