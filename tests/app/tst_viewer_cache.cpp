// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of the copies of several doors' logs: pages without gap or repeat, search, days, people, CSV, pictures.
#include "app/viewer_cache.h"
#include "viewer_scene.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace facelatch;
using namespace facelatch::testing;
using app::ViewerCache;
using app::VisitSearch;

namespace {

const QString one = QStringLiteral("one"), two = QStringLiteral("two");

QByteArray jpeg(int width, int height) {
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    QBuffer buffer;
    image.save(&buffer, "jpeg");
    return buffer.data();
}

} // namespace

class TstViewerCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_cache = std::make_unique<ViewerCache>(app::CacheLimits{.rows = 1000, .pictureBytes = 1 << 20});
        for (const QString& door : {one, two})
            QVERIFY(m_cache->open(door, m_dir->filePath(door)));
    }

    void newsTellHowTheDoorIs() {
        QVERIFY(!m_cache->news(one)->cursor);
        const auto news = m_cache->append(
            one, viewerLog, {viewerEvent(1, "Alice"), viewerEvent(2), viewerEvent(3, {}, 2), viewerEvent(4)});
        QVERIFY2(news, news ? "" : news.error().text().c_str());
        QCOMPARE(news->cursor->seq, std::int64_t{4});
        QCOMPARE(news->last->seq, std::int64_t{4});
        QCOMPARE(news->refusedInARow, 2); // visits, not events
        QCOMPARE(m_cache->append(one, viewerLog, {viewerEvent(5, "Bob")})->refusedInARow, 0);
        QVERIFY(m_cache->append(one, viewerLog, {viewerEvent(9)}).error().kind == core::ErrorKind::Conflict);
        QVERIFY(m_cache->append(QStringLiteral("three"), viewerLog, {viewerEvent(1)}).error().kind ==
                core::ErrorKind::NotFound);
    }

    void pagesOfTwoDoorsHaveNoGapAndNoRepeat() {
        fill();
        for (const int limit : {1, 3, 7, 100}) {
            std::vector<std::pair<QString, std::int64_t>> seen;
            QByteArray below;
            std::optional<core::WallTime> before;
            int pages = 0;
            do {
                const auto page = m_cache->visits({}, below, limit);
                QVERIFY2(page, page ? "" : page.error().text().c_str());
                QVERIFY(page->visits.size() <= static_cast<std::size_t>(limit));
                for (const ui::ViewerVisit& visit : page->visits) {
                    QVERIFY(!before || visit.shown.event.time <= *before);
                    before = visit.shown.event.time;
                    seen.emplace_back(visit.door, visit.shown.seq);
                }
                below = page->below;
                QVERIFY(++pages < 200);
            } while (!below.isEmpty());
            QCOMPARE(seen.size(), std::size_t{60});
            QCOMPARE(std::set(seen.begin(), seen.end()).size(), std::size_t{60});
        }
    }

    void whatComesMeanwhileDoesNotMoveThePagesBelow() {
        fill();
        const auto first = m_cache->visits({}, {}, 10);
        QVERIFY(m_cache->append(two, viewerLog, {viewerEvent(62, "Zoe")}));
        const auto second = m_cache->visits({}, first->below, 50);
        QVERIFY(second);
        QCOMPARE(second->visits.size(), std::size_t{50});
        for (const ui::ViewerVisit& visit : second->visits)
            QVERIFY(visit.shown.event.time < first->visits.back().shown.event.time);
    }

    void filtersHold_data() {
        QTest::addColumn<int>("what");
        QTest::addColumn<int>("visits");
        QTest::newRow("all") << 0 << 60;
        QTest::newRow("one door") << 1 << 30;
        QTest::newRow("refused") << 2 << 20;
        QTest::newRow("a person") << 3 << 20;
        QTest::newRow("words, any capitals") << 4 << 20;
        QTest::newRow("words of a reason") << 5 << 20;
        QTest::newRow("a day") << 6 << 60;
        QTest::newRow("another day") << 7 << 0;
        QTest::newRow("nothing has them") << 8 << 0;
        QTest::newRow("all of them together") << 9 << 10;
    }
    void filtersHold() {
        QFETCH(int, what);
        QFETCH(int, visits);
        fill();
        VisitSearch search;
        ui::VisitQuery& query = search.query;
        switch (what) {
        case 1:
            query.doors = QStringList{one};
            break;
        case 2:
            query.outcome = core::Outcome::Denied;
            break;
        case 3:
            query.person = QStringLiteral("Bob");
            break;
        case 4:
            query.text = QStringLiteral(" ALI ");
            break;
        case 5:
            query.text = QStringLiteral("not rec");
            search.reasons = {core::Reason::UnknownPerson};
            break;
        case 6:
            query.day = QDate(2026, 9, 21);
            break;
        case 7:
            query.day = QDate(2026, 9, 22);
            break;
        case 8:
            query.text = QStringLiteral("nobody at all");
            break;
        case 9:
            query.doors = QStringList{two};
            query.outcome = core::Outcome::Granted;
            query.person = QStringLiteral("Alice");
            query.text = QStringLiteral("alice");
            query.day = QDate(2026, 9, 21);
            break;
        default:
            break;
        }
        const auto page = m_cache->visits(search, {}, 100);
        QVERIFY2(page, page ? "" : page.error().text().c_str());
        QCOMPARE(static_cast<int>(page->visits.size()), visits);
        QVERIFY(page->below.isEmpty());
        const QString file = m_dir->filePath(QStringLiteral("out.csv"));
        const auto rows = m_cache->exportCsv(search, file);
        QVERIFY(rows);
        QCOMPARE(*rows, qint64{visits}); // here each visit is one event
        QFile csv(file);
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readAll().count("\r\n"), visits + 1);
    }

    void peopleDaysAndVisits() {
        fill();
        QCOMPARE(*m_cache->people({}), (QStringList{QStringLiteral("Alice"), QStringLiteral("Bob")}));
        const auto days = m_cache->days({}, QDate(2026, 9, 1));
        QVERIFY(days);
        QCOMPARE(days->days, QSet<int>{21});
        QCOMPARE(days->first, QDate(2026, 9, 21));
        QVERIFY(m_cache->days({}, QDate(2026, 8, 1))->days.isEmpty());
        const auto visit = m_cache->visitEvents(one, viewerEvent(1).event.visit);
        QVERIFY(visit);
        QCOMPARE(visit->events.size(), std::size_t{1});
    }

    void aFileThatCannotBeWrittenIsSaid() {
        const auto refused = m_cache->exportCsv({}, m_dir->filePath(QStringLiteral("no/such/folder.csv")));
        QVERIFY(!refused);
        QVERIFY(!refused.error().remedy.empty());
    }

    void picturesComeBackAtAnySmallerSize() {
        const QString name = QStringLiteral("2026/picture");
        QVERIFY(m_cache->picture(one, name, 100).isNull());
        const auto kept = m_cache->keepPicture(one, name, ViewerCache::askedSide(400), jpeg(480, 320), 400);
        QVERIFY(kept);
        QCOMPARE(kept->size(), QSize(400, 266));
        QCOMPARE(m_cache->picture(one, name, 90).size(), QSize(90, 60));
        QCOMPARE(m_cache->picture(one, name, 480).size(), QSize(480, 320));
        QVERIFY(m_cache->picture(one, name, 1000).isNull()); // not kept as large as that
        QVERIFY(m_cache->picture(two, name, 90).isNull());
        QVERIFY(!m_cache->keepPicture(one, name, 160, "no picture", 160));
        QByteArray cut = jpeg(480, 320);
        cut.truncate(20);
        QVERIFY(!m_cache->keepPicture(one, name, 160, cut, 160));
    }

    void aForgottenDoorLeavesNothing() {
        fill();
        QVERIFY(m_cache->keepPicture(one, QStringLiteral("p"), 160, jpeg(10, 10), 160));
        m_cache->forget(one, m_dir->filePath(one));
        QVERIFY(!QFile::exists(m_dir->filePath(one)));
        QCOMPARE(m_cache->visits({}, {}, 100)->visits.size(), std::size_t{30});
        QVERIFY(!m_cache->visitEvents(one, viewerEvent(1).event.visit));
    }

    void aDamageWhileItRunsIsMended() {
        fill();
        QFile file(m_dir->filePath(one) + QStringLiteral("/events.db"));
        m_cache.reset(); // as another program, or a disk, does it
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(static_cast<qsizetype>(file.size()), 'x'));
        file.close();
        m_cache = std::make_unique<ViewerCache>();
        const auto news = m_cache->open(one, m_dir->filePath(one));
        QVERIFY(news);
        QVERIFY(!news->cursor && !news->told.empty());
        QVERIFY(m_cache->append(one, viewerLog, {viewerEvent(500)}));
    }

private:
    /// 30 visits at each of two doors, in turn: a refusal, Alice, Bob.
    void fill() {
        std::vector<core::CommittedEvent> odd, even;
        for (int i = 0; i < 30; ++i) {
            const std::string name = i % 3 == 0 ? "" : i % 3 == 1 ? "Alice" : "Bob";
            for (auto* log : {&odd, &even}) {
                core::CommittedEvent event = viewerEvent(i + 1, name);
                event.event.time += core::milliseconds(i * 1000 + (log == &even ? 500 : 0));
                log->push_back(event);
            }
        }
        for (core::CommittedEvent& event : even)
            event.seq += 31;
        QVERIFY(m_cache->append(one, viewerLog, odd));
        QVERIFY(m_cache->append(two, viewerLog, even));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ViewerCache> m_cache;
};

QTEST_GUILESS_MAIN(TstViewerCache)
#include "tst_viewer_cache.moc"
