// SPDX-License-Identifier: GPL-3.0-or-later
// Migrations: each step from the version before, with a copy first; a newer database is left as it is.
#include "temp_store.h"

#include "storage/database_opening.h"
#include "storage/event_schema.h"
#include "storage/migrations.h"

#include <QCryptographicHash>
#include <QtTest>

#include <sys/stat.h>

using namespace facelatch;
using namespace facelatch::test;
using storage::Migration;

namespace {

constexpr const char* addNote[] = {"ALTER TABLE person ADD COLUMN note TEXT NOT NULL DEFAULT ''",
                                   "CREATE TABLE guest(row INTEGER PRIMARY KEY, name TEXT)"};
constexpr const char* fillNote[] = {"UPDATE person SET note = 'from a later step: ' || name"};
constexpr const char* broken[] = {"INSERT INTO guest(name) VALUES('half a step')", "CREATE TABLE guest(name TEXT)"};

/// The real table and steps after it.
std::vector<Migration> tableWith(std::initializer_list<std::span<const char* const>> more) {
    const auto real = storage::migrations();
    std::vector<Migration> table(real.begin(), real.end());
    for (const auto& statements : more)
        table.push_back({table.back().version + 1, "a step of the test", statements});
    return table;
}

QByteArray hashOf(const std::string& path) {
    return QCryptographicHash::hash(contentOf(path), QCryptographicHash::Sha256);
}

QStringList backupsIn(const TempStore& store) {
    return QDir(QString::fromStdString(store.file(storage::backupFolder))).entryList(QDir::Files);
}

core::Result<storage::OpenedDatabase> openWith(const TempStore& store, std::span<const Migration> table,
                                               const storage::StoreOptions& options = testOptions()) {
    const auto key = storage::loadDeviceKey(store.path(), {}, true);
    if (!key)
        return key.error();
    return storage::openDatabase(store.path(), options, key->fingerprint(), table);
}

std::int64_t number(storage::SqlConnection& db, const char* sql) {
    const auto value = db.value(QString::fromUtf8(sql));
    return value ? value->toLongLong() : -1;
}

} // namespace

