// SPDX-License-Identifier: GPL-3.0-or-later
// Groups, schedules, holidays and access rules.
#include "storage/event_schema.h"
#include "storage/name_check.h"
#include "storage/store.h"
#include "storage/store_guard.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <map>

namespace facelatch::storage {

using core::AccessConfig;
using core::Done;
using core::Error;
using core::ErrorKind;
using core::Result;
using core::Status;

namespace {

/// While there are rules, or were until damage took them: their absence lets nobody in then.
constexpr const char* rulesInForce = "access_rules";

using Statements = std::vector<std::pair<const char*, QVariantList>>;

Error usage(std::string what, std::string remedy = {}) {
    return {ErrorKind::Usage, std::move(what), "", std::move(remedy)};
}
Error notFound(const char* what) {
    return {ErrorKind::NotFound, what, "", ""};
}

std::string jsonText(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}
std::string json(const core::Schedule& schedule, bool withName = false) {
    QJsonObject object{{QStringLiteral("periods"), text(core::weekText(schedule.week))},
                       {QStringLiteral("through_holidays"), schedule.throughHolidays}};
    if (withName)
        object.insert(QStringLiteral("name"), text(schedule.name));
    return jsonText(object);
}
std::string json(const core::Holiday& holiday) {
    return jsonText(
        {{QStringLiteral("date"), text(core::text(core::HolidayDate{holiday.year, holiday.month, holiday.day}))},
         {QStringLiteral("periods"), text(core::dayText(holiday.periods))}});
}
std::string json(const core::AccessRule& rule, const AccessConfig& config) {
    const core::Group* group = config.group(rule.group);
    const core::Schedule* schedule = config.schedule(rule.schedule);
    const std::string_view mode = core::authModeCode(rule.mode);
    return jsonText({{QStringLiteral("group"), group != nullptr ? text(group->name) : QString()},
                     {QStringLiteral("schedule"), schedule != nullptr ? text(schedule->name) : QString()},
                     {QStringLiteral("door"), text(rule.door)},
                     {QStringLiteral("mode"), QString::fromUtf8(mode.data(), static_cast<qsizetype>(mode.size()))}});
}

core::Uuid7 idAt(const QSqlQuery& row, int column) {
    return idFromBlob(row.value(column).toByteArray()).value_or(core::Uuid7{});
}
std::string stringAt(const QSqlQuery& row, int column) {
    return row.value(column).toString().toStdString();
}

Status eachRow(SqlConnection& db, const char* sql, const std::function<void(const QSqlQuery&)>& take) {
    auto rows = db.run(QLatin1String(sql));
    if (!rows)
        return rows.error();
    while (rows->next())
        take(*rows);
    return db.check(*rows);
}

Status readSchedules(SqlConnection& db, AccessConfig& config) {
    std::map<core::Uuid7, core::WeekPeriods> weeks;
    std::map<core::Uuid7, core::DayPeriods> days;
    auto read = eachRow(db, "SELECT schedule, weekday, from_minute, to_minute FROM schedule_period ORDER BY row",
                        [&](const QSqlQuery& row) {
                            const auto weekday = static_cast<std::size_t>(std::clamp(row.value(1).toInt(), 0, 6));
                            weeks[idAt(row, 0)][weekday].push_back({row.value(2).toInt(), row.value(3).toInt()});
                        });
    if (read)
        read = eachRow(db, "SELECT id, name, through_holidays FROM schedule ORDER BY name", [&](const QSqlQuery& row) {
            const core::Uuid7 id = idAt(row, 0);
            config.schedules.push_back({{id}, stringAt(row, 1), weeks[id], row.value(2).toBool()});
        });
    if (read)
        read = eachRow(db, "SELECT holiday, from_minute, to_minute FROM holiday_period ORDER BY row",
                       [&](const QSqlQuery& row) {
                           days[idAt(row, 0)].push_back({row.value(1).toInt(), row.value(2).toInt()});
                       });
    if (read)
        read = eachRow(db, "SELECT id, name, year, month, day FROM holiday ORDER BY month, day, year",
                       [&](const QSqlQuery& row) {
                           const int year = row.value(2).toInt();
                           core::Holiday holiday{{idAt(row, 0)},       stringAt(row, 1), row.value(3).toInt(),
                                                 row.value(4).toInt(), std::nullopt,     days[idAt(row, 0)]};
                           if (year != 0)
                               holiday.year = year;
                           config.holidays.push_back(std::move(holiday));
                       });
    return read;
}

Result<AccessConfig> readConfig(SqlConnection& db) {
    AccessConfig config;
    auto read = eachRow(db, "SELECT id, name FROM access_group ORDER BY name", [&](const QSqlQuery& row) {
        config.groups.push_back({{idAt(row, 0)}, stringAt(row, 1)});
    });
    if (read)
        read = readSchedules(db, config);
    if (read)
        read = eachRow(
            db, "SELECT id, team, door, schedule, mode FROM access_rule ORDER BY row", [&](const QSqlQuery& row) {
                // A mode that is not known (damage) asks for the most, never for less.
                const auto mode = core::authModeFrom(stringAt(row, 4)).value_or(core::AuthMode::CardPin);
                config.rules.push_back({{idAt(row, 0)}, {idAt(row, 1)}, stringAt(row, 2), {idAt(row, 3)}, mode});
            });
    if (!read)
        return read.error();
    const auto inForce =
        db.value(QStringLiteral("SELECT value FROM meta WHERE key = ?"), {QLatin1String(rulesInForce)});
    if (!inForce)
        return inForce.error();
    config.rulesLost = config.rules.empty() && inForce->isValid();
    return config;
}

Status runAll(SqlConnection& db, const Statements& statements) {
    for (const auto& [statement, values] : statements)
        if (auto done = db.run(QLatin1String(statement), values); !done)
            return done.error();
    return Done{};
}

template<typename T, typename Id>
const T* find(const std::vector<T>& all, const Id& id) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
}

/// As the database compares them: upper and lower case of ASCII letters are the same.
template<typename T>
bool nameTaken(const std::vector<T>& all, const T& one) {
    return std::any_of(all.begin(), all.end(), [&](const T& other) {
        return other.id != one.id && text(other.name).compare(text(one.name), Qt::CaseInsensitive) == 0;
    });
}

Status groupNameFits(const AccessConfig& config, const core::Group& group) {
    if (auto named = checkName(group.name, maxNameCharacters); !named)
        return named;
    if (group.name.find(',') != std::string::npos)
        return usage("a group's name has no comma", "Groups of a person are listed with commas between them");
    if (nameTaken(config.groups, group))
        return usage("there is a group '" + group.name + "' already");
    return Done{};
}

void periodStatements(Statements& statements, const core::Schedule& schedule) {
    for (std::size_t weekday = 0; weekday < schedule.week.size(); ++weekday)
        for (const core::Period& period : schedule.week[weekday])
            statements.emplace_back(
                "INSERT INTO schedule_period(schedule, weekday, from_minute, to_minute) VALUES(?, ?, ?, ?)",
                QVariantList{idBlob(schedule.id.value), static_cast<int>(weekday), period.from, period.to});
}

} // namespace

