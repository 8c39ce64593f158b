// SPDX-License-Identifier: GPL-3.0-or-later
// Appending rows to the chain. Inside of the storage module only.
#pragma once

#include "core/result.h"
#include "storage/event_schema.h"

namespace facelatch::storage {

class SqlConnection;

struct ChainHead {
    std::int64_t seq = 0;
    QByteArray hash = QByteArray(hashSize, '\0');
};

/// The last event; seq 0 for an empty log.
core::Result<ChainHead> chainHead(SqlConnection& db);

/// Gives `row` the place after `head`: its number, prevHash and hash; `head` becomes that row.
void chain(EventRow& row, ChainHead& head);

/// Writes the row without its side tables; `withNote` is false for a table of before there were notes. Inside a
/// transaction.
core::Status insertEvent(SqlConnection& db, const EventRow& row, bool withNote = true);
/// Writes event_personal where the event has something personal.
core::Status insertPersonal(SqlConnection& db, const EventRow& row);

} // namespace facelatch::storage