class TestMigrations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTableIsNumberedWithoutGaps() {
        int expected = 0;
        for (const Migration& step : storage::migrations()) {
            QCOMPARE(step.version, ++expected);
            QVERIFY(!step.statements.empty());
        }
        QCOMPARE(expected, storage::schemaVersion);
    }

    /// Each step of the real table on a database that stopped at the version before, and of a table that goes on.
    void everyStepFromTheVersionBefore() {
        const auto table = tableWith({addNote, fillNote});
        const int newest = table.back().version;
        for (int version = 1; version < newest; ++version) {
            TempStore store;
            core::Person alice = somebody("Alice");
            {
                auto old = openWith(store, std::span(table).first(static_cast<std::size_t>(version)));
                VERIFY_OK(old);
                QVERIFY(old->report.created);
                VERIFY_OK(old->db->run(QStringLiteral(
                    "INSERT INTO person(id, name, status, created) VALUES(randomblob(16), 'Alice', 'active', 1)")));
            }
            const std::string logIdBefore =
                openWith(store, std::span(table).first(static_cast<std::size_t>(version)))->logId;
            const auto opened = openWith(store, table);
            VERIFY_OK(opened);
            QCOMPARE(opened->report.migratedFrom, version);
            QCOMPARE(opened->logId, logIdBefore);
            QCOMPARE(number(*opened->db, "PRAGMA user_version"), std::int64_t{newest});
            QCOMPARE(number(*opened->db, "SELECT count(*) FROM person WHERE note = 'from a later step: Alice'"),
                     std::int64_t{1});
            QCOMPARE(opened->report.notes.size(), std::size_t{1});

            // The copy is the old version, whole, private, and a database of its own.
            QVERIFY(QFile::exists(QString::fromStdString(opened->report.backup)));
            struct stat status {};
            QCOMPARE(::stat(opened->report.backup.c_str(), &status), 0);
            QCOMPARE(status.st_mode & 0777U, 0600U);
            auto backup = storage::SqlConnection::open(opened->report.backup, storage::SqlConnection::Mode::ReadOnly,
                                                       core::milliseconds(50));
            VERIFY_OK(backup);
            QCOMPARE(number(**backup, "PRAGMA user_version"), std::int64_t{version});
            QCOMPARE(number(**backup, "SELECT count(*) FROM person WHERE name = 'Alice'"), std::int64_t{1});
            QCOMPARE((*backup)->value(QStringLiteral("PRAGMA integrity_check"))->toString(), QStringLiteral("ok"));
        }
    }

    void nothingToDoMakesNoCopy() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store.open());
        QCOMPARE(store->report().migratedFrom, 0);
        QVERIFY(store->report().notes.empty());
        QVERIFY(backupsIn(store).isEmpty());
    }

    void aFailedStepLeavesNothingBehind() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(refusedStranger()));
        store.close();
        const auto failed = openWith(store, tableWith({addNote, broken}));
        QVERIFY(!failed);
        const std::string second = std::to_string(storage::schemaVersion + 2);
        QVERIFY2(failed.error().what.starts_with("migration " + second + " (a step of the test) failed"),
                 why(failed.error()));
        QCOMPARE(backupsIn(store).size(), 1);
        const auto opened = openWith(store, tableWith({addNote}));
        VERIFY_OK(opened);
        QCOMPARE(number(*opened->db, "SELECT count(*) FROM guest"), std::int64_t{0});
        QCOMPARE(number(*opened->db, "PRAGMA user_version"), std::int64_t{storage::schemaVersion + 1});
        QCOMPARE(number(*opened->db, "SELECT count(*) FROM event"), std::int64_t{1});
    }

    void withoutRoomForTheCopyNothingChanges() {
        TempStore store;
        VERIFY_OK(store.open());
        store.close();
        QVERIFY(writeContent(store.file(storage::backupFolder), "in the way"));
        const QByteArray before = hashOf(store.database());
        const auto failed = openWith(store, tableWith({addNote}));
        QVERIFY(!failed);
        QCOMPARE(hashOf(store.database()), before);
        VERIFY_OK(store.open());
    }

    void aNewerDatabaseIsRefusedAndLeftAsItIs() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(refusedStranger()));
        VERIFY_OK(store.tamper({"PRAGMA user_version=999"}));
        const QByteArray before = hashOf(store.database());
        const auto refused = store.open();
        QVERIFY(!refused);
        QVERIFY(refused.error().kind == core::ErrorKind::NewerVersion);
        QCOMPARE(core::exitCode(refused.error().kind), 4);
        QVERIFY2(refused.error().what.find("schema 999") != std::string::npos, why(refused.error()));
        QCOMPARE(hashOf(store.database()), before);
        const auto reader = store.reader();
        QVERIFY(!reader);
        QVERIFY(reader.error().kind == core::ErrorKind::NewerVersion);
        QCOMPARE(hashOf(store.database()), before);
        QVERIFY(backupsIn(store).isEmpty());
        QCOMPARE(QDir(QString::fromStdString(store.path())).entryList({QStringLiteral("*.damaged*")}).size(), 0);
    }

    /// The newer version is only in the write-ahead log: its program was killed before a checkpoint.
    void aNewerDatabaseInTheWriteAheadLogIsRefusedToo() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->checkpoint());
        QByteArray file, wal;
        {
            auto db = storage::SqlConnection::open(store.database(), storage::SqlConnection::Mode::ReadWrite,
                                                   core::milliseconds(50));
            VERIFY_OK(db);
            VERIFY_OK((*db)->run(QStringLiteral("PRAGMA user_version=999")));
            file = contentOf(store.database());
            wal = contentOf(store.database() + "-wal");
        }
        store.close();
        QVERIFY(writeContent(store.database(), file));
        QVERIFY(writeContent(store.database() + "-wal", wal));
        const auto refused = store.open();
        QVERIFY(!refused);
        QVERIFY2(refused.error().kind == core::ErrorKind::NewerVersion, why(refused.error()));
        QCOMPARE(contentOf(store.database()), file);
        QCOMPARE(contentOf(store.database() + "-wal"), wal);
    }
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
