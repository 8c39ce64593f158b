// SPDX-License-Identifier: GPL-3.0-or-later
// Name, card, PIN and consent of a person: changed whole or not at all, and noted without what must not be noted.
#include "temp_store.h"

#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;
using core::ErrorKind;

namespace {

const storage::ChangeBy by{"Ada", at(1000)};

core::PinVerifier verifier(std::uint8_t fill) {
    core::PinVerifier bytes{};
    bytes.fill(fill);
    return bytes;
}

storage::AuditEntry newest(storage::Store& store) {
    const auto audit = store.audit(0, 1);
    return audit && !audit->empty() ? audit->front() : storage::AuditEntry{};
}
core::Person read(storage::Store& store, const core::Person& person) {
    const auto found = store.person(person.id);
    return found && *found ? **found : core::Person{};
}

} // namespace

class TestStoreCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingOfAPersonIsEnrolledAtOnce() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Group staff{{newId()}, "Staff"};
        VERIFY_OK(store->addGroup(staff, by));
        core::Person alice = somebody("Alice", "CARD1");
        alice.groups = {staff.id};
        alice.consent = core::Consent{"2026-1", at(7), "Ada"};
        alice.uses = core::UseLimit{3, 0, 0};
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}, jpeg(), "Ada", verifier(1)));
        VERIFY_OK(store.open());
        const core::Person found = read(store.store(), alice);
        QVERIFY(found.hasPin && found.consent == alice.consent && found.groups == alice.groups);
        QVERIFY(found.uses && found.uses->allowed == 3);
        QCOMPARE(found.cardId, std::string("CARD1"));
        QCOMPARE(found.revision, 0);
        QVERIFY((*store->pinBook())->fits(alice.id, verifier(1)));
        QCOMPARE(newest(store.store()).note.after,
                 std::string(R"({"card":true,"pin":true,"consent":true,"templates":1})"));
    }

    void aPinThatIsTakenEnrolsNobody() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice"), bob = somebody("Bob");
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}, {}, "Ada", verifier(1)));
        const auto refused = store->addPerson(bob, {templateOf(bob, 0.5F)}, {}, "Ada", verifier(1));
        QVERIFY(!refused);
        QVERIFY(refused.error().kind == ErrorKind::Usage);
        QVERIFY2(refused.error().text().find("Alice") == std::string::npos, "it would tell a PIN of hers");
        QCOMPARE(store->people()->size(), std::size_t{1});
        VERIFY_OK(store->addPerson(bob, {templateOf(bob, 0.5F)}, {}, "Ada", verifier(2)));
        storage::PersonChange change;
        change.name = "Robert";
        change.pin = verifier(1);
        QVERIFY(!store->changePerson(bob.id, change, by));
        QCOMPARE(read(store.store(), bob).name, std::string("Bob"));
        QCOMPARE(read(store.store(), bob).revision, 0);
    }

    void changesAreNotedWithoutWhatMustNotBe() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice", "OLDCARD");
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}));
        storage::PersonChange change;
        change.name = "Alicia";
        change.card = "NEWCARD";
        change.pin = verifier(0xAB);
        change.consent = core::Consent{"2026-1", at(0), "Witness Wilma"};
        VERIFY_OK(store->changePerson(alice.id, change, by));
        core::Person now = read(store.store(), alice);
        QCOMPARE(now.name, std::string("Alicia"));
        QCOMPARE(now.cardId, std::string("NEWCARD"));
        QCOMPARE(now.revision, 1);
        QVERIFY(now.hasPin && now.consent == *change.consent);

        const storage::AuditEntry entry = newest(store.store());
        QCOMPARE(entry.note.personName, std::string("Alice \u2192 Alicia"));
        QCOMPARE(entry.note.before, std::string(R"({"card":true,"consent":null,"pin":false})"));
        QCOMPARE(entry.note.after,
                 std::string(R"({"card":"changed","consent":{"text":"2026-1","time":"2026-09-21T14:13:20.000Z"},)"
                             R"("name":"changed","pin":true})"));
        for (const char* secret : {"NEWCARD", "OLDCARD", "Wilma", "ABABAB", "abab"})
            QVERIFY((entry.note.before + entry.note.after).find(secret) == std::string::npos);

        storage::PersonChange without;
        without.card = "";
        without.pin.emplace();
        without.consent.emplace();
        VERIFY_OK(store->changePerson(alice.id, without, by));
        now = read(store.store(), alice);
        QVERIFY(now.cardId.empty() && !now.hasPin && !now.consent);
        QCOMPARE((*store->pinBook())->size(), std::size_t{0});
        QCOMPARE(newest(store.store()).note.after, std::string(R"({"card":false,"consent":null,"pin":false})"));

        // Erased, nobody finds any of these names in the audit.
        VERIFY_OK(store->removePerson(alice.id, storage::Names::Erase, at(2000), "Ada"));
        const auto audit = store->audit(0, 100);
        VERIFY_OK(audit);
        for (const storage::AuditEntry& each : *audit)
            for (const std::string& text : {each.note.personName, each.note.before, each.note.after, each.note.subject})
                QVERIFY(text.find("Ali") == std::string::npos);
        QVERIFY(store->verifyAudit()->intact);
    }

    void twoAdminsAtTheSamePerson() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice");
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}));
        storage::PersonChange first, second;
        first.status = core::PersonStatus::Suspended;
        second.name = "Alicia";
        second.pin = verifier(1);
        first.expectedRevision = second.expectedRevision = read(store.store(), alice).revision;
        VERIFY_OK(store->changePerson(alice.id, first, by));
        const auto late = store->changePerson(alice.id, second, {"Bob", at(1001)});
        QVERIFY(!late);
        QVERIFY(late.error().kind == ErrorKind::Conflict);
        const core::Person now = read(store.store(), alice);
        QCOMPARE(now.name, std::string("Alice"));
        QVERIFY(!now.hasPin && now.status == core::PersonStatus::Suspended);
        QCOMPARE(newest(store.store()).by.who, std::string("Ada"));
        second.expectedRevision = now.revision;
        VERIFY_OK(store->changePerson(alice.id, second, {"Bob", at(1002)}));
        QCOMPARE(read(store.store(), alice).revision, 2);
    }

    void enteringIsNoChangeThatAnybodyWaitsFor() {
        TempStore store;
        VERIFY_OK(store.open());
        core::Person alice = somebody("Alice");
        alice.uses = core::UseLimit{5, 0, 0};
        VERIFY_OK(store->addPerson(alice, {templateOf(alice, 0.5F)}));
        VERIFY_OK(store->append(grantedTo(alice)));
        QCOMPARE(read(store.store(), alice).uses->taken, 1);
        QCOMPARE(read(store.store(), alice).revision, 0);
    }

    void badNamesAndConsentChangeNothing() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice", "CARD1"), bob = somebody("Bob", "CARD2");
        for (const core::Person& one : {alice, bob})
            VERIFY_OK(store->addPerson(one, {templateOf(one, 0.5F)}));
        std::vector<storage::PersonChange> wrong(7);
        wrong[0].name = "";
        wrong[1].name = std::string(201, 'x');
        wrong[2].name = "a\nb";
        wrong[3].card = "CARD2";
        wrong[4].card = "CA\x01RD";
        wrong[5].consent = core::Consent{"", at(0), "Ada"};
        wrong[6].consent = core::Consent{"1", at(0), ""};
        for (storage::PersonChange& change : wrong) {
            change.status = core::PersonStatus::Suspended;
            const auto refused = store->changePerson(alice.id, change, by);
            QVERIFY(!refused);
            QVERIFY(refused.error().kind == ErrorKind::Usage);
        }
        QVERIFY(read(store.store(), alice).status == core::PersonStatus::Active);
        for (const char* name : {"x", "😀 Zoë", "שרה", "'; DROP TABLE person; --", "<b>Bold</b>"}) {
            storage::PersonChange change;
            change.name = name;
            VERIFY_OK(store->changePerson(alice.id, change, by));
            QCOMPARE(read(store.store(), alice).name, std::string(name));
        }
    }

    void aNewPinForgetsThatPersonsWrongTries() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Person alice = somebody("Alice"), bob = somebody("Bob");
        for (const core::Person& one : {alice, bob}) {
            VERIFY_OK(store->addPerson(one, {templateOf(one, 0.5F)}));
            VERIFY_OK(store->putLockout("person:" + one.id.value.text(), {9, at(10)}));
        }
        storage::PersonChange change;
        change.pin = verifier(4);
        VERIFY_OK(store->changePerson(alice.id, change, by));
        QCOMPARE(store->lockouts()->size(), std::size_t{1});
        VERIFY_OK(store->removePerson(bob.id, storage::Names::Keep, at(20), "Ada"));
        QVERIFY(store->lockouts()->empty());
    }
};

QTEST_GUILESS_MAIN(TestStoreCredentials)
#include "tst_store_credentials.moc"
