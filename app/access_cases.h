// SPDX-License-Identifier: GPL-3.0-or-later
// Access rules, people's rights and the audit as commands: a part of use_cases.h, in files of its own.
#pragma once

#include "core/access_policy.h"
#include "core/result.h"
#include "core/time.h"
#include "storage/store.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace facelatch::app {

/// nullopt: not one of these commands.
/// group.add {name}, group.list, group.members {group, add: [who], remove: [who]}, group.remove {group};
/// schedule.add and schedule.set {name, periods, through_holidays}, schedule.list, schedule.show {name},
/// schedule.remove {name}; holiday.add {name, date, periods}, holiday.list, holiday.remove {date};
/// rule.add {group, schedule, door, mode}, rule.list, rule.remove {group, schedule, door}.
/// All take `by`: who asks, for the audit.
std::optional<core::Result<QJsonObject>> runRuleCommand(storage::Store& store, const QString& command,
                                                        const QJsonObject& args, core::Now now);
/// person.set {who or id, name, card, pin, consent: {text, witness, time}, groups: [name], status, valid_from,
/// valid_until, uses, notes, language, revision}, each left out or null where there is to be none; with another
/// `revision` than the person's: Conflict, and nothing changes; access.preview {door, pin, pin_alone, time, who}
/// (the kiosk fills in its own door and PINs) -> {door, takes: ["face", "pin"], local, restricted, people};
/// audit.list {before, limit}; audit.verify, audit.note {action, after, person}.
std::optional<core::Result<QJsonObject>> runRightsCommand(storage::Store& store, const QString& command,
                                                          const QJsonObject& args, core::Now now);

/// The person with groups by name and validity in local time.
QJsonObject withRights(const core::Person& person, const core::AccessConfig& config);
/// The one person meant by an id or a name.
core::Result<core::Person> personMeant(storage::Store& store, const std::string& who);
/// By `id`, else by `who`.
core::Result<core::Person> personAsked(storage::Store& store, const QJsonObject& args);
/// What person.set is asked to change.
core::Result<storage::PersonChange> changeFrom(const QJsonObject& args, const core::AccessConfig& config,
                                               core::Now now);
storage::ChangeBy changeBy(const QJsonObject& args, core::Now now);
std::string textOf(const QJsonObject& object, QStringView key);
core::Error unknownCommand(const QString& command);

} // namespace facelatch::app
