// SPDX-License-Identifier: GPL-3.0-or-later
// Viewers, as commands with JSON arguments and answers.
#include "app/viewer_cases.h"

#include "app/access_cases.h"

#include <QJsonArray>

#include <algorithm>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Principal;
using core::Result;
using storage::Store;

constexpr int longestName = 60;

QString string(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}
QJsonValue timeJson(const std::optional<core::WallTime>& time) {
    return time ? QJsonValue(static_cast<qint64>(time->time_since_epoch().count())) : QJsonValue();
}

QJsonObject toJson(const Principal& viewer) {
    return {{QStringLiteral("id"), string(viewer.id.value.text())},
            {QStringLiteral("name"), string(viewer.name)},
            {QStringLiteral("role"), string(core::roleCode(viewer.role))},
            {QStringLiteral("created"), timeJson(viewer.created)},
            {QStringLiteral("last_seen"), timeJson(viewer.lastSeen)},
            {QStringLiteral("expires"), timeJson(viewer.expires)},
            {QStringLiteral("revoked"), timeJson(viewer.revoked)}};
}

/// By id, whatever became of it; by name, one that is not revoked.
Result<Principal> viewerMeant(Store& store, const std::string& who) {
    const auto all = viewersOf(store);
    if (!all)
        return all.error();
    const auto id = core::Uuid7::parse(who);
    const auto found = std::find_if(all->begin(), all->end(), [&](const Principal& one) {
        return id ? one.id.value == *id
                  : !one.revoked && string(one.name).compare(string(who), Qt::CaseInsensitive) == 0;
    });
    if (found != all->end())
        return *found;
    return Error{ErrorKind::NotFound, "There is no viewer '" + who + "'", {}, "See: facelatch-ctl viewer list"};
}

Result<QJsonObject> listViewers(Store& store, const QJsonObject&, core::Now) {
    auto all = viewersOf(store);
    if (!all)
        return all.error();
    std::stable_partition(all->begin(), all->end(), [](const Principal& one) { return !one.revoked; });
    QJsonArray list;
    for (const Principal& one : *all)
        list.append(toJson(one));
    return QJsonObject{{QStringLiteral("viewers"), list}};
}

Result<QJsonObject> afterwards(Store& store, const Principal& viewer) {
    const auto after = viewerMeant(store, viewer.id.value.text());
    return after ? Result<QJsonObject>(toJson(*after)) : Result<QJsonObject>(after.error());
}

Result<QJsonObject> setViewer(Store& store, const QJsonObject& args, core::Now now) {
    const auto viewer = viewerMeant(store, textOf(args, u"id"));
    if (!viewer)
        return viewer.error();
    storage::PrincipalChange change;
    if (args.contains(u"name"))
        change.name = textOf(args, u"name");
    if (args.contains(u"role")) {
        change.role = core::roleFromCode(textOf(args, u"role"));
        if (!change.role)
            return Error{ErrorKind::Usage,
                         "'" + textOf(args, u"role") + "' is no role of a viewer",
                         {},
                         "Allowed: viewer (sees, reads), operator (opens as well), admin"};
    }
    if (!change.name && !change.role)
        return Error{ErrorKind::Usage, "Nothing is to be changed", {}, {}};
    if (viewer->revoked)
        return Error{ErrorKind::Refused, "This viewer was revoked", {}, "Pair it anew"};
    if (const auto done = store.changePrincipal(viewer->id, change, changeBy(args, now)); !done)
        return done.error();
    return afterwards(store, *viewer);
}

Result<QJsonObject> revokeViewer(Store& store, const QJsonObject& args, core::Now now) {
    const auto viewer = viewerMeant(store, textOf(args, u"id"));
    if (!viewer)
        return viewer.error();
    if (const auto gone = store.revokePrincipal(viewer->id, changeBy(args, now)); !gone)
        return gone.error();
    return afterwards(store, *viewer);
}

struct ViewerCommand {
    const char* name;
    Result<QJsonObject> (*run)(Store&, const QJsonObject&, core::Now);
};
constexpr ViewerCommand commands[] = {
    {"viewer.list", listViewers}, {"viewer.set", setViewer}, {"viewer.revoke", revokeViewer}};
constexpr const char* ofARunningDoor[] = {"viewer.pair", "viewer.pairing", "viewer.pair_cancel", "tls.renew"};

/// "Office", or "Office 2" where that is taken.
std::string freeName(const std::vector<Principal>& all, const std::string& wanted) {
    const auto taken = [&](const std::string& name) {
        return std::any_of(all.begin(), all.end(), [&](const Principal& one) {
            return !one.revoked && string(one.name).compare(string(name), Qt::CaseInsensitive) == 0;
        });
    };
    std::string name = wanted;
    for (int number = 2; taken(name); ++number)
        name = wanted + " " + std::to_string(number);
    return name;
}

} // namespace

std::optional<Result<QJsonObject>> runViewerCommand(Store& store, const QString& command, const QJsonObject& args,
                                                    core::Now now) {
    for (const ViewerCommand& each : commands)
        if (command == QLatin1String(each.name))
            return each.run(store, args, now);
    for (const char* each : ofARunningDoor)
        if (command == QLatin1String(each))
            return Error{ErrorKind::OutOfService, "The door does not run", {}, "Start it, and try again"};
    return std::nullopt;
}

Result<std::vector<Principal>> viewersOf(Store& store) {
    auto all = store.principals();
    if (all)
        std::erase_if(*all, [](const Principal& one) { return one.kind != core::PrincipalKind::Viewer; });
    return all;
}

Result<Principal> keepViewer(Store& store, Principal viewer, const storage::ChangeBy& by) {
    auto all = viewersOf(store);
    if (!all)
        return all.error();
    const auto same = std::find_if(all->begin(), all->end(), [&](const Principal& one) {
        return !one.revoked && one.credential == viewer.credential;
    });
    if (same == all->end()) {
        viewer.name = freeName(*all, viewer.name);
        if (const auto added = store.addPrincipal(viewer, by); !added)
            return added.error();
        return viewer;
    }
    const core::PrincipalId id = same->id;
    all->erase(same);
    const storage::PrincipalChange change{freeName(*all, viewer.name), viewer.role, {}};
    if (const auto changed = store.changePrincipal(id, change, by); !changed)
        return changed.error();
    return viewerMeant(store, id.value.text());
}

void noteSeen(Store& store, const core::PrincipalId& id, core::WallTime when) {
    if (const auto kept = store.noteSeen(id, when); !kept)
        return; // the disk's trouble is told by those who write events
}

std::string shownName(const QString& name) {
    QString shown;
    for (const QChar each : name.simplified())
        if (each.isPrint() || each.isSurrogate())
            shown.append(each);
    shown = shown.left(longestName).trimmed();
    if (!shown.isEmpty() && shown.back().isHighSurrogate())
        shown.chop(1);
    return shown.isEmpty() ? std::string("Viewer") : shown.toStdString();
}

} // namespace facelatch::app
