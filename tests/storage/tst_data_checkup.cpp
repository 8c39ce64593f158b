// SPDX-License-Identifier: GPL-3.0-or-later
// Looking a data folder over: what is right, and each thing that can be wrong with it.
#include "faults.h"
#include "storage/data_checkup.h"
#include "temp_store.h"

#include <QtTest>

#include <cerrno>

#include <sys/stat.h>

using namespace facelatch;
using namespace facelatch::test;
using storage::DatabaseState;
using storage::KeyState;

class TestDataCheckup : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string data() const { return m_folder->filePath(QStringLiteral("data")).toStdString(); }
    std::string file(const char* name) const { return data() + '/' + name; }
    storage::DataCheckup look(std::int64_t most = -1, const std::string& credentials = {}) const {
        return storage::checkUp(data(), {credentials, most});
    }
    /// A database with an event of that time, closed again.
    void fill(std::int64_t ms = 0) {
        auto folder = storage::DataFolder::claim(data());
        VERIFY_OK(folder);
        storage::StoreOptions options;
        options.now = at(0);
        options.credentialsDirectory.clear();
        auto store = storage::Store::open(*folder, options);
        VERIFY_OK(store);
        VERIFY_OK((*store)->append(refusedStranger(ms)));
    }
    /// Without what SQLite keeps beside a database that somebody has read.
    QStringList files() const {
        QStringList names = QDir(QString::fromStdString(data())).entryList(QDir::Files | QDir::Hidden);
        names.removeIf([](const QString& name) {
            return name.endsWith(QStringLiteral("-wal")) || name.endsWith(QStringLiteral("-shm"));
        });
        return names;
    }
    /// Writes over a part of the database.
    void spoil(qint64 offset, const QByteArray& bytes) {
        QFile database(QString::fromStdString(file(storage::databaseFile)));
        QVERIFY(database.open(QIODevice::ReadWrite));
        QVERIFY(database.seek(offset));
        QCOMPARE(database.write(bytes), bytes.size());
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void nothingIsThereAndNothingIsMade() {
        const auto found = look();
        QVERIFY(!found.exists);
        QCOMPARE(found.databaseBytes, -1);
        QCOMPARE(found.key, KeyState::NotNeededYet);
        QVERIFY(!QFileInfo::exists(QString::fromStdString(data())));
    }

    void aHealthyFolder() {
        fill(5000);
        const QStringList before = files();
        const auto found = look();
        QVERIFY(found.exists);
        QVERIFY(found.foreignOwner.empty());
        QCOMPARE(found.mode, 0700U);
        QVERIFY2(found.writeError.empty(), found.writeError.c_str());
        QVERIFY(found.freeBytes > 0);
        QVERIFY(found.ballastBytes > 0);
        QVERIFY(found.databaseBytes > 0);
        QCOMPARE(found.schema, found.knownSchema);
        QCOMPARE(found.database, DatabaseState::Whole);
        QVERIFY(found.newestEvent == at(5000));
        QCOMPARE(found.key, KeyState::InFile);
        QCOMPARE(found.keyMode, 0400U);
        QVERIFY(!found.keyOpenToOthers);
        QCOMPARE(files(), before);
    }

    void besideAStoreThatWrites() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(refusedStranger(7000)));
        const auto found = storage::checkUp(store.path(), {{}, -1});
        QCOMPARE(found.database, DatabaseState::Whole);
        QVERIFY(found.newestEvent == at(7000)); // it stands in the write-ahead log only
        QVERIFY(found.walBytes > 0);
        VERIFY_OK(store->append(refusedStranger(8000))); // and writes on
    }

    void aLargeDatabaseIsNotRead() {
        fill();
        const auto found = look(100);
        QCOMPARE(found.database, DatabaseState::NotChecked);
        QVERIFY(found.newestEvent.has_value());
    }

    void damageIsFound_data() {
        QTest::addColumn<int>("offset");
        QTest::newRow("the header") << 0;
        QTest::newRow("the second page") << 4096;
    }
    void damageIsFound() {
        QFETCH(int, offset);
        fill();
        spoil(offset, QByteArray(512, '\x5a'));
        const auto found = look();
        QCOMPARE(found.database, DatabaseState::Damaged);
        QVERIFY(!found.damage.empty());
    }

    void aNewerDatabaseIsTold() {
        fill();
        spoil(60, QByteArray::fromHex("0000270f")); // user_version, big endian
        const auto found = look();
        QCOMPARE(found.schema, 9999);
        QVERIFY(found.knownSchema < 9999);
    }

    void keysThatAreWrong() {
        fill();
        const std::string key = file(storage::deviceKeyFile);
        QCOMPARE(::chmod(key.c_str(), 0644), 0);
        QVERIFY(look().keyOpenToOthers);
        QCOMPARE(look().keyMode, 0644U);
        QCOMPARE(::chmod(key.c_str(), 0600), 0);
        QVERIFY(!look().keyOpenToOthers);
        QCOMPARE(::truncate(key.c_str(), 31), 0);
        QCOMPARE(look().key, KeyState::WrongSize);
        QVERIFY(QFile::remove(QString::fromStdString(key)));
        QCOMPARE(look().key, KeyState::Missing);
        QVERIFY(!QFileInfo::exists(QString::fromStdString(key)));
    }

    void aCredentialComesFirst() {
        fill();
        const std::string credentials = m_folder->path().toStdString();
        const QString name = m_folder->filePath(QLatin1String(storage::credentialName));
        QFile credential(name);
        QVERIFY(credential.open(QIODevice::WriteOnly));
        credential.write(QByteArray(32, 'k'));
        credential.close();
        QCOMPARE(::chmod(name.toLocal8Bit().constData(), 0440), 0); // as systemd's access lists look
        const auto found = look(-1, credentials);
        QCOMPARE(found.key, KeyState::InCredentials);
        QVERIFY(!found.keyOpenToOthers);
        QCOMPARE(::chmod(name.toLocal8Bit().constData(), 0444), 0);
        QVERIFY(look(-1, credentials).keyOpenToOthers);
    }

    void aDiskThatFails_data() {
        QTest::addColumn<int>("error");
        QTest::addColumn<bool>("full");
        QTest::addColumn<bool>("readOnly");
        QTest::newRow("ENOSPC") << ENOSPC << true << false;
        QTest::newRow("EROFS") << EROFS << false << true;
        QTest::newRow("EIO") << EIO << false << false;
    }
    void aDiskThatFails() {
        QFETCH(int, error);
        QFETCH(bool, full);
        QFETCH(bool, readOnly);
        fill();
        armFault(data(), 2, error, Fault::FromThenOn); // the first is the unlink of an older probe
        const auto found = look();
        QVERIFY(disarmFault() >= 2);
        QVERIFY(!found.writeError.empty());
        QCOMPARE(found.full, full);
        QCOMPARE(found.readOnly, readOnly);
    }
};

QTEST_GUILESS_MAIN(TestDataCheckup)
#include "tst_data_checkup.moc"
