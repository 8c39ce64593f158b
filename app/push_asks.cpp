// SPDX-License-Identifier: GPL-3.0-or-later
// The commands for viewers.
#include "app/push_asks.h"

#include "app/access_cases.h"
#include "app/command_rights.h"

#include <algorithm>
#include <array>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;

// Not log.verify, which reads the whole log.
constexpr std::array commands{"log.list",    "log.visits",  "log.visit",   "log.days",        "log.people",
                              "log.picture", "person.list", "person.show", "person.portrait", "access.preview"};

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

core::Status viewerMayAsk(const core::Principal& viewer, const QString& command, const core::DoorId& door,
                          core::WallTime now) {
    const bool known =
        std::any_of(commands.begin(), commands.end(), [&](const char* each) { return command == QLatin1String(each); });
    const auto action = known ? actionOf(command) : std::nullopt;
    if (!action)
        return unknownCommand(command);
    if (!core::mayDo(viewer, *action, door, now))
        return Error{ErrorKind::Refused, "Your role may not do this", "role", "Ask an admin of the door"};
    return core::Done{};
}

QJsonObject askedBy(const core::Principal& viewer, QJsonObject args) {
    // access.preview takes a flag of that name; a PIN would cost a tenth of a second to compute.
    if (!args.value(u"pin").isBool())
        args.remove(QStringLiteral("pin"));
    args.insert(QStringLiteral("by"), text(viewer.name));
    return args;
}

Result<network::PushAnswer> pushAnswer(const Result<QJsonObject>& answer) {
    if (!answer)
        return answer.error();
    network::PushAnswer out{*answer, {}};
    if (const QJsonValue jpeg = out.result.take(QStringLiteral("jpeg")); jpeg.isString())
        out.picture = QByteArray::fromBase64(jpeg.toString().toLatin1());
    return out;
}

network::PushViewer pushViewer(const core::Principal& viewer, const core::DoorId& door, core::WallTime now, bool live) {
    network::PushViewer out{viewer, {}};
    for (const core::Action action : core::actions())
        if (core::mayDo(viewer, action, door, now) && (live || action != core::Action::ViewLive))
            out.may.append(text(core::actionCode(action)));
    return out;
}

} // namespace facelatch::app
