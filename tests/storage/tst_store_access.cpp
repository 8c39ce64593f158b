// SPDX-License-Identifier: GPL-3.0-or-later
// Access rules, people's rights and the audit: changed whole or not at all, and each change noted.
#include "temp_store.h"

#include "storage/database_opening.h"
#include "storage/migrations.h"

#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;

namespace {

const storage::ChangeBy admin{"the test", at(1000)};

core::Group group(const char* name) {
    return {{newId()}, name};
}
core::Schedule schedule(const char* name, const char* periods) {
    return {{newId()}, name, *core::parseWeek(periods), false};
}

/// Staff by day, and Alice in it.
struct Firm {
    core::Group staff = group("Staff"), guards = group("Guards");
    core::Schedule day = schedule("Day", "Mon-Fri 07:00-12:00 13:00-19:00, Sat 22:00-06:00");
    core::AccessRule rule{{newId()}, staff.id, "door-1", day.id, core::AuthMode::FacePin};
    core::Holiday christmas{{newId()}, "Christmas", 12, 25, std::nullopt, {}};
    core::Holiday eve{{newId()}, "Eve", 12, 24, 2026, {{420, 720}}};
    core::Person alice = somebody("Alice", "D8E2F1G3");

    core::Status lay(storage::Store& store) const {
        for (const auto& done :
             {store.addPerson(alice, {templateOf(alice, 0.5F)}), store.addGroup(staff, admin),
              store.addGroup(guards, admin), store.putSchedule(day, admin), store.addHoliday(christmas, admin),
              store.addHoliday(eve, admin), store.addRule(rule, admin)})
            if (!done)
                return done;
        storage::PersonChange change;
        change.groups = {staff.id, guards.id};
        return store.changePerson(alice.id, change, admin);
    }
};

std::vector<std::string> actionsOf(storage::Store& store) {
    std::vector<std::string> actions;
    const auto entries = store.audit(0, 1000);
    for (const storage::AuditEntry& entry : entries ? *entries : std::vector<storage::AuditEntry>())
        actions.push_back(entry.note.action);
    return actions;
}

} // namespace

