// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that is really full: rows before pictures, nothing lost, healed when there is space again.
#include "small_disk.h"
#include "temp_store.h"

#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;

namespace {

constexpr std::int64_t ballast = 512 * 1024;

storage::StoreOptions withBallast() {
    auto options = testOptions();
    options.ballastBytes = ballast;
    return options;
}

bool hasBallast(const TempStore& store) {
    return QFile::exists(QString::fromStdString(store.file(storage::ballastFile)));
}

} // namespace

class TestFullDisk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBallastKeepsRowsComing() {
        SmallDisk disk;
        if (!disk)
            QSKIP(disk.whyNot().constData());
        TempStore store(withBallast(), QString::fromStdString(disk.path()));
        VERIFY_OK(store.open());
        QVERIFY(hasBallast(store));
        std::vector<core::Uuid7> acknowledged;
        const auto append = [&](int i, const Bytes& picture) {
            const core::Event event = refusedStranger(i);
            auto committed = store->append(event, picture);
            if (committed)
                acknowledged.push_back(event.id);
            return committed;
        };
        for (int i = 0; i < 20; ++i)
            VERIFY_OK(append(i, jpeg(30'000)));
        QVERIFY(disk.fill());

        // Full: the ballast goes, the oldest pictures go, the rows stay and new ones come.
        for (int i = 20; i < 60; ++i)
            VERIFY_OK(append(i, jpeg(30'000)));
        QVERIFY(store->health().ballastFreed);
        QVERIFY(!hasBallast(store));
        QVERIFY(store->health().picturesDropped > 0);
        QVERIFY(store->health().writable);
        checkAll(store, acknowledged);

        // Space again: the reserve comes back by itself.
        QVERIFY(disk.empty());
        VERIFY_OK(store->checkpoint());
        QVERIFY(hasBallast(store));
        QVERIFY(!store->health().ballastFreed);
        const auto committed = append(60, jpeg(30'000));
        VERIFY_OK(committed);
        QVERIFY(!committed->snapshot.empty());
        checkAll(store, acknowledged);
        VERIFY_OK(store.open());
        QVERIFY(store->report().notes.empty());
        checkAll(store, acknowledged);
    }

    void withNothingLeftItSaysSoAndHeals() {
        SmallDisk disk;
        if (!disk)
            QSKIP(disk.whyNot().constData());
        TempStore store(withBallast(), QString::fromStdString(disk.path()));
        VERIFY_OK(store.open());
        std::vector<core::Uuid7> acknowledged;
        int i = 0;
        core::Event waiting;
        core::Error error;
        // Something else eats whatever is freed.
        for (; i < 5000; ++i) {
            disk.fill();
            waiting = refusedStranger(i);
            const auto committed = store->append(waiting, i < 10 ? jpeg(30'000) : Bytes());
            if (!committed) {
                error = committed.error();
                break;
            }
            acknowledged.push_back(waiting.id);
        }
        QVERIFY2(i > 0 && i < 5000, QByteArray::number(i).constData());
        QCOMPARE(error.what, std::string("the disk is full"));
        QVERIFY(!error.remedy.empty());
        QVERIFY(!store->health().writable);
        QVERIFY(store->health().ballastFreed);
        checkAll(store, acknowledged);
        const core::Person alice = somebody("Alice");
        QVERIFY(!store->addPerson(alice, {templateOf(alice, 0.5F)}, jpeg(100'000)));
        const auto people = store->people(); // all of an enrolment or nothing
        VERIFY_OK(people);
        QVERIFY(people->empty() && store->templates("").value().templates.empty());
        QCOMPARE(store->verifyAudit().value().entries, std::int64_t{0});
        (void)store->checkpoint();
        QVERIFY(!store->append(waiting));

        QVERIFY(disk.empty());
        const auto healed = store->append(waiting, jpeg());
        VERIFY_OK(healed);
        acknowledged.push_back(waiting.id);
        QCOMPARE(healed->seq, static_cast<std::int64_t>(acknowledged.size()));
        QVERIFY(store->health().writable);
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}));
        VERIFY_OK(store->checkpoint());
        QVERIFY(hasBallast(store));
        checkAll(store, acknowledged);
        VERIFY_OK(store.open());
        checkAll(store, acknowledged);
    }

    void aStartOnAFullDiskWorksOrSaysWhy() {
        SmallDisk disk;
        if (!disk)
            QSKIP(disk.whyNot().constData());
        TempStore store(withBallast(), QString::fromStdString(disk.path()));
        VERIFY_OK(store.open());
        const core::Event event = refusedStranger();
        VERIFY_OK(store->append(event, jpeg()));
        store.close();
        QVERIFY(QFile::remove(QString::fromStdString(store.file(storage::ballastFile))));
        QVERIFY(disk.fill());
        const auto opened = store.open();
        if (opened) {
            QVERIFY(store->health().ballastFreed);
            checkAll(store, {event.id});
        } else {
            QVERIFY2(opened.error().what.find("full") != std::string::npos ||
                         opened.error().what.find("space") != std::string::npos ||
                         opened.error().what.find("disk") != std::string::npos,
                     why(opened.error()));
        }
        store.close();
        QVERIFY(disk.empty());
        VERIFY_OK(store.open());
        QVERIFY(store->report().notes.empty());
        checkAll(store, {event.id});

        QVERIFY(disk.fill());
        TempStore fresh(withBallast(), QString::fromStdString(disk.path()));
        const auto refused = fresh.open();
        QVERIFY(!refused);
        QVERIFY(disk.empty());
        VERIFY_OK(fresh.open());
        QVERIFY(fresh->report().created);
    }

private:
    static void checkAll(TempStore& store, const std::vector<core::Uuid7>& acknowledged) {
        const auto reader = store.reader();
        VERIFY_OK(reader);
        std::int64_t seq = 0;
        for (const core::Uuid7& id : acknowledged) {
            const auto found = (*reader)->byId(id);
            VERIFY_OK(found);
            QVERIFY(found->has_value());
            QCOMPARE((*found)->seq, ++seq);
        }
        const auto verified = (*reader)->verify();
        VERIFY_OK(verified);
        QVERIFY2(verified->intact, verified->why.c_str());
    }
};

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_full_disk.moc"
