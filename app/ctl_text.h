// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands of facelatch-ctl share: points in time, text of answers, JSON lines.
#pragma once

#include "app/command_line.h"
#include "core/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::app {

class DataAccess;

/// Milliseconds since 1970 of "2026-11-21", "2026-11-21T07:00:00[Z]" (local without Z), or of so long ago: "90m",
/// "24h", "7d".
std::optional<qint64> pointInTime(const std::string& text);

/// The text of one field; empty when there is none.
std::string textAt(const QJsonObject& object, const char* key);
/// A point in time in milliseconds, as local time; "never" when there is none.
std::string timeAt(const QJsonObject& object, const char* key);
QString qString(const std::string& text);
/// One compact JSON object on the standard output.
void printJson(const QJsonObject& object);

/// Runs a command and prints the answer: whole as JSON, or `print`. Returns the exit code.
int ask(const LoadedSettings& loaded, const char* command, const QJsonObject& args, bool json,
        const std::function<void(const QJsonObject&)>& print);
/// The same with the objects of one array of the answer, one JSON object a line; `none` is said when it is empty.
int askForList(const LoadedSettings& loaded, const char* command, const QJsonObject& args, const char* array, bool json,
               const char* none, const std::function<void(const QJsonObject&)>& print);

/// A command that answers a page at a time: the array of its answer, and the member that `before` asks for.
struct PagedCommand {
    QString command;
    const char* array;
    const char* cursor;
};
/// At most `limit` objects, the newest first.
core::Result<std::vector<QJsonObject>> newest(DataAccess& data, const PagedCommand& paged, QJsonObject args, int limit);

} // namespace facelatch::app
