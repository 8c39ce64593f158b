// SPDX-License-Identifier: GPL-3.0-or-later
// Damaged databases: kept aside as found, rebuilt from what can be read, and said; never silently replaced.
#include "temp_store.h"

#include <QtTest>

#include <algorithm>
#include <functional>
#include <random>

using namespace facelatch;
using namespace facelatch::test;

namespace {

constexpr int eventCount = 3000, personCount = 40;

struct Original {
    std::vector<core::Uuid7> events;
    std::string logId;
};

QStringList keptAside(const TempStore& store) {
    return QDir(QString::fromStdString(store.path()))
        .entryList({QStringLiteral("facelatch.db.damaged-*")}, QDir::Files);
}

} // namespace

using Damage = std::function<void(QByteArray&)>;
Q_DECLARE_METATYPE(Damage)

class TestSalvage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        TempStore store(testOptions(), fastFolder());
        VERIFY_OK(store.open());
        for (int i = 0; i < personCount; ++i) {
            const core::Person person = somebody("Person " + std::to_string(i), "CARD" + std::to_string(i));
            VERIFY_OK(store->addPerson(person, {templateOf(person, 0.5F), templateOf(person, 0.6F)}));
        }
        const auto people = store->people();
        VERIFY_OK(people);
        for (int i = 0; i < eventCount; ++i) {
            const core::Event event =
                i % 2 ? grantedTo((*people)[static_cast<std::size_t>(i) % people->size()], i) : refusedStranger(i);
            VERIFY_OK(store->append(event));
            m_original.events.push_back(event.id);
        }
        m_original.logId = store->logId();
        // As a kill leaves it: a file and a write-ahead log that belong together.
        m_killedFile = contentOf(store.database());
        m_wal = contentOf(store.database() + "-wal");
        m_mark = contentOf(store.file(storage::markFile));
        m_key = contentOf(store.file(storage::deviceKeyFile));
        store.close();
        m_file = contentOf(store.database());
        QVERIFY(m_file.size() > 100 * 4096);
        QVERIFY(m_wal.size() > 4096);
    }

    void damageIsKeptAsideAndSalvaged_data() {
        QTest::addColumn<Damage>("damage");
        QTest::addColumn<int>("atLeastEvents");
        QTest::addColumn<int>("atLeastPeople");
        const auto add = [](const char* name, Damage damage, int events, int people) {
            QTest::newRow(name) << damage << events << people;
        };
        add(
            "cut in half", [](QByteArray& file) { file.truncate(file.size() / 2); }, eventCount / 4, personCount);
        add(
            "last page cut", [](QByteArray& file) { file.truncate(file.size() - 4096); }, eventCount - 50, personCount);
        add(
            "cut inside a page", [](QByteArray& file) { file.truncate(file.size() - 5000); }, eventCount - 100,
            personCount);
        add(
            "cut to ten pages", [](QByteArray& file) { file.truncate(10 * 4096); }, 0, 0);
        add(
            "cut to the header", [](QByteArray& file) { file.truncate(100); }, 0, 0);
        add(
            "cut to 99 bytes", [](QByteArray& file) { file.truncate(99); }, 0, 0);
        add(
            "0 bytes", [](QByteArray& file) { file.clear(); }, 0, 0);
        add(
            "zeroed header", [](QByteArray& file) { std::fill_n(file.begin(), 100, '\0'); }, eventCount, personCount);
        add(
            "zeroed first page", [](QByteArray& file) { std::fill_n(file.begin(), 4096, '\0'); }, eventCount,
            personCount);
        add(
            "noise in the middle",
            [](QByteArray& file) {
                std::mt19937 random(1);
                std::generate_n(file.begin() + file.size() / 2, 8 * 4096, [&] { return static_cast<char>(random()); });
            },
            eventCount * 8 / 10, personCount);
        add(
            "zeros in the middle",
            [](QByteArray& file) { std::fill_n(file.begin() + file.size() / 2, 8 * 4096, '\0'); }, eventCount * 8 / 10,
            personCount);
        add(
            "noise all over",
            [](QByteArray& file) {
                std::mt19937 random(2);
                for (qsizetype page = 20; page * 4096 + 4096 <= file.size(); page += 10)
                    std::generate_n(file.begin() + page * 4096, 512, [&] { return static_cast<char>(random()); });
            },
            eventCount / 2, 1);
        add(
            "text", [](QByteArray& file) { file = "this was once a database\n"; }, 0, 0);
        add(
            "only zeros", [](QByteArray& file) { file.fill('\0'); }, 0, 0);
    }

    void damageIsKeptAsideAndSalvaged() {
        QFETCH(Damage, damage);
        QFETCH(int, atLeastEvents);
        QFETCH(int, atLeastPeople);
        QByteArray damaged = m_file;
        damage(damaged);
        TempStore store(testOptions(), fastFolder());
        lay(store, damaged, {});
        if (QTest::currentTestFailed())
            return;
        VERIFY_OK(store.open());
        const storage::OpenReport& report = store->report();
        QVERIFY(report.salvaged);
        QVERIFY(!report.created);
        QVERIFY(report.newLogId);
        QVERIFY(!report.damage.empty());
        QVERIFY(!report.notes.empty());
        QCOMPARE(contentOf(report.keptAside), damaged);
        QCOMPARE(keptAside(store).size(), 1);
        qInfo("%s; %lld events, %lld people, %lld templates, %lld rows lost", report.damage.c_str(),
              static_cast<long long>(report.salvagedEvents), static_cast<long long>(report.salvagedPeople),
              static_cast<long long>(report.salvagedTemplates), static_cast<long long>(report.lostRows));
        QVERIFY2(report.salvagedEvents >= atLeastEvents, report.notes.front().c_str());
        QVERIFY2(report.salvagedPeople >= atLeastPeople, report.notes.front().c_str());
        QVERIFY(report.salvagedEvents + report.lostRows >= eventCount);
        checkSalvaged(store, static_cast<std::size_t>(report.salvagedEvents));
        // It is done once.
        VERIFY_OK(store.open());
        QVERIFY(!store->report().salvaged);
        QVERIFY(store->report().notes.empty());
    }

    /// Admins come back; where they do not, nobody at the door may become one. PINs and consent are people's, too.
    void adminsAreSalvagedAndSetUpStaysClosed() {
        core::Principal ada;
        ada.id = {newId()};
        ada.kind = core::PrincipalKind::Admin;
        ada.role = core::Role::Admin;
        ada.name = "Ada";
        ada.credential.assign(32, 1);
        const storage::ChangeBy by{"the test", at(0)};
        for (const bool everythingLost : {false, true}) {
            TempStore store;
            VERIFY_OK(store.open());
            core::Person alice = somebody("Alice");
            alice.consent = core::Consent{"1", at(3), "Ada"};
            VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}, {}, "Ada", core::PinVerifier{1, 2, 3}));
            VERIFY_OK(store->addPrincipal(ada, by));
            VERIFY_OK(store->putLockout("admin", {7, at(50)}));
            VERIFY_OK(store->append(refusedStranger()));
            QCOMPARE(store->setup()->minutesLeft, 30);
            store.close();
            QByteArray file = contentOf(store.database());
            if (everythingLost)
                file.clear();
            else
                std::fill_n(file.begin(), 100, '\0');
            QVERIFY(writeContent(store.database(), file));
            VERIFY_OK(store.open());
            QVERIFY(store->report().salvaged);
            const auto setup = store->setup();
            VERIFY_OK(setup);
            QCOMPARE(setup->minutesLeft, 0);
            QCOMPARE(setup->hasAdmin, !everythingLost);
            if (everythingLost)
                continue;
            const auto people = store->people();
            VERIFY_OK(people);
            QVERIFY(people->front().hasPin && people->front().consent == alice.consent);
            QVERIFY((*store->pinBook())->fits(alice.id, core::PinVerifier{1, 2, 3}));
            QVERIFY(store->principals()->front().credential == ada.credential);
            QVERIFY(store->lockouts()->at("admin") == (core::Lockout::Row{7, at(50)}));
        }
    }

    void withTheDatabaseGoneSetUpStaysClosed() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(refusedStranger()));
        store.close();
        for (const char* suffix : {"", "-wal", "-shm"})
            QFile::remove(QString::fromStdString(store.database() + suffix));
        VERIFY_OK(store.open());
        QVERIFY(store->report().created);
        QCOMPARE(store->setup()->minutesLeft, 0);
    }

    void nothingOfTheWriteAheadLogIsLostWithTheHeader() {
        for (const qsizetype zeroed : {qsizetype{100}, m_killedFile.size()}) {
            QByteArray damaged = m_killedFile;
            if (zeroed == damaged.size())
                damaged.clear(); // 0 bytes: SQLite itself would delete the log that holds the rest
            else
                std::fill_n(damaged.begin(), zeroed, '\0');
            TempStore store(testOptions(), fastFolder());
            lay(store, damaged, m_wal);
            VERIFY_OK(store.open());
            QVERIFY(store->report().salvaged);
            if (zeroed == 100)
                QCOMPARE(store->report().salvagedEvents, std::int64_t{eventCount});
            QCOMPARE(contentOf(store->report().keptAside), damaged);
            QCOMPARE(contentOf(store->report().keptAside + "-wal"), m_wal);
            checkSalvaged(store, static_cast<std::size_t>(store->report().salvagedEvents));
        }
    }

    void aDeletedWriteAheadLogIsNoticed() {
        TempStore store(testOptions(), fastFolder());
        lay(store, m_killedFile, {});
        VERIFY_OK(store.open());
        // The checkpointed part is whole or damaged; either way events that had been acknowledged are gone, and said.
        QVERIFY(store->report().newLogId);
        QVERIFY(!store->report().notes.empty());
        QVERIFY(store->logId() != m_original.logId);
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        QVERIFY(verified->events < eventCount);
    }

    void aKillLosesNothing() {
        TempStore store(testOptions(), fastFolder());
        lay(store, m_killedFile, m_wal);
        VERIFY_OK(store.open());
        QVERIFY(!store->report().salvaged && !store->report().newLogId);
        QVERIFY(store->report().notes.empty());
        QCOMPARE(store->logId(), m_original.logId);
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QCOMPARE(verified->events, std::int64_t{eventCount});
    }

    void aChangedRowIsNotCarriedOver() {
        TempStore store(testOptions(), fastFolder());
        lay(store, m_file, {});
        VERIFY_OK(store.tamper({"DROP TRIGGER event_no_update", "UPDATE event SET score = 0.987 WHERE seq = 7"}));
        QByteArray damaged = contentOf(store.database());
        std::fill_n(damaged.begin(), 100, '\0');
        lay(store, damaged, {});
        VERIFY_OK(store.open());
        QCOMPARE(store->report().salvagedEvents, std::int64_t{eventCount - 1});
        QCOMPARE(store->report().lostRows, std::int64_t{1});
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
    }

    void picturesStayWithTheirEventsAndTheOthersAreKept() {
        TempStore store(testOptions(), fastFolder());
        VERIFY_OK(store.open());
        std::vector<std::string> names;
        for (int i = 0; i < 10; ++i) {
            const auto committed = store->append(refusedStranger(i), jpeg());
            VERIFY_OK(committed);
            names.push_back(committed->snapshot);
        }
        VERIFY_OK(store.tamper({"DROP TRIGGER event_no_update", "UPDATE event SET score = 0.987 WHERE seq = 4"}));
        QByteArray damaged = contentOf(store.database());
        std::fill_n(damaged.begin(), 100, '\0');
        QVERIFY(writeContent(store.database(), damaged));
        VERIFY_OK(store.open());
        QCOMPARE(store->report().salvagedEvents, std::int64_t{9});
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        QCOMPARE(verified->pictures, std::int64_t{9});
        const auto opened = store->snapshot(names[7]);
        VERIFY_OK(opened);
        QVERIFY(*opened == jpeg());
        QVERIFY(!store->snapshot(names[3]));
        QVERIFY(!QFile::exists(QString::fromStdString(storage::snapshotPath(store.path(), names[3]))));
        const QDir pictures(QString::fromStdString(store.file(storage::snapshotFolder)));
        const QStringList aside = pictures.entryList({QStringLiteral("without-event-*")}, QDir::Dirs);
        QCOMPARE(aside.size(), 1);
        QVERIFY(pictures.exists(aside.front() + QLatin1Char('/') + QString::fromStdString(names[3]) +
                                QStringLiteral(".enc")));
    }

    void aKillInTheMiddleOfTheExchangeIsMadeGood_data() {
        QTest::addColumn<bool>("moved");
        QTest::newRow("before the damaged one moved") << false;
        QTest::newRow("after the damaged one moved") << true;
    }

    void aKillInTheMiddleOfTheExchangeIsMadeGood() {
        QFETCH(bool, moved);
        TempStore store(testOptions(), fastFolder());
        lay(store, m_file, {});
        QVERIFY(writeContent(store.database() + ".salvaged", m_file));
        if (moved)
            QVERIFY(QFile::remove(QString::fromStdString(store.database())));
        else
            QVERIFY(writeContent(store.database(), "damaged"));
        VERIFY_OK(store.open());
        QVERIFY(store->report().salvaged);
        QVERIFY(!store->report().created);
        QCOMPARE(keptAside(store).size(), moved ? 0 : 1);
        QCOMPARE((*store->people()).size(), std::size_t{personCount});
        QVERIFY(!QFile::exists(QString::fromStdString(store.database() + ".salvaged")));
    }

    void aVanishedDatabaseIsSaid() {
        TempStore store(testOptions(), fastFolder());
        lay(store, m_file, {});
        QVERIFY(QFile::remove(QString::fromStdString(store.database())));
        VERIFY_OK(store.open());
        QVERIFY(store->report().created);
        QCOMPARE(store->report().notes.size(), std::size_t{1});
        QVERIFY(store->report().notes.front().find("3000 events") != std::string::npos);
    }

    void damageMetWhileRunningIsCheckedAtTheNextOpening() {
        TempStore store(testOptions(), fastFolder());
        QByteArray damaged = m_file;
        std::fill_n(damaged.begin() + damaged.size() / 2, 40 * 4096, '\xa5');
        lay(store, damaged, {});
        store.options().fullCheckMaxBytes = 0; // as for a large database: not checked page by page
        VERIFY_OK(store.open());
        const auto found = store->integrityCheck();
        QVERIFY(!found);
        QVERIFY2(found.error().what.starts_with("the database is damaged"), why(found.error()));
        VERIFY_OK(store.open());
        QVERIFY(store->report().salvaged);
        QCOMPARE(contentOf(store->report().keptAside), damaged);
        VERIFY_OK(store->integrityCheck());
        VERIFY_OK(store.open());
        QVERIFY(!store->report().salvaged);
    }

