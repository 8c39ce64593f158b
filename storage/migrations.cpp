// SPDX-License-Identifier: GPL-3.0-or-later
// The schema, step by step, and the copy that is made before an existing database changes.
#include "storage/migrations.h"

#include "storage/data_files.h"
#include "storage/durable_file.h"
#include "storage/event_schema.h"
#include "storage/sql_connection.h"

#include <algorithm>
#include <iterator>

namespace facelatch::storage {

using core::Result;
using core::Status;

namespace {

// Ids are the 16 bytes of a UUID, times are milliseconds since 1970 in UTC, codes are those of core/reasons.h and
// core/decision.h. Tables that salvage copies row by row have an integer primary key.
// There is no outbox table: an uploader follows the log by (log id, seq) like any viewer and will bring, with its own
// step, the little it must remember; the event and its number are then already committed together.
constexpr const char* foundation[] = {
    "CREATE TABLE meta(key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)",
    "CREATE TABLE person(row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), name TEXT NOT NULL, "
    "status TEXT NOT NULL CHECK(status IN ('active', 'suspended')), valid_from INTEGER, valid_until INTEGER, "
    "created INTEGER NOT NULL, portrait BLOB)",
    "CREATE INDEX person_name ON person(name)",
    "CREATE TABLE person_key(row INTEGER PRIMARY KEY, "
    "person BLOB NOT NULL UNIQUE REFERENCES person(id) ON DELETE CASCADE, wrapped BLOB NOT NULL)",
    "CREATE TABLE credential(row INTEGER PRIMARY KEY, person BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE, "
    "kind TEXT NOT NULL, value TEXT NOT NULL COLLATE NOCASE, created INTEGER NOT NULL, UNIQUE(kind, value))",
    "CREATE INDEX credential_person ON credential(person)",
    "CREATE TABLE principal(row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), "
    "kind TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, credential BLOB, doors TEXT NOT NULL DEFAULT '', "
    "created INTEGER NOT NULL, last_seen INTEGER, revoked INTEGER)",
    "CREATE TABLE face_template(row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), "
    "person BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE, model TEXT NOT NULL, sealed BLOB NOT NULL, "
    "created INTEGER NOT NULL)",
    "CREATE INDEX face_template_person ON face_template(person)",
    "CREATE TABLE event(seq INTEGER PRIMARY KEY CHECK(seq > 0), id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), "
    "visit BLOB NOT NULL, door TEXT NOT NULL, time INTEGER NOT NULL, local TEXT NOT NULL, outcome TEXT NOT NULL, "
    "reason TEXT NOT NULL, score REAL, margin REAL, live TEXT NOT NULL, model TEXT NOT NULL, source TEXT NOT NULL, "
    "snapshot TEXT, snapshot_sha256 BLOB, person_hash BLOB, name_hash BLOB, card_hash BLOB, prev_hash BLOB NOT NULL, "
    "hash BLOB NOT NULL)",
    "CREATE INDEX event_time ON event(time)",
    "CREATE INDEX event_visit ON event(visit)",
    "CREATE INDEX event_reason ON event(reason)",
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event "
    "BEGIN SELECT RAISE(ABORT, 'events are immutable'); END",
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event "
    "BEGIN SELECT RAISE(ABORT, 'events are immutable'); END",
    // Also against INSERT OR REPLACE, which deletes without asking the trigger above.
    "CREATE TRIGGER event_in_order BEFORE INSERT ON event "
    "WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event) OR EXISTS(SELECT 1 FROM event WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'events are numbered without gaps, each once'); END",
    // What erasure and retention may delete; the event keeps salted hashes of it.
    "CREATE TABLE event_personal(seq INTEGER PRIMARY KEY REFERENCES event(seq), person BLOB, name TEXT, card TEXT, "
    "salt BLOB NOT NULL)",
    "CREATE INDEX event_personal_person ON event_personal(person, seq)",
    "CREATE INDEX event_personal_name ON event_personal(name, seq)",
    "CREATE TRIGGER event_personal_no_update BEFORE UPDATE ON event_personal "
    "BEGIN SELECT RAISE(ABORT, 'personal fields of events are erased, never changed'); END",
    // One row for each picture ever written; `removed` is when its file was deleted.
    "CREATE TABLE snapshot(seq INTEGER PRIMARY KEY REFERENCES event(seq), bytes INTEGER NOT NULL, removed INTEGER)",
    "CREATE INDEX snapshot_kept ON snapshot(seq, bytes) WHERE removed IS NULL",
};

// Who may enter when, and who changed it. Minutes are since local midnight, weekdays 0 Sunday .. 6 Saturday, a year of
// 0 is every year, an empty door is every door. `notes` is sealed with the person's key. The audit's key is called
// number, since salvage takes every `seq` for an event's.
constexpr const char* accessRules[] = {
    "ALTER TABLE person ADD COLUMN uses_allowed INTEGER",
    "ALTER TABLE person ADD COLUMN uses_taken INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE person ADD COLUMN uses_round INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE person ADD COLUMN notes BLOB",
    "ALTER TABLE principal ADD COLUMN expires INTEGER",
    "CREATE TABLE access_group(row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), "
    "name TEXT NOT NULL UNIQUE COLLATE NOCASE)",
    "CREATE TABLE group_member(row INTEGER PRIMARY KEY, "
    "team BLOB NOT NULL REFERENCES access_group(id) ON DELETE CASCADE, "
    "person BLOB NOT NULL REFERENCES person(id) ON DELETE CASCADE, UNIQUE(team, person))",
    "CREATE INDEX group_member_person ON group_member(person)",
    "CREATE TABLE schedule(row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), "
    "name TEXT NOT NULL UNIQUE COLLATE NOCASE, through_holidays INTEGER NOT NULL CHECK(through_holidays IN (0, 1)))",
    "CREATE TABLE schedule_period(row INTEGER PRIMARY KEY, "
    "schedule BLOB NOT NULL REFERENCES schedule(id) ON DELETE CASCADE, "
    "weekday INTEGER NOT NULL CHECK(weekday BETWEEN 0 AND 6), "
    "from_minute INTEGER NOT NULL CHECK(from_minute BETWEEN 0 AND 1439), "
    "to_minute INTEGER NOT NULL CHECK(to_minute BETWEEN 1 AND 1440 AND to_minute <> from_minute))",
    "CREATE INDEX schedule_period_schedule ON schedule_period(schedule)",
    "CREATE TABLE holiday(row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), "
    "name TEXT NOT NULL, year INTEGER NOT NULL, month INTEGER NOT NULL CHECK(month BETWEEN 1 AND 12), "
    "day INTEGER NOT NULL CHECK(day BETWEEN 1 AND 31), UNIQUE(year, month, day))",
    "CREATE TABLE holiday_period(row INTEGER PRIMARY KEY, "
    "holiday BLOB NOT NULL REFERENCES holiday(id) ON DELETE CASCADE, "
    "from_minute INTEGER NOT NULL CHECK(from_minute BETWEEN 0 AND 1439), "
    "to_minute INTEGER NOT NULL CHECK(to_minute BETWEEN 1 AND 1440 AND to_minute <> from_minute))",
    "CREATE INDEX holiday_period_holiday ON holiday_period(holiday)",
    "CREATE TABLE access_rule(row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK(length(id) = 16), "
    "team BLOB NOT NULL REFERENCES access_group(id), door TEXT NOT NULL, "
    "schedule BLOB NOT NULL REFERENCES schedule(id), mode TEXT NOT NULL, UNIQUE(team, door, schedule))",
    "CREATE INDEX access_rule_schedule ON access_rule(schedule)",
    "CREATE TABLE audit(number INTEGER PRIMARY KEY CHECK(number > 0), time INTEGER NOT NULL, who TEXT NOT NULL, "
    "action TEXT NOT NULL, subject TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, person_hash BLOB, "
    "prev_hash BLOB NOT NULL, hash BLOB NOT NULL)",
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit entries are immutable'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'audit entries are immutable'); END",
    "CREATE TRIGGER audit_in_order BEFORE INSERT ON audit "
    "WHEN NEW.number <= (SELECT coalesce(max(number), 0) FROM audit) "
    "BEGIN SELECT RAISE(ABORT, 'audit entries are only appended'); END",
    // Whom an entry is about: what erasure may delete; the entry keeps a salted hash of it.
    "CREATE TABLE audit_person(number INTEGER PRIMARY KEY REFERENCES audit(number), person BLOB NOT NULL, "
    "name TEXT NOT NULL, salt BLOB NOT NULL)",
    "CREATE INDEX audit_person_person ON audit_person(person)",
    "CREATE TRIGGER audit_person_no_update BEFORE UPDATE ON audit_person "
    "BEGIN SELECT RAISE(ABORT, 'names in the audit are erased, never changed'); END",
};

// Administration at the door. An admin's credential and a person's PIN are verifiers (storage/pin_hash.h), a PIN in
// `credential` as hexadecimal digits. A lockout is of "admin", of a person or of a door. Without the row of `setup`,
// and with no minutes left, set-up is closed.
constexpr const char* administration[] = {
    "ALTER TABLE person ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
    "CREATE UNIQUE INDEX credential_one_pin ON credential(person) WHERE kind = 'pin'",
    "CREATE TABLE consent(row INTEGER PRIMARY KEY, "
    "person BLOB NOT NULL UNIQUE REFERENCES person(id) ON DELETE CASCADE, text TEXT NOT NULL, time INTEGER NOT NULL, "
    "witness TEXT NOT NULL)",
    "CREATE UNIQUE INDEX principal_credential ON principal(kind, credential) WHERE credential IS NOT NULL",
    "CREATE TABLE lockout(row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, failures INTEGER NOT NULL, "
    "until INTEGER NOT NULL)",
    "CREATE TABLE setup(row INTEGER PRIMARY KEY CHECK(row = 1), minutes_left INTEGER NOT NULL)",
    "INSERT INTO setup(row, minutes_left) VALUES(1, 30)",
    "ALTER TABLE person ADD COLUMN language TEXT NOT NULL DEFAULT ''",
};

// From afar. `note` is why somebody opened, in their words, or what was refused. A door without a row is in its normal
// mode; a lockdown is marked in `meta` as well, see Store::doorMode(). Viewers are rows of `principal`: their
// credential is an Ed25519 public key, and who was revoked stays as one, without a name to be unique.
constexpr const char* fromAfar[] = {
    "ALTER TABLE event ADD COLUMN note_hash BLOB",
    "ALTER TABLE event_personal ADD COLUMN note TEXT",
    "CREATE TABLE door_mode(row INTEGER PRIMARY KEY, door TEXT NOT NULL UNIQUE, mode TEXT NOT NULL, who TEXT NOT NULL, "
    "since INTEGER NOT NULL, reason TEXT NOT NULL)",
};

constexpr Migration table[] = {
    {1, "people, credentials, principals, templates, the event log", foundation},
    {2, "groups, schedules, holidays, access rules, uses and notes of people, the audit", accessRules},
    {3, "admins, people's PINs and consent, revisions, lockouts, the set-up", administration},
    {4, "notes of events, the mode of a door", fromAfar},
};

Result<std::string> backUp(SqlConnection& db, const std::string& folder, int version, core::WallTime now) {
    const std::string backups = inFolder(folder, backupFolder);
    if (auto made = makePrivateFolder(backups); !made)
        return made.error();
    const std::string path =
        freeName(inFolder(backups, "facelatch-v" + std::to_string(version) + "-" + fileStamp(now)), ".db");
    const std::string unfinished = path + ".tmp";
    removeFile(unfinished);
    // VACUUM INTO accepts an empty file, and keeps the rights it is created with.
    if (auto empty = writeFileDurably(unfinished, {}); !empty)
        return empty.error();
    if (auto copied = db.run(QStringLiteral("VACUUM INTO ?"), {text(unfinished)}); !copied) {
        removeFile(unfinished);
        core::Error error = copied.error();
        error.what = "the copy of the database before its migration could not be made: " + error.what;
        return error;
    }
    if (auto synced = syncFile(unfinished); !synced)
        return synced.error();
    if (auto renamed = renameDurably(unfinished, path); !renamed)
        return renamed.error();
    return path;
}

Status apply(SqlConnection& db, const Migration& step) {
    const auto named = [&step](core::Error error) {
        error.what = "migration " + std::to_string(step.version) + " (" + step.purpose + ") failed: " + error.what;
        return error;
    };
    auto transaction = Transaction::begin(db);
    if (!transaction)
        return named(transaction.error());
    for (const char* statement : step.statements)
        if (auto done = db.run(QString::fromUtf8(statement)); !done)
            return named(done.error());
    if (auto done = db.run(QStringLiteral("PRAGMA user_version=%1").arg(step.version)); !done)
        return named(done.error());
    if (auto done = transaction->commit(); !done)
        return named(done.error());
    return core::Done{};
}

static_assert(table[std::size(table) - 1].version == schemaVersion);

} // namespace

std::span<const Migration> migrations() {
    return table;
}

std::string fileStamp(core::WallTime time) {
    std::string stamp = core::rfc3339Utc(time).substr(0, 19);
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    return stamp + 'Z';
}

Result<MigrationReport> migrate(SqlConnection& db, const std::string& folder, std::span<const Migration> steps,
                                core::WallTime now) {
    auto version = db.value(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    MigrationReport report;
    report.from = version->toInt();
    const int newest = steps.back().version;
    if (report.from > newest)
        return newerVersion(report.from, newest, db.file());
    if (report.from == newest)
        return report;
    if (report.from > 0) {
        auto backup = backUp(db, folder, report.from, now);
        if (!backup)
            return backup.error();
        report.backup = *backup;
    }
    for (const Migration& step : steps)
        if (step.version > report.from)
            if (auto done = apply(db, step); !done)
                return done.error();
    return report;
}

} // namespace facelatch::storage
