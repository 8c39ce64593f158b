// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs in their own thread, and asking the storage thread from it.
#include "app/backup_desk.h"

#include "app/clock.h"
#include "app/folder_list.h"

#include <QCoreApplication>
#include <QTimer>

#include <future>

namespace facelatch::app {

namespace {

/// Whoever asked for the restore is told first, and can read it.
constexpr std::chrono::seconds restartAfter{4};

bool isJob(const QString& command) {
    return command == u"backup.write" || command == u"backup.inspect" || command == u"backup.restore";
}

core::Error ending() {
    return {core::ErrorKind::OutOfService, "the program is ending", {}, {}};
}

} // namespace

BackupDeskContext backupContext(const LoadedSettings& loaded, const CommandRouter& commands) {
    return {backupCases(loaded),
            [&commands](const QString& command, const QJsonObject& args, const CommandReply& reply) {
                commands.run(command, args, reply);
            },
            [] {
                QCoreApplication* const program = QCoreApplication::instance();
                QMetaObject::invokeMethod(program, [program] {
                    QTimer::singleShot(restartAfter, program, [] { QCoreApplication::quit(); });
                });
            }};
}

BackupDesk::BackupDesk(BackupDeskContext context)
    : m_context(std::move(context)),
      m_backup(QStringLiteral("backup"), [] { return std::make_unique<Worker>(); }),
      m_folders(QStringLiteral("folders"), [] { return std::make_unique<Worker>(); }) {
    m_context.cases.inStore = [this](const QString& command, const QJsonObject& args) {
        return askStorage(command, args);
    };
}

BackupDesk::~BackupDesk() {
    stop();
}

void BackupDesk::stop() {
    m_job.ending = true;
    m_backup.stop();
    m_folders.stop();
}

void BackupDesk::serve(CommandRouter& commands) {
    for (const char* prefix : {"backup.", "folder.list", "person.export", "person.erase"})
        commands.serve(QLatin1String(prefix), [this](const QString& command, const QJsonObject& args,
                                                     const CommandReply& reply) { run(command, args, reply); });
}

bool BackupDesk::serves(const QString& command) {
    return command.startsWith(u"backup.") || command == u"folder.list" || isBackupCommand(command);
}

/// In the backup's thread. The storage thread never waits for this one.
core::Result<QJsonObject> BackupDesk::askStorage(const QString& command, const QJsonObject& args) {
    const auto answer = std::make_shared<std::promise<core::Result<QJsonObject>>>();
    auto coming = answer->get_future();
    m_context.runInStorage(command, args,
                           [answer](const core::Result<QJsonObject>& result) { answer->set_value(result); });
    while (coming.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready)
        if (m_job.ending) // it may never come
            return ending();
    return coming.get();
}

void BackupDesk::start(const QString& command, const QJsonObject& args, const CommandReply& reply) {
    {
        const std::lock_guard lock(m_job.mutex);
        if (m_job.running) {
            reply(core::fail("a backup is being written or restored already", {}, "Wait until it is done"));
            return;
        }
        m_job.running = true;
        m_job.cancelled = false;
        m_job.state = {{QStringLiteral("command"), command},
                       {QStringLiteral("running"), true},
                       {QStringLiteral("done"), 0},
                       {QStringLiteral("total"), 0}};
    }
    m_backup.post([this, command, args](Worker&) { work(command, args); });
    reply(QJsonObject{{QStringLiteral("started"), true}});
}

void BackupDesk::work(const QString& command, const QJsonObject& args) {
    const auto progress = [this](std::int64_t done, std::int64_t total) {
        const std::lock_guard lock(m_job.mutex);
        m_job.state.insert(QStringLiteral("done"), static_cast<qint64>(done));
        m_job.state.insert(QStringLiteral("total"), static_cast<qint64>(total));
        return !m_job.cancelled && !m_job.ending;
    };
    const auto result = m_job.ending ? core::Result<QJsonObject>(ending())
                                     : runBackupCommand(m_context.cases, command, args, now().wall, progress);
    {
        const std::lock_guard lock(m_job.mutex);
        if (result)
            m_job.state.insert(QStringLiteral("result"), *result);
        else
            m_job.state.insert(QStringLiteral("error"), errorJson(result.error()));
        m_job.state.insert(QStringLiteral("running"), false);
        m_job.running = false;
    }
    if (result && command == u"backup.restore")
        m_context.restart();
}

void BackupDesk::run(const QString& command, const QJsonObject& args, const CommandReply& reply) {
    if (isJob(command)) {
        start(command, args, reply);
    } else if (command == u"backup.state") {
        const std::lock_guard lock(m_job.mutex);
        reply(m_job.state);
    } else if (command == u"backup.cancel") {
        m_job.cancelled = true;
        reply(QJsonObject());
    } else if (command == u"folder.list") {
        m_folders.post([args, reply](Worker&) { reply(listFolder(args)); });
    } else {
        m_backup.post([this, command, args, reply](Worker&) {
            const auto goesOn = [this](std::int64_t, std::int64_t) { return !m_job.ending; };
            reply(m_job.ending ? core::Result<QJsonObject>(ending())
                               : runBackupCommand(m_context.cases, command, args, now().wall, goesOn));
        });
    }
}

} // namespace facelatch::app
