// SPDX-License-Identifier: GPL-3.0-or-later
// Two doors, each with its own device key, people and log; and a folder for backups between them.
#pragma once

#include "storage/backup.h"
#include "storage/durable_file.h"
#include "temp_store.h"

#include <QDirIterator>

#include <map>

namespace facelatch::test {

inline constexpr const char* goodPassphrase = "correct horse battery staple";
inline constexpr const char* someSettings = "\"door.name\" = \"Workshop\"\n";

/// Every file below a folder but the lock of the backups and what SQLite makes anew.
inline std::map<std::string, QByteArray> filesBelow(const std::string& folder) {
    std::map<std::string, QByteArray> files;
    QDirIterator it(QString::fromStdString(folder), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const std::string path = it.next().toStdString();
        if (!path.ends_with(storage::backupLockFile) && !path.ends_with("-shm"))
            files[path] = contentOf(path);
    }
    return files;
}

/// A door with Alice, who has everything, and some visits.
class OldDoor {
public:
    explicit OldDoor(int visits = 6) : store(testOptions(), fastFolder()) { m_opened = fill(visits); }
    const core::Status& opened() const { return m_opened; }
    core::Person alice = somebody("Alice \xe2\x82\xac", "D8E2F1G3");
    core::Person bob = somebody("Bob");
    core::Group staff{core::GroupId{newId()}, "staff"};
    TempStore store;

private:
    core::Status fill(int visits) {
        if (auto done = store.open(); !done)
            return done;
        const storage::ChangeBy by{"tester", at(1)};
        storage::PersonChange change;
        change.notes = "allergic to nuts";
        change.groups = {staff.id};
        for (const core::Status& done :
             {store->addPerson(alice, {templateOf(alice, 0.5F), templateOf(alice, 0.6F)}, jpeg(2000), "tester"),
              store->addPerson(bob, {templateOf(bob, 0.7F)}), store->addGroup(staff, by),
              store->changePerson(alice.id, change, by)})
            if (!done)
                return done;
        for (int i = 0; i < visits; ++i)
            if (auto done = store->append(i % 2 ? grantedTo(alice, i) : refusedStranger(i), jpeg(3000)); !done)
                return done.error();
        if (!writeContent(store.file(storage::localSettingsFile), someSettings))
            return core::fail("no settings");
        return core::Done{};
    }
    core::Status m_opened = core::Done{};
};

inline storage::BackupOrder backupOf(const TempStore& store, const std::string& folder) {
    storage::BackupOrder order;
    order.dataFolder = store.path();
    order.folder = folder;
    order.passphrase = goodPassphrase;
    order.door = "Workshop / ../ door";
    order.program = "0.1.0";
    order.now = at(5000);
    order.cost = {1, 8192};
    return order;
}

inline storage::RestoreOrder restoreTo(const TempStore& store, const std::string& file) {
    storage::RestoreOrder order;
    order.dataFolder = store.path();
    order.file = file;
    order.passphrase = goodPassphrase;
    order.by = "tester";
    order.now = at(9000);
    return order;
}

} // namespace facelatch::test
