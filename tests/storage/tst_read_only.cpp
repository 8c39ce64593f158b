// SPDX-License-Identifier: GPL-3.0-or-later
// A store on a disk that refuses writes, and pictures given up on one that is full.
#include "temp_store.h"

#include "storage/snapshot_files.h"

#include <QtTest>

#include <cerrno>
#include <cstring>
#include <sys/mount.h>

using namespace facelatch;
using namespace facelatch::test;

namespace {

/// A copy of a data folder on a disk of its own that is then mounted read-only.
class ReadOnlyCopy {
public:
    explicit ReadOnlyCopy(const TempStore& from, const std::vector<const char*>& files) {
        if (::mount("facelatch-test", m_dir.path().toUtf8().constData(), "tmpfs", 0, "size=8m,mode=0700") != 0) {
            m_whyNot = QByteArray("no disk can be mounted here (") + std::strerror(errno) + "), run as root to test it";
            return;
        }
        for (const char* name : files)
            QFile::copy(QString::fromStdString(from.file(name)), m_dir.filePath(QLatin1String(name)));
        ::mount("facelatch-test", m_dir.path().toUtf8().constData(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr);
    }
    ~ReadOnlyCopy() {
        if (m_whyNot.isEmpty())
            ::umount2(m_dir.path().toUtf8().constData(), MNT_DETACH);
    }
    const QByteArray& whyNot() const { return m_whyNot; }
    std::string path() const { return m_dir.path().toStdString(); }

private:
    QTemporaryDir m_dir;
    QByteArray m_whyNot;
};

} // namespace

class TestReadOnly : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void peopleAreReadAndNothingIsWritten() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice");
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}));
        // As a kill leaves it: what was written last stands in the write-ahead log.
        look(store, {storage::databaseFile, "facelatch.db-wal", "facelatch.db-shm", storage::deviceKeyFile}, true);
        store.close();
        look(store, {storage::databaseFile, storage::deviceKeyFile}, true);
    }

    /// Somebody removed since would be there again.
    void aWriteAheadLogThatCannotBeSeenIsRefused() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice");
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}));
        look(store, {storage::databaseFile, "facelatch.db-wal", storage::deviceKeyFile}, false);
    }

    void aPictureGivenUpIsNoBrokenLog() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(refusedStranger(0), jpeg()));
        const auto kept = store->append(refusedStranger(1), jpeg());
        VERIFY_OK(kept);
        const std::string name = (*store.reader())->bySeq(1)->value().snapshot;
        store.close();
        const storage::SnapshotFiles files(store.path());
        QVERIFY(files.giveUp(name));
        QCOMPARE(files.givenUp(), std::vector<std::string>{name});
        for (int round = 0; round < 2; ++round) { // before its row knows, and after
            const auto verified = store.verify();
            VERIFY_OK(verified);
            QVERIFY2(verified->intact, verified->why.c_str());
            QCOMPARE(verified->picturesDropped, std::int64_t{1});
            QCOMPARE(verified->pictures, std::int64_t{1});
            VERIFY_OK(store.open());
            QVERIFY(files.givenUp().empty());
            QVERIFY(!store->snapshot(name));
            VERIFY_OK(store->snapshot(kept->snapshot));
        }
        QVERIFY(files.remove(kept->snapshot)); // by somebody else: that is a broken log
        QVERIFY(!store.verify()->intact);
    }

private:
    static void look(const TempStore& store, const std::vector<const char*>& files, bool works) {
        const ReadOnlyCopy copy(store, files);
        if (!copy.whyNot().isEmpty())
            QSKIP(copy.whyNot().constData());
        QVERIFY(storage::DataFolder::refusesWrites(copy.path()));
        QVERIFY(!storage::DataFolder::claim(copy.path()));
        const auto folder = storage::DataFolder::look(copy.path());
        VERIFY_OK(folder);
        const auto opened = storage::Store::openReadOnly(*folder, testOptions());
        QCOMPARE(bool(opened), works);
        if (!works)
            return;
        QVERIFY((*opened)->readOnly());
        const auto people = (*opened)->people();
        VERIFY_OK(people);
        QCOMPARE(people->size(), std::size_t{1});
        QCOMPARE((*opened)->templates("")->templates.size(), std::size_t{1});
        QVERIFY(!(*opened)->append(refusedStranger(5)));
        QVERIFY(!(*opened)->health().writable);
        VERIFY_OK((*opened)->people());
    }
};

QTEST_GUILESS_MAIN(TestReadOnly)
#include "tst_read_only.moc"
