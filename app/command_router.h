// SPDX-License-Identifier: GPL-3.0-or-later
// CommandRouter: which thread answers which command, the same for facelatch-ctl and for the screen.
#pragma once

#include "app/pin_worker.h"
#include "app/storage_worker.h"
#include "app/worker_thread.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <map>

namespace facelatch::app {

/// Called in any thread; must not block: it posts into its own thread. `reply` is called once, in any thread.
using CommandHandler = std::function<void(const QString& command, const QJsonObject& args, const CommandReply& reply)>;

/// serve() while the threads are being composed, run() from any thread afterwards. What nobody serves goes to storage.
/// A `pin` in the arguments is exchanged for its verifier in the pins thread first, so that no handler ever sees a PIN.
class CommandRouter {
public:
    CommandRouter(WorkerThread<PinWorker>& pins, CommandHandler storage);

    /// Commands that begin with `prefix`, such as "enrol." or the whole of "person.close"; the longest prefix wins.
    void serve(const QString& prefix, CommandHandler handler);
    void run(const QString& command, const QJsonObject& args, const CommandReply& reply) const;

private:
    const CommandHandler& handlerOf(const QString& command) const;

    WorkerThread<PinWorker>& m_pins;
    CommandHandler m_storage;
    std::map<QString, CommandHandler> m_handlers;
};

} // namespace facelatch::app
