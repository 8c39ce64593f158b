// SPDX-License-Identifier: GPL-3.0-or-later
// Admins, signing in, lockouts and the set-up, in the database.
#include "temp_store.h"

#include "storage/database_opening.h"
#include "storage/migrations.h"
#include "storage/pin_hash.h"

#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;
using core::ErrorKind;

namespace {

const storage::ChangeBy by{"the test", at(1000)};

core::PinVerifier verifier(std::uint8_t fill) {
    core::PinVerifier bytes{};
    bytes.fill(fill);
    return bytes;
}

core::Principal admin(const char* name, std::uint8_t pin, core::Role role = core::Role::Admin) {
    core::Principal principal;
    principal.id = {newId()};
    principal.kind = core::PrincipalKind::Admin;
    principal.name = name;
    principal.role = role;
    principal.credential.assign(32, pin);
    principal.created = at(5);
    return principal;
}

std::vector<std::string> names(storage::Store& store) {
    std::vector<std::string> all;
    const auto principals = store.principals();
    for (const core::Principal& one : principals ? *principals : std::vector<core::Principal>())
        all.push_back(one.name);
    return all;
}

std::size_t entries(storage::Store& store) {
    const auto audit = store.audit(0, 1000);
    return audit ? audit->size() : 0;
}
storage::AuditEntry newest(storage::Store& store) {
    const auto audit = store.audit(0, 1);
    return audit && !audit->empty() ? audit->front() : storage::AuditEntry{};
}

} // namespace

