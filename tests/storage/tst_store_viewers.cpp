// SPDX-License-Identifier: GPL-3.0-or-later
// Paired viewers in the database: their keys, being revoked for good, last seen; beside admins, who are counted alone.
#include "backup_scene.h"

#include <QtTest>

using namespace facelatch;
using namespace facelatch::test;
using core::ErrorKind;

namespace {

const storage::ChangeBy by{"the test", at(1000)};

core::Principal viewer(const char* name, std::uint8_t key, core::Role role = core::Role::Operator) {
    core::Principal principal;
    principal.id = {newId()};
    principal.kind = core::PrincipalKind::Viewer;
    principal.name = name;
    principal.role = role;
    principal.credential.assign(32, key);
    principal.created = at(5);
    return principal;
}

core::Principal admin(const char* name) {
    core::Principal principal = viewer(name, 9, core::Role::Admin);
    principal.kind = core::PrincipalKind::Admin;
    return principal;
}

std::optional<core::Principal> find(storage::Store& store, const core::PrincipalId& id) {
    const auto all = store.principals();
    if (all)
        for (const core::Principal& one : *all)
            if (one.id == id)
                return one;
    return std::nullopt;
}

storage::AuditEntry newest(storage::Store& store) {
    const auto audit = store.audit(0, 1);
    return audit && !audit->empty() ? audit->front() : storage::AuditEntry{};
}
std::size_t entries(storage::Store& store) {
    return store.audit(0, 1000)->size();
}

} // namespace

