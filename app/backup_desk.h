// SPDX-License-Identifier: GPL-3.0-or-later
// BackupDesk: two threads of a running door, "backup" for what takes long and "folders" for sticks.
#pragma once

#include "app/backup_cases.h"
#include "app/command_router.h"
#include "app/worker_thread.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <mutex>

namespace facelatch::app {

struct BackupDeskContext {
    BackupCases cases;           ///< without inStore
    CommandHandler runInStorage; ///< passes a command on to the storage thread
    /// In the backup's thread: a restore is ready, the program is to start anew.
    std::function<void()> restart;
};

/// For a door with these settings; a restart is the end of this program, which whoever started it starts again.
BackupDeskContext backupContext(const LoadedSettings& loaded, const CommandRouter& commands);

/// backup.write, backup.inspect and backup.restore answer {started: true} at once and go on; there is one at a time.
/// backup.state {} -> {command, running, done, total, result?, error?} of the latest; backup.cancel {} gives it up.
/// person.export and person.erase answer when they are done, after what was asked before. folder.list answers from its
/// own thread. While all this goes on the storage thread is asked for small things only, and the door logs on.
class BackupDesk {
public:
    explicit BackupDesk(BackupDeskContext context);
    ~BackupDesk();
    BackupDesk(const BackupDesk&) = delete;
    BackupDesk& operator=(const BackupDesk&) = delete;

    /// Its commands go to it from now on; it must outlive the router's use.
    void serve(CommandRouter& commands);
    static bool serves(const QString& command);
    /// Any thread. `reply` is called in the caller's or in one of these threads.
    void run(const QString& command, const QJsonObject& args, const CommandReply& reply);
    /// Gives up what runs, and joins; before the storage thread ends.
    void stop();

private:
    /// What the threads have in common.
    struct Job {
        std::mutex mutex;
        QJsonObject state; ///< as backup.state answers
        bool running = false;
        std::atomic<bool> cancelled = false, ending = false;
    };
    struct Worker {};

    core::Result<QJsonObject> askStorage(const QString& command, const QJsonObject& args);
    void start(const QString& command, const QJsonObject& args, const CommandReply& reply);
    void work(const QString& command, const QJsonObject& args);

    BackupDeskContext m_context;
    Job m_job;
    WorkerThread<Worker> m_backup;
    WorkerThread<Worker> m_folders;
};

} // namespace facelatch::app
