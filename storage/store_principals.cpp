// SPDX-License-Identifier: GPL-3.0-or-later
// Principals, their signing in, and the set-up that makes the first one.
#include "storage/event_schema.h"
#include "storage/name_check.h"
#include "storage/store.h"
#include "storage/store_guard.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace facelatch::storage {

using core::Done;
using core::Error;
using core::ErrorKind;
using core::Principal;
using core::PrincipalId;
using core::Result;
using core::Status;

namespace {

constexpr const char* adminLockout = "admin";
constexpr std::size_t viewerKeySize = 32; ///< of an Ed25519 public key, RFC 8032
constexpr core::milliseconds seenEvery{60'000};
/// Whoever tries PINs at the screen.
constexpr const char* somebody = "somebody at the screen";

Error usage(std::string what, std::string remedy = {}) {
    return {ErrorKind::Usage, std::move(what), "", std::move(remedy)};
}
Error thereIsAnAdmin() {
    return {ErrorKind::Refused, "set-up is done: there is an admin already", "",
            "Who forgot a PIN gets another one with: facelatch-ctl admin set"};
}

std::string jsonText(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}
QString code(std::string_view latin) {
    return QString::fromLatin1(latin.data(), static_cast<qsizetype>(latin.size()));
}
qint64 number(core::WallTime time) {
    return static_cast<qint64>(time.time_since_epoch().count());
}
std::optional<core::WallTime> optionalTime(const QVariant& value) {
    return value.isNull() ? std::nullopt : std::optional(core::WallTime(core::milliseconds(value.toLongLong())));
}
QVariant timeOrNull(const std::optional<core::WallTime>& time) {
    return time ? QVariant(number(*time)) : QVariant();
}

/// What is no kind or role of ours (damage) may nothing.
Principal principalOf(const QSqlQuery& row) {
    Principal principal;
    principal.id.value = idFromBlob(row.value(0).toByteArray()).value_or(core::Uuid7{});
    const auto kind = core::principalKindFromCode(row.value(1).toString().toStdString());
    const auto role = core::roleFromCode(row.value(3).toString().toStdString());
    principal.kind = kind.value_or(core::PrincipalKind::Viewer);
    principal.role = role.value_or(core::Role::Viewer);
    principal.name = row.value(2).toString().toStdString();
    const QByteArray credential = row.value(4).toByteArray();
    principal.credential.assign(credential.begin(), credential.end());
    for (const QString& door : row.value(5).toString().split(u',', Qt::SkipEmptyParts))
        principal.doors.push_back(door.toStdString());
    principal.created = optionalTime(row.value(6)).value_or(core::WallTime{});
    principal.lastSeen = optionalTime(row.value(7));
    principal.revoked = optionalTime(row.value(8));
    principal.expires = optionalTime(row.value(9));
    if ((!kind || !role) && !principal.revoked)
        principal.revoked = principal.created;
    return principal;
}

Result<std::vector<Principal>> readPrincipals(SqlConnection& db) {
    auto rows = db.run(QStringLiteral("SELECT id, kind, name, role, credential, doors, created, last_seen, revoked, "
                                      "expires FROM principal ORDER BY name, row"));
    if (!rows)
        return rows.error();
    std::vector<Principal> all;
    while (rows->next())
        all.push_back(principalOf(*rows));
    if (auto ended = db.check(*rows); !ended)
        return ended.error();
    return all;
}

/// Who could still do everything at this door, for good.
bool isFullAdmin(const Principal& principal) {
    return principal.kind == core::PrincipalKind::Admin && principal.role == core::Role::Admin && !principal.revoked &&
           !principal.expires && principal.doors.empty();
}

Status checkPrincipal(const std::vector<Principal>& others, const Principal& principal) {
    if (auto named = checkName(principal.name, maxNameCharacters); !named)
        return named;
    const bool viewer = principal.kind == core::PrincipalKind::Viewer;
    if (viewer && principal.credential.size() != viewerKeySize)
        return usage("the viewer has no Ed25519 key");
    for (const Principal& other : others) {
        if (other.id == principal.id || other.revoked)
            continue;
        if (other.kind == principal.kind && text(other.name).compare(text(principal.name), Qt::CaseInsensitive) == 0)
            return usage("there is somebody called '" + principal.name + "' already", "Choose another name");
        if (other.kind == principal.kind && !principal.credential.empty() && other.credential == principal.credential)
            return viewer ? usage("this viewer is paired already", "Revoke it first")
                          : usage("this PIN cannot be used", "Choose another one");
    }
    return Done{};
}

/// Refused when nobody of `after` could administer the door.
Status checkLast(const std::vector<Principal>& before, const std::vector<Principal>& after) {
    if (std::none_of(before.begin(), before.end(), isFullAdmin) || std::any_of(after.begin(), after.end(), isFullAdmin))
        return Done{};
    return Error{ErrorKind::Refused, "this is the last admin of the door", "",
                 "Add another one with the role admin first"};
}

QJsonObject stateOf(const Principal& principal, const PrincipalChange& change) {
    QJsonObject state;
    if (change.name)
        state.insert(QStringLiteral("name"), text(principal.name));
    if (change.role)
        state.insert(QStringLiteral("role"), code(core::roleCode(principal.role)));
    return state;
}

/// "viewer.revoke".
std::string actionOf(const Principal& principal, const char* what) {
    return std::string(core::principalKindCode(principal.kind)) + '.' + what;
}

Error noSuch(const PrincipalId& id) {
    return {ErrorKind::NotFound, "there is no such admin or viewer", id.value.text(), "See: facelatch-ctl admin list"};
}

/// What must be there to change the one principal.
struct Picked {
    std::vector<Principal> all;
    std::size_t index = 0;
    Principal& one() { return all[index]; }
};

Result<Picked> pick(Result<std::vector<Principal>> all, const PrincipalId& id) {
    if (!all)
        return all.error();
    const auto found = std::find_if(all->begin(), all->end(), [&](const Principal& one) { return one.id == id; });
    if (found == all->end())
        return noSuch(id);
    const auto index = static_cast<std::size_t>(found - all->begin());
    return Picked{*std::move(all), index};
}

std::string describe(const Principal& principal) {
    return jsonText({{QStringLiteral("kind"), code(core::principalKindCode(principal.kind))},
                     {QStringLiteral("role"), code(core::roleCode(principal.role))}});
}

Result<SetupState> readSetup(SqlConnection& db) {
    const auto admins = readPrincipals(db);
    if (!admins)
        return admins.error();
    const auto minutes = db.value(QStringLiteral("SELECT minutes_left FROM setup"));
    if (!minutes)
        return minutes.error();
    return SetupState{std::any_of(admins->begin(), admins->end(), isFullAdmin),
                      std::clamp(minutes->toInt(), 0, Store::setupMinutes)};
}

} // namespace

Result<std::vector<Principal>> Store::principals() {
    return guarded(Access::Read, [&] { return readPrincipals(*m_db); });
}

Status Store::addPrincipal(const Principal& principal, const ChangeBy& by) {
    return changing([&] { return insertPrincipal(principal, by); });
}

Status Store::insertPrincipal(const Principal& principal, const ChangeBy& by) {
    if (principal.id.value.isNull())
        return usage("the principal has no id");
    const auto all = readPrincipals(*m_db);
    if (!all)
        return all.error();
    if (auto sound = checkPrincipal(*all, principal); !sound)
        return sound;
    for (const Principal& old : *all)
        if (old.revoked && old.kind == principal.kind && !old.credential.empty() &&
            old.credential == principal.credential)
            if (auto gone = m_db->run(QStringLiteral("DELETE FROM principal WHERE id = ?"), {idBlob(old.id.value)});
                !gone)
                return gone.error();
    QStringList doors;
    for (const core::DoorId& door : principal.doors)
        doors << text(door);
    auto added = m_db->run(
        QStringLiteral("INSERT INTO principal(id, kind, name, role, credential, doors, created, expires) "
                       "VALUES(?, ?, ?, ?, ?, ?, ?, ?)"),
        {idBlob(principal.id.value), code(core::principalKindCode(principal.kind)), text(principal.name),
         code(core::roleCode(principal.role)),
         principal.credential.empty() ? QVariant()
                                      : QVariant(blob(principal.credential.data(), principal.credential.size())),
         doors.isEmpty() ? QStringLiteral("") : doors.join(u','), number(principal.created),
         timeOrNull(principal.expires)});
    if (!added)
        return added.error();
    return noteAudit(by, {actionOf(principal, "add"), principal.name, {}, {}, {}, describe(principal)});
}

Status Store::changePrincipal(const PrincipalId& id, const PrincipalChange& change, const ChangeBy& by) {
    return changing([&]() -> Status {
        const auto before = readPrincipals(*m_db);
        auto after = pick(before, id);
        if (!after)
            return after.error();
        Principal& one = after->one();
        if (one.kind == core::PrincipalKind::Viewer && one.revoked)
            return noSuch(id);
        const Principal old = one;
        one.name = change.name.value_or(one.name);
        one.role = change.role.value_or(one.role);
        if (change.pin)
            one.credential.assign(change.pin->begin(), change.pin->end());
        if (auto sound = checkPrincipal(*before, one); !sound)
            return sound;
        if (auto others = checkLast(*before, after->all); !others)
            return others;
        auto done = m_db->run(QStringLiteral("UPDATE principal SET name = ?, role = ?, credential = ? WHERE id = ?"),
                              {text(one.name), code(core::roleCode(one.role)),
                               blob(one.credential.data(), one.credential.size()), idBlob(id.value)});
        if (!done)
            return done.error();
        QJsonObject now = stateOf(one, change);
        if (change.pin)
            now.insert(QStringLiteral("pin"), QStringLiteral("changed"));
        return noteAudit(by, {actionOf(old, "set"), old.name, {}, {}, jsonText(stateOf(old, change)), jsonText(now)});
    });
}

Status Store::removePrincipal(const PrincipalId& id, const ChangeBy& by) {
    return changing([&]() -> Status {
        const auto before = readPrincipals(*m_db);
        auto after = pick(before, id);
        if (!after)
            return after.error();
        const Principal gone = after->one();
        after->all.erase(after->all.begin() + static_cast<std::ptrdiff_t>(after->index));
        if (auto others = checkLast(*before, after->all); !others)
            return others;
        if (auto done = m_db->run(QStringLiteral("DELETE FROM principal WHERE id = ?"), {idBlob(id.value)}); !done)
            return done.error();
        return noteAudit(by, {actionOf(gone, "remove"), gone.name, {}, {}, describe(gone), {}});
    });
}

Status Store::revokePrincipal(const PrincipalId& id, const ChangeBy& by) {
    return changing([&]() -> Status {
        const auto before = readPrincipals(*m_db);
        auto after = pick(before, id);
        if (!after)
            return after.error();
        Principal& one = after->one();
        if (one.revoked)
            return Done{};
        one.revoked = by.when;
        if (auto others = checkLast(*before, after->all); !others)
            return others;
        auto done = m_db->run(QStringLiteral("UPDATE principal SET revoked = ? WHERE id = ?"),
                              {number(by.when), idBlob(id.value)});
        if (!done)
            return done.error();
        return noteAudit(by, {actionOf(one, "revoke"), one.name, {}, {}, describe(one), {}});
    });
}

Status Store::noteSeen(const PrincipalId& id, core::WallTime when) {
    const auto kept = m_seen.find(id);
    if (kept != m_seen.end() && when >= kept->second && when - kept->second < seenEvery)
        return Done{};
    if (auto written = changing([&]() -> Status {
            auto seen = m_db->run(QStringLiteral("UPDATE principal SET last_seen = ? WHERE id = ? AND revoked IS NULL"),
                                  {number(when), idBlob(id.value)});
            return seen ? Status(Done{}) : Status(seen.error());
        });
        !written)
        return written;
    m_seen.insert_or_assign(id, when);
    return Done{};
}

Status Store::noteSignIn(const Principal& principal, const core::Lockout::Row& lockout, core::WallTime when) {
    return changing([&]() -> Status {
        if (auto seen = m_db->run(QStringLiteral("UPDATE principal SET last_seen = ? WHERE id = ?"),
                                  {number(when), idBlob(principal.id.value)});
            !seen)
            return seen.error();
        if (auto written = writeLockout(adminLockout, lockout); !written)
            return written;
        return noteAudit({principal.name, when}, {"session.sign_in", {}, {}, {}, {}, {}});
    });
}

Status Store::noteRefusedSignIn(const core::Lockout::Row& lockout, core::WallTime when) {
    return changing([&]() -> Status {
        if (auto written = writeLockout(adminLockout, lockout); !written)
            return written;
        return noteAudit({somebody, when},
                         {"session.refused",
                          {},
                          {},
                          {},
                          {},
                          jsonText({{QStringLiteral("wrong_pins"), lockout.failures},
                                    {QStringLiteral("locked_for_s"),
                                     static_cast<qint64>(core::lockLength(lockout.failures).count() / 1000)}})});
    });
}

Result<SetupState> Store::setup() {
    return guarded(Access::Read, [&] { return readSetup(*m_db); });
}

Status Store::takeSetupMinute() {
    return changing([&]() -> Status {
        auto taken = m_db->run(QStringLiteral("UPDATE setup SET minutes_left = max(minutes_left - 1, 0)"));
        return taken ? Status(Done{}) : Status(taken.error());
    });
}

Status Store::reopenSetup(const ChangeBy& by) {
    return changing([&]() -> Status {
        const auto state = readSetup(*m_db);
        if (!state)
            return state.error();
        if (state->hasAdmin)
            return thereIsAnAdmin();
        auto opened = m_db->run(QStringLiteral("INSERT INTO setup(row, minutes_left) VALUES(1, ?) "
                                               "ON CONFLICT(row) DO UPDATE SET minutes_left = excluded.minutes_left"),
                                {setupMinutes});
        if (!opened)
            return opened.error();
        return noteAudit(by, {"setup.reopen", {}, {}, {}, {}, {}});
    });
}

Status Store::finishSetup(const Principal& admin, const ChangeBy& by, const std::function<Status()>& alongside) {
    return changing([&]() -> Status {
        const auto state = readSetup(*m_db);
        if (!state)
            return state.error();
        if (state->hasAdmin)
            return thereIsAnAdmin();
        if (auto added = insertPrincipal(admin, by); !added)
            return added;
        if (auto noted = noteAudit(by, {"setup.finish", {}, {}, {}, {}, {}}); !noted)
            return noted;
        return alongside();
    });
}

Status Store::noteAction(const AuditNote& note, const ChangeBy& by) {
    return changing([&] { return noteAudit(by, note); });
}

} // namespace facelatch::storage
