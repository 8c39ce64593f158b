// SPDX-License-Identifier: GPL-3.0-or-later
// People who look alike come in by face and PIN: a part of use_cases.h, in a file of its own.
#pragma once

#include "core/result.h"
#include "core/time.h"
#include "storage/store.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace facelatch::app {

/// nullopt: not this command. person.face_and_pin {ids, label, by} -> {moved: [{name, groups}], without_pin: [name]}.
///
/// Rules only ever add, so nobody is asked for more by adding one: a person leaves each group that is let in by the
/// face alone, for a group beside it ("Staff (face and PIN)") with the same schedules and doors, by face and PIN. So
/// nobody gets in at another time than before. Errors: Failed while there are no rules, for then there is no group to
/// leave.
std::optional<core::Result<QJsonObject>> runAlikeCommand(storage::Store& store, const QString& command,
                                                         const QJsonObject& args, core::Now now);

} // namespace facelatch::app
