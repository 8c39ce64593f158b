// SPDX-License-Identifier: GPL-3.0-or-later
// Listing and changing settings.
#include "app/settings_cases.h"

#include "app/access_cases.h"
#include "app/local_settings.h"
#include "app/model_files.h"
#include "app/rules.h"
#include "app/settings_file.h"
#include "storage/store.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;
using core::SettingOrigin;
using core::SettingRow;
using core::SettingType;
using core::SettingValue;

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QLatin1String typeCode(SettingType type) {
    switch (type) {
    case SettingType::Bool:
        return QLatin1String("bool");
    case SettingType::Int:
        return QLatin1String("int");
    case SettingType::Real:
        return QLatin1String("real");
    case SettingType::Choice:
        return QLatin1String("choice");
    case SettingType::TimeOfDay:
        return QLatin1String("time");
    case SettingType::Text:
        break;
    }
    return QLatin1String("text");
}

QJsonValue json(const SettingValue& value) {
    if (const auto* flag = std::get_if<bool>(&value))
        return *flag;
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return static_cast<qint64>(*whole);
    if (const auto* real = std::get_if<double>(&value))
        return *real;
    return text(std::get<std::string>(value));
}

/// A JSON number knows no kinds: the row says which is meant.
SettingValue fromJson(const SettingRow& row, const QJsonValue& value) {
    if (value.isBool())
        return value.toBool();
    if (value.isDouble()) {
        const double number = value.toDouble();
        const bool whole = std::floor(number) == number && std::abs(number) < 9e15;
        if (row.type != SettingType::Real && whole)
            return static_cast<std::int64_t>(number);
        return number;
    }
    if (value.isString())
        return value.toString().toStdString();
    return std::string("\x01"); // a list or an object is never right, not even for a text
}

/// Whether the value may not be shown, or not as it is.
bool hidden(const SettingRow& row, const core::Settings& settings) {
    return row.secret || settings.shownText(row.key) != settings.valueText(row.key);
}

QJsonObject rowJson(const SettingRow& row, const core::Settings& now, const core::Settings& running) {
    const bool hides = hidden(row, now);
    core::Settings defaults;
    QJsonArray choices;
    for (const QString& choice : text(row.choices).split(QLatin1Char('|'), Qt::SkipEmptyParts))
        choices.append(choice);
    return {{QStringLiteral("key"), text(row.key)},
            {QStringLiteral("type"), typeCode(row.type)},
            {QStringLiteral("value"), hides ? QJsonValue() : json(now.value(row.key))},
            {QStringLiteral("shown"), text(now.shownText(row.key))},
            {QStringLiteral("set"), !now.valueText(row.key).empty()},
            {QStringLiteral("hidden"), hides},
            {QStringLiteral("default"), json(defaults.value(row.key))},
            {QStringLiteral("origin"), text(core::originText(now.origin(row.key)))},
            {QStringLiteral("where"), text(now.where(row.key))},
            {QStringLiteral("min"), row.min},
            {QStringLiteral("max"), row.max},
            {QStringLiteral("choices"), choices},
            {QStringLiteral("unit"), text(row.unit)},
            {QStringLiteral("meaning"), text(row.meaning)},
            {QStringLiteral("allowed"), text(core::allowedValues(row))},
            {QStringLiteral("needs_restart"), row.needsRestart},
            {QStringLiteral("secret"), row.secret},
            {QStringLiteral("fixed"), now.origin(row.key) == SettingOrigin::CommandLine},
            {QStringLiteral("waits"), row.needsRestart && now.valueText(row.key) != running.valueText(row.key)}};
}

/// What the layers say, with settings.local.toml as `changes` would make it.
core::Settings layered(const LoadedSettings& running, const SettingChanges& changes) {
    core::Settings local, out;
    static_cast<void>(readSettingsFile(running.settingsFile, SettingOrigin::Owner, out));
    static_cast<void>(readSettingsFile(localSettingsPath(running.dataFolder), SettingOrigin::Local, local));
    // Each value was taken over once before, so that none of these can fail.
    for (const SettingRow& row : core::settingRows()) {
        const auto change = changes.find(row.key);
        if (change == changes.end() && local.origin(row.key) == SettingOrigin::Local)
            static_cast<void>(out.set(row.key, local.value(row.key), SettingOrigin::Local, local.where(row.key)));
        if (change != changes.end() && change->second)
            static_cast<void>(
                out.set(row.key, *change->second, SettingOrigin::Local, localSettingsPath(running.dataFolder)));
        if (running.settings.origin(row.key) == SettingOrigin::CommandLine)
            static_cast<void>(out.set(row.key, running.settings.value(row.key), SettingOrigin::CommandLine,
                                      running.settings.where(row.key)));
    }
    return out;
}

bool restartNeeded(const core::Settings& configured, const core::Settings& running) {
    const auto rows = core::settingRows();
    return std::any_of(rows.begin(), rows.end(), [&](const SettingRow& row) {
        return row.needsRestart && configured.valueText(row.key) != running.valueText(row.key);
    });
}

/// What the security levels are chosen by.
Result<QJsonObject> recognitionJson(const core::Settings& settings, storage::Store& store) {
    const auto people = store.people();
    if (!people)
        return people.error();
    QJsonObject out{{QStringLiteral("model"), text(settings.text("recognition.embedder"))},
                    {QStringLiteral("people"), static_cast<qint64>(people->size())}};
    const auto manifest = readManifest();
    const recognition::ModelRow* row = manifest ? manifest->find(settings.text("recognition.embedder")) : nullptr;
    if (row != nullptr) {
        out.insert(QStringLiteral("threshold"), static_cast<double>(row->threshold));
        out.insert(QStringLiteral("margin"), static_cast<double>(row->margin));
    }
    return out;
}

