// SPDX-License-Identifier: GPL-3.0-or-later
// ControlWorker: the control thread. Answers facelatch-ctl; reads the log through its own read-only connection.
#pragma once

#include "app/storage_worker.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <memory>
#include <string>

namespace facelatch::network {
class ControlServer;
}

namespace facelatch::app {

struct ControlContext {
    std::string dataFolder;
    /// CommandRouter::run(): passes a command on to the thread that answers it.
    std::function<void(QString command, QJsonObject args, CommandReply reply)> run;
    /// Answers later, from the doctor thread.
    std::function<void(CommandReply reply)> tellLive;
};

/// Lives in the control thread only: a long verification of the log holds up other questions, never the door.
class ControlWorker : public QObject {
    Q_OBJECT
public:
    explicit ControlWorker(ControlContext context);
    ~ControlWorker() override;

private:
    void answer(const QJsonObject& request, const CommandReply& reply);

    ControlContext m_context;
    std::unique_ptr<network::ControlServer> m_server;
};

} // namespace facelatch::app
