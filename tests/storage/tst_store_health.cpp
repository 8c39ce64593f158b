// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to a running store's files: locked, gone, exchanged, back again.
#include "temp_store.h"

#include "storage/database_opening.h"

#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;

namespace {

QString q(const std::string& path) {
    return QString::fromStdString(path);
}

/// What a kill would leave in the folder now, opened elsewhere.
void copyAsKilled(const TempStore& from, TempStore& to) {
    for (const char* name : {"facelatch.db", "facelatch.db-wal", storage::markFile, storage::deviceKeyFile})
        if (QFile::exists(q(from.file(name))))
            QVERIFY(QFile::copy(q(from.file(name)), q(to.file(name))));
}

} // namespace

class TestStoreHealth : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWriterIsSetUpToLoseNothing() {
        TempStore store;
        VERIFY_OK(store.open());
        store.close();
        const auto db = storage::connectWriter(store.database(), core::milliseconds(50));
        VERIFY_OK(db);
        const auto pragma = [&db](const char* name) {
            return (*db)->value(QStringLiteral("PRAGMA ") + QLatin1String(name))->toString().toStdString();
        };
        QCOMPARE(pragma("journal_mode"), std::string("wal"));
        QCOMPARE(pragma("synchronous"), std::string("2")); // FULL
        QCOMPARE(pragma("foreign_keys"), std::string("1"));
        QCOMPARE(pragma("secure_delete"), std::string("1"));
        QCOMPARE(pragma("recursive_triggers"), std::string("1"));
        QCOMPARE(pragma("application_id"), std::to_string(storage::applicationId));
    }

    void aLockOfAnotherProgramIsSaidAndPasses() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Event event = refusedStranger();
        {
            auto other = storage::SqlConnection::open(store.database(), storage::SqlConnection::Mode::ReadWrite,
                                                      core::milliseconds(50));
            VERIFY_OK(other);
            VERIFY_OK((*other)->run(QStringLiteral("BEGIN IMMEDIATE")));
            const auto refused = store->append(event);
            QVERIFY(!refused);
            QCOMPARE(refused.error().what, std::string("the database is locked by another program"));
            QVERIFY(!store->health().writable);
            VERIFY_OK(store->people()); // reading goes on
            VERIFY_OK((*other)->run(QStringLiteral("ROLLBACK")));
        }
        const auto committed = store->append(event, jpeg());
        VERIFY_OK(committed);
        QVERIFY(!committed->snapshot.empty());
        QVERIFY(store->health().writable);
    }

    void aVanishedDatabaseIsSaidAndNeverMadeAnew() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(refusedStranger(0)));
        const std::string aside = store.path() + "/elsewhere";
        QVERIFY(QFile::rename(q(store.database()), q(aside)));
        const core::Event event = refusedStranger(1);
        for (int i = 0; i < 2; ++i) {
            const auto refused = store->append(event, jpeg());
            QVERIFY(!refused);
            QVERIFY2(refused.error().what.starts_with("the database is gone"), why(refused.error()));
            QVERIFY(!store->people());
            QVERIFY(!QFile::exists(q(store.database())));
        }
        QVERIFY(QFile::rename(q(aside), q(store.database())));
        const auto committed = store->append(event, jpeg());
        VERIFY_OK(committed);
        QCOMPARE(committed->seq, std::int64_t{2});
        QVERIFY(store->health().writable);
    }

    void anExchangedDatabaseIsNotWrittenTo() {
        TempStore store, other;
        VERIFY_OK(store.open());
        VERIFY_OK(other.open());
        VERIFY_OK(store->append(refusedStranger(0)));
        VERIFY_OK(other->append(refusedStranger(0)));
        other.close();
        const QByteArray foreign = contentOf(other.database());
        const std::string aside = store.path() + "/elsewhere";
        QVERIFY(QFile::rename(q(store.database()), q(aside)));
        QVERIFY(QFile::copy(q(other.database()), q(store.database())));
        QVERIFY(QFile::remove(q(store.database() + "-wal")));
        const auto refused = store->append(refusedStranger(1));
        QVERIFY(!refused);
        QVERIFY2(refused.error().what.find("exchanged for another one") != std::string::npos, why(refused.error()));
        QCOMPARE(contentOf(store.database()), foreign);
    }

    void aWriteAheadLogDeletedUnderTheRunningStoreLosesNothing() {
        TempStore store;
        VERIFY_OK(store.open());
        for (int i = 0; i < 5; ++i)
            VERIFY_OK(store->append(refusedStranger(i)));
        QVERIFY(QFile::remove(q(store.database() + "-wal")));
        VERIFY_OK(store->append(refusedStranger(5)));
        VERIFY_OK(store->append(refusedStranger(6)));
        TempStore after;
        copyAsKilled(store, after);
        VERIFY_OK(after.open());
        QVERIFY(after->report().notes.empty());
        const auto verified = after.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        QCOMPARE(verified->events, std::int64_t{7});
        const auto here = store.verify();
        VERIFY_OK(here);
        QVERIFY2(here->intact, here->why.c_str());
    }

    void aRemovedFolderIsSaid() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(refusedStranger(0)));
        QVERIFY(QDir(q(store.path())).removeRecursively());
        const auto refused = store->append(refusedStranger(1), jpeg());
        QVERIFY(!refused);
        QVERIFY2(refused.error().what.starts_with("the database is gone"), why(refused.error()));
        QVERIFY(!store->checkpoint());
        QVERIFY(!QFile::exists(q(store.path())));
    }

    void checkpointAndIntegrityCheckSucceedOnASoundStore() {
        TempStore store;
        VERIFY_OK(store.open());
        for (int i = 0; i < 5; ++i)
            VERIFY_OK(store->append(refusedStranger(i)));
        VERIFY_OK(store->integrityCheck());
        VERIFY_OK(store->checkpoint());
        QCOMPARE(QFileInfo(q(store.database() + "-wal")).size(), qint64{0});
        TempStore after;
        copyAsKilled(store, after);
        VERIFY_OK(after.open());
        QCOMPARE(after.verify()->events, std::int64_t{5});
    }
};

QTEST_GUILESS_MAIN(TestStoreHealth)
#include "tst_store_health.moc"
