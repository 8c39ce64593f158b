// SPDX-License-Identifier: GPL-3.0-or-later
// The log by visits: each once, by every filter, in pages that fit together; by an index, never by a walk over all.
#include "storage/log_fill.h"
#include "temp_store.h"

#include <QtTest>

#include <algorithm>
#include <map>

using namespace facelatch;
using namespace facelatch::test;
using storage::EventFilter;
using storage::VisitLine;

namespace {

constexpr int eventCount = 900;

/// Two faces at a time, so that visits interleave; every seventh ends in a grant, every fifth begins with one.
std::vector<core::Event> busyDays(const std::vector<core::Person>& people) {
    std::vector<core::Event> events;
    std::array<core::Uuid7, 2> visits{newId(), newId()};
    std::array<int, 2> left{3, 5}, number{0, 1};
    int next = 2;
    for (int i = 0; i < eventCount; ++i) {
        const auto face = static_cast<std::size_t>(i) % 2;
        // The clock goes back by an hour in the middle.
        const std::int64_t ms = i * 60'000 - (i >= eventCount / 2 ? 3'600'000 : 0);
        const core::Person& person = people[static_cast<std::size_t>(number[face]) % people.size()];
        const bool last = --left[face] == 0;
        const bool grant = (number[face] % 7 == 0 && last) || (number[face] % 5 == 0 && left[face] > 1);
        core::Event event = grant || number[face] % 3 == 0 ? grantedTo(person, ms) : refusedStranger(ms);
        event.outcome = grant ? core::Outcome::Granted : core::Outcome::Denied;
        event.reason = grant                   ? core::Reason::Face
                       : number[face] % 3 == 0 ? core::Reason::OutOfSchedule
                       : i % 11 == 0           ? core::Reason::LivenessFailed
                                               : core::Reason::UnknownPerson;
        event.visit = visits[face];
        events.push_back(event);
        if (last) {
            visits[face] = newId();
            number[face] = next++;
            left[face] = 1 + number[face] % 9;
        }
    }
    return events;
}

bool matches(const core::Event& event, const EventFilter& filter) {
    return (!filter.since || event.time >= *filter.since) && (!filter.until || event.time < *filter.until) &&
           (!filter.person || event.person == filter.person) &&
           (!filter.personName || event.personName == *filter.personName) &&
           (!filter.outcome || event.outcome == *filter.outcome) && (!filter.reason || event.reason == *filter.reason);
}

/// Keys of the visits by a plain walk, newest first.
std::vector<std::int64_t> expectedKeys(const std::vector<core::Event>& events, const EventFilter& filter) {
    std::map<core::Uuid7, bool> granted, seen;
    for (const core::Event& event : events)
        granted[event.visit] = granted[event.visit] || event.outcome == core::Outcome::Granted;
    std::vector<std::int64_t> keys;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const core::Event& event = events[i];
        if (!matches(event, filter) || std::exchange(seen[event.visit], true))
            continue;
        if (filter.outcome != core::Outcome::Denied || !granted[event.visit])
            keys.push_back(static_cast<std::int64_t>(i + 1));
    }
    std::reverse(keys.begin(), keys.end());
    return keys;
}

std::vector<std::int64_t> keysOf(const std::vector<VisitLine>& lines) {
    std::vector<std::int64_t> keys;
    for (const VisitLine& line : lines)
        keys.push_back(line.key);
    return keys;
}

} // namespace

class TestLogVisits : public QObject {
    Q_OBJECT

    std::unique_ptr<TempStore> m_store;
    std::vector<core::Person> m_people;
    std::vector<core::Event> m_events;

private Q_SLOTS:
    void initTestCase() {
        m_store = std::make_unique<TempStore>(testOptions(), fastFolder());
        VERIFY_OK(m_store->open());
        m_people = {somebody("Alice", "A1"), somebody("Bob", "B1"), somebody("Alice")};
        m_events = busyDays(m_people);
        for (const core::Event& event : m_events)
            VERIFY_OK((*m_store)->append(event));
    }
    void cleanupTestCase() { m_store.reset(); }