Status Store::changing(const std::function<Status()>& work) {
    return guarded(Access::Write, [&]() -> Status {
        auto transaction = Transaction::begin(*m_db);
        if (!transaction)
            return transaction.error();
        if (auto done = work(); !done)
            return done;
        return transaction->commit();
    });
}

Result<AccessConfig> Store::access() {
    return guarded(Access::Read, [this] { return readConfig(*m_db); });
}

Status Store::addGroup(const core::Group& group, const ChangeBy& by) {
    const auto config = access();
    if (!config)
        return config.error();
    if (auto fits = groupNameFits(*config, group); !fits)
        return fits;
    return changing([&]() -> Status {
        auto done = runAll(
            *m_db, {{"INSERT INTO access_group(id, name) VALUES(?, ?)", {idBlob(group.id.value), text(group.name)}}});
        return done ? noteAudit(by, {"group.add", group.name, {}, {}, {}, "{}"}) : done;
    });
}

Status Store::renameGroup(const core::GroupId& id, const std::string& name, const ChangeBy& by) {
    const auto config = access();
    if (!config)
        return config.error();
    const core::Group* before = config->group(id);
    if (before == nullptr)
        return notFound("there is no such group");
    if (auto fits = groupNameFits(*config, {id, name}); !fits)
        return fits;
    return changing([&]() -> Status {
        auto done = runAll(*m_db, {{"UPDATE access_group SET name = ? WHERE id = ?", {text(name), idBlob(id.value)}}});
        return done ? noteAudit(by, {"group.set",
                                     name,
                                     {},
                                     {},
                                     jsonText({{QStringLiteral("name"), text(before->name)}}),
                                     jsonText({{QStringLiteral("name"), text(name)}})})
                    : done;
    });
}

