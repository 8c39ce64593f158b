// SPDX-License-Identifier: GPL-3.0-or-later
// The log's reader: pages, filters, cursors, beside a writer that goes on.
#include "temp_store.h"

#include <QtTest>

#include <set>
#include <thread>

using namespace facelatch;
using namespace facelatch::test;
using storage::EventFilter;

namespace {

constexpr int eventCount = 600;

std::vector<std::int64_t> seqs(const std::vector<core::CommittedEvent>& events) {
    std::vector<std::int64_t> out;
    for (const auto& event : events)
        out.push_back(event.seq);
    return out;
}

} // namespace

class TestLogReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_store = std::make_unique<TempStore>(testOptions(), fastFolder());
        VERIFY_OK(m_store->open());
        m_people = {somebody("Alice", "A1"), somebody("Bob", "B1"), somebody("Alice")};
        core::Uuid7 visit;
        for (int i = 0; i < eventCount; ++i) {
            // The clock goes back by an hour in the middle.
            const std::int64_t ms = i * 1000 - (i >= eventCount / 2 ? 3'600'000 : 0);
            core::Event event =
                i % 3 == 0 ? refusedStranger(ms) : grantedTo(m_people[static_cast<std::size_t>(i) % 4 % 3], ms);
            if (i % 10 == 0) {
                event.reason = core::Reason::LivenessFailed;
                event.outcome = core::Outcome::Denied;
            }
            if (i % 6 == 0)
                visit = newId();
            event.visit = visit;
            VERIFY_OK((*m_store)->append(event));
            m_events.push_back(event);
        }
    }

    void cleanupTestCase() { m_store.reset(); }

    void withoutADatabaseItIsNotFound() {
        const QTemporaryDir dir;
        const auto missing = storage::LogReader::open(dir.path().toStdString());
        QVERIFY(!missing);
        QVERIFY(missing.error().kind == core::ErrorKind::NotFound);
        QVERIFY(QDir(dir.path()).isEmpty());
    }

    void cursorsGoBothWaysWithoutGapsOrRepeats() {
        const auto reader = m_store->reader();
        VERIFY_OK(reader);
        std::vector<std::int64_t> forward, backward;
        std::int64_t after = 0;
        for (;;) {
            const auto page = (*reader)->page({}, {.afterSeq = after, .beforeSeq = {}}, 77);
            VERIFY_OK(page);
            if (page->empty())
                break;
            for (const auto seq : seqs(*page))
                forward.push_back(seq);
            after = forward.back();
        }
        storage::PageCursor cursor;
        for (;;) {
            const auto page = (*reader)->page({}, cursor, 100);
            VERIFY_OK(page);
            if (page->empty())
                break;
            for (const auto seq : seqs(*page))
                backward.push_back(seq);
            cursor.beforeSeq = backward.back();
        }
        std::reverse(backward.begin(), backward.end());
        QVERIFY(forward == backward);
        QCOMPARE(forward.size(), std::size_t{eventCount});
        QCOMPARE(forward.front(), std::int64_t{1});
        QCOMPARE(*(*reader)->lastSeq(), std::int64_t{eventCount});
        QCOMPARE((*reader)->logId(), (*m_store)->logId());
        const auto between = (*reader)->page({}, {.afterSeq = 10, .beforeSeq = 14}, 100);
        VERIFY_OK(between);
        QVERIFY(seqs(*between) == (std::vector<std::int64_t>{11, 12, 13}));
    }

    void theNewestBackupIsTold() {
        const auto reader = m_store->reader();
        VERIFY_OK(reader);
        QVERIFY(!*(*reader)->lastBackup());
        for (int hour = 1; hour <= 2; ++hour) {
            storage::AuditNote note;
            note.action = "backup.write";
            note.after = hour == 1 ? R"({"file":"/media/A/1"})" : R"({"file":"/media/A/2"})";
            VERIFY_OK((*m_store)->noteAction(note, {"the test", at(hour)}));
            VERIFY_OK((*m_store)->noteAction({"lock.test", "door", {}, {}, {}, {}}, {"the test", at(hour)}));
        }
        const auto last = (*reader)->lastBackup();
        VERIFY_OK(last);
        QVERIFY(*last && (*last)->when == at(2));
        QCOMPARE((*last)->after, std::string(R"({"file":"/media/A/2"})"));
    }

    /// Every combination of filters against a plain walk over what was appended.
    void filtersFindExactlyWhatHolds() {
        const auto reader = m_store->reader();
        VERIFY_OK(reader);
        for (int mask = 0; mask < 128; ++mask) {
            EventFilter filter;
            if (mask & 1)
                filter.since = m_events[100].time;
            if (mask & 2)
                filter.until = m_events[250].time;
            if (mask & 4)
                filter.person = m_people[0].id;
            if (mask & 8)
                filter.personName = "Alice";
            if (mask & 16)
                filter.outcome = core::Outcome::Denied;
            if (mask & 32)
                filter.reason = core::Reason::LivenessFailed;
            if (mask & 64)
                filter.visit = m_events[121].visit;
            std::vector<std::int64_t> expected;
            for (std::size_t i = 0; i < m_events.size(); ++i) {
                const core::Event& event = m_events[i];
                if ((!filter.since || event.time >= *filter.since) && (!filter.until || event.time < *filter.until) &&
                    (!filter.person || event.person == filter.person) &&
                    (!filter.personName || event.personName == *filter.personName) &&
                    (!filter.outcome || event.outcome == *filter.outcome) &&
                    (!filter.reason || event.reason == *filter.reason) &&
                    (!filter.visit || event.visit == *filter.visit))
                    expected.push_back(static_cast<std::int64_t>(i + 1));
            }
            const auto ascending = (*reader)->page(filter, {.afterSeq = 0, .beforeSeq = {}}, 1000);
            VERIFY_OK(ascending);
            QVERIFY2(seqs(*ascending) == expected, QByteArray::number(mask).constData());
            auto descending = (*reader)->page(filter, {}, 1000);
            VERIFY_OK(descending);
            std::reverse(descending->begin(), descending->end());
            QVERIFY2(seqs(*descending) == expected, QByteArray::number(mask).constData());
            const auto count = (*reader)->count(filter);
            VERIFY_OK(count);
            QCOMPARE(*count, static_cast<std::int64_t>(expected.size()));
        }
    }

    void textInFiltersIsOnlyText() {
        const auto reader = m_store->reader();
        VERIFY_OK(reader);
        for (const char* name : {"' OR 1=1 --", "%", "*", "Alice\"", "", "alice"}) {
            EventFilter filter;
            filter.personName = name;
            const auto page = (*reader)->page(filter, {}, 10);
            VERIFY_OK(page);
            QVERIFY2(page->empty(), name);
        }
    }

    void aPageHasALimit() {
        const auto reader = m_store->reader();
        VERIFY_OK(reader);
        for (const int limit : {0, -1, 1001, std::numeric_limits<int>::max()})
            QVERIFY((*reader)->page({}, {}, limit).error().kind == core::ErrorKind::Usage);
        QVERIFY(
            (*reader)->page({}, {.afterSeq = std::numeric_limits<std::int64_t>::max(), .beforeSeq = {}}, 10)->empty());
        QVERIFY(
            (*reader)->page({}, {.afterSeq = {}, .beforeSeq = std::numeric_limits<std::int64_t>::min()}, 10)->empty());
        QVERIFY(!(*reader)->bySeq(0)->has_value());
        QVERIFY(!(*reader)->bySeq(eventCount + 1)->has_value());
        QVERIFY(!(*reader)->byId(newId())->has_value());
        QVERIFY((*reader)->bySeq(5).value()->event.id == m_events[4].id);
    }

    void aReaderInItsOwnThreadSeesOnlyWholeEventsInOrder() {
        TempStore store(testOptions(), fastFolder());
        VERIFY_OK(store.open());
        std::string problem;
        std::thread follower([&] {
            const auto reader = store.reader();
            std::int64_t after = 0;
            while (reader && after < 300) {
                const auto page = (*reader)->page({}, {.afterSeq = after, .beforeSeq = {}}, 50);
                if (!page) {
                    problem = page.error().text();
                    return;
                }
                for (const auto& event : *page)
                    if (event.seq != ++after)
                        problem = "event " + std::to_string(event.seq) + " after " + std::to_string(after - 1);
            }
            if (!reader)
                problem = reader.error().text();
        });
        for (int i = 0; i < 300; ++i) {
            const auto committed = store->append(refusedStranger(i));
            if (!committed)
                problem = committed.error().text();
        }
        follower.join();
        QCOMPARE(problem, std::string());
    }

private:
    std::unique_ptr<TempStore> m_store;
    std::vector<core::Person> m_people;
    std::vector<core::Event> m_events;
};

QTEST_GUILESS_MAIN(TestLogReader)
#include "tst_log_reader.moc"
