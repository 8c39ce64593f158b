// SPDX-License-Identifier: GPL-3.0-or-later
// From a command to whoever answers it.
#include "app/command_router.h"

#include "app/pin_cases.h"

#include <utility>

namespace facelatch::app {

CommandRouter::CommandRouter(WorkerThread<PinWorker>& pins, CommandHandler storage)
    : m_pins(pins), m_storage(std::move(storage)) {}

void CommandRouter::serve(const QString& prefix, CommandHandler handler) {
    m_handlers.insert_or_assign(prefix, std::move(handler));
}

const CommandHandler& CommandRouter::handlerOf(const QString& command) const {
    const CommandHandler* best = &m_storage;
    qsizetype length = 0;
    for (const auto& [prefix, handler] : m_handlers)
        if (command.startsWith(prefix) && prefix.size() > length) {
            best = &handler;
            length = prefix.size();
        }
    return *best;
}

void CommandRouter::run(const QString& command, const QJsonObject& args, const CommandReply& reply) const {
    const QJsonObject clean = withoutVerifier(args);
    if (!carriesPin(clean)) {
        handlerOf(command)(command, clean, reply);
        return;
    }
    m_pins.post([this, command, clean, reply](const PinWorker& pins) {
        const auto sealed = pins.seal(command, clean);
        if (sealed)
            handlerOf(command)(command, *sealed, reply);
        else
            reply(sealed.error());
    });
}

} // namespace facelatch::app
