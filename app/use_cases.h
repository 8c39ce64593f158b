// SPDX-License-Identifier: GPL-3.0-or-later
// What can be asked of a door's data, the same for facelatch-ctl, the screens and every other adapter.
#pragma once

#include "core/gallery.h"
#include "core/result.h"
#include "core/time.h"

#include <QJsonObject>
#include <QString>

#include <memory>
#include <vector>

namespace facelatch::storage {
class LogReader;
class Store;
} // namespace facelatch::storage

namespace facelatch::app {

/// Filters: since, until (milliseconds), day ("2026-11-21", of this machine's zone), person, outcome, reason.
/// log.list {filters, before, limit} -> {events: [...]}, newest first; log.verify -> report;
/// log.visits {filters, below, limit} -> {visits: [...], below}, a line each, newest first, `below` null at the end;
/// log.visit {visit, after, limit} -> {events: [...], total}, oldest first; log.days {month: "2026-11"} -> {days: [1,
/// 2], first, last} that have entries; log.people -> {people: [{id, name}]} whom the log still names. On the thread of
/// the reader.
core::Result<QJsonObject> runLogCommand(storage::LogReader& reader, const QString& command, const QJsonObject& args);
/// Whether a LogReader answers it.
bool isLogCommand(const QString& command);

/// person.add {name, card, templates, portrait, pin, consent, and what else person.set takes but for notes},
/// person.list, person.show {who}, person.portrait {who} -> {jpeg}, person.remove {who, erase}, person.templates
/// {model}, log.picture {name} -> {jpeg}, and the commands of access_cases.h and admin_cases.h. `who` (or `id`) is an
/// id or an exact name; `by` says in every argument object who asks, for the audit. On the thread of the store.
core::Result<QJsonObject> runStoreCommand(storage::Store& store, const QString& command, const QJsonObject& args,
                                          core::Now now);
/// Whether the command changes whom the door knows, or what one of them may.
bool changesPeople(const QString& command);
/// Whether it changes the access rules.
bool changesAccess(const QString& command);
/// "people", "access" or "admins", what the command changes for those who look at it; empty when it changes nothing.
QString whatChanges(const QString& command);

/// Templates and people as they travel between facelatch-ctl and the owner of the data.
QJsonObject toJson(const core::FaceTemplate& item);
QJsonObject toJson(const core::Person& person);
core::Result<core::FaceTemplate> templateFromJson(const QJsonObject& object);
core::Result<core::Person> personFromJson(const QJsonObject& object);

} // namespace facelatch::app
