// SPDX-License-Identifier: GPL-3.0-or-later
// From a command to its thread.
#include "app/settings_desk.h"

#include "app/access_cases.h"
#include "app/clock.h"
#include "app/restart.h"

#include <memory>

namespace facelatch::app {

void serveSettings(CommandRouter& commands, const SettingsDeskContext& context) {
    const auto shared = std::make_shared<const SettingsDeskContext>(context);
    commands.serve(QStringLiteral("settings."),
                   [shared](const QString& command, const QJsonObject& args, const CommandReply& reply) {
                       shared->inStorage([=](StorageWorker& storage) {
                           storage.with([&](const core::Result<storage::Store*>& store) {
                               if (!store) {
                                   reply(store.error());
                                   return;
                               }
                               const auto answer = runSettingsCommand(shared->running, **store, command, args, now());
                               reply(answer);
                               if (answer && command == u"settings.set" && shared->changed)
                                   shared->changed(QStringLiteral("settings"));
                           });
                       });
                   });
    commands.serve(QStringLiteral("system."),
                   [shared](const QString& command, const QJsonObject&, const CommandReply& reply) {
                       if (command == u"system.info")
                           shared->inDoctor([reply](DoctorWorker& doctor) { doctor.tellInfo(reply); });
                       else if (command == u"system.check")
                           shared->inDoctor([reply](DoctorWorker& doctor) { doctor.tellCheck(reply); });
                       else if (command == u"system.restart") {
                           reply(QJsonObject());
                           askToRestart();
                       } else
                           reply(unknownCommand(command));
                   });
}

} // namespace facelatch::app