    void everyFilterFindsEachVisitOnce() {
        const auto reader = m_store->reader();
        VERIFY_OK(reader);
        int found = 0;
        for (int mask = 0; mask < 96; ++mask) {
            EventFilter filter;
            if (mask & 1)
                filter.since = m_events[100].time;
            if (mask & 2)
                filter.until = m_events[700].time;
            if (mask & 4)
                filter.person = m_people[0].id;
            if (mask & 8)
                filter.personName = "Alice";
            if (mask & 16)
                filter.reason = core::Reason::OutOfSchedule;
            if (mask / 32 == 1)
                filter.outcome = core::Outcome::Denied;
            if (mask / 32 == 2)
                filter.outcome = core::Outcome::Granted;
            const auto expected = expectedKeys(m_events, filter);
            found += static_cast<int>(expected.size());
            std::vector<std::int64_t> keys; // in pages of 7, as one scrolls
            std::optional<std::int64_t> below;
            do {
                const auto page = (*reader)->visits(filter, below, 7);
                VERIFY_OK(page);
                QVERIFY(page->visits.size() <= 7);
                for (const std::int64_t key : keysOf(page->visits))
                    keys.push_back(key);
                QVERIFY(!page->below || !below || *page->below < *below); // it always goes on
                below = page->below;
            } while (below);
            QVERIFY2(keys == expected, QByteArray::number(mask).constData());
        }
        QVERIFY(found > 1000);
    }

    void aLineSaysWhatCameOfTheVisit() {
        const auto reader = m_store->reader();
        VERIFY_OK(reader);
        const auto page = (*reader)->visits({}, {}, 1000);
        VERIFY_OK(page);
        int refusedFirst = 0;
        for (const VisitLine& line : page->visits) {
            std::vector<core::Event> visit;
            for (const core::Event& event : m_events)
                if (event.visit == line.first.event.visit)
                    visit.push_back(event);
            const auto grant = std::find_if(visit.begin(), visit.end(), [](const core::Event& event) {
                return event.outcome == core::Outcome::Granted;
            });
            QVERIFY(line.shown.event.id == (grant != visit.end() ? grant->id : visit.back().id));
            QVERIFY(line.first.event.id == visit.front().id);
            QCOMPARE(line.events, static_cast<std::int64_t>(visit.size()));
            QVERIFY(line.snapshot.empty());
            refusedFirst += grant != visit.end() && grant != visit.begin();
        }
        QVERIFY(refusedFirst > 0);
    }

    void theLinesPictureIsThatOfItsOutcomeElseTheVisitsNewest() {
        TempStore store;
        VERIFY_OK(store.open());
        core::Event refused = refusedStranger(1), granted = grantedTo(m_people[0], 2), plain = refusedStranger(3);
        granted.person.reset(); // nobody of this store
        granted.visit = plain.visit = refused.visit;
        core::Event stranger = refusedStranger(4), still = refusedStranger(5);
        still.visit = stranger.visit;
        VERIFY_OK(store->append(refused, jpeg()));
        const auto withPicture = store->append(granted, jpeg());
        VERIFY_OK(withPicture);
        VERIFY_OK(store->append(plain));
        const auto first = store->append(stranger, jpeg());
        VERIFY_OK(store->append(still));
        const auto reader = store.reader();
        const auto page = (*reader)->visits({}, {}, 10);
        VERIFY_OK(page);
        QCOMPARE(page->visits.size(), std::size_t{2});
        QCOMPARE(page->visits[0].snapshot, first->snapshot);
        QVERIFY(!first->snapshot.empty());
        QCOMPARE(page->visits[1].snapshot, withPicture->snapshot);
        QVERIFY(page->visits[1].shown.event.outcome == core::Outcome::Granted);
    }

    void daysAndPeople() {
        const auto reader = m_store->reader();
        VERIFY_OK(reader);
        const auto span = (*reader)->span();
        VERIFY_OK(span);
        const auto [least, most] = std::minmax_element(m_events.begin(), m_events.end(),
                                                       [](const auto& a, const auto& b) { return a.time < b.time; });
        QVERIFY((**span).first == least->time && (**span).second == most->time);
        QVERIFY(*(*reader)->anyBetween(least->time, least->time + core::milliseconds(1)));
        QVERIFY(!*(*reader)->anyBetween(least->time + core::milliseconds(1), least->time + core::milliseconds(2)));
        QVERIFY(!*(*reader)->anyBetween(most->time + core::milliseconds(1), most->time + std::chrono::hours(9999)));
        const auto people = (*reader)->people();
        VERIFY_OK(people);
        QCOMPARE(people->size(), std::size_t{3});
        QCOMPARE((*people)[0].name, std::string("Alice"));
        QCOMPARE((*people)[1].name, std::string("Alice"));
        QVERIFY((*people)[0].id != (*people)[1].id);
        QCOMPARE((*people)[2].name, std::string("Bob"));
    }

