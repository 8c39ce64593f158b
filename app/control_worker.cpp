// SPDX-License-Identifier: GPL-3.0-or-later
// Commands over the local socket.
#include "app/control_worker.h"

#include "app/data_access.h"
#include "app/use_cases.h"
#include "network/control_socket.h"
#include "storage/log_reader.h"

#include <cstdio>

namespace facelatch::app {

ControlWorker::ControlWorker(ControlContext context) : m_context(std::move(context)) {
    auto server = network::ControlServer::listen(
        controlSocketPath(m_context.dataFolder),
        [this](const QJsonObject& request, const network::ControlReply& reply) { answer(request, reply); });
    if (server)
        m_server = *std::move(server);
    else
        std::fprintf(stderr, "facelatch: facelatch-ctl cannot reach this door: %s\n", server.error().text().c_str());
}

ControlWorker::~ControlWorker() = default;

void ControlWorker::answer(const QJsonObject& request, const CommandReply& reply) {
    const QString command = request.value(u"command").toString();
    const QJsonObject args = request.value(u"args").toObject();
    if (command == u"doctor.live") {
        m_context.tellLive(reply);
        return;
    }
    if (!isLogCommand(command)) {
        m_context.run(command, args, reply);
        return;
    }
    // Opened anew for each question: cheap, and a salvaged log under a new id is seen.
    auto reader = storage::LogReader::open(m_context.dataFolder);
    reply(reader ? runLogCommand(**reader, command, args) : core::Result<QJsonObject>(reader.error()));
}

} // namespace facelatch::app
