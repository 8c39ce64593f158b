// SPDX-License-Identifier: GPL-3.0-or-later
// Putting a restore in place, file by file, so that a kill at any point is made good by doing it again.
#include "storage/backup.h"
#include "storage/backup_archive.h"
#include "storage/data_files.h"
#include "storage/durable_file.h"

#include <unistd.h>

namespace facelatch::storage {

using core::Done;
using core::Result;
using core::Status;

namespace {

/// In this order; the database last, with what SQLite keeps beside it, so that nothing is opened before all is there.
constexpr const char* items[] = {localSettingsFile, dataKeyFile, snapshotFolder, databaseFile};

Status move(const std::string& from, const std::string& to) {
    if (!fileExists(from))
        return Done{};
    if (auto moved = renameDurably(from, to); !moved)
        return moved;
    return syncFolderOf(from);
}

/// Whatever stands in its place goes aside, then it comes. Once it came, this does nothing.
Status exchange(const std::string& folder, const std::string& ready, const std::string& aside,
                const std::string& item) {
    const std::string from = inFolder(ready, item), to = inFolder(folder, item);
    if (!fileExists(from))
        return Done{};
    if (item == databaseFile)
        for (const char* beside : {"-wal", "-shm"})
            if (auto moved = move(to + beside, inFolder(aside, item + beside)); !moved)
                return moved;
    if (auto moved = move(to, inFolder(aside, item)); !moved)
        return moved;
    return move(from, to);
}

} // namespace

bool restoreIsReady(const std::string& dataFolder) {
    return fileExists(inFolder(dataFolder, restoreReadyFolder));
}

Result<std::string> finishRestore(const DataFolder& folder) {
    if (!restoreIsReady(folder.path()))
        return std::string();
    const std::string ready = folder.file(restoreReadyFolder), note = inFolder(ready, asideNameFile);
    std::string aside;
    if (fileExists(note)) {
        const auto name = readFile(note);
        if (!name)
            return name.error();
        const std::string text(name->begin(), name->end());
        if (!isPictureName(text) || !text.starts_with(asidePrefix))
            return core::fail("a restore that was begun cannot be understood", ready,
                              "Move that folder away; the data are then as far as the restore came");
        aside = folder.file(text);
        if (auto made = makePrivateFolder(aside); !made)
            return made.error();
        for (const char* item : items)
            if (auto done = exchange(folder.path(), ready, aside, item); !done)
                return done.error();
        removeFile(note);
    }
    removeFolder(ready);
    if (auto synced = syncFolderOf(ready); !synced)
        return synced.error();
    return aside.empty() ? ready : aside;
}

} // namespace facelatch::storage
