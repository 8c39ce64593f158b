// SPDX-License-Identifier: GPL-3.0-or-later
// LogWorker: the log thread. Reads visits for the screen through a read-only connection of its own, and makes their
// pictures small.
#pragma once

#include "app/storage_worker.h"
#include "app/worker_thread.h"
#include "core/match_rule.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <memory>
#include <string>

namespace facelatch::app {

struct LogContext {
    std::string dataFolder;
    std::string modelId;  ///< whose scores `rule` is about
    core::MatchRule rule; ///< as it is now
    /// Asks for log.picture, which the storage thread answers, for it has the keys. The reply is called in the log
    /// thread.
    std::function<void(QJsonObject args, CommandReply reply)> fetchPicture;
};

/// Lives, and is called, in the log thread only: neither the screen nor the writer waits for a long log.
class LogWorker {
public:
    explicit LogWorker(LogContext context) : m_context(std::move(context)) {}

    /// Commands of runLogCommand(); log.visit's answer gets `model` and `threshold`. log.picture {name, side}: `side`
    /// is the picture's longer side in pixels, left out for the picture as it is.
    void run(const QString& command, const QJsonObject& args, const CommandReply& reply);

private:
    LogContext m_context;
};

/// The log thread. Any thread may ask; replies are called in the log thread.
class LogThread {
public:
    /// `fetchPicture` of the context may reply in any thread.
    explicit LogThread(LogContext context);
    void run(const QString& command, const QJsonObject& args, const CommandReply& reply);
    /// What comes back later from storage is dropped.
    void stop() { m_thread->stop(); }

private:
    std::unique_ptr<WorkerThread<LogWorker>> m_thread;
};

/// The JPEG with its longer side at most `side` pixels; as it was where it is that small already. Errors: no picture.
/// Any thread.
core::Result<QByteArray> smallerJpeg(const QByteArray& jpeg, int side);

} // namespace facelatch::app
