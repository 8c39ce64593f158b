// SPDX-License-Identifier: GPL-3.0-or-later
// Space: the pictures' limits, the ballast, and what happens on a full disk.
//
// A full disk: the ballast file is removed, which lets SQLite write again (without it even DELETE fails); with that
// room the oldest pictures are dropped until the ballast would fit again, and the write-ahead log is emptied. Records
// stay. The ballast comes back in checkpoint() or at the next opening, once there is twice its size.
#include "storage/data_files.h"
#include "storage/durable_file.h"
#include "storage/event_schema.h"
#include "storage/snapshot_files.h"
#include "storage/store.h"
#include "storage/store_guard.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace facelatch::storage {

using core::Done;
using core::Result;
using core::Status;

namespace {
/// Dropping goes a little below the limit, so that not every new picture drops one.
constexpr std::int64_t slackPercent = 5;
} // namespace

Result<std::vector<Store::Picture>> Store::keptPictures(std::int64_t upToBytes) {
    auto rows = m_db->run(
        QStringLiteral("SELECT s.seq, s.bytes, e.snapshot FROM snapshot s CROSS JOIN event e ON e.seq = s.seq "
                       "WHERE s.removed IS NULL ORDER BY s.seq"));
    if (!rows)
        return rows.error();
    std::vector<Picture> pictures;
    std::int64_t sum = 0;
    while ((upToBytes < 0 || sum < upToBytes) && rows->next()) {
        if (std::any_of(m_givenUp.begin(), m_givenUp.end(),
                        [&](const Picture& picture) { return picture.seq == rows->value(0).toLongLong(); }))
            continue;
        pictures.push_back(
            {rows->value(0).toLongLong(), rows->value(1).toLongLong(), rows->value(2).toString().toStdString()});
        sum += pictures.back().bytes;
    }
    if (auto ended = m_db->check(*rows); !ended)
        return ended.error();
    return pictures;
}

Status Store::markRemoved(const std::vector<Picture>& pictures, core::WallTime when) {
    for (const Picture& picture : pictures)
        if (auto done =
                m_db->run(QStringLiteral("UPDATE snapshot SET removed = ? WHERE seq = ?"),
                          {static_cast<qint64>(when.time_since_epoch().count()), static_cast<qint64>(picture.seq)});
            !done)
            return done.error();
    return Done{};
}

void Store::deleteFiles(const std::vector<Picture>& pictures) {
    for (const Picture& picture : pictures) {
        m_snapshots->remove(picture.name);
        m_health.snapshotBytes -= picture.bytes;
    }
}

Status Store::markInOne(const std::vector<Picture>& pictures) {
    auto transaction = Transaction::begin(*m_db);
    if (!transaction)
        return transaction.error();
    if (auto marked = markRemoved(pictures, m_latest); !marked)
        return marked;
    return transaction->commit();
}

/// The row says that the picture is gone before it goes: a kill in between leaves a file that the next opening sweeps.
std::int64_t Store::dropOldest(std::int64_t bytes) {
    tellOfGivenUp();
    const auto pictures = keptPictures(bytes);
    if (!pictures || pictures->empty())
        return 0;
    if (markInOne(*pictures)) {
        deleteFiles(*pictures);
    } else {
        if (m_db->lastCode() != sqlite::full)
            return 0;
        // Not even that row fitted: the files' own room must do, and the rows are told afterwards.
        std::int64_t givenUp = 0;
        for (const Picture& picture : *pictures) {
            if (!m_snapshots->giveUp(picture.name))
                continue;
            m_health.snapshotBytes -= picture.bytes;
            m_givenUp.push_back(picture);
            ++givenUp;
        }
        tellOfGivenUp();
        m_health.picturesDropped += givenUp;
        return givenUp;
    }
    m_health.picturesDropped += static_cast<std::int64_t>(pictures->size());
    return static_cast<std::int64_t>(pictures->size());
}

void Store::tellOfGivenUp() {
    if (m_givenUp.empty() || !m_db || !markInOne(m_givenUp))
        return;
    for (const Picture& picture : m_givenUp)
        m_snapshots->forget(picture.name);
    m_givenUp.clear();
}

void Store::enforceLimit() {
    tellOfGivenUp();
    if (m_health.snapshotBytes <= m_options.snapshotsMaxBytes || !m_db)
        return;
    const std::int64_t target = m_options.snapshotsMaxBytes * (100 - slackPercent) / 100;
    dropOldest(m_health.snapshotBytes - target);
}

bool Store::makeRoom() {
    const std::string ballast = m_folder.file(ballastFile);
    const bool freed = fileExists(ballast) && removeFile(ballast);
    m_health.ballastFreed = m_options.ballastBytes > 0;
    const bool dropped = dropOldest(std::max<std::int64_t>(2 * m_options.ballastBytes, 1)) > 0;
    // The write-ahead log holds megabytes of pages that stand in the database already or soon.
    const std::string wal = m_folder.file(databaseFile) + "-wal";
    const std::int64_t before = fileSize(wal);
    (void)m_db->value(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
    return freed || dropped || fileSize(wal) < before;
}

void Store::restoreBallast() {
    const std::string ballast = m_folder.file(ballastFile);
    if (m_options.ballastBytes <= 0 || fileSize(ballast) == m_options.ballastBytes) {
        m_health.ballastFreed = false;
        return;
    }
    m_health.ballastFreed = true;
    removeFile(ballast);
    if (freeBytes(m_folder.path()) < 2 * m_options.ballastBytes)
        return;
    const std::string unfinished = ballast + ".tmp";
    UniqueFd fd(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    const bool reserved = fd && ::posix_fallocate(fd.get(), 0, m_options.ballastBytes) == 0 && ::fsync(fd.get()) == 0;
    fd.reset();
    if (reserved && renameDurably(unfinished, ballast))
        m_health.ballastFreed = false;
    else
        removeFile(unfinished);
}

Status Store::tryPictures() {
    const std::string probe = inFolder(inFolder(m_folder.path(), snapshotFolder), ".probe");
    if (auto made = makePrivateFolder(inFolder(m_folder.path(), snapshotFolder)); !made)
        return made;
    // As large as a picture may be, so that it does not succeed on the last free block.
    const Bytes content(std::size_t{256} * 1024);
    auto written = writeFileDurably(probe, content);
    removeFile(probe);
    return written;
}

void Store::setSnapshotPolicy(KeepSnapshots keep, std::int64_t maxBytes) {
    m_options.keepSnapshots = keep;
    m_options.snapshotsMaxBytes = maxBytes;
    enforceLimit();
}

Status Store::snapshotUploaded(const std::string& name, core::WallTime now) {
    if (m_options.keepSnapshots != KeepSnapshots::UntilUploaded)
        return Done{};
    return guarded(Access::Write, [&]() -> Status {
        auto found = m_db->run(
            QStringLiteral("SELECT s.seq, s.bytes FROM event e JOIN snapshot s ON s.seq = e.seq "
                           "WHERE e.id = ? AND s.removed IS NULL AND e.snapshot = ?"),
            {idBlob(core::Uuid7::parse(std::string_view(name).substr(0, 36)).value_or(core::Uuid7{})), text(name)});
        if (!found)
            return found.error();
        if (!found->next())
            return Done{};
        const std::vector<Picture> pictures{{found->value(0).toLongLong(), found->value(1).toLongLong(), name}};
        found->finish();
        if (auto marked = markRemoved(pictures, now); !marked)
            return marked;
        deleteFiles(pictures);
        return Done{};
    });
}

} // namespace facelatch::storage
