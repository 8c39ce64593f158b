// SPDX-License-Identifier: GPL-3.0-or-later
// Backup and restore: everything comes back on another device, and a file that is not whole changes nothing.
#include "backup_scene.h"
#include "small_disk.h"
#include "storage/database_opening.h"
#include "storage/sealed_file.h"

#include <QtTest>

#include <random>

using namespace facelatch;
using namespace facelatch::test;

namespace {

constexpr std::int64_t chunk = 65536, headerBytes = 64;

/// A small door that takes a backup: Carol, one visit.
class NewDoor {
public:
    NewDoor() : store(testOptions(), fastFolder()) {
        m_opened = store.open();
        if (m_opened)
            m_opened = store->addPerson(carol, {templateOf(carol, 0.9F)});
        if (m_opened)
            if (auto visit = store->append(grantedTo(carol), jpeg()); !visit)
                m_opened = visit.error();
        writeContent(store.file(storage::localSettingsFile), "\"door.name\" = \"New\"\n");
    }
    const core::Status& opened() const { return m_opened; }
    core::Person carol = somebody("Carol");
    TempStore store;

private:
    core::Status m_opened = core::Done{};
};

QByteArray changedAt(QByteArray file, qsizetype at, int bit) {
    file[at] = static_cast<char>(file[at] ^ (1 << bit));
    return file;
}

} // namespace

