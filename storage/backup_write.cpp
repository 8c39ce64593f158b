// SPDX-License-Identifier: GPL-3.0-or-later
// Writing a backup: a copy of the database, then one sealed file.
#include "storage/backup.h"

#include "core/passphrase.h"

#include "storage/backup_archive.h"
#include "storage/data_files.h"
#include "storage/database_opening.h"
#include "storage/durable_file.h"
#include "storage/event_schema.h"
#include "storage/person_export.h"
#include "storage/sql_connection.h"

#include <QString>

#include <algorithm>
#include <optional>

namespace facelatch::storage {

using core::Done;
using core::Error;
using core::ErrorKind;
using core::Result;
using core::Status;

namespace {

constexpr core::milliseconds busyTimeout{5000};
constexpr const char* unfinishedSuffix = ".part";
/// Names, seals and entries beside the contents.
constexpr std::int64_t overhead = std::int64_t{1} << 20;

/// What is thrown away unless the backup came to its end.
class Scratch {
public:
    explicit Scratch(std::string folder) : m_folder(std::move(folder)) {}
    ~Scratch() {
        removeFolder(m_folder);
        if (!m_file.empty())
            removeFile(m_file);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    void setFile(std::string file) { m_file = std::move(file); }
    void keepFile() { m_file.clear(); }

private:
    std::string m_folder, m_file;
};

struct Picture {
    std::string name;
    std::int64_t bytes = 0;
};

Status checkOrder(const BackupOrder& order) {
    if (QString::fromStdString(order.passphrase).size() < core::leastPassphrase)
        return Error{ErrorKind::Usage,
                     "the passphrase is too short: at least " + std::to_string(core::leastPassphrase) +
                         " characters are needed",
                     "", "Take four or more words that do not belong together"};
    if (!DataFolder::isFolder(order.folder))
        return Error{ErrorKind::NotFound, "there is no such folder", order.folder,
                     "Plug the stick in and choose it again"};
    return Done{};
}

/// Whole at one moment, while the store goes on writing: SQLite's readers and its writer do not wait for each other.
Status copyDatabase(const BackupOrder& order, const std::string& copy) {
    auto source =
        SqlConnection::open(inFolder(order.dataFolder, databaseFile), SqlConnection::Mode::ReadOnly, busyTimeout);
    if (!source)
        return source.error();
    if (auto empty = writeFileDurably(copy, {}); !empty) // with our rights
        return empty;
    if (auto copied = (*source)->run(QStringLiteral("VACUUM INTO ?"), {text(copy)}); !copied) {
        Error error = copied.error();
        error.what = "the database could not be copied: " + error.what;
        return error;
    }
    return Done{};
}

Status withoutLog(SqlConnection& copy) {
    for (const char* statement : {"PRAGMA secure_delete=ON", "PRAGMA journal_mode=MEMORY"})
        if (auto set = copy.value(QLatin1String(statement)); !set)
            return set.error();
    if (auto dropped = dropLog(copy); !dropped)
        return dropped;
    if (auto packed = copy.run(QStringLiteral("VACUUM")); !packed)
        return packed.error();
    return Done{};
}

Result<std::vector<Picture>> picturesOf(SqlConnection& copy) {
    auto rows = copy.run(QStringLiteral("SELECT e.snapshot, s.bytes FROM snapshot s JOIN event e ON e.seq = s.seq "
                                        "WHERE s.removed IS NULL AND e.snapshot IS NOT NULL ORDER BY s.seq"));
    if (!rows)
        return rows.error();
    std::vector<Picture> pictures;
    while (rows->next())
        if (const std::string name = rows->value(0).toString().toStdString(); isPictureName(name))
            pictures.push_back({name, rows->value(1).toLongLong()});
    if (auto ended = copy.check(*rows); !ended)
        return ended.error();
    return pictures;
}

struct Contents {
    BackupSummary summary;
    std::string database; ///< the copy
    std::string settings; ///< empty when there are none
    std::vector<Picture> pictures;
};

Result<std::int64_t> countOf(SqlConnection& db, const char* table) {
    const auto n = db.value(QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(table)));
    if (!n)
        return n.error();
    return static_cast<std::int64_t>(n->toLongLong());
}

Result<Contents> gather(const BackupOrder& order, const std::string& work) {
    Contents contents;
    BackupSummary& summary = contents.summary;
    contents.database = inFolder(work, databaseFile);
    if (auto copied = copyDatabase(order, contents.database); !copied)
        return copied.error();
    {
        auto copy = SqlConnection::open(contents.database, SqlConnection::Mode::ReadWrite, busyTimeout);
        if (!copy)
            return copy.error();
        if (!order.parts.log)
            if (auto dropped = withoutLog(**copy); !dropped)
                return dropped.error();
        const auto schema = (*copy)->value(QStringLiteral("PRAGMA user_version"));
        if (!schema)
            return schema.error();
        summary.schema = schema->toInt();
        for (const auto& [table, count] : {std::pair{"person", &summary.people},
                                           {"face_template", &summary.templates},
                                           {"principal", &summary.principals},
                                           {"event", &summary.events}}) {
            const auto n = countOf(**copy, table);
            if (!n)
                return n.error();
            *count = *n;
        }
        if (order.parts.log && order.parts.pictures) {
            auto pictures = picturesOf(**copy);
            if (!pictures)
                return pictures.error();
            contents.pictures = *std::move(pictures);
        }
    }
    const std::string settings = inFolder(order.dataFolder, localSettingsFile);
    if (order.parts.settings && fileExists(settings))
        contents.settings = settings;
    summary.created = order.now;
    summary.program = order.program;
    summary.door = order.door;
    summary.parts = {!contents.settings.empty(), order.parts.log, order.parts.log && order.parts.pictures};
    summary.databaseBytes = fileSize(contents.database);
    summary.pictures = static_cast<std::int64_t>(contents.pictures.size());
    for (const Picture& picture : contents.pictures)
        summary.pictureBytes += picture.bytes;
    return contents;
}

Status enoughRoom(const BackupOrder& order, const BackupSummary& summary) {
    const std::int64_t needed = summary.databaseBytes + summary.pictureBytes + overhead, left = freeBytes(order.folder);
    if (left < 0 || left >= needed)
        return Done{};
    constexpr std::int64_t mega = 1'000'000;
    return core::fail("there is not enough room for the backup: it needs " + std::to_string(needed / mega + 1) +
                          " MB, " + std::to_string(left / mega) + " MB are free",
                      order.folder, "Take another stick, free space on it, or leave the pictures out");
}

Status fill(ArchiveWriter& archive, const BackupOrder& order, const Contents& contents, const SecretKey& key,
            const std::function<bool(std::int64_t)>& each) {
    if (auto done = archive.add(manifestEntry, manifestJson(contents.summary, key.fingerprint())); !done)
        return done;
    if (auto done = archive.add(keyEntry, key.bytes()); !done)
        return done;
    if (auto done = archive.addFile(databaseEntry, contents.database, each); !done)
        return done;
    if (!contents.settings.empty())
        if (auto done = archive.addFile(settingsEntry, contents.settings, each); !done)
            return done;
    for (const Picture& picture : contents.pictures) {
        // One that was dropped for its room since is left out; the restore marks it as gone.
        if (const auto file = readFile(snapshotPath(order.dataFolder, picture.name)); file)
            if (auto done = archive.add(pictureEntry + picture.name, *file); !done)
                return done;
        if (!each(picture.bytes))
            return givenUp("the backup");
    }
    return archive.end();
}

/// Leftovers of a stick that was pulled out.
void removeUnfinished(const std::string& folder) {
    const std::string suffix = std::string(backupSuffix) + unfinishedSuffix;
    for (const std::string& name : filesIn(folder))
        if (name.starts_with("facelatch-") && name.ends_with(suffix))
            removeFile(inFolder(folder, name));
}

} // namespace

Result<BackupWritten> writeBackup(const BackupOrder& order, const BackupProgress& progress) {
    if (auto sound = checkOrder(order); !sound)
        return sound.error();
    const auto lock = lockBackups(order.dataFolder);
    if (!lock)
        return lock.error();
    auto key = loadDeviceKey(order.dataFolder, order.credentialsDirectory, false);
    if (!key)
        return key.error();
    const std::string work = inFolder(order.dataFolder, backupWorkFolder);
    removeFolder(work);
    Scratch scratch(work);
    if (auto made = makePrivateFolder(work); !made)
        return made.error();
    auto contents = gather(order, work);
    if (!contents)
        return contents.error();
    removeUnfinished(order.folder);
    if (auto room = enoughRoom(order, contents->summary); !room)
        return room.error();

    const std::string name = fileNamePart(order.door);
    const std::string stem = "facelatch-" + (name.empty() ? name : name + "-") + fileStamp(order.now);
    const std::string file = freeName(inFolder(order.folder, stem), backupSuffix), unfinished = file + unfinishedSuffix;
    std::int64_t done = 0;
    const std::int64_t total = 2 * (contents->summary.databaseBytes + contents->summary.pictureBytes) + overhead;
    const auto each = [&](std::int64_t bytes) {
        done += bytes;
        return !progress || progress(std::min(done, total), total);
    };
    scratch.setFile(unfinished);
    {
        auto sealed = SealedWriter::create(unfinished, order.passphrase, order.cost);
        if (!sealed)
            return sealed.error();
        ArchiveWriter archive(*sealed);
        if (auto filled = fill(archive, order, *contents, *key, each); !filled)
            return filled.error();
        if (auto finished = sealed->finish(); !finished)
            return finished.error();
    }
    const std::int64_t before = done;
    auto summary = inspectBackup(unfinished, order.passphrase, [&](std::int64_t at, std::int64_t of) {
        return !progress || progress(before + (of > 0 ? (total - before) * at / of : 0), total);
    });
    if (!summary)
        return summary.error();
    if (auto renamed = renameDurably(unfinished, file); !renamed)
        return renamed.error();
    scratch.keepFile();
    return BackupWritten{file, *summary};
}

Result<BackupSummary> inspectBackup(const std::string& file, const std::string& passphrase,
                                    const BackupProgress& progress) {
    auto sealed = SealedReader::open(file, passphrase);
    if (!sealed)
        return sealed.error();
    ArchiveReader archive(*sealed);
    std::optional<BackupSummary> summary;
    const auto each = [&](std::int64_t) { return !progress || progress(sealed->position(), sealed->size()); };
    for (;;) {
        const auto entry = archive.next();
        if (!entry)
            return entry.error();
        if (!*entry)
            break;
        if (!summary) {
            const auto json = archive.content(std::int64_t{1} << 16);
            if (!json)
                return json.error();
            std::string key;
            auto read = summaryFromJson(*json, key);
            if (!read)
                return read.error();
            summary = *read;
        }
        if (auto skipped = archive.skip(each); !skipped)
            return skipped.error();
    }
    if (auto ended = sealed->finish(); !ended)
        return ended.error();
    if (!summary)
        return core::fail("the backup is empty", file, "Use another one; nothing was changed");
    if (summary->schema > schemaVersion)
        return newerBackup(summary->schema, file);
    summary->fileBytes = sealed->size();
    return *summary;
}

} // namespace facelatch::storage