    void anEmptyLogHasNeither() {
        TempStore store;
        VERIFY_OK(store.open());
        const auto reader = store.reader();
        const auto page = (*reader)->visits({}, {}, 10);
        VERIFY_OK(page);
        QVERIFY(page->visits.empty() && !page->below);
        QVERIFY(!(*reader)->span()->has_value());
        QVERIFY((*reader)->people()->empty());
        QVERIFY((*reader)->visits({}, {}, 0).error().kind == core::ErrorKind::Usage);
        QVERIFY((*reader)->visits({}, {}, 1001).error().kind == core::ErrorKind::Usage);
    }

    /// Where hardly anything is found, a page ends early and says where to go on: the reader is never busy for long.
    void whatIsRareIsSearchedInStretches() {
        TempStore store(testOptions(), fastFolder());
        VERIFY_OK(store.open());
        store.close();
        constexpr std::int64_t rows = 90'000;
        VERIFY_OK(storage::fillLog(store.folder(), rows, [&](std::int64_t i) {
            return i == 5 ? grantedTo(m_people[0], i) : refusedStranger(i);
        }));
        const auto reader = store.reader();
        EventFilter granted;
        granted.outcome = core::Outcome::Granted;
        std::optional<std::int64_t> below;
        int pages = 0;
        std::vector<std::int64_t> keys;
        do {
            const auto page = (*reader)->visits(granted, below, 50);
            VERIFY_OK(page);
            ++pages;
            for (const auto key : keysOf(page->visits))
                keys.push_back(key);
            below = page->below;
        } while (below);
        QVERIFY(keys == std::vector<std::int64_t>{6});
        QVERIFY2(pages >= 2, QByteArray::number(pages).constData());
        const auto newest = (*reader)->visits({}, {}, 50);
        QCOMPARE(newest->visits.front().key, rows);
        QCOMPARE(newest->visits.size(), std::size_t{50});
        QCOMPARE(*newest->below, newest->visits.back().key);
    }

    void noFilterWalksTheWholeLog_data() {
        QTest::addColumn<int>("mask");
        QTest::addColumn<QString>("by");
        QTest::newRow("all") << 0 << QStringLiteral("SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
        QTest::newRow("day") << 1 << QStringLiteral("SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
        QTest::newRow("outcome") << 2 << QStringLiteral("SEARCH e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
        QTest::newRow("reason") << 4
                                << QStringLiteral(
                                       "SEARCH e USING INDEX event_reason (reason=? AND rowid>? AND rowid<?)");
        QTest::newRow("person")
            << 8
            << QStringLiteral("SEARCH p USING COVERING INDEX event_personal_person (person=? AND seq>? AND seq<?)");
        QTest::newRow("everything")
            << 15
            << QStringLiteral("SEARCH p USING COVERING INDEX event_personal_person (person=? AND seq>? AND seq<?)");
    }
    void noFilterWalksTheWholeLog() {
        QFETCH(int, mask);
        QFETCH(QString, by);
        EventFilter filter;
        if (mask & 1) {
            filter.since = at(0);
            filter.until = at(1);
        }
        if (mask & 2)
            filter.outcome = core::Outcome::Denied;
        if (mask & 4)
            filter.reason = core::Reason::OutOfSchedule;
        if (mask & 8)
            filter.person = m_people[0].id;
        const auto reader = m_store->reader();
        const auto plan = (*reader)->planOfVisits(filter);
        VERIFY_OK(plan);
        QStringList lines;
        for (const std::string& line : *plan)
            lines << QString::fromStdString(line);
        const QString all = lines.join(QLatin1Char('\n'));
        QVERIFY2(lines.contains(by), qPrintable(all));
        QVERIFY2(!all.contains(QLatin1String("SCAN")), qPrintable(all));        // a walk over a table
        QVERIFY2(!all.contains(QLatin1String("TEMP B-TREE")), qPrintable(all)); // sorting what is found
    }
};

QTEST_GUILESS_MAIN(TestLogVisits)
#include "tst_log_visits.moc"
