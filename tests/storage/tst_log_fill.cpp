// SPDX-License-Identifier: GPL-3.0-or-later
// A filled log is one like any other: chained, readable, and the store goes on behind it.
#include "temp_store.h"

#include "storage/log_fill.h"

using namespace facelatch;
using namespace facelatch::test;

class TestLogFill : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filledLogIsWhole();
    void nothingToFill();
    void missingDatabaseIsSaid();
};

void TestLogFill::filledLogIsWhole() {
    TempStore store;
    VERIFY_OK(store.open());
    const core::Person alice = somebody("Alice", "C1");
    VERIFY_OK(store->append(grantedTo(alice)));
    store.close();
    constexpr std::int64_t rows = 20'500; // more than one transaction's
    VERIFY_OK(storage::fillLog(store.folder(), rows, [&](std::int64_t i) {
        return i % 5 == 0 ? refusedStranger(i * 1000) : grantedTo(alice, i * 1000);
    }));
    const auto verified = store.verify();
    VERIFY_OK(verified);
    QVERIFY2(verified->intact, verified->why.c_str());
    QCOMPARE(verified->events, rows + 1);
    VERIFY_OK(store.open());
    QVERIFY(!store->report().salvaged && !store->report().newLogId);
    const auto next = store->append(refusedStranger());
    VERIFY_OK(next);
    QCOMPARE(next->seq, rows + 2);
    const auto reader = store.reader();
    VERIFY_OK(reader);
    storage::EventFilter ofAlice;
    ofAlice.person = alice.id;
    const auto count = (*reader)->count(ofAlice);
    VERIFY_OK(count);
    QCOMPARE(*count, 1 + rows * 4 / 5);
}

void TestLogFill::nothingToFill() {
    TempStore store;
    VERIFY_OK(store.open());
    store.close();
    VERIFY_OK(storage::fillLog(store.folder(), 0, [](std::int64_t i) { return refusedStranger(i); }));
    const auto verified = store.verify();
    VERIFY_OK(verified);
    QCOMPARE(verified->events, 0);
}

void TestLogFill::missingDatabaseIsSaid() {
    const TempStore store;
    const auto filled = storage::fillLog(store.folder(), 1, [](std::int64_t i) { return refusedStranger(i); });
    QVERIFY(!filled);
    QVERIFY(QByteArray::fromStdString(filled.error().text()).contains(store.path().c_str()));
}

QTEST_GUILESS_MAIN(TestLogFill)
#include "tst_log_fill.moc"