class TestStoreAccess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesComeBackAsAdded() {
        TempStore store;
        VERIFY_OK(store.open());
        const auto none = store->access();
        VERIFY_OK(none);
        QVERIFY(!none->restricted());
        const Firm firm;
        VERIFY_OK(firm.lay(store.store()));
        VERIFY_OK(store.open());
        const auto config = store->access();
        VERIFY_OK(config);
        QVERIFY(config->restricted() && !config->rulesLost);
        QVERIFY((config->groups == std::vector{firm.guards, firm.staff}));
        QVERIFY((config->schedules == std::vector{firm.day}));
        QVERIFY((config->holidays == std::vector{firm.eve, firm.christmas}));
        QVERIFY((config->rules == std::vector{firm.rule}));
        const auto alice = store->person(firm.alice.id);
        VERIFY_OK(alice);
        QCOMPARE((*alice)->groups.size(), std::size_t{2});
        QVERIFY((*alice)->groups == (*store->people())[0].groups);
        QVERIFY((*alice)->groups == (*store->findByName("Alice"))[0].groups);
        QVERIFY((*alice)->groups == (*store->findByCard("D8E2F1G3"))->groups);
    }

    void aScheduleIsExchangedWhole() {
        TempStore store;
        VERIFY_OK(store.open());
        const Firm firm;
        VERIFY_OK(firm.lay(store.store()));
        core::Schedule changed = firm.day;
        changed.name = "Day and night";
        changed.week = *core::parseWeek("always");
        changed.throughHolidays = true;
        VERIFY_OK(store->putSchedule(changed, admin));
        QVERIFY((store->access()->schedules == std::vector{changed}));
        const auto noted = store->audit(0, 1);
        VERIFY_OK(noted);
        const storage::AuditNote& note = noted->front().note;
        QCOMPARE(note.action, std::string("schedule.set"));
        QCOMPARE(note.subject, std::string("Day and night"));
        QVERIFY(note.before.find("Mon-Fri 07:00-12:00 13:00-19:00, Sat 22:00-06:00") != std::string::npos);
        QVERIFY(note.after.find("always") != std::string::npos);
        QCOMPARE(noted->front().by.who, admin.who);
        QVERIFY(noted->front().by.when == admin.when);
    }

    void namesAreChangedAndNoted() {
        TempStore store;
        VERIFY_OK(store.open());
        const Firm firm;
        VERIFY_OK(firm.lay(store.store()));
        VERIFY_OK(store->renameGroup(firm.staff.id, "Team", admin));
        const auto config = store->access();
        VERIFY_OK(config);
        QCOMPARE(config->group(firm.staff.id)->name, std::string("Team"));
        QVERIFY((config->rules == std::vector{firm.rule}));
        QCOMPARE(store->person(firm.alice.id).value()->groups.size(), std::size_t{2});
        const storage::AuditNote group = store->audit(0, 1)->front().note;
        QCOMPARE(group.action, std::string("group.set"));
        QCOMPARE(group.before, std::string(R"({"name":"Staff"})"));
        QCOMPARE(group.after, std::string(R"({"name":"Team"})"));
        core::Schedule renamed = firm.day;
        renamed.name = "Daytime";
        VERIFY_OK(store->putSchedule(renamed, admin));
        const storage::AuditNote schedule = store->audit(0, 1)->front().note;
        QVERIFY(schedule.before.find(R"("name":"Day")") != std::string::npos);
        QVERIFY(schedule.after.find(R"("name":"Daytime")") != std::string::npos);

        const auto noted = actionsOf(store.store()).size();
        for (const char* name : {"", "guards", "a,b", "a\nb"}) {
            const auto refused = store->renameGroup(firm.staff.id, name, admin);
            QVERIFY2(!refused && refused.error().kind == core::ErrorKind::Usage, name);
        }
        QCOMPARE(store->renameGroup({newId()}, "Nobody", admin).error().kind, core::ErrorKind::NotFound);
        QCOMPARE(actionsOf(store.store()).size(), noted);
        VERIFY_OK(store->renameGroup(firm.staff.id, "TEAM", admin)); // its own name in other letters
    }

    void whatIsUsedOrTakenIsRefusedAndNothingChanges() {
        TempStore store;
        VERIFY_OK(store.open());
        const Firm firm;
        VERIFY_OK(firm.lay(store.store()));
        const auto before = actionsOf(store.store());
        core::AccessRule again = firm.rule;
        again.id = {newId()};
        core::AccessRule nowhere = again;
        nowhere.schedule = {newId()};
        core::Holiday sameDay = firm.eve;
        sameDay.id = {newId()};
        storage::PersonChange unknownGroup, negative, badNotes, longNotes;
        unknownGroup.groups = {firm.staff.id, core::GroupId{newId()}};
        unknownGroup.status = core::PersonStatus::Suspended;
        negative.usesAllowed = std::optional(-1);
        badNotes.notes = "\xff\xfe";
        longNotes.notes = std::string(2001, 'x');
        for (const auto& refused :
             {store->addGroup(group("sTAFF"), admin), store->addGroup(group(""), admin),
              store->addGroup(group("a,b"), admin), store->addGroup(group("a\nb"), admin),
              store->removeGroup(firm.staff.id, admin), store->putSchedule(schedule("DAY", "always"), admin),
              store->removeSchedule(firm.day.id, admin), store->addHoliday(sameDay, admin),
              store->addRule(again, admin), store->addRule(nowhere, admin),
              store->changePerson(firm.alice.id, unknownGroup, admin),
              store->changePerson(firm.alice.id, negative, admin), store->changePerson(firm.alice.id, badNotes, admin),
              store->changePerson(firm.alice.id, longNotes, admin)}) {
            QVERIFY(!refused);
            QVERIFY2(refused.error().kind == core::ErrorKind::Usage, why(refused.error()));
        }
        for (const auto& missing : {store->removeGroup({newId()}, admin), store->removeSchedule({newId()}, admin),
                                    store->removeHoliday({newId()}, admin), store->removeRule({newId()}, admin),
                                    store->changePerson({newId()}, {}, admin)}) {
            QVERIFY(!missing);
            QVERIFY(missing.error().kind == core::ErrorKind::NotFound);
        }
        QVERIFY(actionsOf(store.store()) == before);
        QVERIFY(store->person(firm.alice.id).value()->status == core::PersonStatus::Active);
        QVERIFY(store->health().writable);
    }

    void removingTheLastRuleIsNotLosingThem() {
        TempStore store;
        VERIFY_OK(store.open());
        const Firm firm;
        VERIFY_OK(firm.lay(store.store()));
        VERIFY_OK(store->removeRule(firm.rule.id, admin));
        QVERIFY(!store->access()->restricted());
        VERIFY_OK(store->removeSchedule(firm.day.id, admin));
        VERIFY_OK(store->removeGroup(firm.staff.id, admin));
        VERIFY_OK(store->removeHoliday(firm.eve.id, admin));
        QCOMPARE(store->person(firm.alice.id).value()->groups.size(), std::size_t{1});
        QCOMPARE(store->access()->schedules.size(), std::size_t{0});

        VERIFY_OK(store->putSchedule(firm.day, admin));
        VERIFY_OK(store->addGroup(firm.staff, admin));
        VERIFY_OK(store->addRule(firm.rule, admin));
        VERIFY_OK(store.tamper({"DELETE FROM access_rule"}));
        VERIFY_OK(store.open());
        QVERIFY2(store->access()->rulesLost, "rules that vanish must not open the door to everybody");
        QVERIFY(store->access()->restricted());
        VERIFY_OK(store->addRule(firm.rule, admin));
        QVERIFY(!store->access()->rulesLost);
        VERIFY_OK(store->removeRule(firm.rule.id, admin));
        QVERIFY(!store->access()->restricted());
    }

    void aModeNobodyKnowsAsksForTheMost() {
        TempStore store;
        VERIFY_OK(store.open());
        const Firm firm;
        VERIFY_OK(firm.lay(store.store()));
        VERIFY_OK(store.tamper({"UPDATE access_rule SET mode = 'iris'"}));
        VERIFY_OK(store.open());
        QVERIFY(store->access()->rules[0].mode == core::AuthMode::CardPin);
    }

    void peopleAreChangedInPart() {
        TempStore store;
        VERIFY_OK(store.open());
        const Firm firm;
        VERIFY_OK(firm.lay(store.store()));
        const core::PersonId id = firm.alice.id;
        storage::PersonChange change;
        change.validFrom = std::optional(at(5));
        change.validUntil = std::optional(at(9000));
        change.usesAllowed = std::optional(3);
        change.language = "fr";
        change.notes = "Brings the cake. 🍰 '); DROP TABLE person;--";
        VERIFY_OK(store->changePerson(id, change, admin));
        VERIFY_OK(store.open());
        const core::Person alice = **store->person(id);
        QVERIFY(alice.validFrom == at(5) && alice.validUntil == at(9000));
        QCOMPARE(alice.groups.size(), std::size_t{2});
        QVERIFY((alice.uses == core::UseLimit{3, 0, 1}));
        QCOMPARE(alice.language, std::string("fr"));
        QCOMPARE(*store->notes(id), *change.notes);
        QVERIFY2(!everythingIn(store.path()).contains("cake"), "notes are sealed, and not in the audit");

        storage::PersonChange back;
        back.validFrom = std::optional<core::WallTime>();
        back.usesAllowed = std::optional<int>();
        back.status = core::PersonStatus::Suspended;
        back.groups = std::vector<core::GroupId>();
        back.notes = "";
        VERIFY_OK(store->changePerson(id, back, admin));
        const core::Person changed = **store->person(id);
        QVERIFY(!changed.validFrom && changed.validUntil == at(9000));
        QVERIFY(!changed.uses && changed.groups.empty());
        QVERIFY(changed.status == core::PersonStatus::Suspended);
        QCOMPARE(*store->notes(id), std::string());

        const auto entries = store->audit(0, 2);
        VERIFY_OK(entries);
        QVERIFY((*entries)[0].note.person == id);
        QCOMPARE((*entries)[0].note.personName, std::string("Alice"));
        QVERIFY((*entries)[0].note.before.find("\"groups\":[\"Guards\",\"Staff\"]") != std::string::npos ||
                (*entries)[0].note.before.find("\"groups\":[\"Staff\",\"Guards\"]") != std::string::npos);
        QVERIFY((*entries)[0].note.after.find("\"status\":\"suspended\"") != std::string::npos);
        QVERIFY((*entries)[1].note.after.find("\"notes\":\"changed\"") != std::string::npos);
        QVERIFY((*entries)[1].note.after.find("\"uses\":3") != std::string::npos);
        QVERIFY((*entries)[1].note.after.find("valid_until") != std::string::npos);
    }

    void aGrantTakesOneUseAVisit() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person guest = somebody("Guest");
        VERIFY_OK(store->addPerson(guest, {templateOf(guest, 0.5F)}));
        const auto taken = [&] {
            const core::Person now = **store->person(guest.id);
            return now.uses ? now.uses->taken : -1;
        };
        VERIFY_OK(store->append(grantedTo(guest, 1)));
        QCOMPARE(taken(), -1); // any number: nothing is counted
        storage::PersonChange change;
        change.usesAllowed = std::optional(2);
        VERIFY_OK(store->changePerson(guest.id, change, admin));
        const core::Event first = grantedTo(guest, 2);
        core::Event second = grantedTo(guest, 3), refused = grantedTo(guest, 4);
        second.visit = first.visit;
        refused.outcome = core::Outcome::Denied;
        refused.reason = core::Reason::UsedUp;
        for (const core::Event& event : {first, second, first, refused, refusedStranger(5)})
            VERIFY_OK(store->append(event));
        QCOMPARE(taken(), 1);
        VERIFY_OK(store->append(grantedTo(guest, 6)));
        QCOMPARE(taken(), 2);
        VERIFY_OK(store->changePerson(guest.id, change, admin));
        QVERIFY(((*store->person(guest.id))->uses == core::UseLimit{2, 0, 2}));
    }

    void everyChangeIsNotedAndTheAuditVerifies() {
        TempStore store;
        VERIFY_OK(store.open());
        const Firm firm;
        VERIFY_OK(firm.lay(store.store()));
        VERIFY_OK(store->removePerson(firm.alice.id, storage::Names::Keep, at(2000), "somebody"));
        const std::vector<std::string> expected{"person.remove", "person.set",  "rule.add",
                                                "holiday.add",   "holiday.add", "schedule.add",
                                                "group.add",     "group.add",   "person.add"};
        QVERIFY(actionsOf(store.store()) == expected);
        const auto page = store->audit(3, 1);
        VERIFY_OK(page);
        QCOMPARE(page->front().number, std::int64_t{2});
        const auto check = store->verifyAudit();
        VERIFY_OK(check);
        QVERIFY2(check->intact, check->why.c_str());
        QCOMPARE(check->entries, std::int64_t{9});
        QCOMPARE(store->audit(0, 1)->front().by.who, std::string("somebody"));
        QCOMPARE(store->audit(0, 1)->front().note.personName, std::string("Alice"));
        QVERIFY2(!everythingIn(store.path()).contains("\"D8E2F1G3\""), "no card id in the audit");
    }

    void theAuditIsOnlyAppended() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(Firm().lay(store.store()));
        for (const char* change : {"UPDATE audit SET who = 'nobody'", "DELETE FROM audit",
                                   "DELETE FROM audit WHERE number = 3", "UPDATE audit_person SET name = 'Bob'",
                                   "INSERT OR REPLACE INTO audit SELECT number, time, 'nobody', action, subject, "
                                   "before, after, person_hash, "
                                   "prev_hash, hash FROM audit WHERE number = 2"})
            QVERIFY2(!store.tamper({change}), change);
        VERIFY_OK(store.open());
        QVERIFY(store->verifyAudit()->intact);
    }

    void changesBehindItsBackAreFound_data() {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<int>("broken");
        QTest::newRow("who") << QByteArray("UPDATE audit SET who = 'nobody' WHERE number = 3") << 3;
        QTest::newRow("after") << QByteArray("UPDATE audit SET after = '{}' WHERE number = 4") << 4;
        QTest::newRow("time") << QByteArray("UPDATE audit SET time = time + 1 WHERE number = 2") << 2;
        QTest::newRow("an entry") << QByteArray("DELETE FROM audit WHERE number = 5") << 6;
        QTest::newRow("a name") << QByteArray("UPDATE audit_person SET name = 'Bob' WHERE number = 1") << 1;
    }

    void changesBehindItsBackAreFound() {
        QFETCH(QByteArray, change);
        QFETCH(int, broken);
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(Firm().lay(store.store()));
        VERIFY_OK(store.tamper({"DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete",
                                "DROP TRIGGER audit_person_no_update", change.constData()}));
        VERIFY_OK(store.open());
        const auto check = store->verifyAudit();
        VERIFY_OK(check);
        QVERIFY(!check->intact);
        QCOMPARE(check->firstBroken, std::int64_t{broken});
        QVERIFY(!check->why.empty());
    }

    void erasingSomebodyTakesTheirNameOutOfTheAudit() {
        TempStore store;
        VERIFY_OK(store.open());
        Firm firm;
        firm.alice.name = "Zoraida Quetzal";
        VERIFY_OK(firm.lay(store.store()));
        VERIFY_OK(store->removePerson(firm.alice.id, storage::Names::Erase, at(2000)));
        const auto entries = store->audit(0, 100);
        VERIFY_OK(entries);
        QCOMPARE(entries->size(), std::size_t{9});
        for (const storage::AuditEntry& entry : *entries)
            QVERIFY(!entry.note.person && entry.note.personName.empty());
        QCOMPARE(entries->front().note.action, std::string("person.erase"));
        QVERIFY(store->verifyAudit()->intact);
        store.close();
        QVERIFY(!everythingIn(store.path()).contains("Zoraida"));
    }

    void aDatabaseOfTheVersionBeforeKeepsItsPeople() {
        TempStore store;
        const auto key = storage::loadDeviceKey(store.path(), {}, true);
        VERIFY_OK(key);
        const core::Uuid7 alice = newId();
        {
            const auto old =
                storage::openDatabase(store.path(), testOptions(), key->fingerprint(), storage::migrations().first(1));
            VERIFY_OK(old);
            VERIFY_OK(old->db->run(QStringLiteral("INSERT INTO person(id, name, status, valid_until, created) "
                                                  "VALUES(?, 'Alice', 'suspended', 77, 1)"),
                                   {storage::blob(alice.bytes.data(), alice.bytes.size())}));
        }
        VERIFY_OK(store.open());
        QCOMPARE(store->report().migratedFrom, 1);
        QVERIFY(!store->report().backup.empty());
        const auto person = store->person({alice});
        VERIFY_OK(person);
        QVERIFY(*person && (*person)->status == core::PersonStatus::Suspended && !(*person)->uses);
        QVERIFY((*person)->validUntil == core::WallTime(core::milliseconds(77)));
        QVERIFY(!store->access()->restricted());
        QVERIFY(store->verifyAudit()->intact);
        VERIFY_OK(store->addGroup(group("Staff"), admin));
    }

    void rulesSurviveSalvage() {
        TempStore store;
        VERIFY_OK(store.open());
        const Firm firm;
        VERIFY_OK(firm.lay(store.store()));
        storage::PersonChange change;
        change.usesAllowed = std::optional(3);
        change.notes = "a note";
        VERIFY_OK(store->changePerson(firm.alice.id, change, admin));
        for (int i = 0; i < 200; ++i)
            VERIFY_OK(store->append(refusedStranger(i)));
        store.close();
        QByteArray file = contentOf(store.database());
        std::fill_n(file.begin(), 100, '\0'); // the header: everything else is there
        QVERIFY(writeContent(store.database(), file));
        VERIFY_OK(store.open());
        QVERIFY(store->report().salvaged);
        const auto config = store->access();
        VERIFY_OK(config);
        QVERIFY(!config->rulesLost);
        QVERIFY((config->rules == std::vector{firm.rule}));
        QVERIFY((config->schedules == std::vector{firm.day}));
        QCOMPARE(config->holidays.size(), std::size_t{2});
        const core::Person alice = **store->person(firm.alice.id);
        QCOMPARE(alice.groups.size(), std::size_t{2});
        QVERIFY((alice.uses == core::UseLimit{3, 0, 1}));
        QCOMPARE(*store->notes(alice.id), std::string("a note"));
        const auto check = store->verifyAudit();
        VERIFY_OK(check);
        QVERIFY2(check->intact, check->why.c_str());
        QCOMPARE(check->entries, std::int64_t{9});
        VERIFY_OK(store->removeHoliday(firm.eve.id, admin));
    }

    /// The table's page is noise: what it held is gone, and that must let nobody in.
    void rulesLostToDamageLetNobodyIn() {
        TempStore store;
        VERIFY_OK(store.open());
        const Firm firm;
        VERIFY_OK(firm.lay(store.store()));
        qint64 page = 0;
        store.close();
        {
            auto db = storage::SqlConnection::open(store.database(), storage::SqlConnection::Mode::ReadOnly,
                                                   core::milliseconds(50));
            VERIFY_OK(db);
            page = (*db)
                       ->value(QStringLiteral("SELECT rootpage FROM sqlite_schema WHERE name = 'access_rule'"))
                       ->toLongLong();
        }
        QVERIFY(page > 1);
        QByteArray file = contentOf(store.database());
        std::fill_n(file.begin() + (page - 1) * 4096, 4096, '\xa5');
        QVERIFY(writeContent(store.database(), file));
        VERIFY_OK(store.open());
        QVERIFY(store->report().salvaged);
        const auto config = store->access();
        VERIFY_OK(config);
        QVERIFY(config->rules.empty());
        QVERIFY(config->rulesLost);
        const core::Person alice = **store->person(firm.alice.id);
        QVERIFY(!core::mayEnter(*config, alice, {"door-1", {true, true, true}}, {at(0), {}}));
    }
};

QTEST_GUILESS_MAIN(TestStoreAccess)
#include "tst_store_access.moc"
