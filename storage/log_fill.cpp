// SPDX-License-Identifier: GPL-3.0-or-later
// Many rows in one transaction.
#include "storage/log_fill.h"

#include "storage/data_files.h"
#include "storage/event_writer.h"
#include "storage/secrets.h"
#include "storage/sql_connection.h"

#include <algorithm>
#include <span>

namespace facelatch::storage {

using core::Status;

namespace {

constexpr core::milliseconds busyTimeout{50};
/// So many at a time, so that the write-ahead log stays short.
constexpr std::int64_t batch = 20'000;

Status appendBatch(SqlConnection& db, std::int64_t from, std::int64_t to,
                   const std::function<core::Event(std::int64_t)>& make) {
    auto transaction = Transaction::begin(db);
    if (!transaction)
        return transaction.error();
    auto head = chainHead(db);
    if (!head)
        return head.error();
    for (std::int64_t i = from; i < to; ++i) {
        EventRow row;
        row.committed.event = storable(make(i));
        const core::Event& event = row.committed.event;
        if (holdsPersonal(event)) {
            row.salt = QByteArray(saltSize, '\0');
            fillRandom(std::span(reinterpret_cast<std::uint8_t*>(row.salt.data()), saltSize));
        }
        hashPersonalFields(row);
        chain(row, *head);
        if (auto inserted = insertEvent(db, row); !inserted)
            return inserted;
        if (auto inserted = insertPersonal(db, row); !inserted)
            return inserted;
    }
    return transaction->commit();
}

} // namespace

Status fillLog(const DataFolder& folder, std::int64_t events, const std::function<core::Event(std::int64_t)>& make) {
    auto db = SqlConnection::open(folder.file(databaseFile), SqlConnection::Mode::ReadWrite, busyTimeout);
    if (!db)
        return db.error();
    if (auto fast = (*db)->run(QStringLiteral("PRAGMA synchronous=OFF")); !fast)
        return fast.error();
    for (std::int64_t done = 0; done < events; done += batch)
        if (auto appended = appendBatch(**db, done, std::min(events, done + batch), make); !appended)
            return appended;
    return core::Done{};
}

} // namespace facelatch::storage
