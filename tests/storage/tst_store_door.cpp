// SPDX-License-Identifier: GPL-3.0-or-later
// The door's mode and the notes of events in the database: kept, audited, chained, and brought over from version 3.
#include "temp_store.h"

#include "storage/event_json.h"

#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;
using core::DoorMode;

namespace {

core::Event openedBy(const char* who, const char* why, std::int64_t ms = 0) {
    core::Event event = grantedTo({}, ms);
    event.person.reset();
    event.personName = who;
    event.cardId.clear();
    event.note = why;
    event.reason = core::Reason::RemoteUnlock;
    event.source = core::DecisionSource::Remote;
    return event;
}

/// What a database of version 3 looked like.
const std::vector<const char*> backToVersionThree{"ALTER TABLE event DROP COLUMN note_hash",
                                                  "ALTER TABLE event_personal DROP COLUMN note", "DROP TABLE door_mode",
                                                  "PRAGMA user_version=3", "VACUUM"};

} // namespace

class TestStoreDoor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLockdownComesBackWithWhoAndWhen() {
        TempStore store;
        VERIFY_OK(store.open());
        QVERIFY(*store->doorMode("front") == core::DoorModeState{});
        const core::DoorModeState on{DoorMode::LockedDown, "Office", at(5000), "fire drill"};
        VERIFY_OK(store->putDoorMode("front", on));
        VERIFY_OK(store.open());
        QVERIFY(*store->doorMode("front") == on);
        QVERIFY2(store->doorMode("back")->mode == DoorMode::Normal, "another door");
        const core::DoorModeState off{DoorMode::Normal, "Ada", at(9000), ""};
        VERIFY_OK(store->putDoorMode("front", off));
        VERIFY_OK(store.open());
        QVERIFY(*store->doorMode("front") == off);
        const auto audit = store->audit(0, 10);
        VERIFY_OK(audit);
        QCOMPARE(audit->size(), std::size_t{2});
        QCOMPARE(audit->at(1).note.action, std::string("door.lockdown_on"));
        QCOMPARE(audit->at(1).note.subject, std::string("front"));
        QCOMPARE(audit->at(1).note.after, std::string(R"({"reason":"fire drill"})"));
        QVERIFY(audit->at(1).by.who == "Office" && audit->at(1).by.when == at(5000));
        QCOMPARE(audit->at(0).note.action, std::string("door.lockdown_off"));
        QVERIFY(audit->at(0).by.who == "Ada" && audit->at(0).note.after.empty());
        QVERIFY(store->verifyAudit()->intact);
    }

    void damageNeverEndsALockdown_data() {
        QTest::addColumn<QByteArray>("statement");
        QTest::newRow("row gone") << QByteArray("DELETE FROM door_mode");
        QTest::newRow("mark gone") << QByteArray("DELETE FROM meta WHERE key LIKE 'locked_down:%'");
        QTest::newRow("row says something else") << QByteArray("UPDATE door_mode SET mode = 'ajar'");
    }
    void damageNeverEndsALockdown() {
        QFETCH(const QByteArray, statement);
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->putDoorMode("front", {DoorMode::LockedDown, "Office", at(5000), ""}));
        VERIFY_OK(store.tamper({statement.constData()}));
        VERIFY_OK(store.open());
        QVERIFY(store->doorMode("front")->mode == DoorMode::LockedDown);
        VERIFY_OK(store->putDoorMode("front", {DoorMode::Normal, "Ada", at(6000), ""}));
        QVERIFY(store->doorMode("front")->mode == DoorMode::Normal);
    }

    void anEventKeepsItsNote() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(grantedTo(somebody("Alice", "D8E2F1G3"), 1)));
        const auto committed = store->append(openedBy("Office", "parcel \xc3\xa9", 2));
        VERIFY_OK(committed);
        const auto reader = store.reader();
        VERIFY_OK(reader);
        const auto read = (*reader)->bySeq(2);
        VERIFY_OK(read);
        QCOMPARE((*read)->event.note, std::string("parcel \xc3\xa9"));
        QCOMPARE((*read)->event.personName, std::string("Office"));
        QVERIFY((*(*reader)->bySeq(1))->event.note.empty());
        const auto json = storage::toJson(**read);
        QCOMPARE(json.value(QLatin1String("note")).toString(), QString::fromUtf8("parcel \xc3\xa9"));
        QCOMPARE(storage::eventFromJson(json)->event.note, (*read)->event.note);
        QVERIFY(!storage::toJson(**(*reader)->bySeq(1)).contains(QLatin1String("note")));
        const auto report = store.verify();
        VERIFY_OK(report);
        QVERIFY2(report->intact, report->why.c_str());
    }

    void aChangedNoteIsFound_data() {
        QTest::addColumn<QByteArray>("statement");
        QTest::newRow("edited") << QByteArray("UPDATE event_personal SET note = 'nothing' WHERE seq = 1");
        QTest::newRow("taken out") << QByteArray("UPDATE event_personal SET note = NULL WHERE seq = 1");
        QTest::newRow("its hash taken out") << QByteArray("UPDATE event SET note_hash = NULL WHERE seq = 1");
        QTest::newRow("put in") << QByteArray("UPDATE event_personal SET note = 'x' WHERE seq = 2");
    }
    void aChangedNoteIsFound() {
        QFETCH(const QByteArray, statement);
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(openedBy("Office", "parcel", 1)));
        VERIFY_OK(store->append(openedBy("Office", "", 2)));
        VERIFY_OK(store.tamper(
            {"DROP TRIGGER event_personal_no_update", "DROP TRIGGER event_no_update", statement.constData()}));
        const auto report = store.verify();
        VERIFY_OK(report);
        QVERIFY(!report->intact);
    }

    void anErasedNoteStillVerifies() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(openedBy("Office", "parcel", 1)));
        VERIFY_OK(store.tamper({"DELETE FROM event_personal WHERE seq = 1"}));
        const auto report = store.verify();
        VERIFY_OK(report);
        QVERIFY2(report->intact, report->why.c_str());
        QCOMPARE(report->erased, std::int64_t{1});
    }

    void fromVersionThreeWithItsLog() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->append(grantedTo(somebody("Alice", "D8E2F1G3"), 1)));
        VERIFY_OK(store->append(refusedStranger(2)));
        VERIFY_OK(store.tamper(backToVersionThree));
        VERIFY_OK(store.open());
        QCOMPARE(store->report().migratedFrom, 3);
        QVERIFY(*store->doorMode("front") == core::DoorModeState{});
        VERIFY_OK(store->putDoorMode("front", {DoorMode::LockedDown, "Office", at(5000), ""}));
        VERIFY_OK(store->append(openedBy("Office", "parcel", 3)));
        const auto report = store.verify();
        VERIFY_OK(report);
        QVERIFY2(report->intact, report->why.c_str());
        QCOMPARE(report->events, std::int64_t{3});
    }

    void aDamagedLogOfVersionThreeIsSalvaged() {
        TempStore store;
        VERIFY_OK(store.open());
        for (int i = 0; i < 100; ++i)
            VERIFY_OK(store->append(grantedTo(somebody("Alice", "D8E2F1G3"), i)));
        VERIFY_OK(store.tamper(backToVersionThree));
        QByteArray file = contentOf(store.database());
        std::fill_n(file.begin() + file.size() / 4096 / 2 * 4096, 4096, '\x5a'); // the schema is at both ends
        QVERIFY(writeContent(store.database(), file));
        VERIFY_OK(store.open());
        QVERIFY(store->report().salvaged);
        QVERIFY2(store->report().salvagedEvents > 0, "rows without a column for the note");
        VERIFY_OK(store->append(openedBy("Office", "parcel", 200)));
        const auto report = store.verify();
        VERIFY_OK(report);
        QVERIFY2(report->intact, report->why.c_str());
    }
};

QTEST_GUILESS_MAIN(TestStoreDoor)
#include "tst_store_door.moc"
