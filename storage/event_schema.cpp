// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the event table and the canonical bytes that are hashed.
#include "storage/event_schema.h"

#include "storage/field_hash.h"
#include "storage/sql_connection.h"

#include <cmath>

namespace facelatch::storage {

using core::Result;

namespace {

QByteArray personalHash(const char* field, const QByteArray& salt, const QByteArray& value) {
    FieldHash hash("facelatch-personal-1");
    hash.bytes(QByteArray(field));
    hash.bytes(salt);
    hash.bytes(value);
    return hash.result();
}

QByteArray utf8(const std::string& string) {
    return QByteArray(string.data(), static_cast<qsizetype>(string.size()));
}
QString fromView(std::string_view view) {
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

std::string cleanText(const std::string& text) {
    return QString::fromStdString(text).remove(QChar(u'\0')).toStdString();
}

std::optional<float> cleanNumber(std::optional<float> number) {
    if (!number || !std::isfinite(*number))
        return std::nullopt;
    return *number + 0.0F; // SQLite stores whole reals as integers, which have no negative zero
}

std::optional<float> numberOf(const QVariant& value) {
    return value.isNull() ? std::nullopt : std::optional<float>(value.toFloat());
}

/// The personal value of each field as bytes; empty when the event has none.
QByteArray personBytes(const core::Event& event) {
    return event.person ? idBlob(event.person->value) : QByteArray();
}

QString ownColumns() {
    return QStringLiteral(
        "e.seq, e.id, e.visit, e.door, e.time, e.local, e.outcome, e.reason, e.score, e.margin, e.live, e.model, "
        "e.source, e.snapshot, e.snapshot_sha256, e.person_hash, e.name_hash, e.card_hash, e.prev_hash, e.hash");
}

core::Error unreadable(const QVariant& seq, const char* what) {
    return core::fail("event " + seq.toString().toStdString() + " holds an unknown " + what, "",
                      "Run facelatch-ctl log verify");
}

} // namespace

QByteArray idBlob(const core::Uuid7& id) {
    return blob(id.bytes.data(), id.bytes.size());
}

std::optional<core::Uuid7> idFromBlob(const QByteArray& bytes) {
    core::Uuid7 id;
    if (bytes.size() != static_cast<qsizetype>(id.bytes.size()))
        return std::nullopt;
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return id;
}

QString eventColumns() {
    return ownColumns() + QStringLiteral(", p.person, p.name, p.card, p.salt, s.removed, e.note_hash, p.note");
}
QString bareEventColumns(bool withNote) {
    return ownColumns() + QStringLiteral(", NULL, NULL, NULL, NULL, NULL, ") +
           (withNote ? QStringLiteral("e.note_hash, NULL") : QStringLiteral("NULL, NULL"));
}

QString eventJoin() {
    return QStringLiteral("event e LEFT JOIN event_personal p ON p.seq = e.seq LEFT JOIN snapshot s ON s.seq = e.seq");
}

Result<EventRow> readEventRow(const QSqlQuery& row, int first) {
    const auto value = [&row, first](int column) { return row.value(first + column); };
    EventRow out;
    core::CommittedEvent& committed = out.committed;
    core::Event& event = committed.event;
    committed.seq = value(0).toLongLong();
    const auto id = idFromBlob(value(1).toByteArray());
    const auto visit = idFromBlob(value(2).toByteArray());
    if (!id || !visit)
        return unreadable(value(0), "id");
    event.id = *id;
    event.visit = *visit;
    event.door = value(3).toString().toStdString();
    event.time = core::WallTime(core::milliseconds(value(4).toLongLong()));
    event.local = value(5).toString().toStdString();
    const auto outcome = core::outcomeFromCode(value(6).toString().toStdString());
    const auto reason = core::reasonFromCode(value(7).toString().toStdString());
    const auto live = core::livenessFromCode(value(10).toString().toStdString());
    const auto source = core::sourceFromCode(value(12).toString().toStdString());
    if (!outcome || !reason || !live || !source)
        return unreadable(value(0), !outcome ? "outcome" : !reason ? "reason" : !live ? "liveness" : "source");
    event.outcome = *outcome;
    event.reason = *reason;
    event.score = numberOf(value(8));
    event.margin = numberOf(value(9));
    event.live = *live;
    event.modelId = value(11).toString().toStdString();
    event.source = *source;
    out.snapshotName = value(13).isNull() ? QString() : value(13).toString();
    const auto bytes = [&value](int column) {
        return value(column).isNull() ? QByteArray() : value(column).toByteArray();
    };
    out.snapshotHash = bytes(14);
    out.personHash = bytes(15);
    out.nameHash = bytes(16);
    out.cardHash = bytes(17);
    out.prevHash = bytes(18);
    out.hash = bytes(19);
    if (const auto person = idFromBlob(value(20).toByteArray()))
        event.person = core::PersonId{*person};
    event.personName = value(21).toString().toStdString();
    event.cardId = value(22).toString().toStdString();
    out.salt = bytes(23);
    out.snapshotGone = !value(24).isNull();
    out.noteHash = bytes(25);
    event.note = value(26).toString().toStdString();
    if (!out.snapshotGone)
        committed.snapshot = out.snapshotName.toStdString();
    return out;
}

core::Event storable(core::Event event) {
    for (std::string* field :
         {&event.door, &event.local, &event.personName, &event.cardId, &event.note, &event.modelId})
        *field = cleanText(*field);
    event.score = cleanNumber(event.score);
    event.margin = cleanNumber(event.margin);
    return event;
}

bool holdsPersonal(const core::Event& event) {
    return event.person || !event.personName.empty() || !event.cardId.empty() || !event.note.empty();
}

void hashPersonalFields(EventRow& row) {
    const core::Event& event = row.committed.event;
    const auto hashOf = [&row](const char* field, const QByteArray& value) {
        return value.isEmpty() ? QByteArray() : personalHash(field, row.salt, value);
    };
    row.personHash = hashOf("person", personBytes(event));
    row.nameHash = hashOf("name", utf8(event.personName));
    row.cardHash = hashOf("card", utf8(event.cardId));
    row.noteHash = hashOf("note", utf8(event.note));
}

std::optional<QString> personalMismatch(const EventRow& row) {
    const core::Event& event = row.committed.event;
    if (row.salt.isNull() && !holdsPersonal(event)) // erased
        return std::nullopt;
    EventRow expected = row;
    hashPersonalFields(expected);
    if (expected.personHash != row.personHash)
        return QStringLiteral("person");
    if (expected.nameHash != row.nameHash)
        return QStringLiteral("name");
    if (expected.cardHash != row.cardHash)
        return QStringLiteral("card");
    if (expected.noteHash != row.noteHash)
        return QStringLiteral("note");
    return std::nullopt;
}

QByteArray eventHash(const EventRow& row) {
    const core::Event& event = row.committed.event;
    FieldHash hash("facelatch-event-1");
    hash.bytes(row.prevHash);
    hash.integer(row.committed.seq);
    hash.bytes(idBlob(event.id));
    hash.bytes(idBlob(event.visit));
    hash.bytes(utf8(event.door));
    hash.integer(event.time.time_since_epoch().count());
    hash.bytes(utf8(event.local));
    hash.string(fromView(core::outcomeCode(event.outcome)));
    hash.string(fromView(core::reasonRow(event.reason).code));
    hash.number(event.score);
    hash.number(event.margin);
    hash.string(fromView(core::livenessCode(event.live)));
    hash.bytes(utf8(event.modelId));
    hash.string(fromView(core::sourceCode(event.source)));
    hash.string(row.snapshotName);
    hash.bytes(row.snapshotHash);
    hash.bytes(row.personHash);
    hash.bytes(row.nameHash);
    hash.bytes(row.cardHash);
    if (!row.noteHash.isNull()) // so that rows of before there were notes keep their hash
        hash.bytes(row.noteHash);
    return hash.result();
}

} // namespace facelatch::storage
