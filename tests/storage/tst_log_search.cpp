// SPDX-License-Identifier: GPL-3.0-or-later
// The log by what somebody typed and by the door's own days; and the pictures a viewer keeps.
#include "temp_store.h"

#include "storage/log_cache.h"
#include "storage/picture_cache.h"

#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;
using storage::EventFilter;
using storage::EventWords;
using storage::PictureCache;

namespace {
using Strings = std::vector<std::string>;
}

class TestLogSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_store = std::make_unique<TempStore>(testOptions(), fastFolder());
        VERIFY_OK(m_store->open());
        const Strings names{"Éloïse", "ELODIE", "Bob", "", "Straße", "100%_sure"};
        for (int i = 0; i < 60; ++i) {
            const std::string& name = names[static_cast<std::size_t>(i) % names.size()];
            core::Event event = name.empty() ? refusedStranger(i * 1000) : grantedTo(somebody(name), i * 1000);
            event.local = i < 20 ? "2026-10-31T23:59:59" : i < 40 ? "2026-11-01T00:00:00" : "2026-11-21T12:00:00";
            if (i % 12 == 3) {
                event.outcome = core::Outcome::Denied;
                event.reason = core::Reason::LivenessFailed;
            }
            VERIFY_OK((*m_store)->append(event));
            m_events.push_back(event);
        }
    }

    void namesAreFoundWhateverTheirCapitalsAndAccents_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("part") << QStringLiteral("elo")
                              << QStringList{QStringLiteral("ELODIE"), QStringLiteral("Éloïse")};
        QTest::newRow("accents") << QStringLiteral("ÉLOÏ") << QStringList{QStringLiteral("Éloïse")};
        QTest::newRow("sharp s") << QStringLiteral("STRASSE") << QStringList{QStringLiteral("Straße")};
        QTest::newRow("no pattern") << QStringLiteral("%_") << QStringList{QStringLiteral("100%_sure")};
        QTest::newRow("quote") << QStringLiteral("' OR 1=1 --") << QStringList{};
        QTest::newRow("nobody") << QStringLiteral("xyz") << QStringList{};
    }
    void namesAreFoundWhateverTheirCapitalsAndAccents() {
        QFETCH(QString, typed);
        QFETCH(QStringList, names);
        const auto found = (*m_store->reader())->namesWith(typed.toStdString());
        VERIFY_OK(found);
        QStringList list;
        for (const std::string& name : *found)
            list << QString::fromStdString(name);
        list.sort();
        names.sort();
        QCOMPARE(list, names);
    }

    /// Every combination against a plain walk; the same for events and for visits (each event is its own visit here).
    void wordsAndDaysFindExactlyWhatHolds() {
        const auto reader = m_store->reader();
        VERIFY_OK(reader);
        for (int mask = 0; mask < 32; ++mask) {
            EventFilter filter;
            if (mask & 1)
                filter.localDay = "2026-11-01";
            if (mask & 6) {
                filter.words = EventWords{};
                if (mask & 2)
                    filter.words->names = {"Éloïse", "Bob"};
                if (mask & 4)
                    filter.words->reasons = {core::Reason::LivenessFailed};
            }
            if (mask & 8)
                filter.outcome = core::Outcome::Denied;
            if (mask & 16)
                filter.personName = "Bob";
            std::int64_t expected = 0;
            for (const core::Event& event : m_events) {
                const bool named = event.personName == "Éloïse" || event.personName == "Bob";
                const bool word = ((mask & 2) && named) || ((mask & 4) && event.reason == core::Reason::LivenessFailed);
                expected += (!(mask & 1) || event.local.starts_with("2026-11-01")) && (!(mask & 6) || word) &&
                            (!(mask & 8) || event.outcome == core::Outcome::Denied) &&
                            (!(mask & 16) || event.personName == "Bob");
            }
            const auto page = (*reader)->page(filter, {}, 1000);
            VERIFY_OK(page);
            QCOMPARE(static_cast<std::int64_t>(page->size()), expected);
            const auto count = (*reader)->count(filter);
            VERIFY_OK(count);
            QCOMPARE(*count, expected);
            const auto visits = (*reader)->visits(filter, std::nullopt, 1000);
            VERIFY_OK(visits);
            QCOMPARE(static_cast<std::int64_t>(visits->visits.size()), expected);
        }
    }

    void wordsThatNothingHasFindNothing() {
        EventFilter filter;
        filter.words = EventWords{};
        const auto page = (*m_store->reader())->page(filter, {}, 10);
        VERIFY_OK(page);
        QVERIFY(page->empty());
    }

    void daysAreTheDoorsOwn() {
        const auto reader = m_store->reader();
        VERIFY_OK(reader);
        const auto november = (*reader)->localDays(2026, 11);
        VERIFY_OK(november);
        QVERIFY(november->days == (std::vector<int>{1, 21}));
        QCOMPARE(november->first, std::string("2026-10-31"));
        QCOMPARE(november->latest, std::string("2026-11-21"));
        QVERIFY((*reader)->localDays(2026, 10)->days == std::vector<int>{31});
        QVERIFY((*reader)->localDays(2026, 12)->days.empty());
    }

    void picturesAreKeptUpToTheirRoom() {
        const QTemporaryDir dir;
        const std::string folder = dir.filePath(QStringLiteral("pictures")).toStdString();
        PictureCache cache(folder, 10'000);
        QVERIFY(cache.find(QStringLiteral("a")).isEmpty());
        VERIFY_OK(cache.keep(QStringLiteral("a"), QByteArray(3000, 'a')));
        VERIFY_OK(cache.keep(QStringLiteral("../../b"), QByteArray(3000, 'b')));
        QCOMPARE(cache.find(QStringLiteral("../../b")), QByteArray(3000, 'b'));
        QCOMPARE(QDir(dir.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 1);
        QCOMPARE(cache.size(), std::int64_t{6000});
        VERIFY_OK(cache.keep(QStringLiteral("a"), QByteArray(1000, 'c'))); // in its place
        QCOMPARE(cache.size(), std::int64_t{4000});
        VERIFY_OK(cache.keep(QStringLiteral("huge"), QByteArray(20'000, 'h')));
        QVERIFY(cache.find(QStringLiteral("huge")).isEmpty());
        for (const QFileInfo& file : QDir(QString::fromStdString(folder)).entryInfoList(QDir::Files))
            QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));

        // The least recently wanted go first.
        for (int i = 0; i < 4; ++i)
            age(folder, i);
        VERIFY_OK(cache.keep(QStringLiteral("d"), QByteArray(3000, 'd')));
        QVERIFY(!cache.find(QStringLiteral("a")).isEmpty());
        VERIFY_OK(cache.keep(QStringLiteral("e"), QByteArray(4000, 'e')));
        QVERIFY(cache.size() <= 10'000);
        QVERIFY(!cache.find(QStringLiteral("e")).isEmpty());
        QCOMPARE(PictureCache(folder, 10'000).size(), cache.size());
        cache.clear();
        QVERIFY(cache.find(QStringLiteral("e")).isEmpty());
        QCOMPARE(cache.size(), std::int64_t{0});
    }

private:
    /// Makes what is there look older.
    static void age(const std::string& folder, int hours) {
        for (const QFileInfo& info : QDir(QString::fromStdString(folder)).entryInfoList(QDir::Files)) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-3600 * (hours + 1)),
                                     QFileDevice::FileModificationTime));
        }
    }

    std::unique_ptr<TempStore> m_store;
    std::vector<core::Event> m_events;
};

QTEST_GUILESS_MAIN(TestLogSearch)
#include "tst_log_search.moc"