class TestStoreViewers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void viewersComeBackAsPaired() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Principal office = viewer("Office", 1);
        VERIFY_OK(store->addPrincipal(office, by));
        QCOMPARE(newest(store.store()).note.action, std::string("viewer.add"));
        QCOMPARE(newest(store.store()).note.subject, std::string("Office"));
        QCOMPARE(newest(store.store()).note.after, std::string(R"({"kind":"viewer","role":"operator"})"));
        VERIFY_OK(store.open());
        const auto read = find(store.store(), office.id);
        QVERIFY(read && read->kind == office.kind && read->role == office.role);
        QVERIFY(read->credential == office.credential && !read->revoked && !read->lastSeen);
    }

    void namesAndKeysAreUniqueAmongViewersAlone() {
        TempStore store;
        VERIFY_OK(store.open());
        VERIFY_OK(store->addPrincipal(admin("Office"), by));
        VERIFY_OK(store->addPrincipal(viewer("Office", 9), by)); // an admin of that name, and a PIN like that key
        for (const core::Principal& other : {viewer("OFFICE", 2), viewer("Sofa", 9)}) {
            const auto refused = store->addPrincipal(other, by);
            QVERIFY(!refused && refused.error().kind == ErrorKind::Usage);
        }
        core::Principal keyless = viewer("Sofa", 3);
        keyless.credential.pop_back();
        const auto refused = store->addPrincipal(keyless, by);
        QVERIFY(!refused && refused.error().kind == ErrorKind::Usage);
        VERIFY_OK(store->addPrincipal(viewer("Sofa", 3), by));
    }

    void changesAndRemovalAreNoted() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Principal office = viewer("Office", 1);
        VERIFY_OK(store->addPrincipal(office, by));
        storage::PrincipalChange change;
        change.role = core::Role::Viewer;
        VERIFY_OK(store->changePrincipal(office.id, change, by));
        QCOMPARE(newest(store.store()).note.action, std::string("viewer.set"));
        QCOMPARE(newest(store.store()).note.before, std::string(R"({"role":"operator"})"));
        QVERIFY(find(store.store(), office.id)->role == core::Role::Viewer);
        VERIFY_OK(store->removePrincipal(office.id, by));
        QCOMPARE(newest(store.store()).note.action, std::string("viewer.remove"));
        QVERIFY(!find(store.store(), office.id));
    }

    void whoIsRevokedStaysAndMayNothing() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Principal office = viewer("Office", 1, core::Role::Admin);
        VERIFY_OK(store->addPrincipal(office, by));
        VERIFY_OK(store->revokePrincipal(office.id, {"Ada", at(7000)}));
        QCOMPARE(newest(store.store()).note.action, std::string("viewer.revoke"));
        QCOMPARE(newest(store.store()).by.who, std::string("Ada"));
        VERIFY_OK(store.open());
        const auto read = find(store.store(), office.id);
        QVERIFY(read && read->revoked == at(7000) && read->credential == office.credential);
        for (const core::Action action : core::actions())
            QVERIFY(!core::mayDo(*read, action, "door-1", at(8000)));
        const std::size_t before = entries(store.store());
        VERIFY_OK(store->revokePrincipal(office.id, {"Eve", at(9000)}));
        QCOMPARE(entries(store.store()), before);
        QVERIFY2(find(store.store(), office.id)->revoked == at(7000), "the first time counts");
        storage::PrincipalChange change;
        change.role = core::Role::Operator;
        const auto refused = store->changePrincipal(office.id, change, by);
        QVERIFY(!refused && refused.error().kind == ErrorKind::NotFound);
        const auto unknown = store->revokePrincipal({newId()}, by);
        QVERIFY(!unknown && unknown.error().kind == ErrorKind::NotFound);
    }

    void whoWasRevokedCanBePairedAgain() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Principal first = viewer("Office", 1), second = viewer("Office", 1), third = viewer("Office", 2);
        VERIFY_OK(store->addPrincipal(first, by));
        VERIFY_OK(store->revokePrincipal(first.id, by));
        VERIFY_OK(store->addPrincipal(second, by));
        QVERIFY2(!find(store.store(), first.id), "one row a key");
        VERIFY_OK(store->revokePrincipal(second.id, by));
        VERIFY_OK(store->addPrincipal(third, by));
        QVERIFY2(find(store.store(), second.id)->revoked, "with another key the old one stays revoked");
    }

    void viewersAreNoAdminsOfTheDoor() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Principal ada = admin("Ada");
        VERIFY_OK(store->addPrincipal(viewer("Office", 1, core::Role::Admin), by));
        QVERIFY2(!store->setup()->hasAdmin, "nobody can sign in at the screen");
        VERIFY_OK(store->addPrincipal(ada, by));
        for (const auto& refused : {store->removePrincipal(ada.id, by), store->revokePrincipal(ada.id, by)}) {
            QVERIFY(!refused);
            QVERIFY(refused.error().kind == ErrorKind::Refused);
        }
        QVERIFY(!find(store.store(), ada.id)->revoked);
    }

    void lastSeenIsKeptOnceAMinute() {
        TempStore store;
        VERIFY_OK(store.open());
        const core::Principal office = viewer("Office", 1), sofa = viewer("Sofa", 2);
        VERIFY_OK(store->addPrincipal(office, by));
        VERIFY_OK(store->addPrincipal(sofa, by));
        const std::size_t before = entries(store.store());
        const auto seen = [&](const core::Principal& who) { return find(store.store(), who.id)->lastSeen; };
        VERIFY_OK(store->noteSeen(office.id, at(100'000)));
        VERIFY_OK(store->noteSeen(office.id, at(159'999)));
        VERIFY_OK(store->noteSeen(sofa.id, at(150'000)));
        QVERIFY(seen(office) == at(100'000) && seen(sofa) == at(150'000));
        VERIFY_OK(store->noteSeen(office.id, at(160'000)));
        QVERIFY(seen(office) == at(160'000));
        VERIFY_OK(store->noteSeen(office.id, at(50'000))); // the clock was set back
        QVERIFY(seen(office) == at(50'000));
        VERIFY_OK(store->revokePrincipal(sofa.id, by));
        VERIFY_OK(store->noteSeen(sofa.id, at(900'000)));
        QVERIFY(seen(sofa) == at(150'000));
        VERIFY_OK(store->noteSeen({newId()}, at(1)));
        QCOMPARE(entries(store.store()), before + 1); // the revocation
        VERIFY_OK(store.open());
        QVERIFY(seen(office) == at(50'000));
    }

    /// Their pairings are with another key, or from before somebody was revoked.
    void viewersHaveToBePairedAnewAndAdminsNot() {
        OldDoor old;
        VERIFY_OK(old.opened());
        VERIFY_OK(old.store->addPrincipal(admin("Ada"), by));
        VERIFY_OK(old.store->addPrincipal(viewer("Office", 1), by));
        VERIFY_OK(old.store->putDoorMode("front", {core::DoorMode::LockedDown, "Ada", at(2), "drill"}));
        const QTemporaryDir stick;
        const auto written = storage::writeBackup(backupOf(old.store, stick.path().toStdString()));
        VERIFY_OK(written);
        TempStore fresh;
        VERIFY_OK(fresh.open());
        fresh.close();
        VERIFY_OK(storage::restoreBackup(restoreTo(fresh, written->file)));
        VERIFY_OK(fresh.open());
        const auto all = fresh->principals();
        VERIFY_OK(all);
        QCOMPARE(all->size(), std::size_t{2});
        for (const core::Principal& one : *all)
            QVERIFY(one.revoked == (one.kind == core::PrincipalKind::Viewer ? std::optional(at(9000)) : std::nullopt));
        QVERIFY2(fresh->doorMode("front")->mode == core::DoorMode::LockedDown, "who is locked out stays so");
    }
};

QTEST_GUILESS_MAIN(TestStoreViewers)
#include "tst_store_viewers.moc"
