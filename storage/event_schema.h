// SPDX-License-Identifier: GPL-3.0-or-later
// The event table: its columns, a row of it, and the hashes that chain the rows. Inside of the storage module only.
//
// Row hash = SHA-256("facelatch-event-1", prev_hash, seq, id, visit, door, time, local, outcome, reason, score, margin,
// live, model, source, snapshot name, snapshot SHA-256, person hash, name hash, card hash and, only where the event has
// one, note hash), each field as one presence
// byte, its length (8 bytes, big-endian) and its bytes; integers as 8 bytes big-endian, floats as the bits of a double.
// prev_hash of row 1 is 32 zero bytes. A personal hash = SHA-256("facelatch-personal-1", field, salt, value): the row
// keeps it when the value and the salt are erased, so the chain still verifies and the value cannot be guessed back.
#pragma once

#include "core/decision.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

class QSqlQuery;

namespace facelatch::storage {

/// Version of the newest migration: what this program reads and writes.
inline constexpr int schemaVersion = 4;

inline constexpr int hashSize = 32;
inline constexpr int saltSize = 16;

struct EventRow {
    core::CommittedEvent committed; ///< logId stays empty: it is the database's, not the row's
    QString snapshotName;           ///< as hashed; committed.snapshot is empty once the picture is gone
    QByteArray snapshotHash;        ///< SHA-256 of the encrypted file
    bool snapshotGone = false;
    QByteArray personHash, nameHash, cardHash, noteHash; ///< null where the event has no such field
    QByteArray salt;                                     ///< null when erased, or where there was nothing personal
    QByteArray prevHash, hash;
};

/// Columns of readEventRow(), for "SELECT <these> FROM <eventJoin>".
QString eventColumns();
/// The same with nothing personal and no picture's state: from "event e" alone. Without the note's hash for a table of
/// before there were notes.
QString bareEventColumns(bool withNote = true);
/// event e, its personal fields p and its picture's state s.
QString eventJoin();
/// Errors: a code or an id that no version of ours wrote (damage, or changed by hand).
/// The columns begin at `first`.
core::Result<EventRow> readEventRow(const QSqlQuery& row, int first = 0);

/// What can be stored and read back unchanged: valid UTF-8, finite numbers, no negative zero.
core::Event storable(core::Event event);

/// Whether it has a field that erasure and retention may delete, and so a salt.
bool holdsPersonal(const core::Event& event);
/// Fills personHash, nameHash, cardHash and noteHash from the values and row.salt.
void hashPersonalFields(EventRow& row);
/// nullopt when they fit; else which one does not.
std::optional<QString> personalMismatch(const EventRow& row);
QByteArray eventHash(const EventRow& row);

QByteArray idBlob(const core::Uuid7& id);
std::optional<core::Uuid7> idFromBlob(const QByteArray& bytes);

} // namespace facelatch::storage