class TestStorePrincipals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void adminsComeBackAsAdded() {
        TempStore store;
        VERIFY_OK(store.open());
        core::Principal ada = admin("Ada", 1);
        ada.doors = {"door-1", "door-2"};
        ada.expires = at(9000);
        VERIFY_OK(store->addPrincipal(ada, by));
        VERIFY_OK(store.open());
        const auto all = store->principals();
        VERIFY_OK(all);
        QCOMPARE(all->size(), std::size_t{1});
        const core::Principal& read = all->front();
        QVERIFY(read.id == ada.id && read.kind == ada.kind && read.role == ada.role && read.doors == ada.doors);
        QCOMPARE(read.name, std::string("Ada"));
        QVERIFY(read.credential == ada.credential);
        QVERIFY(read.created == ada.created && read.expires == ada.expires && !read.revoked && !read.lastSeen);
        QCOMPARE(newest(store.store()).note.action, std::string("admin.add"));
        QCOMPARE(newest(store.store()).note.subject, std::string("Ada"));
        QCOMPARE(newest(store.store()).by.who, std::string("the test"));
    }

    void namesAndPinsAreUniqueAndNothingChangesWhenRefused() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Principal ada = admin("Ada", 1);
        VERIFY_OK(store->addPrincipal(ada, by));
        VERIFY_OK(store->addPrincipal(admin("Bob", 2), by));
        const std::size_t before = entries(store.store());
        for (const core::Principal& other : {admin("ADA", 3), admin("Eve", 1), admin("", 4), admin("a\nb", 5),
                                             admin(std::string(201, 'x').c_str(), 6)}) {
            const auto refused = store->addPrincipal(other, by);
            QVERIFY(!refused);
            QVERIFY(refused.error().kind == ErrorKind::Usage);
        }
        storage::PrincipalChange sameName, samePin;
        sameName.name = "bob";
        samePin.pin = verifier(2);
        for (const auto& change : {sameName, samePin}) {
            const auto refused = store->changePrincipal(ada.id, change, by);
            QVERIFY(!refused);
            QVERIFY(refused.error().kind == ErrorKind::Usage);
        }
        QCOMPARE(names(store.store()), (std::vector<std::string>{"Ada", "Bob"}));
        QCOMPARE(entries(store.store()), before);
    }

    void changesAreNotedWithoutThePin() {
        TempStore store;
        VERIFY_OK(store.open());
        core::Principal ada = admin("Ada", 1), bob = admin("Bob", 2, core::Role::Operator);
        VERIFY_OK(store->addPrincipal(ada, by));
        VERIFY_OK(store->addPrincipal(bob, by));
        storage::PrincipalChange change;
        change.name = "Robert";
        change.role = core::Role::Admin;
        change.pin = verifier(7);
        VERIFY_OK(store->changePrincipal(bob.id, change, by));
        const storage::AuditEntry entry = newest(store.store());
        QCOMPARE(entry.note.action, std::string("admin.set"));
        QCOMPARE(entry.note.subject, std::string("Bob"));
        QCOMPARE(entry.note.before, std::string(R"({"name":"Bob","role":"operator"})"));
        QCOMPARE(entry.note.after, std::string(R"({"name":"Robert","pin":"changed","role":"admin"})"));
        const auto all = store->principals();
        VERIFY_OK(all);
        QVERIFY(all->back().credential == std::vector<std::uint8_t>(32, 7));
        QVERIFY(all->back().role == core::Role::Admin);
        const auto check = store->verifyAudit();
        VERIFY_OK(check);
        QVERIFY(check->intact);
    }

    void theLastAdminStays() {
        TempStore store;
        VERIFY_OK(store.open());
        core::Principal ada = admin("Ada", 1), bob = admin("Bob", 2, core::Role::Operator), eve = admin("Eve", 3);
        eve.expires = at(1); // one that ends is none to rely on
        for (const core::Principal& one : {ada, bob, eve})
            VERIFY_OK(store->addPrincipal(one, by));
        storage::PrincipalChange demoted;
        demoted.role = core::Role::Operator;
        const std::size_t before = entries(store.store());
        for (const auto& refused : {store->removePrincipal(ada.id, by), store->changePrincipal(ada.id, demoted, by)}) {
            QVERIFY(!refused);
            QVERIFY(refused.error().kind == ErrorKind::Refused);
        }
        QCOMPARE(names(store.store()).size(), std::size_t{3});
        QCOMPARE(entries(store.store()), before);
        storage::PrincipalChange promoted;
        promoted.role = core::Role::Admin;
        VERIFY_OK(store->changePrincipal(bob.id, promoted, by));
        VERIFY_OK(store->removePrincipal(ada.id, by));
        QCOMPARE(newest(store.store()).note.before, std::string(R"({"kind":"admin","role":"admin"})"));
        QVERIFY(!store->removePrincipal(bob.id, by));
        VERIFY_OK(store->removePrincipal(eve.id, by));
        QCOMPARE(names(store.store()), std::vector<std::string>{"Bob"});
        const auto gone = store->removePrincipal(ada.id, by);
        QVERIFY(!gone && gone.error().kind == ErrorKind::NotFound);
    }

    void lockoutsComeBack() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->putLockout("door:front", {6, at(60'000)}));
        VERIFY_OK(store->putLockout("person:x", {2, at(0)}));
        VERIFY_OK(store->putLockout("door:front", {7, at(120'000)}));
        VERIFY_OK(store->putLockout("person:x", {}));
        VERIFY_OK(store.open());
        const auto all = store->lockouts();
        VERIFY_OK(all);
        QCOMPARE(all->size(), std::size_t{1});
        QVERIFY(all->at("door:front") == (core::Lockout::Row{7, at(120'000)}));
    }

    void signingInIsOneTransactionWithTheLockout() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Principal ada = admin("Ada", 1);
        VERIFY_OK(store->addPrincipal(ada, by));
        VERIFY_OK(store->noteRefusedSignIn({5, at(30'000)}, at(100)));
        QCOMPARE(newest(store.store()).note.action, std::string("session.refused"));
        QCOMPARE(newest(store.store()).note.after, std::string(R"({"locked_for_s":30,"wrong_pins":5})"));
        VERIFY_OK(store.open());
        QVERIFY(store->lockouts()->at("admin") == (core::Lockout::Row{5, at(30'000)}));
        VERIFY_OK(store->noteSignIn(ada, {}, at(200)));
        QVERIFY(store->lockouts()->empty());
        QVERIFY(store->principals()->front().lastSeen == at(200));
        QCOMPARE(newest(store.store()).by.who, std::string("Ada"));
        QCOMPARE(newest(store.store()).note.action, std::string("session.sign_in"));
    }

    void setUpEndsByMinutesOfRunningOrWithAnAdmin() {
        TempStore store;
        VERIFY_OK(store.open());
        QCOMPARE(store->setup()->minutesLeft, 30);
        QVERIFY(!store->setup()->hasAdmin);
        for (int i = 0; i < 40; ++i)
            VERIFY_OK(store->takeSetupMinute());
        VERIFY_OK(store.open());
        QCOMPARE(store->setup()->minutesLeft, 0);
        VERIFY_OK(store->reopenSetup(by));
        QCOMPARE(newest(store.store()).note.action, std::string("setup.reopen"));
        VERIFY_OK(store.open());
        QCOMPARE(store->setup()->minutesLeft, 30);

        int called = 0;
        const core::Principal ada = admin("Ada", 1);
        const auto failed = store->finishSetup(ada, by, [&]() -> core::Status {
            ++called;
            return core::fail("the settings cannot be written");
        });
        QVERIFY(!failed);
        QCOMPARE(called, 1);
        QVERIFY2(store->principals()->empty() && !store->setup()->hasAdmin, "nothing of it stays");
        VERIFY_OK(store->finishSetup(ada, by, [] { return core::Status(core::Done{}); }));
        QVERIFY(store->setup()->hasAdmin);
        for (const auto& refused : {store->reopenSetup(by), store->finishSetup(admin("Eve", 2), by, [&] {
                                        ++called;
                                        return core::Status(core::Done{});
                                    })}) {
            QVERIFY(!refused);
            QVERIFY(refused.error().kind == ErrorKind::Refused);
        }
        QCOMPARE(called, 1);
        QCOMPARE(names(store.store()), std::vector<std::string>{"Ada"});
    }

    void anUnknownRoleOrKindMayNothing() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->addPrincipal(admin("Ada", 1), by));
        VERIFY_OK(store.tamper({"UPDATE principal SET role = 'emperor'"}));
        VERIFY_OK(store.open());
        const auto all = store->principals();
        VERIFY_OK(all);
        for (const core::Action action : core::actions())
            QVERIFY(!core::mayDo(all->front(), action, "door-1", at(0)));
        QVERIFY(!store->setup()->hasAdmin);
    }

    void fromVersionTwoWithItsPeople() {
        TempStore store;
        const auto key = storage::loadDeviceKey(store.path(), {}, true);
        VERIFY_OK(key);
        {
            const auto old =
                storage::openDatabase(store.path(), testOptions(), key->fingerprint(), storage::migrations().first(2));
            VERIFY_OK(old);
            VERIFY_OK(old->db->run(QStringLiteral(
                "INSERT INTO person(id, name, status, created) VALUES(x'00112233445566778899aabbccddeeff', 'Alice', "
                "'active', 1)")));
            VERIFY_OK(
                old->db->run(QStringLiteral("INSERT INTO credential(person, kind, value, created) "
                                            "VALUES(x'00112233445566778899aabbccddeeff', 'card', 'D8E2F1G3', 1)")));
        }
        VERIFY_OK(store.open());
        QCOMPARE(store->report().migratedFrom, 2);
        const auto people = store->people();
        VERIFY_OK(people);
        QCOMPARE(people->size(), std::size_t{1});
        QCOMPARE(people->front().cardId, std::string("D8E2F1G3"));
        QVERIFY(!people->front().hasPin && !people->front().consent);
        QCOMPARE(people->front().revision, 0);
        QCOMPARE(store->setup()->minutesLeft, 30);
        storage::PersonChange change;
        change.pin = verifier(3);
        VERIFY_OK(store->changePerson(people->front().id, change, by));
        QCOMPARE((*store->pinBook())->size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestStorePrincipals)
#include "tst_store_principals.moc"
