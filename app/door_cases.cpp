// SPDX-License-Identifier: GPL-3.0-or-later
// From a command to the door thread.
#include "app/door_cases.h"

#include "app/access_cases.h"
#include "app/clock.h"

#include <QJsonArray>

namespace facelatch::app {

namespace {

using core::Result;

QString string(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QJsonObject stateOf(const DoorWorker& worker, const core::DoorId& door) {
    const core::DoorModeState mode = worker.mode().value_or(core::DoorModeState{});
    QJsonArray faults;
    for (const core::Fault& fault : worker.faults().all())
        faults.append(QJsonObject{{QStringLiteral("code"), string(core::faultCodeText(fault.code))},
                                  {QStringLiteral("detail"), string(fault.detail)},
                                  {QStringLiteral("stops"), core::stopsTheDoor(fault.code)}});
    return {{QStringLiteral("door"), string(door)},
            {QStringLiteral("mode"), worker.mode() ? QJsonValue(string(core::doorModeCode(mode.mode))) : QJsonValue()},
            {QStringLiteral("mode_by"), string(mode.by)},
            {QStringLiteral("mode_since"),
             mode.since == core::WallTime{} ? QJsonValue()
                                            : QJsonValue(static_cast<qint64>(mode.since.time_since_epoch().count()))},
            {QStringLiteral("mode_reason"), string(mode.reason)},
            {QStringLiteral("released"), worker.lockFacts().state != "rest"},
            {QStringLiteral("faults"), faults}};
}

/// Whoever the machine belongs to.
core::Principal adminHere(const std::string& by) {
    core::Principal principal;
    principal.kind = core::PrincipalKind::Admin;
    principal.role = core::Role::Admin;
    principal.name = by.empty() ? "an admin of this machine" : core::shownReason(by);
    return principal;
}

Result<core::RemoteRequest> requestOf(const QString& command, const QJsonObject& args, const core::DoorId& door) {
    core::RemoteRequest request;
    request.principal = adminHere(textOf(args, u"by"));
    request.door = door;
    request.receivedAt = now().mono;
    request.signatureValid = true; // there is none to forge: see the header
    request.reason = textOf(args, u"reason");
    if (core::shownReason(request.reason) != request.reason)
        return core::Error{core::ErrorKind::Usage,
                           "This cannot be a reason",
                           {},
                           "Use at most " + std::to_string(core::longestReason) + " characters on one line"};
    if (command == u"door.unlock") {
        request.action = core::RemoteAction::Unlock;
        return request;
    }
    if (command != u"door.lockdown" || !args.value(u"on").isBool())
        return unknownCommand(command);
    request.action = args.value(u"on").toBool() ? core::RemoteAction::LockdownOn : core::RemoteAction::LockdownOff;
    return request;
}

} // namespace

void serveDoor(CommandRouter& commands, const core::DoorId& door,
               const std::function<void(std::function<void(DoorWorker&)>)>& toDoor) {
    commands.serve(QStringLiteral("door."),
                   [door, toDoor](const QString& command, const QJsonObject& args, const CommandReply& reply) {
                       if (command == u"door.state") {
                           toDoor([door, reply](DoorWorker& worker) { reply(stateOf(worker, door)); });
                           return;
                       }
                       const auto asked = requestOf(command, args, door);
                       if (!asked) {
                           reply(asked.error());
                           return;
                       }
                       toDoor([request = *asked, reply](DoorWorker& worker) mutable {
                           request.nonce = worker.remoteNonce(request.principal.id);
                           worker.act(request, [reply](const core::Status& done) {
                               reply(done ? Result<QJsonObject>(QJsonObject()) : Result<QJsonObject>(done.error()));
                           });
                       });
                   });
}

} // namespace facelatch::app
