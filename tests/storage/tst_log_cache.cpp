// SPDX-License-Identifier: GPL-3.0-or-later
// A viewer's copy of a log: appended once, resumed by its cursor, bounded, and made anew after damage.
#include "temp_store.h"

#include "storage/event_schema.h"
#include "storage/log_cache.h"

#include <QFileInfo>
#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;
using storage::CacheCursor;
using storage::CacheOptions;
using storage::CacheReport;
using storage::LogCache;

namespace {

const std::string logA = "018f0000-0000-7000-8000-00000000000a", logB = "018f0000-0000-7000-8000-00000000000b";

core::CommittedEvent committed(std::int64_t seq, const std::string& logId, const std::string& name = "Alice") {
    core::CommittedEvent event;
    event.event = name.empty() ? refusedStranger(seq * 1000) : grantedTo(somebody(name), seq * 1000);
    event.event.cardId.clear(); // a door does not send it
    event.seq = seq;
    event.logId = logId;
    if (seq % 2 == 0)
        event.snapshot = "picture-" + std::to_string(seq);
    return event;
}

std::vector<core::CommittedEvent> batch(std::int64_t first, std::int64_t last, const std::string& logId = logA) {
    std::vector<core::CommittedEvent> events;
    for (std::int64_t seq = first; seq <= last; ++seq)
        events.push_back(committed(seq, logId, seq % 3 == 0 ? "" : seq % 3 == 1 ? "Alice" : "Éloïse"));
    return events;
}

std::vector<std::int64_t> kept(const LogCache& cache) {
    std::vector<std::int64_t> seqs;
    const auto reader = cache.reader();
    const auto page = reader ? (*reader)->page({}, {.afterSeq = 0, .beforeSeq = {}}, 1000)
                             : core::Result<std::vector<core::CommittedEvent>>(reader.error());
    if (page)
        for (const auto& event : *page)
            seqs.push_back(event.seq);
    return seqs;
}

} // namespace

class TestLogCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whyADoorWasOpenedFromAfarIsKept() {
        auto cache = open();
        core::CommittedEvent opened = committed(1, logA, "Office");
        opened.event.note = "parcel";
        VERIFY_OK(cache->append(logA, {opened, committed(2, logA)}));
        const auto reader = cache->reader();
        VERIFY_OK(reader);
        QCOMPARE((*reader)->bySeq(1)->value().event.note, std::string("parcel"));
        QVERIFY((*reader)->bySeq(2)->value().event.note.empty());
    }

    void init() { m_dir = std::make_unique<QTemporaryDir>(fastFolder() + QStringLiteral("/facelatch-test-XXXXXX")); }

    void theFirstEventsMayBeginAnywhere() {
        auto cache = open();
        QVERIFY(m_report.made);
        QVERIFY(!cache->cursor());
        const auto appended = cache->append(logA, batch(501, 510));
        VERIFY_OK(appended);
        QCOMPARE(appended->added, 10);
        QVERIFY(!appended->anotherLog);
        QVERIFY(cache->cursor() == (CacheCursor{logA, 510}));
        const auto all = kept(*cache);
        QCOMPARE(all.front(), std::int64_t{501});
        QCOMPARE(all.size(), std::size_t{10});
    }

    void everyFieldComesBackAsItWas() {
        auto cache = open();
        core::CommittedEvent whole = committed(2, logA);
        whole.event.score = 0.123456F;
        whole.event.visit = newId();
        whole.event.note = "parcel";
        core::CommittedEvent bare = committed(3, logA, "");
        bare.event.score.reset();
        VERIFY_OK(cache->append(logA, {whole, bare}));
        const auto reader = cache->reader();
        VERIFY_OK(reader);
        QCOMPARE((*reader)->logId(), logA);
        const auto found = (*reader)->bySeq(2);
        VERIFY_OK(found);
        QVERIFY(found->has_value());
        const core::Event& event = (*found)->event;
        QVERIFY(event.id == whole.event.id && event.visit == whole.event.visit && event.person == whole.event.person);
        QCOMPARE(event.personName, whole.event.personName);
        QCOMPARE(event.door, whole.event.door);
        QCOMPARE(event.local, whole.event.local);
        QCOMPARE(event.modelId, whole.event.modelId);
        QVERIFY(event.time == whole.event.time && event.score == whole.event.score && event.live == whole.event.live);
        QVERIFY(event.reason == whole.event.reason && event.outcome == whole.event.outcome);
        QCOMPARE(event.note, std::string("parcel"));
        QCOMPARE((*found)->snapshot, std::string("picture-2"));
        QCOMPARE((*found)->logId, logA);
        const auto other = (*reader)->bySeq(3);
        VERIFY_OK(other);
        QVERIFY(!(*other)->event.score && !(*other)->event.person && (*other)->snapshot.empty());
    }

    void whatIsKnownIsPassedOver() {
        auto cache = open();
        VERIFY_OK(cache->append(logA, batch(1, 10)));
        auto again = cache->append(logA, batch(1, 10));
        VERIFY_OK(again);
        QCOMPARE(again->added, 0);
        again = cache->append(logA, batch(6, 14)); // half of it is new
        VERIFY_OK(again);
        QCOMPARE(again->added, 4);
        QCOMPARE(kept(*cache).size(), std::size_t{14});
        QVERIFY(cache->cursor() == (CacheCursor{logA, 14}));
        VERIFY_OK(cache->append(logA, {}));
        QVERIFY(cache->cursor() == (CacheCursor{logA, 14}));
    }

    void aGapOrADisorderChangesNothing_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("a gap after the cursor") << 0;
        QTest::newRow("a gap inside") << 1;
        QTest::newRow("backwards") << 2;
        QTest::newRow("twice the same") << 3;
        QTest::newRow("provisional") << 4;
        QTest::newRow("of another log") << 5;
        QTest::newRow("without a log") << 6;
    }
    void aGapOrADisorderChangesNothing() {
        QFETCH(int, what);
        auto cache = open();
        VERIFY_OK(cache->append(logA, batch(1, 10)));
        std::vector<core::CommittedEvent> events = batch(11, 15);
        std::string log = logA;
        auto kind = core::ErrorKind::Conflict;
        switch (what) {
        case 0:
            events = batch(12, 15);
            break;
        case 1:
            events.erase(events.begin() + 2);
            break;
        case 2:
            std::reverse(events.begin(), events.end());
            break;
        case 3:
            events.insert(events.begin(), events.front());
            break;
        case 4:
            events[3].provisional = true;
            kind = core::ErrorKind::Usage;
            break;
        case 5:
            events[3].logId = logB;
            kind = core::ErrorKind::Usage;
            break;
        default:
            log.clear();
            kind = core::ErrorKind::Usage;
        }
        const auto refused = cache->append(log, events);
        QVERIFY(!refused);
        QVERIFY(refused.error().kind == kind);
        QVERIFY(!cache->damaged());
        QVERIFY(cache->cursor() == (CacheCursor{logA, 10}));
        QCOMPARE(kept(*cache).size(), std::size_t{10});
        VERIFY_OK(cache->append(logA, batch(11, 15)));
    }

    void anotherLogTakesThePlaceOfTheOld() {
        auto cache = open();
        VERIFY_OK(cache->append(logA, batch(1, 50)));
        const auto appended = cache->append(logB, batch(1, 3, logB));
        VERIFY_OK(appended);
        QVERIFY(appended->anotherLog);
        QCOMPARE(appended->added, 3);
        QVERIFY(kept(*cache) == (std::vector<std::int64_t>{1, 2, 3}));
        const auto reader = cache->reader();
        VERIFY_OK(reader);
        QCOMPARE((*reader)->logId(), logB);
        QCOMPARE((*reader)->bySeq(1)->value().logId, logB);
    }

    void aNewLogWithoutEventsIsOneToo() {
        auto cache = open();
        VERIFY_OK(cache->append(logA, batch(1, 5)));
        VERIFY_OK(cache->append(logB, {}));
        QVERIFY(cache->cursor() == (CacheCursor{logB, 0}));
        QVERIFY(kept(*cache).empty());
        VERIFY_OK(cache->append(logB, batch(1, 2, logB)));
    }

    void itGoesOnAfterAnotherStart() {
        VERIFY_OK(open()->append(logA, batch(1, 20)));
        auto cache = open();
        QVERIFY(!m_report.made && m_report.setAside.empty());
        QVERIFY(cache->cursor() == (CacheCursor{logA, 20}));
        QCOMPARE(kept(*cache).size(), std::size_t{20});
        VERIFY_OK(cache->append(logA, batch(21, 22)));
    }

    void onlySoManyAreKept() {
        auto cache = open({.rows = 25});
        for (std::int64_t first = 1; first <= 91; first += 10)
            VERIFY_OK(cache->append(logA, batch(first, first + 9)));
        const auto all = kept(*cache);
        QCOMPARE(all.size(), std::size_t{25});
        QCOMPARE(all.front(), std::int64_t{76});
        QCOMPARE(all.back(), std::int64_t{100});
        auto names = (*cache->reader())->namesWith("");
        VERIFY_OK(names);
        QCOMPARE(names->size(), std::size_t{2});
    }

    void filesAreForTheOwnerAlone() {
        auto cache = open();
        VERIFY_OK(cache->append(logA, batch(1, 5)));
        const QFileInfo file(m_dir->filePath(QStringLiteral("door/events.db")));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(file.exists());
        QVERIFY(!(file.permissions() & others));
        QVERIFY(!(QFileInfo(file.path()).permissions() & (others | QFile::ExeGroup | QFile::ExeOther)));
        for (const QFileInfo& beside : QDir(file.path()).entryInfoList(QDir::Files))
            QVERIFY2(!(beside.permissions() & others), qPrintable(beside.fileName()));
    }

    void aDamagedOneIsSetAsideAndMadeAnew_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("noise at the beginning") << 0;
        QTest::newRow("noise in the middle") << 1;
        QTest::newRow("cut off") << 2;
        QTest::newRow("another program's") << 3;
        QTest::newRow("a text") << 4;
    }
    void aDamagedOneIsSetAsideAndMadeAnew() {
        QFETCH(int, what);
        VERIFY_OK(open()->append(logA, batch(1, 500)));
        const std::string file = m_dir->filePath(QStringLiteral("door/events.db")).toStdString();
        QByteArray content = contentOf(file);
        QVERIFY(content.size() > 20'000);
        if (what == 0)
            content.replace(0, 100, QByteArray(100, '\x5a'));
        else if (what == 1)
            content.replace(content.size() / 2, 9000, QByteArray(9000, '\x5a'));
        else if (what == 2)
            content.truncate(content.size() / 3);
        else if (what == 3)
            content.replace(68, 4, "ABCD"); // its application id
        else
            content = "These are no events.\n";
        QVERIFY(writeContent(file, content));
        auto cache = open();
        QVERIFY(m_report.made);
        QVERIFY(!m_report.setAside.empty());
        QCOMPARE(contentOf(m_report.setAside), content);
        QVERIFY(!cache->cursor());
        VERIFY_OK(cache->append(logA, batch(400, 410)));
        QCOMPARE(kept(*cache).size(), std::size_t{11});
    }

    void anEmptyFileIsANewOne() {
        QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("door")));
        QVERIFY(writeContent(m_dir->filePath(QStringLiteral("door/events.db")).toStdString(), {}));
        auto cache = open(); // as a kill between two steps leaves it
        QVERIFY(m_report.made && m_report.setAside.empty());
        VERIFY_OK(cache->append(logA, batch(1, 2)));
    }

    void aNewerOneIsRefusedAndLeftAlone() {
        VERIFY_OK(open()->append(logA, batch(1, 5)));
        setVersion(storage::cacheVersion + 1);
        CacheReport report;
        const auto refused = LogCache::open(folder(), {}, report);
        QVERIFY(!refused);
        QVERIFY(refused.error().kind == core::ErrorKind::NewerVersion);
        setVersion(storage::cacheVersion);
        QVERIFY(open()->cursor() == (CacheCursor{logA, 5}));
    }

    void anOlderOneIsMadeAnew() {
        VERIFY_OK(open()->append(logA, batch(1, 5)));
        setVersion(storage::cacheVersion - 1);
        auto cache = open();
        QVERIFY(m_report.made && m_report.setAside.empty());
        QVERIFY(!cache->cursor());
    }

    void clearedItBeginsAgain() {
        auto cache = open();
        VERIFY_OK(cache->append(logA, batch(1, 5)));
        VERIFY_OK(cache->clear());
        QVERIFY(!cache->cursor() && kept(*cache).empty());
        VERIFY_OK(cache->append(logA, batch(90, 91)));
    }

    void aFolderThatCannotBeMadeIsSaid() {
        QVERIFY(writeContent(folder(), "a file in its place"));
        CacheReport report;
        const auto refused = LogCache::open(folder(), {}, report);
        QVERIFY(!refused);
        QVERIFY(!refused.error().remedy.empty());
    }

private:
    std::string folder() const { return m_dir->filePath(QStringLiteral("door")).toStdString(); }
    std::unique_ptr<LogCache> open(const CacheOptions& options = {}) {
        m_report = {};
        auto opened = LogCache::open(folder(), options, m_report);
        if (!opened)
            qFatal("%s", opened.error().text().c_str());
        return *std::move(opened);
    }
    void setVersion(int version) {
        const auto db = storage::SqlConnection::open(m_dir->filePath(QStringLiteral("door/events.db")).toStdString(),
                                                     storage::SqlConnection::Mode::ReadWrite, core::milliseconds(1000));
        VERIFY_OK(db);
        VERIFY_OK((*db)->value(QStringLiteral("PRAGMA user_version=%1").arg(version)));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    CacheReport m_report;
};

QTEST_GUILESS_MAIN(TestLogCache)
#include "tst_log_cache.moc"
