// SPDX-License-Identifier: GPL-3.0-or-later
// Events: committed in order, once, immutable, read back unchanged.
#include "temp_store.h"

#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;

class TestStoreEvents : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersFollowTheOrderOfAppending() {
        TempStore store;
        VERIFY_OK(store.open());
        QVERIFY(store->report().created);
        const core::Person alice = somebody("Alice", "D8E2F1G3");
        std::vector<core::CommittedEvent> committed;
        for (int i = 0; i < 50; ++i) {
            // The clock jumps back and forth; the order of appending is the order of the log.
            const auto result = store->append(i % 3 ? grantedTo(alice, (i * 7919) % 1000) : refusedStranger(-i));
            VERIFY_OK(result);
            QCOMPARE(result->seq, std::int64_t{i + 1});
            QCOMPARE(result->logId, store->logId());
            QVERIFY(!result->provisional);
            committed.push_back(*result);
        }
        const auto reader = store.reader();
        VERIFY_OK(reader);
        const auto page = (*reader)->page({}, {.afterSeq = 0, .beforeSeq = {}}, 1000);
        VERIFY_OK(page);
        QCOMPARE(page->size(), committed.size());
        for (std::size_t i = 0; i < committed.size(); ++i) {
            QCOMPARE((*page)[i].seq, committed[i].seq);
            QVERIFY((*page)[i].event.id == committed[i].event.id);
        }
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        QCOMPARE(verified->events, std::int64_t{50});
    }

    void everyFieldComesBackAsItWas() {
        TempStore store;
        VERIFY_OK(store.open());
        core::Person person = somebody("Zoë 👩‍👩‍👧 <b>'; DROP TABLE event;--", "D8E2F1G3");
        VERIFY_OK(store->addPerson(person, {templateOf(person, 0.5F)}));
        for (const core::ReasonRow& reason : core::reasonRows()) {
            core::Event event = grantedTo(person, 123456789);
            event.reason = reason.reason;
            event.outcome = reason.outcome;
            event.score = 0.1F;
            event.margin = -0.0F;
            event.live = core::LivenessVerdict::Spoof;
            event.source = core::DecisionSource::ExitButton;
            const auto committed = store->append(event, jpeg());
            VERIFY_OK(committed);
            const auto reader = store.reader();
            VERIFY_OK(reader);
            const auto read = (*reader)->byId(event.id);
            VERIFY_OK(read);
            QVERIFY(read->has_value());
            const core::CommittedEvent& back = **read;
            QCOMPARE(back.logId, store->logId());
            QCOMPARE(back.seq, committed->seq);
            QCOMPARE(back.snapshot, committed->snapshot);
            QVERIFY(!back.snapshot.empty());
            QVERIFY(back.event.id == event.id && back.event.visit == event.visit && back.event.person == event.person);
            QCOMPARE(back.event.door, event.door);
            QVERIFY(back.event.time == event.time);
            QCOMPARE(back.event.local, event.local);
            QVERIFY(back.event.outcome == event.outcome && back.event.reason == event.reason);
            QCOMPARE(back.event.personName, event.personName);
            QCOMPARE(back.event.cardId, event.cardId);
            QCOMPARE(*back.event.score, 0.1F);
            QCOMPARE(*back.event.margin, 0.0F);
            QVERIFY(back.event.live == event.live && back.event.source == event.source);
            QCOMPARE(back.event.modelId, event.modelId);
        }
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
    }

    void whatSqliteCannotHoldIsMadeStorableBeforeItIsHashed() {
        TempStore store;
        VERIFY_OK(store.open());
        core::Event event = refusedStranger();
        event.score = std::numeric_limits<float>::quiet_NaN();
        event.margin = std::numeric_limits<float>::infinity();
        event.personName = std::string("a\0b", 3) + "\xff\xfe";
        event.door = std::string("\xc3\x28", 2);
        const auto committed = store->append(event);
        VERIFY_OK(committed);
        QVERIFY(!committed->event.score && !committed->event.margin);
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
    }

    void theSameEventAgainIsTheSameRow() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Event event = refusedStranger();
        const auto first = store->append(event, jpeg());
        VERIFY_OK(first);
        VERIFY_OK(store->append(refusedStranger(1)));
        const auto again = store->append(event, jpeg(5000));
        VERIFY_OK(again);
        QCOMPARE(again->seq, first->seq);
        QCOMPARE(again->snapshot, first->snapshot);
        VERIFY_OK(store.open());
        const auto afterRestart = store->append(event);
        VERIFY_OK(afterRestart);
        QCOMPARE(afterRestart->seq, first->seq);
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        QCOMPARE(verified->events, std::int64_t{2});
    }

    void anEventWithoutIdIsRefused() {
        TempStore store;
        VERIFY_OK(store.open());
        core::Event event = refusedStranger();
        event.id = {};
        const auto refused = store->append(event);
        QVERIFY(!refused);
        QVERIFY(refused.error().kind == core::ErrorKind::Usage);
        QVERIFY(store->health().writable);
    }

    void rowsAreImmutable_data() {
        QTest::addColumn<QByteArray>("statement");
        QTest::newRow("update") << QByteArray("UPDATE event SET score = 0.9 WHERE seq = 1");
        QTest::newRow("update nothing") << QByteArray("UPDATE event SET score = score");
        QTest::newRow("delete") << QByteArray("DELETE FROM event WHERE seq = 2");
        QTest::newRow("replace by number")
            << QByteArray("INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1");
        QTest::newRow("replace by id") << QByteArray(
            "INSERT OR REPLACE INTO event(seq, id, visit, door, time, local, outcome, reason, live, model, "
            "source, prev_hash, hash) SELECT 3, id, visit, door, time, local, outcome, reason, live, model, "
            "source, prev_hash, hash FROM event WHERE seq = 1");
        QTest::newRow("leave a gap") << QByteArray(
            "INSERT INTO event(seq, id, visit, door, time, local, outcome, reason, live, model, source, "
            "prev_hash, hash) SELECT 9, randomblob(16), visit, door, time, local, outcome, reason, live, "
            "model, source, prev_hash, hash FROM event WHERE seq = 1");
        QTest::newRow("rename") << QByteArray("UPDATE event_personal SET name = 'Mallory'");
    }

    void rowsAreImmutable() {
        QFETCH(QByteArray, statement);
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(grantedTo(somebody("Alice"))));
        VERIFY_OK(store->append(refusedStranger()));
        const auto refused = store.tamper({statement.constData()});
        QVERIFY(!refused);
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        QCOMPARE(verified->events, std::int64_t{2});
    }
};

QTEST_GUILESS_MAIN(TestStoreEvents)
#include "tst_store_events.moc"
