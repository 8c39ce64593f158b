// SPDX-License-Identifier: GPL-3.0-or-later
// The mode of a door, kept over a restart.
#include "storage/store.h"
#include "storage/store_guard.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace facelatch::storage {

using core::Done;
using core::DoorMode;
using core::DoorModeState;
using core::Result;
using core::Status;

namespace {

/// In `meta`, beside the row: should damage take one of them, the other still keeps the door shut.
QString markOf(const core::DoorId& door) {
    return QStringLiteral("locked_down:") + text(door);
}

QString code(DoorMode mode) {
    const auto view = core::doorModeCode(mode);
    return QString::fromLatin1(view.data(), static_cast<qsizetype>(view.size()));
}

/// Never null: the columns hold texts.
QString plainText(const std::string& utf8) {
    return utf8.empty() ? QStringLiteral("") : text(utf8);
}

std::string noteOf(const DoorModeState& state) {
    if (state.reason.empty())
        return {};
    const QJsonObject note{{QStringLiteral("reason"), text(state.reason)}};
    return QJsonDocument(note).toJson(QJsonDocument::Compact).toStdString();
}

Result<DoorModeState> readMode(SqlConnection& db, const core::DoorId& door) {
    const auto mark = db.value(QStringLiteral("SELECT value FROM meta WHERE key = ?"), {markOf(door)});
    if (!mark)
        return mark.error();
    auto row =
        db.run(QStringLiteral("SELECT mode, who, since, reason FROM door_mode WHERE door = ?"), {plainText(door)});
    if (!row)
        return row.error();
    DoorModeState state;
    if (row->next()) {
        // What is no mode of ours is the one that lets nobody in.
        state.mode = core::doorModeFromCode(row->value(0).toString().toStdString()).value_or(DoorMode::LockedDown);
        state.by = row->value(1).toString().toStdString();
        state.since = core::WallTime(core::milliseconds(row->value(2).toLongLong()));
        state.reason = row->value(3).toString().toStdString();
    } else if (auto ended = db.check(*row); !ended) {
        return ended.error();
    }
    if (mark->isValid())
        state.mode = DoorMode::LockedDown;
    return state;
}

} // namespace

Result<DoorModeState> Store::doorMode(const core::DoorId& door) {
    return guarded(Access::Read, [&] { return readMode(*m_db, door); });
}

Status Store::putDoorMode(const core::DoorId& door, const DoorModeState& state) {
    return changing([&]() -> Status {
        auto written =
            m_db->run(QStringLiteral("INSERT INTO door_mode(door, mode, who, since, reason) VALUES(?, ?, ?, ?, ?) "
                                     "ON CONFLICT(door) DO UPDATE SET mode = excluded.mode, who = excluded.who, "
                                     "since = excluded.since, reason = excluded.reason"),
                      {plainText(door), code(state.mode), plainText(state.by),
                       static_cast<qint64>(state.since.time_since_epoch().count()), plainText(state.reason)});
        if (!written)
            return written.error();
        const bool lockedDown = state.mode == DoorMode::LockedDown;
        auto marked = lockedDown ? m_db->run(QStringLiteral("INSERT OR REPLACE INTO meta(key, value) VALUES(?, '1')"),
                                             {markOf(door)})
                                 : m_db->run(QStringLiteral("DELETE FROM meta WHERE key = ?"), {markOf(door)});
        if (!marked)
            return marked.error();
        return noteAudit({state.by, state.since},
                         {lockedDown ? "door.lockdown_on" : "door.lockdown_off", door, {}, {}, {}, noteOf(state)});
    });
}

} // namespace facelatch::storage
