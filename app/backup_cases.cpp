// SPDX-License-Identifier: GPL-3.0-or-later
// Backups as commands, and the table of all that take long.
#include "app/backup_cases.h"

#include "app/access_cases.h"
#include "app/backup_asked.h"
#include "app/rules.h"
#include "app/settings_file.h"
#include "storage/pin_hash.h"
#include "storage/secrets.h"

#include <QJsonArray>

#include <algorithm>
#include <iterator>

namespace facelatch::app {

namespace {

using core::Result;
using core::Status;
using storage::BackupProgress;
using Asked = BackupAsked;

storage::BackupParts partsFrom(const QJsonObject& args) {
    const QJsonValue given = args.value(u"parts");
    if (!given.isArray())
        return {};
    const QJsonArray parts = given.toArray();
    return {parts.contains(QStringLiteral("settings")), parts.contains(QStringLiteral("log")),
            parts.contains(QStringLiteral("pictures"))};
}

QJsonArray partsJson(const storage::BackupParts& parts) {
    QJsonArray list;
    for (const auto& [name, is] :
         {std::pair{"settings", parts.settings}, {"log", parts.log}, {"pictures", parts.pictures}})
        if (is)
            list.append(QLatin1String(name));
    return list;
}

QJsonObject summaryJson(const storage::BackupSummary& summary) {
    return {{QStringLiteral("created"), static_cast<qint64>(summary.created.time_since_epoch().count())},
            {QStringLiteral("program"), QString::fromStdString(summary.program)},
            {QStringLiteral("door"), QString::fromStdString(summary.door)},
            {QStringLiteral("schema"), summary.schema},
            {QStringLiteral("parts"), partsJson(summary.parts)},
            {QStringLiteral("people"), static_cast<qint64>(summary.people)},
            {QStringLiteral("templates"), static_cast<qint64>(summary.templates)},
            {QStringLiteral("principals"), static_cast<qint64>(summary.principals)},
            {QStringLiteral("events"), static_cast<qint64>(summary.events)},
            {QStringLiteral("pictures"), static_cast<qint64>(summary.pictures)},
            {QStringLiteral("bytes"), static_cast<qint64>(summary.fileBytes)}};
}

Result<QJsonObject> write(const Asked& asked) {
    storage::BackupOrder order;
    order.dataFolder = asked.cases.dataFolder;
    order.credentialsDirectory = storage::credentialsDirectoryFromEnvironment();
    order.folder = asked.text(u"folder");
    order.passphrase = asked.passphrase();
    order.door = asked.cases.door;
    order.program = FACELATCH_VERSION;
    order.parts = partsFrom(asked.args);
    order.now = asked.now;
    order.cost = asked.cases.cost;
    const auto written = storage::writeBackup(order, asked.progress);
    storage::wipe(order.passphrase);
    if (!written)
        return written.error();
    QJsonObject out = summaryJson(written->summary);
    out.insert(QStringLiteral("file"), QString::fromStdString(written->file));
    asked.note("backup.write",
               {{QStringLiteral("file"), out.value(u"file")}, {QStringLiteral("parts"), out.value(u"parts")}});
    return out;
}

Result<QJsonObject> inspect(const Asked& asked) {
    std::string passphrase = asked.passphrase();
    const auto summary = storage::inspectBackup(asked.text(u"file"), passphrase, asked.progress);
    storage::wipe(passphrase);
    if (!summary)
        return summary.error();
    return summaryJson(*summary);
}

/// As the next start will read it: after the owner's.
Status settingsFit(const BackupCases& cases, const std::string& file) {
    core::Settings settings;
    (void)readSettingsFile(cases.settingsFile, core::SettingOrigin::Owner, settings);
    auto errors = readSettingsFile(file, core::SettingOrigin::Local, settings).errors;
    for (core::Error& error : contradictions(settings))
        errors.push_back(std::move(error));
    if (errors.empty())
        return core::Done{};
    return core::fail(errors.front().what);
}

Result<QJsonObject> restore(const Asked& asked) {
    storage::RestoreOrder order;
    order.dataFolder = asked.cases.dataFolder;
    order.credentialsDirectory = storage::credentialsDirectoryFromEnvironment();
    order.file = asked.text(u"file");
    order.passphrase = asked.passphrase();
    order.parts = partsFrom(asked.args);
    order.by = asked.text(u"by");
    order.now = asked.now;
    order.checkSettings = [&asked](const std::string& file) { return settingsFit(asked.cases, file); };
    const auto restored = storage::restoreBackup(order, asked.progress);
    storage::wipe(order.passphrase);
    if (!restored)
        return restored.error();
    QJsonObject out = summaryJson(restored->summary);
    out.insert(QStringLiteral("kept_aside"), QString::fromStdString(restored->keptAside));
    // In what is left behind; the restored audit has an entry of its own.
    asked.note("backup.restore", {{QStringLiteral("file"), asked.args.value(u"file")}});
    return out;
}

struct Row {
    const char* name;
    Result<QJsonObject> (*run)(const Asked&);
};
constexpr Row rows[] = {{"backup.write", write},
                        {"backup.inspect", inspect},
                        {"backup.restore", restore},
                        {"person.export", exportPersonData},
                        {"person.erase", erasePersonData}};

} // namespace

BackupCases backupCases(const LoadedSettings& loaded) {
    BackupCases cases;
    cases.dataFolder = loaded.dataFolder;
    cases.settingsFile = loaded.settingsFile;
    cases.door = loaded.settings.text("door.name");
    cases.eraseNames = loaded.settings.flag("privacy.erase_names");
    return cases;
}

bool isBackupCommand(const QString& command) {
    return std::any_of(std::begin(rows), std::end(rows),
                       [&](const Row& row) { return command == QLatin1String(row.name); });
}

Result<QJsonObject> runBackupCommand(const BackupCases& cases, const QString& command, const QJsonObject& args,
                                     core::WallTime now, const BackupProgress& progress) {
    for (const Row& row : rows)
        if (command == QLatin1String(row.name))
            return row.run({cases, args, now, progress});
    return unknownCommand(command);
}

QJsonObject errorJson(const core::Error& error) {
    return {{QStringLiteral("kind"), static_cast<int>(error.kind)},
            {QStringLiteral("what"), QString::fromStdString(error.what)},
            {QStringLiteral("where"), QString::fromStdString(error.where)},
            {QStringLiteral("remedy"), QString::fromStdString(error.remedy)},
            {QStringLiteral("text"), QString::fromStdString(error.text())}};
}

} // namespace facelatch::app
