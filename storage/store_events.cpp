// SPDX-License-Identifier: GPL-3.0-or-later
// Events and their pictures.
#include "storage/data_files.h"
#include "storage/durable_file.h"
#include "storage/event_writer.h"
#include "storage/log_mark.h"
#include "storage/snapshot_files.h"
#include "storage/store.h"
#include "storage/store_guard.h"

#include <algorithm>

namespace facelatch::storage {

using core::CommittedEvent;
using core::Error;
using core::ErrorKind;
using core::Event;
using core::Result;
using core::Status;

namespace {

/// Beside its bytes a picture needs room for its folder entry and SQLite's own pages.
constexpr std::int64_t pictureSpare = std::int64_t{128} * 1024;

std::string pictureName(const core::Uuid7& event) {
    return event.text() + ".jpg";
}

/// The event a picture's name belongs to; nothing else is a picture's name, so none leads out of the folder.
std::optional<core::Uuid7> eventOf(const std::string& pictureName) {
    if (pictureName.size() != 40 || !pictureName.ends_with(".jpg"))
        return std::nullopt;
    const auto id = core::Uuid7::parse(std::string_view(pictureName).substr(0, 36));
    return id && storage::pictureName(*id) == pictureName ? id : std::nullopt;
}

Error noPicture(const std::string& name, const char* why) {
    return {ErrorKind::NotFound, why, name, ""};
}

} // namespace

Result<CommittedEvent> Store::append(const Event& event, const Bytes& jpeg) {
    if (event.id.isNull())
        return Error{ErrorKind::Usage, "the event has no id", "", ""};
    m_latest = std::max(m_latest, event.time);
    const Event stored = storable(event);
    auto written = guarded(Access::Write, [&] { return appendOnce(stored, jpeg); });
    if (written)
        enforceLimit();
    return written;
}

Result<std::optional<CommittedEvent>> Store::committed(const core::Uuid7& id) {
    auto found =
        m_db->run(QStringLiteral("SELECT %1 FROM %2 WHERE e.id = ?").arg(eventColumns(), eventJoin()), {idBlob(id)});
    if (!found)
        return found.error();
    if (!found->next()) {
        if (auto ended = m_db->check(*found); !ended)
            return ended.error();
        return std::optional<CommittedEvent>();
    }
    auto row = readEventRow(*found);
    if (!row)
        return row.error();
    row->committed.logId = m_logId;
    return std::optional(std::move(row->committed));
}

std::int64_t Store::writePicture(EventRow& row, const Bytes& jpeg) {
    const core::Event& event = row.committed.event;
    const std::string name = pictureName(event.id);
    Result<SecretKey> key = core::fail("an unknown face");
    if (event.person)
        key = personKey(*event.person);
    // A person removed in between has no key: the store's own then.
    const auto owner = key ? event.person : std::nullopt;
    const SecretKey& with = key ? *key : m_pictureKey;
    auto written = m_snapshots->write(name, jpeg, with, owner);
    // Only a full disk is helped by room.
    const bool full = freeBytes(m_folder.path()) < static_cast<std::int64_t>(jpeg.size()) + pictureSpare;
    if (!written && full && makeRoom())
        written = m_snapshots->write(name, jpeg, with, owner);
    if (!written) {
        ++m_health.picturesNotWritten;
        m_health.lastPictureError = written.error().text();
        return 0;
    }
    row.snapshotName = text(name);
    row.snapshotHash = QByteArray::fromHex(QByteArray::fromStdString(written->sha256Hex));
    row.committed.snapshot = name;
    return written->bytes;
}

Result<CommittedEvent> Store::appendOnce(const Event& event, const Bytes& jpeg) {
    auto before = committed(event.id);
    if (!before)
        return before.error();
    if (*before)
        return std::move(**before);

    EventRow row;
    row.committed.event = event;
    if (holdsPersonal(event)) {
        row.salt = QByteArray(saltSize, '\0');
        fillRandom(std::span(reinterpret_cast<std::uint8_t*>(row.salt.data()), saltSize));
    }
    hashPersonalFields(row);
    const bool wantsPicture = !jpeg.empty() && m_options.keepSnapshots != KeepSnapshots::Never;
    const std::int64_t pictureBytes = wantsPicture ? writePicture(row, jpeg) : 0;
    if (auto inserted = commitRow(row, pictureBytes); !inserted) {
        // What surely was not committed leaves no picture behind; after an I/O error nobody knows, and the next opening
        // sweeps what no row names.
        if (m_db->lastCode() != sqlite::ioError && pictureBytes > 0)
            m_snapshots->remove(row.committed.snapshot);
        return inserted.error();
    }
    m_health.snapshotBytes += pictureBytes;
    m_lastSeq = row.committed.seq;
    writeMark(m_folder.path(), {m_logId, m_lastSeq});
    row.committed.logId = m_logId;
    return std::move(row.committed);
}

Status Store::commitRow(EventRow& row, std::int64_t pictureBytes) {
    auto transaction = Transaction::begin(*m_db);
    if (!transaction)
        return transaction.error();
    auto head = chainHead(*m_db);
    if (!head)
        return head.error();
    chain(row, *head);
    if (auto done = insertEvent(*m_db, row); !done)
        return done;
    if (auto done = insertPersonal(*m_db, row); !done)
        return done;
    if (pictureBytes > 0)
        if (auto done = m_db->run(QStringLiteral("INSERT INTO snapshot(seq, bytes) VALUES(?, ?)"),
                                  {static_cast<qint64>(row.committed.seq), static_cast<qint64>(pictureBytes)});
            !done)
            return done.error();
    if (auto counted = countUse(row); !counted)
        return counted;
    return transaction->commit();
}

/// A grant takes one of the person's uses, the first event of a visit that says so.
Status Store::countUse(const EventRow& row) {
    const Event& event = row.committed.event;
    if (event.outcome != core::Outcome::Granted || !event.person)
        return core::Done{};
    auto counted = m_db->run(
        QStringLiteral("UPDATE person SET uses_taken = uses_taken + 1 WHERE id = ? AND uses_allowed IS NOT NULL AND "
                       "NOT EXISTS(SELECT 1 FROM event WHERE visit = ? AND outcome = 'granted' AND seq < ?)"),
        {idBlob(event.person->value), idBlob(event.visit), static_cast<qint64>(row.committed.seq)});
    if (!counted)
        return counted.error();
    return core::Done{};
}

Result<Bytes> Store::snapshot(const std::string& name) {
    const auto event = eventOf(name);
    if (!event)
        return noPicture(name, "there is no such picture");
    return guarded(Access::Read, [&]() -> Result<Bytes> {
        auto found =
            m_db->run(QStringLiteral("SELECT s.removed FROM event e JOIN snapshot s ON s.seq = e.seq WHERE e.id = ?"),
                      {idBlob(*event)});
        if (!found)
            return found.error();
        if (!found->next())
            return noPicture(name, "there is no such picture");
        const auto isGivenUp = [&](const Picture& picture) { return picture.name == name; };
        if (!found->value(0).isNull() || std::any_of(m_givenUp.begin(), m_givenUp.end(), isGivenUp))
            return noPicture(name, "this picture was deleted, by the limits of snapshots.* or with its person");
        found->finish();
        return m_snapshots->read(name, m_pictureKey, [this](const core::PersonId& id) { return personKey(id); });
    });
}

} // namespace facelatch::storage
