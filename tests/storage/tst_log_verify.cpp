// SPDX-License-Identifier: GPL-3.0-or-later
// The chain: what somebody with a database browser does to the log shows, and what may be erased does not break it.
#include "temp_store.h"

#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;

class TestLogVerify : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tamperingIsFound_data() {
        QTest::addColumn<QList<QByteArray>>("statements");
        QTest::addColumn<qint64>("brokenSeq");
        QTest::addColumn<QString>("says");
        const auto statements = [](std::initializer_list<const char*> list) {
            QList<QByteArray> all{"DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete",
                                  "DROP TRIGGER event_in_order", "DROP TRIGGER event_personal_no_update"};
            for (const char* statement : list)
                all << statement;
            return all;
        };
        QTest::newRow("score edited") << statements({"UPDATE event SET score = 0.99 WHERE seq = 4"}) << qint64{4}
                                      << "was changed";
        QTest::newRow("score removed") << statements({"UPDATE event SET score = NULL WHERE seq = 4"}) << qint64{4}
                                       << "was changed";
        QTest::newRow("outcome edited") << statements({"UPDATE event SET outcome = 'denied' WHERE seq = 2"})
                                        << qint64{2} << "was changed";
        QTest::newRow("time edited") << statements({"UPDATE event SET time = time + 1 WHERE seq = 1"}) << qint64{1}
                                     << "was changed";
        QTest::newRow("unknown reason") << statements({"UPDATE event SET reason = 'friend' WHERE seq = 3"}) << qint64{3}
                                        << "unknown reason";
        QTest::newRow("row deleted") << statements({"DELETE FROM event_personal WHERE seq = 3",
                                                    "DELETE FROM snapshot WHERE seq = 3",
                                                    "DELETE FROM event WHERE seq = 3"})
                                     << qint64{3} << "event 3 is missing";
        QTest::newRow("first row deleted") << statements({"PRAGMA foreign_keys=OFF", "DELETE FROM event WHERE seq = 1"})
                                           << qint64{1} << "event 1 is missing";
        QTest::newRow("last row deleted") << statements({"PRAGMA foreign_keys=OFF", "DELETE FROM event WHERE seq = 6"})
                                          << qint64{6} << "the end was cut off";
        QTest::newRow("rows swapped") << statements({"PRAGMA foreign_keys=OFF",
                                                     "UPDATE event SET seq = 100 WHERE seq = 2",
                                                     "UPDATE event SET seq = 2 WHERE seq = 3",
                                                     "UPDATE event SET seq = 3 WHERE seq = 100"})
                                      << qint64{2} << "was changed";
        QTest::newRow("row deleted and closed up")
            << statements({"PRAGMA foreign_keys=OFF", "DELETE FROM event WHERE seq = 3",
                           "UPDATE event SET seq = 3 WHERE seq = 4"})
            << qint64{3} << "was changed";
        QTest::newRow("name edited") << statements({"UPDATE event_personal SET name = 'Mallory' WHERE seq = 2"})
                                     << qint64{2} << "the name of event 2";
        QTest::newRow("card edited") << statements({"UPDATE event_personal SET card = 'FFFF' WHERE seq = 2"})
                                     << qint64{2} << "the card of event 2";
        QTest::newRow("person exchanged")
            << statements({"UPDATE event_personal SET person = randomblob(16) WHERE seq = 2"}) << qint64{2}
            << "the person of event 2";
        QTest::newRow("name taken out") << statements({"UPDATE event_personal SET name = NULL WHERE seq = 2"})
                                        << qint64{2} << "the name of event 2";
        QTest::newRow("name put to a stranger")
            << statements({"INSERT INTO event_personal(seq, name, salt) VALUES(5, 'Alice', randomblob(16))"})
            << qint64{5} << "the name of event 5";
        QTest::newRow("picture's row leads elsewhere")
            << statements({"UPDATE event SET snapshot = '../../etc/passwd' WHERE seq = 2"}) << qint64{2}
            << "was changed";
    }

    void tamperingIsFound() {
        QFETCH(QList<QByteArray>, statements);
        QFETCH(qint64, brokenSeq);
        QFETCH(QString, says);
        TempStore store;
        fill(store);
        if (QTest::currentTestFailed())
            return;
        std::vector<const char*> list;
        for (const QByteArray& statement : statements)
            list.push_back(statement.constData());
        VERIFY_OK(store.tamper(list));
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY(!verified->intact);
        QVERIFY2(QString::fromStdString(verified->why).contains(says), verified->why.c_str());
        QCOMPARE(verified->firstBrokenSeq.value_or(0), std::int64_t{brokenSeq});
    }

    /// Somebody who also computes the hash of the changed row anew still breaks the link to the next one.
    void aRowWithItsHashComputedAnewBreaksTheChain() {
        TempStore store;
        fill(store);
        TempStore other;
        VERIFY_OK(other.open());
        for (int i = 0; i < 6; ++i)
            VERIFY_OK(other->append(refusedStranger(i)));
        other.close();
        store.close();
        const QByteArray attach = "ATTACH '" + QByteArray::fromStdString(other.database()) + "' AS other";
        VERIFY_OK(store.tamper({"PRAGMA foreign_keys=OFF", "DROP TRIGGER event_no_update",
                                "DROP TRIGGER event_no_delete", "DROP TRIGGER event_in_order", attach.constData(),
                                "DELETE FROM event_personal WHERE seq = 1", "DELETE FROM event WHERE seq = 1",
                                "INSERT INTO event SELECT * FROM other.event WHERE seq = 1"}));
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY(!verified->intact);
        QCOMPARE(verified->firstBrokenSeq.value_or(0), std::int64_t{2});
        QVERIFY2(QString::fromStdString(verified->why).contains(QLatin1String("does not follow")),
                 verified->why.c_str());
    }

    void picturesAreChecked() {
        TempStore store;
        fill(store);
        const auto reader = store.reader();
        VERIFY_OK(reader);
        const auto event = (*reader)->bySeq(2);
        VERIFY_OK(event);
        const std::string path = storage::snapshotPath(store.path(), (*event)->snapshot);
        QByteArray content = contentOf(path);
        QVERIFY(content.size() > 3000);
        content[1000] = static_cast<char>(content[1000] ^ 1);
        QVERIFY(writeContent(path, content));
        auto verified = store.verify();
        VERIFY_OK(verified);
        QCOMPARE(verified->why, std::string("the picture of event 2 was changed: it does not fit its SHA-256"));
        QVERIFY(QFile::remove(QString::fromStdString(path)));
        verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY(!verified->intact);
        QCOMPARE(verified->firstBrokenSeq.value_or(0), std::int64_t{2});
        QVERIFY2(verified->why.starts_with("the picture of event 2 is missing"), verified->why.c_str());
    }

    void erasingPersonalFieldsKeepsTheChain() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice Liddell", "D8E2F1G3"), bob = somebody("Bob");
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}));
        VERIFY_OK(store->addPerson(bob, {templateOf(bob, 0.6F)}));
        for (int i = 0; i < 10; ++i)
            VERIFY_OK(store->append(grantedTo(i % 2 ? alice : bob, i), jpeg()));
        const auto removal = store->removePerson(alice.id, storage::Names::Erase, at(100));
        VERIFY_OK(removal);
        QCOMPARE(removal->events, std::int64_t{5});
        QCOMPARE(removal->templates, std::int64_t{1});
        QCOMPARE(removal->pictures, std::int64_t{5});
        QVERIFY(removal->olderCopies.empty());
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        QCOMPARE(verified->erased, std::int64_t{5});
        QCOMPARE(verified->pictures, std::int64_t{5});
        QCOMPARE(verified->picturesDropped, std::int64_t{5});
        store.close();
        const QByteArray everything = everythingIn(store.path());
        QVERIFY(!everything.contains("Liddell"));
        QVERIFY(!everything.contains("D8E2F1G3"));
        QVERIFY(everything.contains("Bob"));
    }

    void aRolledBackDatabaseGetsANewLogId() {
        TempStore store;
        fill(store);
        const std::string before = store->logId();
        store.close();
        const QByteArray copy = contentOf(store.database());
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(refusedStranger(99), jpeg()));
        store.close();
        QVERIFY(writeContent(store.database(), copy));
        const auto cut = store.verify();
        VERIFY_OK(cut);
        QVERIFY(!cut->intact);
        VERIFY_OK(store.open());
        QVERIFY(store->report().newLogId);
        QVERIFY(store->logId() != before);
        QCOMPARE(store->report().notes.size(), std::size_t{2}); // and the picture of the lost event was kept
        const auto committed = store->append(refusedStranger(100));
        VERIFY_OK(committed);
        QCOMPARE(committed->seq, std::int64_t{7});
        QCOMPARE(committed->logId, store->logId());
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
    }

    void verifyingCanBeGivenUp() {
        TempStore store;
        VERIFY_OK(store.open());
        for (int i = 0; i < 1001; ++i)
            VERIFY_OK(store->append(refusedStranger(i)));
        const auto reader = store.reader();
        VERIFY_OK(reader);
        std::int64_t seen = 0;
        QVERIFY(!(*reader)->verify([&seen](std::int64_t rows) {
            seen = rows;
            return false;
        }));
        QCOMPARE(seen, std::int64_t{1000});
    }

private:
    /// Six events; the second and fourth are a known person with a picture.
    static void fill(TempStore& store) {
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice", "D8E2F1G3");
        for (int i = 1; i <= 6; ++i)
            VERIFY_OK(i % 2 || i > 4 ? store->append(refusedStranger(i)) : store->append(grantedTo(alice, i), jpeg()));
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        QCOMPARE(verified->events, std::int64_t{6});
        QCOMPARE(verified->pictures, std::int64_t{2});
    }
};

QTEST_GUILESS_MAIN(TestLogVerify)
#include "tst_log_verify.moc"
