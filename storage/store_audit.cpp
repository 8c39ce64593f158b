// SPDX-License-Identifier: GPL-3.0-or-later
// Appending to the audit, reading and checking it.
#include "storage/audit_chain.h"
#include "storage/event_schema.h"
#include "storage/field_hash.h"
#include "storage/store.h"
#include "storage/store_guard.h"

#include <algorithm>

namespace facelatch::storage {

using core::Done;
using core::Result;
using core::Status;

namespace {

constexpr int mostEntries = 1000;
constexpr const char* columns = "SELECT a.number, a.time, a.who, a.action, a.subject, a.before, a.after, "
                                "a.person_hash, a.prev_hash, a.hash, p.person, p.name, p.salt "
                                "FROM audit a LEFT JOIN audit_person p ON p.number = a.number ";

/// Never null: an empty text is a value of its own.
QString plainText(const std::string& utf8) {
    return utf8.empty() ? QStringLiteral("") : text(utf8);
}

struct Row {
    AuditEntry entry;
    QByteArray personHash, prevHash, hash, salt;
};

QByteArray personHash(const AuditNote& note, const QByteArray& salt) {
    FieldHash hash("facelatch-audit-person-1");
    hash.bytes(salt);
    hash.bytes(idBlob(note.person->value));
    hash.string(plainText(note.personName));
    return hash.result();
}

QByteArray entryHash(const Row& row) {
    FieldHash hash("facelatch-audit-1");
    hash.bytes(row.prevHash);
    hash.integer(row.entry.number);
    hash.integer(row.entry.by.when.time_since_epoch().count());
    const AuditNote& note = row.entry.note;
    for (const std::string* field : {&row.entry.by.who, &note.action, &note.subject, &note.before, &note.after})
        hash.string(plainText(*field));
    hash.bytes(row.personHash);
    return hash.result();
}

std::string stringAt(const QSqlQuery& row, int column) {
    return row.value(column).toString().toStdString();
}

Row rowOf(const QSqlQuery& found) {
    Row row;
    row.entry.number = found.value(0).toLongLong();
    row.entry.by = {stringAt(found, 2), core::WallTime(core::milliseconds(found.value(1).toLongLong()))};
    AuditNote& note = row.entry.note;
    note.action = stringAt(found, 3);
    note.subject = stringAt(found, 4);
    note.before = stringAt(found, 5);
    note.after = stringAt(found, 6);
    row.personHash = found.value(7).toByteArray();
    row.prevHash = found.value(8).toByteArray();
    row.hash = found.value(9).toByteArray();
    if (const auto person = idFromBlob(found.value(10).toByteArray()); person && !found.value(10).isNull()) {
        note.person = core::PersonId{*person};
        note.personName = stringAt(found, 11);
        row.salt = found.value(12).toByteArray();
    }
    return row;
}

/// What is wrong with a row that follows `before`; empty when nothing is.
std::string wrongWith(const Row& row, const Row& before) {
    if (row.entry.number != before.entry.number + 1)
        return "entries before it are missing";
    if (row.prevHash != before.hash)
        return "it does not follow the entry before it";
    if (entryHash(row) != row.hash)
        return "it was changed";
    if (row.entry.note.person && personHash(row.entry.note, row.salt) != row.personHash)
        return "whom it is about was changed";
    return {};
}

} // namespace

Status appendAudit(SqlConnection& db, const ChangeBy& by, const AuditNote& note) {
    Row row;
    row.prevHash = QByteArray(hashSize, '\0');
    {
        auto last = db.run(QStringLiteral("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"));
        if (!last)
            return last.error();
        if (last->next()) {
            row.entry.number = last->value(0).toLongLong();
            row.prevHash = last->value(1).toByteArray();
        } else if (auto ended = db.check(*last); !ended) {
            return ended;
        }
    }
    ++row.entry.number;
    row.entry.by = by;
    row.entry.note = note;
    if (note.person) {
        row.salt = QByteArray(saltSize, '\0');
        fillRandom(std::span(reinterpret_cast<std::uint8_t*>(row.salt.data()), saltSize));
        row.personHash = personHash(note, row.salt);
    }
    const qint64 number = row.entry.number;
    auto inserted =
        db.run(QStringLiteral("INSERT INTO audit(number, time, who, action, subject, before, after, person_hash, "
                              "prev_hash, hash) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
               {number, static_cast<qint64>(by.when.time_since_epoch().count()), plainText(by.who),
                plainText(note.action), plainText(note.subject), plainText(note.before), plainText(note.after),
                row.personHash.isNull() ? QVariant() : QVariant(row.personHash), row.prevHash, entryHash(row)});
    if (!inserted)
        return inserted.error();
    if (!note.person)
        return Done{};
    auto named = db.run(QStringLiteral("INSERT INTO audit_person(number, person, name, salt) VALUES(?, ?, ?, ?)"),
                        {number, idBlob(note.person->value), plainText(note.personName), row.salt});
    if (!named)
        return named.error();
    return Done{};
}

Status Store::noteAudit(const ChangeBy& by, const AuditNote& note) {
    return appendAudit(*m_db, by, note);
}

Result<std::vector<AuditEntry>> Store::audit(std::int64_t before, int limit) {
    return guarded(Access::Read, [&]() -> Result<std::vector<AuditEntry>> {
        auto rows = m_db->run(
            QLatin1String(columns) + QStringLiteral("WHERE ? = 0 OR a.number < ? ORDER BY a.number DESC LIMIT ?"),
            {static_cast<qint64>(before), static_cast<qint64>(before), std::clamp(limit, 1, mostEntries)});
        if (!rows)
            return rows.error();
        std::vector<AuditEntry> entries;
        while (rows->next())
            entries.push_back(rowOf(*rows).entry);
        if (auto ended = m_db->check(*rows); !ended)
            return ended.error();
        return entries;
    });
}

Result<AuditCheck> checkAuditChain(SqlConnection& db) {
    auto rows = db.run(QLatin1String(columns) + QStringLiteral("ORDER BY a.number"));
    if (!rows)
        return rows.error();
    AuditCheck check;
    Row before;
    before.hash = QByteArray(hashSize, '\0');
    while (rows->next()) {
        Row row = rowOf(*rows);
        ++check.entries;
        if (const std::string wrong = wrongWith(row, before); check.intact && !wrong.empty()) {
            check.intact = false;
            check.firstBroken = row.entry.number;
            check.why = wrong;
        }
        before = std::move(row);
    }
    if (auto ended = db.check(*rows); !ended)
        return ended.error();
    return check;
}

Result<AuditCheck> Store::verifyAudit() {
    return guarded(Access::Read, [&] { return checkAuditChain(*m_db); });
}

} // namespace facelatch::storage