class TestBackup : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBackOnAnotherDevice() {
        OldDoor old;
        VERIFY_OK(old.opened());
        const QTemporaryDir stick;
        const auto written = storage::writeBackup(backupOf(old.store, stick.path().toStdString()));
        VERIFY_OK(written);
        QCOMPARE(QFileInfo(QString::fromStdString(written->file)).fileName(),
                 QStringLiteral("facelatch-Workshop-door-20260921T141325Z.flbackup"));
        QCOMPARE(QDir(stick.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
        // The door went on meanwhile and afterwards.
        VERIFY_OK(old.store->append(refusedStranger(100)));
        const auto before = old.store->logId();

        const QByteArray sealed = contentOf(written->file);
        for (const char* secret : {"Alice", "Workshop", "allergic", "SQLite", "JFIF"})
            QVERIFY2(!sealed.contains(secret), secret);

        NewDoor fresh;
        VERIFY_OK(fresh.opened());
        const auto looked = storage::inspectBackup(written->file, goodPassphrase);
        VERIFY_OK(looked);
        QCOMPARE(looked->people, 2);
        QCOMPARE(looked->templates, 3);
        QCOMPARE(looked->events, 6);
        QCOMPARE(looked->pictures, 6);
        QCOMPARE(looked->door, std::string("Workshop / ../ door"));
        QVERIFY(looked->parts.settings && looked->parts.log && looked->parts.pictures);

        const auto restored = storage::restoreBackup(restoreTo(fresh.store, written->file));
        VERIFY_OK(restored);
        // Not yet: the store that is open goes on.
        VERIFY_OK(fresh.store->append(refusedStranger(1)));
        QCOMPARE(fresh.store->people()->size(), std::size_t{1});
        VERIFY_OK(fresh.store.open());
        QCOMPARE(fresh.store->report().notes.size(), std::size_t{1});
        checkOldData(fresh.store, old, 6);
        QVERIFY(fresh.store->logId() != before);
        QCOMPARE(contentOf(fresh.store.file(storage::localSettingsFile)), QByteArray(someSettings));
        const auto audit = fresh.store->audit(0, 1);
        VERIFY_OK(audit);
        QCOMPARE(audit->front().note.action, std::string("backup.restore"));
        QCOMPARE(audit->front().by.who, std::string("tester"));

        // What was there is kept aside, whole.
        const QString aside = QString::fromStdString(restored->keptAside);
        QVERIFY(QFile::exists(aside + QStringLiteral("/facelatch.db")));
        QCOMPARE(QDir(aside + QStringLiteral("/snapshots")).entryList(QDir::Files).size(), 1);
        QVERIFY(contentOf(restored->keptAside + "/settings.local.toml").contains("New"));

        // Events, people and a second opening go on under this device's key.
        VERIFY_OK(fresh.store->append(grantedTo(old.alice, 50), jpeg()));
        VERIFY_OK(fresh.store.open());
        QVERIFY(fresh.store->report().notes.empty());
        checkOldData(fresh.store, old, 7);

        // And on to a third device.
        const auto second = storage::writeBackup(backupOf(fresh.store, stick.path().toStdString()));
        VERIFY_OK(second);
        QVERIFY(second->file != written->file);
        TempStore third(testOptions(), fastFolder());
        const auto again = storage::restoreBackup(restoreTo(third, second->file));
        VERIFY_OK(again);
        VERIFY_OK(third.open());
        checkOldData(third, old, 7);
    }

    void theSameDeviceGoesOnUnderANewLogId() {
        OldDoor old;
        VERIFY_OK(old.opened());
        const QTemporaryDir stick;
        const auto written = storage::writeBackup(backupOf(old.store, stick.path().toStdString()));
        VERIFY_OK(written);
        const std::string before = old.store->logId();
        VERIFY_OK(old.store->append(refusedStranger(100), jpeg()));
        VERIFY_OK(storage::restoreBackup(restoreTo(old.store, written->file)));
        const auto twice = storage::restoreBackup(restoreTo(old.store, written->file));
        QVERIFY(!twice);
        QVERIFY2(twice.error().what.find("another restore") != std::string::npos, why(twice.error()));
        VERIFY_OK(old.store.open());
        QVERIFY(old.store->logId() != before);
        checkOldData(old.store, old, 6);
    }

    void partsAreLeftOutAsChosen_data() {
        QTest::addColumn<bool>("atWriting");
        QTest::addColumn<bool>("log");
        QTest::addColumn<bool>("pictures");
        QTest::addColumn<bool>("settings");
        for (const bool writing : {true, false})
            for (int mask = 0; mask < 8; ++mask)
                QTest::addRow("%s %d", writing ? "write" : "restore", mask)
                    << writing << ((mask & 1) != 0) << ((mask & 2) != 0) << ((mask & 4) != 0);
    }
    void partsAreLeftOutAsChosen() {
        QFETCH(const bool, atWriting);
        QFETCH(const bool, log);
        QFETCH(const bool, pictures);
        QFETCH(const bool, settings);
        OldDoor old;
        VERIFY_OK(old.opened());
        const QTemporaryDir stick;
        auto order = backupOf(old.store, stick.path().toStdString());
        const storage::BackupParts parts{settings, log, pictures};
        if (atWriting)
            order.parts = parts;
        const auto written = storage::writeBackup(order);
        VERIFY_OK(written);
        if (atWriting) {
            QCOMPARE(written->summary.events, log ? 6 : 0);
            QCOMPARE(written->summary.pictures, log && pictures ? 6 : 0);
            QCOMPARE(written->summary.parts.settings, settings);
        }
        NewDoor fresh;
        VERIFY_OK(fresh.opened());
        auto restore = restoreTo(fresh.store, written->file);
        if (!atWriting)
            restore.parts = parts;
        VERIFY_OK(storage::restoreBackup(restore));
        VERIFY_OK(fresh.store.open());
        checkOldData(fresh.store, old, log ? 6 : 0, pictures);
        const QByteArray local = contentOf(fresh.store.file(storage::localSettingsFile));
        QVERIFY(local.contains(settings ? "Workshop" : "New"));
        const auto audit = fresh.store->audit(0, 100);
        VERIFY_OK(audit);
        QVERIFY(log ? audit->size() > 3 : audit->size() == 1);
        if (!log) // rows without the log cannot be found in the file either
            QVERIFY(!everythingIn(fresh.store.database()).contains("unknown_person"));
        // Events are immutable as ever.
        VERIFY_OK(fresh.store->append(refusedStranger(70)));
        QVERIFY(!fresh.store.tamper({"DELETE FROM event"}));
    }

    void whatIsNotWholeIsRefusedAndNothingChanges() {
        OldDoor old(10);
        VERIFY_OK(old.opened());
        const QTemporaryDir stick;
        const std::string folder = stick.path().toStdString();
        const auto written = storage::writeBackup(backupOf(old.store, folder));
        VERIFY_OK(written);
        const QByteArray whole = contentOf(written->file);
        NewDoor fresh;
        VERIFY_OK(fresh.opened());
        fresh.store.close();
        const auto before = filesBelow(fresh.store.path());
        const std::string hurt = folder + "/hurt.flbackup";
        std::vector<std::string> said;
        const auto refused = [&](const QByteArray& content, const QByteArray& what, const char* word = "") {
            QVERIFY(writeContent(hurt, content));
            const auto looked = storage::inspectBackup(hurt, goodPassphrase);
            QVERIFY2(!looked, what.constData());
            const auto tried = storage::restoreBackup(restoreTo(fresh.store, hurt));
            QVERIFY2(!tried, what.constData());
            QCOMPARE(tried.error().text(), looked.error().text());
            QVERIFY2(tried.error().text().find(word) != std::string::npos,
                     (what + ": " + why(tried.error())).constData());
            QVERIFY2(filesBelow(fresh.store.path()) == before, what.constData());
        };
        for (qsizetype size = 0; size < whole.size(); size += 4096)
            refused(whole.left(size), "cut to " + QByteArray::number(size));
        for (qsizetype size :
             {qsizetype{1}, qsizetype{headerBytes - 1}, qsizetype{headerBytes}, qsizetype{headerBytes + 1},
              qsizetype{headerBytes + 17}, qsizetype{headerBytes + chunk}, whole.size() - 1})
            refused(whole.left(size), "cut to " + QByteArray::number(size));
        refused(whole + '\0', "one byte more", "damaged");
        const auto seed = std::random_device{}();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        for (int i = 0; i < 150; ++i) {
            const auto at = static_cast<qsizetype>(random() % static_cast<unsigned long>(whole.size()));
            refused(changedAt(whole, at, static_cast<int>(random() % 8)), "bit flipped at " + QByteArray::number(at));
            refused(whole.left(at), "cut to " + QByteArray::number(at));
        }
        for (qsizetype at = 0; at < headerBytes; ++at)
            refused(changedAt(whole, at, static_cast<int>(random() % 8)), "header, byte " + QByteArray::number(at));
        // Two chunks exchanged.
        QByteArray exchanged = whole;
        QVERIFY(whole.size() > headerBytes + 2 * chunk);
        exchanged.replace(headerBytes, chunk, whole.mid(headerBytes + chunk, chunk));
        exchanged.replace(headerBytes + chunk, chunk, whole.mid(headerBytes, chunk));
        refused(exchanged, "chunks exchanged");
        refused(QByteArray(200'000, 'x'), "foreign", "not a backup");
        refused("PK\3\4 a ZIP", "foreign", "not a backup");
        refused({}, "empty", "not a backup");
        refused(contentOf(old.store.database()), "a database", "not a backup");
        QByteArray newer = whole;
        newer[8] = 2;
        refused(newer, "newer", "newer version");

        auto wrong = restoreTo(fresh.store, written->file);
        wrong.passphrase = "correct horse battery stapler";
        const auto tried = storage::restoreBackup(wrong);
        QVERIFY(!tried);
        QVERIFY2(tried.error().what.find("passphrase") != std::string::npos, why(tried.error()));
        QVERIFY(filesBelow(fresh.store.path()) == before);
        for (const char* path : {"/nowhere.flbackup", ""}) {
            auto missing = restoreTo(fresh.store, folder + path);
            QVERIFY(!storage::restoreBackup(missing));
        }
        QVERIFY(filesBelow(fresh.store.path()) == before);
        VERIFY_OK(fresh.store.open());
        QCOMPARE(fresh.store->people()->size(), std::size_t{1});
    }

    void aHostileHeaderAsksForNothing() {
        struct Case {
            const char* name;
            std::uint32_t passes;
            std::uint64_t memory;
            bool sane;
        };
        for (const Case& one :
             {Case{"usual", 4, std::uint64_t{128} << 20, true}, Case{"most", 8, std::uint64_t{256} << 20, true},
              Case{"10 GB", 4, std::uint64_t{10} << 30, false}, Case{"all", ~0U, ~std::uint64_t{0}, false},
              Case{"passes", 9, 8192, false}, Case{"none", 0, 8192, false}, Case{"no memory", 1, 0, false},
              Case{"too little", 1, 8191, false}}) {
            storage::SealedHeader header;
            header.cost = {one.passes, one.memory};
            const auto read = storage::decodeHeader(storage::encodeHeader(header), "here");
            QVERIFY2(bool(read) == one.sane, one.name);
        }
        // Noise of any length, with and without our beginning.
        std::mt19937 random(7);
        int understood = 0;
        for (int i = 0; i < 20'000; ++i) {
            Bytes noise(random() % 80);
            for (std::uint8_t& byte : noise)
                byte = static_cast<std::uint8_t>(random());
            if (i % 2) {
                const Bytes head = storage::encodeHeader({});
                std::copy_n(head.begin(), std::min<std::size_t>(noise.size(), random() % 25), noise.begin());
            }
            const auto read = storage::decodeHeader(noise, "here");
            if (read) {
                ++understood;
                QVERIFY(read->cost.memory <= std::uint64_t{256} << 20 && read->cost.passes <= 8);
            } else {
                QVERIFY(!read.error().what.empty());
            }
        }
        QVERIFY(understood < 10'000);
    }

    void aSealedFileOfSomethingElseIsRefused() {
        const QTemporaryDir stick;
        NewDoor fresh;
        VERIFY_OK(fresh.opened());
        fresh.store.close();
        const auto before = filesBelow(fresh.store.path());
        const std::vector<std::pair<const char*, QByteArray>> contents{
            {"nothing", {}},
            {"an end", QByteArray(1, '\0')},
            {"noise", QByteArray(300'000, '\x7f')},
            {"a path", QByteArray("\1\x14\0picture/../../evil.x\4\0\0\0\0\0\0\0evil\0", 36)},
            {"a huge entry", QByteArray("\1\x08\0manifest\xff\xff\xff\xff\xff\xff\xff\x7f", 19)},
            {"a manifest of nothing", QByteArray("\1\x08\0manifest\2\0\0\0\0\0\0\0{}\0", 22)}};
        for (const auto& [name, content] : contents) {
            const std::string file = stick.path().toStdString() + "/" + name + ".flbackup";
            auto sealed = storage::SealedWriter::create(file, goodPassphrase, {1, 8192});
            VERIFY_OK(sealed);
            VERIFY_OK(sealed->write(storage::ByteView(reinterpret_cast<const std::uint8_t*>(content.data()),
                                                      static_cast<std::size_t>(content.size()))));
            VERIFY_OK(sealed->finish());
            const auto tried = storage::restoreBackup(restoreTo(fresh.store, file));
            QVERIFY2(!tried, name);
            QVERIFY2(filesBelow(fresh.store.path()) == before, name);
        }
    }

    void aDatabaseThatIsNotOursIsRefused_data() {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("word");
        QTest::newRow("no trigger") << "DROP TRIGGER event_no_update"
                                    << "laid out";
        QTest::newRow("a view more") << "CREATE VIEW evil AS SELECT 1"
                                     << "laid out";
        QTest::newRow("another trigger") << "CREATE TRIGGER evil AFTER INSERT ON event BEGIN DELETE FROM person; END"
                                         << "laid out";
        QTest::newRow("newer") << "PRAGMA user_version=99"
                               << "newer version";
        QTest::newRow("not ours") << "PRAGMA application_id=1"
                                  << "not Facelatch's";
        QTest::newRow("another key") << "UPDATE meta SET value = 'x' WHERE key = 'device_key'"
                                     << "key";
        QTest::newRow("dangling") << "INSERT INTO event_personal(seq, salt) VALUES(999, x'00')"
                                  << "refer";
    }
    void aDatabaseThatIsNotOursIsRefused() {
        QFETCH(const QString, statement);
        QFETCH(const QString, word);
        OldDoor old;
        VERIFY_OK(old.opened());
        VERIFY_OK(old.store.tamper({statement.toUtf8().constData()}));
        const QTemporaryDir stick;
        const auto written = storage::writeBackup(backupOf(old.store, stick.path().toStdString()));
        NewDoor fresh;
        VERIFY_OK(fresh.opened());
        fresh.store.close();
        const auto before = filesBelow(fresh.store.path());
        core::Error error;
        if (written) {
            const auto tried = storage::restoreBackup(restoreTo(fresh.store, written->file));
            QVERIFY(!tried);
            error = tried.error();
        } else {
            error = written.error(); // reading it back already refuses it
        }
        QVERIFY2(error.text().find(word.toStdString()) != std::string::npos, why(error));
        QVERIFY(filesBelow(fresh.store.path()) == before);
    }

    /// A device that was updated takes the backup it wrote before.
    void aBackupOfAnOlderVersionIsBroughtUpToDate() {
        for (std::size_t version = 2; version < storage::migrations().size(); ++version) {
            TempStore old(testOptions(), fastFolder());
            const auto key = storage::loadDeviceKey(old.path(), {}, true);
            VERIFY_OK(key);
            {
                auto made = storage::openDatabase(old.path(), testOptions(), key->fingerprint(),
                                                  storage::migrations().first(version));
                VERIFY_OK(made);
                VERIFY_OK(made->db->run(QStringLiteral("INSERT INTO access_group(id, name) VALUES(?, 'staff')"),
                                        {QByteArray(16, 'g')}));
            }
            const QTemporaryDir stick;
            const auto written = storage::writeBackup(backupOf(old, stick.path().toStdString()));
            VERIFY_OK(written);
            QCOMPARE(written->summary.schema, static_cast<int>(version));
            NewDoor fresh;
            VERIFY_OK(fresh.opened());
            VERIFY_OK(storage::restoreBackup(restoreTo(fresh.store, written->file)));
            VERIFY_OK(fresh.store.open());
            QCOMPARE(fresh.store->report().migratedFrom, 0); // it was done, and checked, before
            QVERIFY(fresh.store->people()->empty());
            QCOMPARE(fresh.store->access()->groups.size(), std::size_t{1});
        }
    }

    void aBrokenChainIsRefusedUnlessTheLogIsLeftOut_data() {
        QTest::addColumn<QStringList>("statements");
        QTest::newRow("event") << QStringList{QStringLiteral("DROP TRIGGER event_no_update"),
                                              QStringLiteral("UPDATE event SET reason = 'face' WHERE seq = 1"),
                                              QStringLiteral("CREATE TRIGGER event_no_update BEFORE UPDATE ON event "
                                                             "BEGIN SELECT RAISE(ABORT, 'events are immutable'); END")};
        QTest::newRow("audit") << QStringList{
            QStringLiteral("DROP TRIGGER audit_no_update"),
            QStringLiteral("UPDATE audit SET who = 'x' WHERE number = 1"),
            QStringLiteral("CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
                           "BEGIN SELECT RAISE(ABORT, 'audit entries are immutable'); END")};
    }
    void aBrokenChainIsRefusedUnlessTheLogIsLeftOut() {
        QFETCH(const QStringList, statements);
        OldDoor old;
        VERIFY_OK(old.opened());
        for (const QString& statement : statements)
            VERIFY_OK(old.store.tamper({statement.toUtf8().constData()}));
        const QTemporaryDir stick;
        const auto written = storage::writeBackup(backupOf(old.store, stick.path().toStdString()));
        VERIFY_OK(written);
        NewDoor fresh;
        VERIFY_OK(fresh.opened());
        auto order = restoreTo(fresh.store, written->file);
        const auto tried = storage::restoreBackup(order);
        QVERIFY(!tried);
        QVERIFY2(tried.error().text().find("chain") != std::string::npos, why(tried.error()));
        QVERIFY2(tried.error().remedy.find("without the log") != std::string::npos, why(tried.error()));
        order.parts.log = false;
        VERIFY_OK(storage::restoreBackup(order));
        VERIFY_OK(fresh.store.open());
        checkOldData(fresh.store, old, 0);
    }

    void settingsThatAreNotAcceptedRefuseTheRestore() {
        OldDoor old;
        VERIFY_OK(old.opened());
        const QTemporaryDir stick;
        const auto written = storage::writeBackup(backupOf(old.store, stick.path().toStdString()));
        VERIFY_OK(written);
        NewDoor fresh;
        VERIFY_OK(fresh.opened());
        auto order = restoreTo(fresh.store, written->file);
        order.checkSettings = [](const std::string& file) -> core::Status {
            return contentOf(file) == someSettings ? core::Status(core::fail("no")) : core::Status(core::Done{});
        };
        QVERIFY(!storage::restoreBackup(order));
        QVERIFY(!storage::restoreIsReady(fresh.store.path()));
        order.parts.settings = false;
        VERIFY_OK(storage::restoreBackup(order));
    }

    void aBackupRefusesWhatItCannotDo() {
        OldDoor old;
        VERIFY_OK(old.opened());
        const QTemporaryDir stick;
        auto order = backupOf(old.store, stick.path().toStdString());
        order.passphrase = "short";
        const auto weak = storage::writeBackup(order);
        QVERIFY(!weak);
        QVERIFY(weak.error().kind == core::ErrorKind::Usage);
        order = backupOf(old.store, stick.path().toStdString() + "/gone");
        QVERIFY(!storage::writeBackup(order));
        order = backupOf(old.store, stick.path().toStdString());
        int asked = 0;
        const auto stopped = storage::writeBackup(order, [&](std::int64_t done, std::int64_t total) {
            ++asked;
            return done >= 0 && done <= total && asked < 3;
        });
        QVERIFY(!stopped);
        QCOMPARE(asked, 3);
        QVERIFY(QDir(stick.path()).isEmpty());
        QVERIFY(!QFile::exists(QString::fromStdString(old.store.file(storage::backupWorkFolder))));
        // Inside of one that runs, a second is turned away.
        bool second = true;
        VERIFY_OK(storage::writeBackup(order, [&](std::int64_t, std::int64_t) {
            second = second && !storage::writeBackup(order);
            return true;
        }));
        QVERIFY(second);
    }

    void aFullStickLeavesNoFile() {
        SmallDisk disk;
        if (!disk)
            QSKIP(disk.whyNot().constData());
        OldDoor old;
        VERIFY_OK(old.opened());
        QVERIFY(disk.fill());
        const auto full = storage::writeBackup(backupOf(old.store, disk.path()));
        QVERIFY(!full);
        QVERIFY2(full.error().text().find("room") != std::string::npos, why(full.error()));
        QCOMPARE(QDir(QString::fromStdString(disk.path())).entryList(QDir::Files).size(), 1); // the filler
        QVERIFY(disk.empty());
        VERIFY_OK(storage::writeBackup(backupOf(old.store, disk.path())));
    }

    void leftoversOfAKillGoWithTheNextOpening() {
        OldDoor old;
        VERIFY_OK(old.opened());
        const QDir folder(QString::fromStdString(old.store.path()));
        for (const char* name : {storage::backupWorkFolder, storage::restoreWorkFolder}) {
            QVERIFY(folder.mkpath(QLatin1String(name)));
            QVERIFY(writeContent(old.store.file(name) + "/facelatch.db", "people"));
        }
        VERIFY_OK(old.store.open());
        for (const char* name : {storage::backupWorkFolder, storage::restoreWorkFolder})
            QVERIFY(!folder.exists(QLatin1String(name)));
    }

private:
    /// The people with all they have, and so many events.
    static void checkOldData(TempStore& store, const OldDoor& old, std::int64_t events, bool pictures = true) {
        const auto people = store->people();
        VERIFY_OK(people);
        QCOMPARE(people->size(), std::size_t{2});
        const core::Person& alice = people->front();
        QCOMPARE(alice.name, old.alice.name);
        QCOMPARE(alice.cardId, old.alice.cardId);
        QVERIFY(alice.id == old.alice.id);
        QVERIFY(alice.groups == std::vector{old.staff.id});
        const auto templates = store->templates("");
        VERIFY_OK(templates);
        QCOMPARE(templates->templates.size(), std::size_t{3});
        QVERIFY(templates->unreadable.empty());
        QCOMPARE(*store->notes(alice.id), std::string("allergic to nuts"));
        QVERIFY(*store->portrait(alice.id) == jpeg(2000));
        const auto reader = store.reader();
        VERIFY_OK(reader);
        QCOMPARE(*(*reader)->lastSeq(), events);
        const auto verified = (*reader)->verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        for (std::int64_t seq = 1; seq <= events; ++seq) {
            const auto event = (*reader)->bySeq(seq);
            VERIFY_OK(event);
            QCOMPARE((*event)->snapshot.empty(), !pictures);
            if (pictures && seq <= 6)
                QVERIFY(*store->snapshot((*event)->snapshot) == jpeg(3000));
        }
        const auto audit = store->verifyAudit();
        VERIFY_OK(audit);
        QVERIFY(audit->intact);
        VERIFY_OK(store->integrityCheck());
    }
};

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_backup.moc"
