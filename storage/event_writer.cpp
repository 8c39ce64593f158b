// SPDX-License-Identifier: GPL-3.0-or-later
// Appending rows to the chain.
#include "storage/event_writer.h"

#include "storage/sql_connection.h"

namespace facelatch::storage {

using core::Result;
using core::Status;

namespace {

QString code(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}
QVariant numberOrNull(const std::optional<float>& value) {
    return value ? QVariant(static_cast<double>(*value)) : QVariant();
}
QVariant bytesOrNull(const QByteArray& bytes) {
    return bytes.isNull() ? QVariant() : QVariant(bytes);
}
QVariant textOrNull(const std::string& utf8) {
    return utf8.empty() ? QVariant() : QVariant(text(utf8));
}

Status done(const Result<QSqlQuery>& query) {
    if (!query)
        return query.error();
    return core::Done{};
}

} // namespace

Result<ChainHead> chainHead(SqlConnection& db) {
    auto row = db.run(QStringLiteral("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1"));
    if (!row)
        return row.error();
    ChainHead head;
    if (row->next()) {
        head.seq = row->value(0).toLongLong();
        head.hash = row->value(1).toByteArray();
    } else if (auto ended = db.check(*row); !ended) {
        return ended.error();
    }
    return head;
}

void chain(EventRow& row, ChainHead& head) {
    row.committed.seq = head.seq + 1;
    row.prevHash = head.hash;
    row.hash = eventHash(row);
    head.seq = row.committed.seq;
    head.hash = row.hash;
}

Status insertEvent(SqlConnection& db, const EventRow& row, bool withNote) {
    const core::Event& event = row.committed.event;
    QVariantList values{static_cast<qint64>(row.committed.seq),
                        idBlob(event.id),
                        idBlob(event.visit),
                        text(event.door),
                        static_cast<qint64>(event.time.time_since_epoch().count()),
                        text(event.local),
                        code(core::outcomeCode(event.outcome)),
                        code(core::reasonRow(event.reason).code),
                        numberOrNull(event.score),
                        numberOrNull(event.margin),
                        code(core::livenessCode(event.live)),
                        text(event.modelId),
                        code(core::sourceCode(event.source)),
                        row.snapshotName.isNull() ? QVariant() : QVariant(row.snapshotName),
                        bytesOrNull(row.snapshotHash),
                        bytesOrNull(row.personHash),
                        bytesOrNull(row.nameHash),
                        bytesOrNull(row.cardHash),
                        row.prevHash,
                        row.hash};
    if (withNote)
        values << bytesOrNull(row.noteHash);
    return done(db.run(
        QStringLiteral(
            "INSERT INTO event(seq, id, visit, door, time, local, outcome, reason, score, margin, live, model, "
            "source, snapshot, snapshot_sha256, person_hash, name_hash, card_hash, prev_hash, hash%1) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?%2)")
            .arg(withNote ? QStringLiteral(", note_hash") : QString(), withNote ? QStringLiteral(", ?") : QString()),
        values));
}

Status insertPersonal(SqlConnection& db, const EventRow& row) {
    if (row.salt.isNull())
        return core::Done{};
    const core::Event& event = row.committed.event;
    return done(db.run(
        QStringLiteral("INSERT INTO event_personal(seq, person, name, card, note, salt) VALUES(?, ?, ?, ?, ?, ?)"),
        {static_cast<qint64>(row.committed.seq), event.person ? QVariant(idBlob(event.person->value)) : QVariant(),
         textOrNull(event.personName), textOrNull(event.cardId), textOrNull(event.note), row.salt}));
}

} // namespace facelatch::storage