Result<QJsonObject> list(const LoadedSettings& running, storage::Store& store) {
    const core::Settings configured = configuredSettings(running);
    auto recognition = recognitionJson(configured, store);
    if (!recognition)
        return recognition.error();
    QJsonArray groups;
    QString name;
    QJsonArray rows;
    const auto close = [&] {
        if (!rows.isEmpty())
            groups.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("rows"), rows}});
        rows = {};
    };
    for (const SettingRow& row : core::settingRows()) {
        const QString section = text(row.key).section(QLatin1Char('.'), 0, 0);
        if (section != name)
            close();
        name = section;
        rows.append(rowJson(row, configured, running.settings));
    }
    close();
    return QJsonObject{{QStringLiteral("groups"), groups},
                       {QStringLiteral("restart_needed"), restartNeeded(configured, running.settings)},
                       {QStringLiteral("recognition"), *recognition}};
}

Error notAllowed(const SettingRow& row) {
    return {ErrorKind::Usage,
            "The value of '" + std::string(row.key) + "' cannot be used",
            {},
            "Allowed is " + core::allowedValues(row)};
}

/// The change as the table takes it, or why not.
Result<SettingChanges> changeAsked(const LoadedSettings& running, const SettingRow& row, const QJsonValue& value) {
    if (running.settings.origin(row.key) == SettingOrigin::CommandLine)
        return Error{ErrorKind::Refused, "'" + std::string(row.key) + "' was given when the door was started",
                     running.settings.where(row.key), "Start it without that option to change it here"};
    const std::string key(row.key);
    if (value.isNull())
        return SettingChanges{{key, std::nullopt}};
    core::Settings probe;
    if (!probe.set(key, fromJson(row, value), SettingOrigin::Local, {}) || value.isArray() || value.isObject())
        return notAllowed(row);
    return SettingChanges{{key, probe.value(key)}};
}

/// Values that do not go together would keep the door from starting.
core::Status fitTogether(const core::Settings& before, const core::Settings& after) {
    const auto known = contradictions(before);
    for (const Error& error : contradictions(after))
        if (std::none_of(known.begin(), known.end(), [&](const Error& one) { return one.what == error.what; }))
            return Error{ErrorKind::Usage, error.what, {}, error.remedy};
    return core::Done{};
}

std::string auditValue(const core::Settings& settings, std::string_view key) {
    const QJsonObject value{{QStringLiteral("value"), text(settings.shownText(key))},
                            {QStringLiteral("from"), text(core::originText(settings.origin(key)))}};
    return QJsonDocument(value).toJson(QJsonDocument::Compact).toStdString();
}

/// The file as it was, for when the audit cannot be written.
SettingChanges asItWas(const LoadedSettings& running, const std::string& key) {
    core::Settings local;
    static_cast<void>(readSettingsFile(localSettingsPath(running.dataFolder), SettingOrigin::Local, local));
    const bool was = local.origin(key) == SettingOrigin::Local;
    return {{key, was ? std::optional(local.value(key)) : std::nullopt}};
}

core::Status writeAndNote(const LoadedSettings& running, storage::Store& store, const SettingChanges& changes,
                          const storage::AuditNote& note, const storage::ChangeBy& by) {
    const SettingChanges before = asItWas(running, note.subject);
    if (const auto written = changeLocalSettings(running.dataFolder, changes); !written)
        return written.error();
    const auto noted = store.noteAction(note, by);
    if (!noted)
        static_cast<void>(changeLocalSettings(running.dataFolder, before));
    return noted;
}

Result<QJsonObject> set(const LoadedSettings& running, storage::Store& store, const QJsonObject& args, core::Now now) {
    const std::string key = textOf(args, u"key");
    const SettingRow* row = core::settingRow(key);
    if (row == nullptr) {
        core::Settings none;
        return none.setText(key, {}, SettingOrigin::Local, {}).error();
    }
    if (!args.contains(u"value"))
        return notAllowed(*row);
    const auto changes = changeAsked(running, *row, args.value(u"value"));
    if (!changes)
        return changes.error();
    const core::Settings before = configuredSettings(running), after = layered(running, *changes);
    if (const auto fit = fitTogether(before, after); !fit)
        return fit.error();
    if (before.valueText(key) != after.valueText(key) || before.origin(key) != after.origin(key)) {
        const storage::AuditNote note{"settings.set", key, {}, {}, auditValue(before, key), auditValue(after, key)};
        if (const auto done = writeAndNote(running, store, *changes, note, changeBy(args, now)); !done)
            return done.error();
    }
    QJsonObject out = rowJson(*row, after, running.settings);
    out.insert(QStringLiteral("restart_needed"), restartNeeded(after, running.settings));
    return out;
}

} // namespace

core::Settings configuredSettings(const LoadedSettings& running) {
    return layered(running, {});
}

Result<QJsonObject> runSettingsCommand(const LoadedSettings& running, storage::Store& store, const QString& command,
                                       const QJsonObject& args, core::Now now) {
    if (command == u"settings.list")
        return list(running, store);
    if (command == u"settings.set")
        return set(running, store, args, now);
    return unknownCommand(command);
}

} // namespace facelatch::app
