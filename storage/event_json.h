// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON of an event: one object, the same in --events, the log's --json, the push channel and the API. Any thread.
//
// {"v":1,"log_id":UUID|null,"seq":n|null,"id":UUID,"time":"2026-11-21T06:48:02.123Z","local":"2026-11-21T07:48:02",
//  "door":text,"visit":UUID,"outcome":"granted"|"denied","reason":code,"person_id":UUID|null,"person":text|null,
//  "score":number|null,"margin":number|null,"live":"live"|"spoof"|"pending"|"unavailable"|"off","model":text|null,
//  "snapshot":text|null,"source":"face"|"pin"|"card"|"exit_button"|"remote","provisional":bool}
// seq is null while provisional. Numbers carry the shortest digits that give back the same float.
#pragma once

#include "core/decision.h"
#include "core/result.h"

#include <string>
#include <string_view>

class QJsonObject;

namespace facelatch::storage {

inline constexpr int eventJsonVersion = 1;

QJsonObject toJson(const core::CommittedEvent& event);
/// Compact, on one line, without the line end.
std::string toJsonLine(const core::CommittedEvent& event);

/// Unknown members are ignored, so that an older reader follows a newer door of the same `v`. Errors name the member.
core::Result<core::CommittedEvent> eventFromJson(const QJsonObject& object);
core::Result<core::CommittedEvent> eventFromJsonLine(std::string_view line);

} // namespace facelatch::storage