Status Store::removeGroup(const core::GroupId& id, const ChangeBy& by) {
    const auto config = access();
    if (!config)
        return config.error();
    const core::Group* group = config->group(id);
    if (group == nullptr)
        return notFound("there is no such group");
    const auto used = std::count_if(config->rules.begin(), config->rules.end(),
                                    [&](const core::AccessRule& rule) { return rule.group == id; });
    if (used > 0)
        return usage("the group '" + group->name + "' is used by " + std::to_string(used) + " access rules",
                     "Remove those first");
    return changing([&]() -> Status {
        const auto members =
            m_db->value(QStringLiteral("SELECT count(*) FROM group_member WHERE team = ?"), {idBlob(id.value)});
        if (!members)
            return members.error();
        auto done = runAll(*m_db, {{"DELETE FROM access_group WHERE id = ?", {idBlob(id.value)}}});
        return done ? noteAudit(by, {"group.remove",
                                     group->name,
                                     {},
                                     {},
                                     jsonText({{QStringLiteral("members"), members->toInt()}}),
                                     {}})
                    : done;
    });
}

Status Store::putSchedule(const core::Schedule& schedule, const ChangeBy& by) {
    if (auto named = checkName(schedule.name, maxNameCharacters); !named)
        return named;
    const auto config = access();
    if (!config)
        return config.error();
    if (nameTaken(config->schedules, schedule))
        return usage("there is a schedule '" + schedule.name + "' already");
    const core::Schedule* before = config->schedule(schedule.id);
    const QByteArray id = idBlob(schedule.id.value);
    Statements statements;
    if (before == nullptr)
        statements.emplace_back("INSERT INTO schedule(id, name, through_holidays) VALUES(?, ?, ?)",
                                QVariantList{id, text(schedule.name), schedule.throughHolidays ? 1 : 0});
    else
        statements.emplace_back("UPDATE schedule SET name = ?, through_holidays = ? WHERE id = ?",
                                QVariantList{text(schedule.name), schedule.throughHolidays ? 1 : 0, id});
    statements.emplace_back("DELETE FROM schedule_period WHERE schedule = ?", QVariantList{id});
    periodStatements(statements, schedule);
    const bool renamed = before != nullptr && before->name != schedule.name;
    const AuditNote note{before == nullptr ? "schedule.add" : "schedule.set",        schedule.name,          {}, {},
                         before == nullptr ? std::string() : json(*before, renamed), json(schedule, renamed)};
    return changing([&]() -> Status {
        auto done = runAll(*m_db, statements);
        return done ? noteAudit(by, note) : done;
    });
}

Status Store::removeSchedule(const core::ScheduleId& id, const ChangeBy& by) {
    const auto config = access();
    if (!config)
        return config.error();
    const core::Schedule* schedule = config->schedule(id);
    if (schedule == nullptr)
        return notFound("there is no such schedule");
    const auto used = std::count_if(config->rules.begin(), config->rules.end(),
                                    [&](const core::AccessRule& rule) { return rule.schedule == id; });
    if (used > 0)
        return usage("the schedule '" + schedule->name + "' is used by " + std::to_string(used) + " access rules",
                     "Remove those first");
    return changing([&]() -> Status {
        auto done = runAll(*m_db, {{"DELETE FROM schedule WHERE id = ?", {idBlob(id.value)}}});
        return done ? noteAudit(by, {"schedule.remove", schedule->name, {}, {}, json(*schedule), {}}) : done;
    });
}