private:
    void lay(TempStore& store, const QByteArray& file, const QByteArray& wal) {
        store.close();
        QFile::remove(QString::fromStdString(store.file(storage::deviceKeyFile)));
        QVERIFY(writeContent(store.file(storage::deviceKeyFile), m_key));
        QFile::setPermissions(QString::fromStdString(store.file(storage::deviceKeyFile)), QFile::ReadOwner);
        QVERIFY(writeContent(store.file(storage::markFile), m_mark));
        QVERIFY(writeContent(store.database(), file));
        QFile::remove(QString::fromStdString(store.database() + "-shm"));
        QFile::remove(QString::fromStdString(store.database() + "-wal"));
        if (!wal.isEmpty())
            QVERIFY(writeContent(store.database() + "-wal", wal));
    }

    /// What was saved is sound: chained, numbered anew, in the old order, and the templates open.
    void checkSalvaged(TempStore& store, std::size_t events) {
        QVERIFY(store->logId() != m_original.logId);
        const auto reader = store.reader();
        VERIFY_OK(reader);
        std::int64_t after = 0;
        std::size_t seen = 0, at = 0;
        for (;;) {
            const auto page = (*reader)->page({}, {.afterSeq = after, .beforeSeq = {}}, 1000);
            VERIFY_OK(page);
            if (page->empty())
                break;
            for (const core::CommittedEvent& event : *page) {
                while (at < m_original.events.size() && m_original.events[at] != event.event.id)
                    ++at;
                QVERIFY(at++ < m_original.events.size());
                QCOMPARE(event.seq, static_cast<std::int64_t>(++seen));
            }
            after = page->back().seq;
        }
        QCOMPARE(seen, events);
        const auto verified = (*reader)->verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        const auto templates = store->templates("");
        VERIFY_OK(templates);
        const auto people = store->people();
        VERIFY_OK(people);
        QVERIFY(templates->templates.size() <= 2 * people->size());
        for (const core::FaceTemplate& one : templates->templates)
            QVERIFY(one.values.size() == 128);
        VERIFY_OK(store->integrityCheck());
        const auto more = store->append(refusedStranger(99), jpeg());
        VERIFY_OK(more);
        QCOMPARE(more->seq, static_cast<std::int64_t>(events + 1));
    }

    Original m_original;
    QByteArray m_file, m_killedFile, m_wal, m_mark, m_key;
};

QTEST_GUILESS_MAIN(TestSalvage)
#include "tst_salvage.moc"
