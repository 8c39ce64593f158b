// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of events: encrypted before their row, kept as long as the settings say, the oldest dropped first.
#include "temp_store.h"

#include <QtTest>

#include <sys/stat.h>

using namespace facelatch;
using namespace facelatch::test;
using storage::KeepSnapshots;

namespace {

QStringList pictureFiles(const TempStore& store) {
    return QDir(QString::fromStdString(store.file(storage::snapshotFolder))).entryList(QDir::Files);
}

} // namespace

class TestSnapshots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPictureComesBackAndItsFileIsPrivate() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice");
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}));
        for (const core::Event& event : {grantedTo(alice), refusedStranger(), grantedTo(somebody("Never enrolled"))}) {
            const auto committed = store->append(event, jpeg());
            VERIFY_OK(committed);
            QCOMPARE(committed->snapshot, event.id.text() + ".jpg");
            const auto back = store->snapshot(committed->snapshot);
            VERIFY_OK(back);
            QVERIFY(*back == jpeg());
            struct stat status {};
            QCOMPARE(::stat(storage::snapshotPath(store.path(), committed->snapshot).c_str(), &status), 0);
            QCOMPARE(status.st_mode & 0777U, 0600U);
        }
        QCOMPARE(pictureFiles(store).size(), 3);
        VERIFY_OK(store.open());
        QCOMPARE(pictureFiles(store).size(), 3);
        QVERIFY(store->health().snapshotBytes > 3 * 3000);
    }

    void onlyPicturesAreFoundByName() {
        TempStore store;
        VERIFY_OK(store.open());
        const auto committed = store->append(refusedStranger(), jpeg());
        VERIFY_OK(committed);
        for (const std::string& name :
             {std::string(), std::string("../device.key"), std::string("../facelatch.db"), newId().text() + ".jpg",
              committed->snapshot + "/", "../snapshots/" + committed->snapshot, committed->event.id.text() + ".png",
              std::string(40, '.')}) {
            const auto refused = store->snapshot(name);
            QVERIFY2(!refused, name.c_str());
            QVERIFY(refused.error().kind == core::ErrorKind::NotFound);
        }
    }

    void aPictureUnderAnotherNameDoesNotOpen() {
        TempStore store;
        VERIFY_OK(store.open());
        const auto one = store->append(refusedStranger(1), jpeg()), two = store->append(refusedStranger(2), jpeg());
        VERIFY_OK(one);
        VERIFY_OK(two);
        QVERIFY(writeContent(storage::snapshotPath(store.path(), one->snapshot),
                             contentOf(storage::snapshotPath(store.path(), two->snapshot))));
        QVERIFY(!store->snapshot(one->snapshot));
        QVERIFY(writeContent(storage::snapshotPath(store.path(), one->snapshot), "short"));
        QVERIFY(!store->snapshot(one->snapshot));
        VERIFY_OK(store->snapshot(two->snapshot));
    }

    void neverWritesNoPicture() {
        auto options = testOptions();
        options.keepSnapshots = KeepSnapshots::Never;
        TempStore store(options);
        VERIFY_OK(store.open());
        const auto committed = store->append(refusedStranger(), jpeg());
        VERIFY_OK(committed);
        QVERIFY(committed->snapshot.empty());
        QVERIFY(pictureFiles(store).isEmpty());
        store->setSnapshotPolicy(KeepSnapshots::Local, 1'000'000);
        QVERIFY(!store->append(refusedStranger(1), jpeg())->snapshot.empty());
    }

    void untilUploadedDropsWhatTheBackendHas() {
        auto options = testOptions();
        options.keepSnapshots = KeepSnapshots::UntilUploaded;
        TempStore store(options);
        VERIFY_OK(store.open());
        const auto one = store->append(refusedStranger(1), jpeg()), two = store->append(refusedStranger(2), jpeg());
        VERIFY_OK(one);
        VERIFY_OK(two);
        VERIFY_OK(store->snapshotUploaded(one->snapshot, at(10)));
        VERIFY_OK(store->snapshotUploaded(one->snapshot, at(11)));
        VERIFY_OK(store->snapshotUploaded("no such picture", at(11)));
        VERIFY_OK(store->snapshotUploaded("", at(11)));
        QCOMPARE(pictureFiles(store).size(), 1);
        const auto gone = store->snapshot(one->snapshot);
        QVERIFY(!gone);
        QVERIFY(gone.error().kind == core::ErrorKind::NotFound);
        const auto reader = store.reader();
        VERIFY_OK(reader);
        QVERIFY((*(*reader)->bySeq(1))->snapshot.empty()); // the row says that it is gone
        QCOMPARE((*(*reader)->bySeq(2))->snapshot, two->snapshot);
        store->setSnapshotPolicy(KeepSnapshots::Local, 1'000'000);
        VERIFY_OK(store->snapshotUploaded(two->snapshot, at(12)));
        QCOMPARE(pictureFiles(store).size(), 1);
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        QCOMPARE(verified->picturesDropped, std::int64_t{1});
    }

    void theOldestGoFirstWhenTheLimitIsReached() {
        auto options = testOptions();
        options.snapshotsMaxBytes = 10 * 3100;
        TempStore store(options);
        VERIFY_OK(store.open());
        std::vector<std::string> names;
        for (int i = 0; i < 50; ++i) {
            const auto committed = store->append(refusedStranger(i), jpeg());
            VERIFY_OK(committed);
            names.push_back(committed->snapshot);
            QVERIFY(store->health().snapshotBytes <= options.snapshotsMaxBytes);
        }
        const auto kept = pictureFiles(store);
        QVERIFY(kept.size() >= 9 && kept.size() <= 10);
        QCOMPARE(store->health().picturesDropped, std::int64_t{50 - kept.size()});
        for (std::size_t i = 0; i < names.size(); ++i)
            QCOMPARE(bool(store->snapshot(names[i])), i >= names.size() - static_cast<std::size_t>(kept.size()));
        const auto verified = store.verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
        QCOMPARE(verified->events, std::int64_t{50});
        store->setSnapshotPolicy(KeepSnapshots::Local, 0);
        QVERIFY(pictureFiles(store).isEmpty());
        QCOMPARE(store->health().snapshotBytes, std::int64_t{0});
    }

    void aPictureWithoutItsRowIsSwept() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(refusedStranger(), jpeg()));
        store.close();
        // Killed between the picture and its row, in the middle of a picture, and after a row said "removed".
        const std::string folder = store.file(storage::snapshotFolder);
        QVERIFY(writeContent(folder + '/' + newId().text() + ".jpg.enc", "x"));
        QVERIFY(writeContent(folder + '/' + newId().text() + ".jpg.enc.tmp", "x"));
        QCOMPARE(pictureFiles(store).size(), 3);
        VERIFY_OK(store.open());
        QCOMPARE(pictureFiles(store).size(), 1);
        QVERIFY(store->report().notes.empty());
    }

    void theBallastIsThere() {
        auto options = testOptions();
        options.ballastBytes = 1 << 20;
        TempStore store(options);
        VERIFY_OK(store.open());
        struct stat status {};
        QCOMPARE(::stat(store.file(storage::ballastFile).c_str(), &status), 0);
        QCOMPARE(status.st_size, off_t{1 << 20});
        QVERIFY(status.st_blocks * 512 >= 1 << 20); // reserved, not a hole
        QVERIFY(!store->health().ballastFreed);
        QVERIFY(QFile::remove(QString::fromStdString(store.file(storage::ballastFile))));
        VERIFY_OK(store->checkpoint());
        QCOMPARE(::stat(store.file(storage::ballastFile).c_str(), &status), 0);
    }
};

QTEST_GUILESS_MAIN(TestSnapshots)
#include "tst_snapshots.moc"