Status Store::addHoliday(const core::Holiday& holiday, const ChangeBy& by) {
    if (auto named = checkName(holiday.name, maxNameCharacters); !named)
        return named;
    const auto config = access();
    if (!config)
        return config.error();
    for (const core::Holiday& other : config->holidays)
        if (other.year == holiday.year && other.month == holiday.month && other.day == holiday.day)
            return usage("that day is a holiday already: " + other.name, "Remove it first");
    Statements statements{
        {"INSERT INTO holiday(id, name, year, month, day) VALUES(?, ?, ?, ?, ?)",
         {idBlob(holiday.id.value), text(holiday.name), holiday.year.value_or(0), holiday.month, holiday.day}}};
    for (const core::Period& period : holiday.periods)
        statements.emplace_back("INSERT INTO holiday_period(holiday, from_minute, to_minute) VALUES(?, ?, ?)",
                                QVariantList{idBlob(holiday.id.value), period.from, period.to});
    return changing([&]() -> Status {
        auto done = runAll(*m_db, statements);
        return done ? noteAudit(by, {"holiday.add", holiday.name, {}, {}, {}, json(holiday)}) : done;
    });
}

Status Store::removeHoliday(const core::HolidayId& id, const ChangeBy& by) {
    const auto config = access();
    if (!config)
        return config.error();
    const core::Holiday* holiday = find(config->holidays, id);
    if (holiday == nullptr)
        return notFound("there is no such holiday");
    return changing([&]() -> Status {
        auto done = runAll(*m_db, {{"DELETE FROM holiday WHERE id = ?", {idBlob(id.value)}}});
        return done ? noteAudit(by, {"holiday.remove", holiday->name, {}, {}, json(*holiday), {}}) : done;
    });
}

Status Store::addRule(const core::AccessRule& rule, const ChangeBy& by) {
    const auto config = access();
    if (!config)
        return config.error();
    const core::Group* group = config->group(rule.group);
    if (group == nullptr || config->schedule(rule.schedule) == nullptr)
        return usage("the group or the schedule of the rule does not exist");
    for (const core::AccessRule& other : config->rules)
        if (other.group == rule.group && other.door == rule.door && other.schedule == rule.schedule)
            return usage("there is a rule for this group, door and schedule already", "Remove it first");
    const std::string_view mode = core::authModeCode(rule.mode);
    const Statements statements{
        {"INSERT INTO access_rule(id, team, door, schedule, mode) VALUES(?, ?, ?, ?, ?)",
         {idBlob(rule.id.value), idBlob(rule.group.value), rule.door.empty() ? QStringLiteral("") : text(rule.door),
          idBlob(rule.schedule.value), QString::fromUtf8(mode.data(), static_cast<qsizetype>(mode.size()))}},
        {"INSERT OR REPLACE INTO meta(key, value) VALUES(?, 'in force')", {QLatin1String(rulesInForce)}}};
    return changing([&]() -> Status {
        auto done = runAll(*m_db, statements);
        return done ? noteAudit(by, {"rule.add", group->name, {}, {}, {}, json(rule, *config)}) : done;
    });
}

Status Store::removeRule(const core::RuleId& id, const ChangeBy& by) {
    const auto config = access();
    if (!config)
        return config.error();
    const core::AccessRule* rule = find(config->rules, id);
    if (rule == nullptr)
        return notFound("there is no such rule");
    Statements statements{{"DELETE FROM access_rule WHERE id = ?", {idBlob(id.value)}}};
    if (config->rules.size() == 1)
        statements.emplace_back("DELETE FROM meta WHERE key = ?", QVariantList{QLatin1String(rulesInForce)});
    const core::Group* group = config->group(rule->group);
    const AuditNote note{
        "rule.remove", group != nullptr ? group->name : std::string(), {}, {}, json(*rule, *config), {}};
    return changing([&]() -> Status {
        auto done = runAll(*m_db, statements);
        return done ? noteAudit(by, note) : done;
    });
}

} // namespace facelatch::storage
