// SPDX-License-Identifier: GPL-3.0-or-later
// The kiosk's log thread: what the log screen asks for.
#include "app/kiosk.h"
#include "app/rules.h"

namespace facelatch::app {

void Kiosk::startLog(const KioskOptions& options, const recognition::ModelRow* embedder) {
    m_log = std::make_unique<LogThread>(LogContext{
        options.loaded.dataFolder, embedder != nullptr ? embedder->id : std::string(),
        matchRule(options.loaded.settings, embedder), [this](const QJsonObject& args, const CommandReply& reply) {
            m_storage->post([=](StorageWorker& storage) { storage.run(QStringLiteral("log.picture"), args, reply); });
        }});
    m_commands.serve(QStringLiteral("log."), [this](const QString& command, const QJsonObject& args,
                                                    const CommandReply& reply) { m_log->run(command, args, reply); });
}

} // namespace facelatch::app
