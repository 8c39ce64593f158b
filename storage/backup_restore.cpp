// SPDX-License-Identifier: GPL-3.0-or-later
// Restoring: everything is built and verified beside what is there; one rename decides.
#include "storage/backup.h"

#include "storage/audit_chain.h"
#include "storage/backup_archive.h"
#include "storage/data_files.h"
#include "storage/database_opening.h"
#include "storage/durable_file.h"
#include "storage/event_schema.h"
#include "storage/log_reader.h"
#include "storage/sql_connection.h"

#include <QSet>

#include <algorithm>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

namespace facelatch::storage {

using core::Done;
using core::Error;
using core::Result;
using core::Status;

namespace {

constexpr core::milliseconds busyTimeout{5000};
constexpr std::int64_t largestManifest = std::int64_t{1} << 16, largestSettings = std::int64_t{1} << 20;
constexpr std::int64_t overhead = std::int64_t{4} << 20;

/// The folder in which the new data are made; gone unless they were put in place.
class Stage {
public:
    explicit Stage(std::string folder) : m_folder(std::move(folder)) {}
    ~Stage() {
        if (!m_folder.empty())
            removeFolder(m_folder);
    }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    void keep() { m_folder.clear(); }

private:
    std::string m_folder;
};

struct Staged {
    std::string folder;
    BackupSummary summary;
    std::string keyFingerprint;
    std::optional<SecretKey> key;
    std::string file(const char* name) const { return inFolder(folder, name); }
};

Error broken(std::string what, const RestoreOrder& order) {
    return core::fail("the backup cannot be used: " + std::move(what), order.file,
                      "Use another one; nothing was changed");
}

Status enoughRoom(const RestoreOrder& order, const BackupSummary& summary) {
    const std::int64_t needed = 2 * summary.databaseBytes + summary.pictureBytes + overhead,
                       left = freeBytes(order.dataFolder);
    if (left < 0 || left >= needed)
        return Done{};
    constexpr std::int64_t mega = 1'000'000;
    return core::fail("there is not enough room on this device: " + std::to_string(needed / mega + 1) +
                          " MB are needed, " + std::to_string(left / mega) + " MB are free",
                      order.dataFolder, "Free space on it, or restore without the log");
}

Status takeManifest(ArchiveReader& archive, const RestoreOrder& order, Staged& staged) {
    const auto json = archive.content(largestManifest);
    if (!json)
        return json.error();
    auto summary = summaryFromJson(*json, staged.keyFingerprint);
    if (!summary)
        return summary.error();
    staged.summary = *summary;
    if (summary->schema > schemaVersion)
        return newerBackup(summary->schema, order.file);
    return enoughRoom(order, *summary);
}

Status takeEntry(ArchiveReader& archive, const ArchiveEntry& entry, const RestoreOrder& order, Staged& staged,
                 const std::function<bool(std::int64_t)>& each) {
    if (entry.name == keyEntry) {
        auto bytes = archive.content(static_cast<std::int64_t>(SecretKey::size));
        if (!bytes)
            return bytes.error();
        if (bytes->size() != SecretKey::size)
            return broken("its key has a wrong length", order);
        staged.key = SecretKey::fromBytes(*bytes);
        wipe(std::span(*bytes));
        return Done{};
    }
    if (entry.name == databaseEntry)
        return archive.toFile(staged.file(databaseFile), each);
    if (entry.name == settingsEntry) {
        if (entry.size > largestSettings)
            return broken("its settings are too long", order);
        return order.parts.settings ? archive.toFile(staged.file(localSettingsFile), each) : archive.skip(each);
    }
    const std::string name = entry.name.starts_with(pictureEntry) ? entry.name.substr(8) : std::string();
    if (!isPictureName(name))
        return broken("an entry in it is not one of ours", order);
    return order.parts.log && order.parts.pictures ? archive.toFile(snapshotPath(staged.folder, name), each)
                                                   : archive.skip(each);
}

Status unpack(const RestoreOrder& order, Staged& staged, const BackupProgress& progress) {
    auto sealed = SealedReader::open(order.file, order.passphrase);
    if (!sealed)
        return sealed.error();
    ArchiveReader archive(*sealed);
    const auto each = [&](std::int64_t) { return !progress || progress(sealed->position(), sealed->size()); };
    for (bool first = true;; first = false) {
        const auto entry = archive.next();
        if (!entry)
            return entry.error();
        if (!*entry)
            break;
        if (first != ((*entry)->name == manifestEntry))
            return broken("it does not begin with its manifest", order);
        auto taken = first ? takeManifest(archive, order, staged) : takeEntry(archive, **entry, order, staged, each);
        if (!taken)
            return taken;
        if (!each(0))
            return givenUp("the restore");
    }
    if (auto ended = sealed->finish(); !ended)
        return ended;
    staged.summary.fileBytes = sealed->size();
    if (!staged.key || staged.key->fingerprint() != staged.keyFingerprint || !fileExists(staged.file(databaseFile)))
        return broken("a part of it is missing", order);
    return Done{};
}

Status expect(SqlConnection& db, const char* pragma, const QString& answer, const char* otherwise,
              const RestoreOrder& order) {
    const auto said = db.value(QLatin1String(pragma));
    if (!said || said->toString() != answer)
        return broken(otherwise, order);
    return Done{};
}

Result<QSet<QString>> schemaOf(SqlConnection& db) {
    auto rows = db.run(QStringLiteral("SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') "
                                      "FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"));
    if (!rows)
        return rows.error();
    QSet<QString> schema;
    while (rows->next())
        schema.insert(rows->value(0).toString());
    if (auto ended = db.check(*rows); !ended)
        return ended.error();
    return schema;
}

/// Tables, indexes and triggers are those this program makes, and no others: else rows might not be immutable.
Status checkSchema(SqlConnection& db, const RestoreOrder& order, const Staged& staged) {
    const std::string made = staged.file("schema.db");
    StoreOptions options;
    options.now = order.now;
    if (auto built = buildDatabase(made, staged.folder, options, staged.keyFingerprint, migrations(), SetUp::Closed);
        !built)
        return built;
    Result<QSet<QString>> expected = core::fail("not read");
    {
        auto fresh = SqlConnection::open(made, SqlConnection::Mode::ReadOnly, busyTimeout);
        if (!fresh)
            return fresh.error();
        expected = schemaOf(**fresh);
    }
    removeDatabaseFiles(made);
    const auto found = schemaOf(db);
    if (!expected || !found)
        return broken("its database cannot be read", order);
    if (*found != *expected)
        return broken("its database is not laid out as Facelatch's is", order);
    return Done{};
}

/// Rows whose picture did not come along say so.
Status markMissingPictures(SqlConnection& db, const RestoreOrder& order, const Staged& staged) {
    std::vector<qint64> missing;
    {
        auto rows = db.run(QStringLiteral("SELECT s.seq, e.snapshot FROM snapshot s JOIN event e ON e.seq = s.seq "
                                          "WHERE s.removed IS NULL"));
        if (!rows)
            return rows.error();
        while (rows->next())
            if (const std::string name = rows->value(1).toString().toStdString();
                !isPictureName(name) || !fileExists(snapshotPath(staged.folder, name)))
                missing.push_back(rows->value(0).toLongLong());
        if (auto ended = db.check(*rows); !ended)
            return ended;
    }
    auto transaction = Transaction::begin(db);
    if (!transaction)
        return transaction.error();
    for (const qint64 seq : missing)
        if (auto marked = db.run(QStringLiteral("UPDATE snapshot SET removed = ? WHERE seq = ?"),
                                 {static_cast<qint64>(order.now.time_since_epoch().count()), seq});
            !marked)
            return marked.error();
    return transaction->commit();
}

/// A new id, since numbers of the old one may have been given out after the backup; no viewer is paired any more; and
/// the restore in the audit.
Status sign(SqlConnection& db, const RestoreOrder& order, const Staged& staged) {
    auto transaction = Transaction::begin(db);
    if (!transaction)
        return transaction.error();
    std::array<std::uint8_t, 10> random{};
    fillRandom(random);
    auto named = db.run(QStringLiteral("INSERT OR REPLACE INTO meta(key, value) VALUES('log_id', ?)"),
                        {text(core::makeUuid7(order.now, random).text())});
    if (!named)
        return named.error();
    // Their pairings are with another TLS key, or with what this door was before; some may have been revoked meanwhile.
    auto unpaired = db.run(QStringLiteral("UPDATE principal SET revoked = ? WHERE kind = 'viewer' AND revoked IS NULL"),
                           {static_cast<qint64>(order.now.time_since_epoch().count())});
    if (!unpaired)
        return unpaired.error();
    const std::string after = "{\"made\":\"" + core::rfc3339Utc(staged.summary.created) +
                              "\",\"people\":" + std::to_string(staged.summary.people) +
                              ",\"events\":" + std::to_string(staged.summary.events) + "}";
    if (auto noted = appendAudit(db, {order.by, order.now}, {"backup.restore", {}, {}, {}, {}, after}); !noted)
        return noted;
    return transaction->commit();
}

Status checkAndAdapt(const RestoreOrder& order, const Staged& staged) {
    auto opened = connectWriter(staged.file(databaseFile), busyTimeout);
    if (!opened)
        return broken("its database cannot be opened", order);
    SqlConnection& db = **opened;
    if (auto ours = expect(db, "PRAGMA application_id", QString::number(applicationId),
                           "its database is not Facelatch's", order);
        !ours)
        return ours;
    if (auto sound = expect(db, "PRAGMA integrity_check(1)", QStringLiteral("ok"), "its database is damaged", order);
        !sound)
        return sound;
    if (auto fits = expect(db, "SELECT value FROM meta WHERE key = 'device_key'", text(staged.keyFingerprint),
                           "its key is of other data", order);
        !fits)
        return fits;
    if (auto whole = expect(db, "SELECT count(*) FROM pragma_foreign_key_check", QStringLiteral("0"),
                            "parts of its database refer to what is not there", order);
        !whole)
        return whole;
    if (auto migrated = migrate(db, staged.folder, migrations(), order.now); !migrated)
        return migrated.error();
    removeFolder(staged.file(backupFolder));
    if (auto same = checkSchema(db, order, staged); !same)
        return same;
    if (!order.parts.log)
        if (auto dropped = dropLog(db); !dropped)
            return dropped;
    const auto audit = checkAuditChain(db);
    if (!audit)
        return audit.error();
    if (!audit->intact)
        return core::fail("the audit in the backup does not fit its chain: " + audit->why, order.file,
                          "Restore without the log, or use another backup; nothing was changed");
    if (auto marked = markMissingPictures(db, order, staged); !marked)
        return marked;
    if (auto signedIn = sign(db, order, staged); !signedIn)
        return signedIn;
    if (auto moved = db.value(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")); !moved)
        return moved.error();
    return Done{};
}

Status checkLog(const RestoreOrder& order, const Staged& staged, const BackupProgress& progress) {
    auto reader = LogReader::open(staged.folder);
    if (!reader)
        return reader.error();
    const auto report = (*reader)->verify(
        [&](std::int64_t) { return !progress || progress(staged.summary.fileBytes, staged.summary.fileBytes); });
    if (!report)
        return report.error();
    if (!report->intact)
        return core::fail("the log in the backup does not fit its chain: " + report->why, order.file,
                          "Restore without the log, or use another backup; nothing was changed");
    return Done{};
}

/// Its key, sealed with this device's: nothing in the data is encrypted anew, so that no hash of the log changes.
Status writeDataKey(const RestoreOrder& order, const Staged& staged) {
    const bool hasDatabase = fileExists(inFolder(order.dataFolder, databaseFile));
    const auto own = loadOwnKey(order.dataFolder, order.credentialsDirectory, !hasDatabase);
    if (!own)
        return own.error();
    return writeFileDurably(staged.file(dataKeyFile), sealDataKey(*own, *staged.key), 0400);
}

Status toTheDisk(const std::string& folder) {
    const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd || ::syncfs(fd.get()) != 0)
        return systemError("could not be written to the disk", folder, errno);
    return Done{};
}

} // namespace

Error newerBackup(int schema, const std::string& file) {
    return {core::ErrorKind::NewerVersion,
            "the backup was written by a newer version of Facelatch (schema " + std::to_string(schema) +
                ", this program knows up to " + std::to_string(schemaVersion) + ")",
            file, "Install that version or a newer one; nothing was changed"};
}

Result<Restored> restoreBackup(const RestoreOrder& order, const BackupProgress& progress) {
    const auto lock = lockBackups(order.dataFolder);
    if (!lock)
        return lock.error();
    if (restoreIsReady(order.dataFolder))
        return core::fail("another restore waits for the next start", order.dataFolder, "Restart Facelatch first");
    Staged staged;
    staged.folder = inFolder(order.dataFolder, restoreWorkFolder);
    removeFolder(staged.folder);
    Stage stage(staged.folder);
    for (const std::string& folder : {staged.folder, staged.file(snapshotFolder)})
        if (auto made = makePrivateFolder(folder); !made)
            return made.error();
    if (auto unpacked = unpack(order, staged, progress); !unpacked)
        return unpacked.error();
    if (fileExists(staged.file(localSettingsFile)) && order.checkSettings)
        if (auto accepted = order.checkSettings(staged.file(localSettingsFile)); !accepted) {
            Error error = accepted.error();
            error.what = "the settings in the backup are not accepted here: " + error.what;
            error.remedy = "Restore without the settings; nothing was changed";
            return error;
        }
    if (auto adapted = checkAndAdapt(order, staged); !adapted)
        return adapted.error();
    if (auto sound = checkLog(order, staged, progress); !sound)
        return sound.error();
    if (auto keyed = writeDataKey(order, staged); !keyed)
        return keyed.error();
    const std::string aside = freeName(inFolder(order.dataFolder, asidePrefix + fileStamp(order.now)), "");
    const std::string name = aside.substr(order.dataFolder.size() + 1);
    if (auto noted = writeFileDurably(staged.file(asideNameFile),
                                      ByteView(reinterpret_cast<const std::uint8_t*>(name.data()), name.size()));
        !noted)
        return noted.error();
    if (auto synced = toTheDisk(staged.folder); !synced)
        return synced.error();
    // From here on the next opening uses it.
    if (auto ready = renameDurably(staged.folder, inFolder(order.dataFolder, restoreReadyFolder)); !ready)
        return ready.error();
    stage.keep();
    return Restored{staged.summary, aside};
}

} // namespace facelatch::storage
