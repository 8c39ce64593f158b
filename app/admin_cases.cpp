// SPDX-License-Identifier: GPL-3.0-or-later
// Admins and the set-up, as commands with JSON arguments and answers.
#include "app/admin_cases.h"

#include "app/access_cases.h"
#include "app/clock.h"
#include "app/pin_cases.h"

#include <QJsonArray>

#include <algorithm>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Principal;
using core::Result;
using storage::Store;

QString string(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}
QJsonValue timeJson(const std::optional<core::WallTime>& time) {
    return time ? QJsonValue(static_cast<qint64>(time->time_since_epoch().count())) : QJsonValue();
}

Error usage(std::string what, std::string remedy = {}) {
    return {ErrorKind::Usage, std::move(what), {}, std::move(remedy)};
}

QJsonObject toJson(const Principal& principal) {
    return {{QStringLiteral("id"), string(principal.id.value.text())},
            {QStringLiteral("name"), string(principal.name)},
            {QStringLiteral("role"), string(core::roleCode(principal.role))},
            {QStringLiteral("created"), timeJson(principal.created)},
            {QStringLiteral("last_seen"), timeJson(principal.lastSeen)}};
}

/// Of those at the screen: viewers and tokens have commands of their own.
Result<std::vector<Principal>> admins(Store& store) {
    auto all = store.principals();
    if (all)
        std::erase_if(*all, [](const Principal& one) { return one.kind != core::PrincipalKind::Admin; });
    return all;
}

Result<Principal> adminMeant(Store& store, const std::string& who) {
    const auto all = admins(store);
    if (!all)
        return all.error();
    const auto id = core::Uuid7::parse(who);
    const auto found = std::find_if(all->begin(), all->end(), [&](const Principal& one) {
        return id ? one.id.value == *id : string(one.name).compare(string(who), Qt::CaseInsensitive) == 0;
    });
    if (found != all->end())
        return *found;
    return Error{ErrorKind::NotFound, "There is no admin '" + who + "'", {}, "See: facelatch-ctl admin list"};
}

/// Nobody signs in as a viewer: that role is for programs.
Result<core::Role> roleFrom(const std::string& code) {
    const auto role = core::roleFromCode(code);
    if (!role || *role == core::Role::Viewer)
        return usage("'" + code + "' is no role of an admin", "Allowed: operator (enrol, log), admin (everything)");
    return *role;
}

Result<Principal> newAdmin(const std::string& name, core::Role role, const QJsonObject& args, core::Now now) {
    const auto pin = pinIn(args);
    if (!pin || !*pin)
        return usage("An admin needs a PIN", "Choose one of 6 to 8 digits");
    Principal principal;
    principal.id = {newUuid(now.wall)};
    principal.kind = core::PrincipalKind::Admin;
    principal.name = name;
    principal.role = role;
    principal.credential.assign((*pin)->begin(), (*pin)->end());
    principal.created = now.wall;
    return principal;
}

Result<QJsonObject> listAdmins(Store& store, const QJsonObject&, core::Now) {
    const auto all = admins(store);
    if (!all)
        return all.error();
    QJsonArray list;
    for (const Principal& one : *all)
        list.append(toJson(one));
    return QJsonObject{{QStringLiteral("admins"), list}};
}

Result<QJsonObject> addAdmin(Store& store, const QJsonObject& args, core::Now now) {
    const auto role = roleFrom(args.contains(u"role") ? textOf(args, u"role") : "admin");
    const auto admin = role ? newAdmin(textOf(args, u"name"), *role, args, now) : Result<Principal>(role.error());
    if (!admin)
        return admin.error();
    if (const auto added = store.addPrincipal(*admin, changeBy(args, now)); !added)
        return added.error();
    return toJson(*admin);
}

Result<QJsonObject> setAdmin(Store& store, const QJsonObject& args, core::Now now) {
    const auto admin = adminMeant(store, textOf(args, u"id"));
    if (!admin)
        return admin.error();
    storage::PrincipalChange change;
    if (args.contains(u"name"))
        change.name = textOf(args, u"name");
    if (args.contains(u"role")) {
        const auto role = roleFrom(textOf(args, u"role"));
        if (!role)
            return role.error();
        change.role = *role;
    }
    if (const auto pin = pinIn(args)) {
        if (!*pin)
            return usage("An admin needs a PIN", "Choose one of 6 to 8 digits");
        change.pin = **pin;
    }
    if (!change.name && !change.role && !change.pin)
        return usage("Nothing is to be changed");
    if (const auto done = store.changePrincipal(admin->id, change, changeBy(args, now)); !done)
        return done.error();
    const auto after = adminMeant(store, admin->id.value.text());
    return after ? Result<QJsonObject>(toJson(*after)) : Result<QJsonObject>(after.error());
}

Result<QJsonObject> removeAdmin(Store& store, const QJsonObject& args, core::Now now) {
    const auto admin = adminMeant(store, textOf(args, u"id"));
    if (!admin)
        return admin.error();
    if (const auto gone = store.removePrincipal(admin->id, changeBy(args, now)); !gone)
        return gone.error();
    return toJson(*admin);
}

Result<QJsonObject> setupState(Store& store, const QJsonObject&, core::Now) {
    const auto state = store.setup();
    if (!state)
        return state.error();
    return QJsonObject{{QStringLiteral("setup"), state->hasAdmin          ? QStringLiteral("done")
                                                 : state->minutesLeft > 0 ? QStringLiteral("open")
                                                                          : QStringLiteral("closed")},
                       {QStringLiteral("minutes_left"), state->minutesLeft}};
}

Result<QJsonObject> reopenSetup(Store& store, const QJsonObject& args, core::Now now) {
    if (const auto opened = store.reopenSetup(changeBy(args, now)); !opened)
        return opened.error();
    return setupState(store, args, now);
}

struct AdminCommand {
    const char* name;
    Result<QJsonObject> (*run)(Store&, const QJsonObject&, core::Now);
};
constexpr AdminCommand commands[] = {
    {"admin.list", listAdmins},    {"admin.add", addAdmin},     {"admin.set", setAdmin},
    {"admin.remove", removeAdmin}, {"setup.state", setupState}, {"setup.reopen", reopenSetup},
};

} // namespace

std::optional<Result<QJsonObject>> runAdminCommand(Store& store, const QString& command, const QJsonObject& args,
                                                   core::Now now) {
    for (const AdminCommand& each : commands)
        if (command == QLatin1String(each.name))
            return each.run(store, args, now);
    return std::nullopt;
}

Result<QJsonObject> finishSetup(Store& store, const QJsonObject& args, core::Now now,
                                const std::function<core::Status()>& alongside) {
    const auto admin = newAdmin(textOf(args, u"admin_name"), core::Role::Admin, args, now);
    if (!admin)
        return admin.error();
    // Set up by the person who is an admin from then on.
    if (const auto done = store.finishSetup(*admin, {admin->name, now.wall}, alongside); !done)
        return done.error();
    return QJsonObject();
}

} // namespace facelatch::app
