// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules and holidays, as commands with JSON arguments and answers.
#include "app/access_asked.h"
#include "app/clock.h"

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;

QJsonObject toJson(const core::Schedule& schedule) {
    return {{QStringLiteral("name"), string(schedule.name)},
            {QStringLiteral("periods"), string(core::weekText(schedule.week))},
            {QStringLiteral("through_holidays"), schedule.throughHolidays}};
}
QJsonObject toJson(const core::Holiday& holiday) {
    return {{QStringLiteral("name"), string(holiday.name)},
            {QStringLiteral("date"), string(core::text(core::HolidayDate{holiday.year, holiday.month, holiday.day}))},
            {QStringLiteral("periods"), string(core::dayText(holiday.periods))}};
}
Result<QJsonObject> putSchedule(const Asked& asked, bool isNew) {
    core::Schedule schedule{{newUuid(asked.now.wall)}, asked.text(u"name"), {}, false};
    if (!isNew) {
        auto known = named(asked.config.schedules, schedule.name, "schedule");
        if (!known)
            return known.error();
        schedule = *std::move(known);
    }
    const bool renames = !isNew && asked.args.contains(u"new_name");
    if (renames)
        schedule.name = asked.text(u"new_name");
    if (!renames || asked.args.contains(u"periods")) {
        auto week = core::parseWeek(asked.text(u"periods"));
        if (!week)
            return week.error();
        schedule.week = *std::move(week);
        schedule.throughHolidays = asked.args.value(u"through_holidays").toBool();
    }
    return answer(asked.store.putSchedule(schedule, asked.by()), toJson(schedule));
}

Result<QJsonObject> listSchedules(const Asked& asked) {
    QJsonArray schedules;
    for (const core::Schedule& schedule : asked.config.schedules)
        schedules.append(toJson(schedule));
    return QJsonObject{{QStringLiteral("schedules"), schedules}};
}

Result<QJsonObject> showSchedule(const Asked& asked) {
    const auto schedule = named(asked.config.schedules, asked.text(u"name"), "schedule");
    if (!schedule)
        return schedule.error();
    QJsonObject out = toJson(*schedule);
    out.insert(QStringLiteral("open_now"), core::covers(*schedule, asked.config.holidays, toLocal(asked.now.wall)));
    QJsonArray rules;
    for (const core::AccessRule& rule : asked.config.rules)
        if (rule.schedule == schedule->id)
            rules.append(ruleJson(rule, asked.config));
    out.insert(QStringLiteral("rules"), rules);
    return out;
}

Result<QJsonObject> removeSchedule(const Asked& asked) {
    const auto schedule = named(asked.config.schedules, asked.text(u"name"), "schedule");
    if (!schedule)
        return schedule.error();
    return answer(asked.store.removeSchedule(schedule->id, asked.by()), toJson(*schedule));
}

Result<QJsonObject> addHoliday(const Asked& asked) {
    const auto date = core::parseHolidayDate(asked.text(u"date"));
    if (!date)
        return date.error();
    auto periods = core::parseDay(asked.text(u"periods"));
    if (!periods)
        return periods.error();
    const core::Holiday holiday{{newUuid(asked.now.wall)}, asked.text(u"name"), date->month, date->day, date->year,
                                *std::move(periods)};
    return answer(asked.store.addHoliday(holiday, asked.by()), toJson(holiday));
}

Result<QJsonObject> listHolidays(const Asked& asked) {
    QJsonArray holidays;
    for (const core::Holiday& holiday : asked.config.holidays)
        holidays.append(toJson(holiday));
    return QJsonObject{{QStringLiteral("holidays"), holidays}};
}

Result<QJsonObject> removeHoliday(const Asked& asked) {
    const auto date = core::parseHolidayDate(asked.text(u"date"));
    if (!date)
        return date.error();
    for (const core::Holiday& holiday : asked.config.holidays)
        if (core::HolidayDate{holiday.year, holiday.month, holiday.day} == *date)
            return answer(asked.store.removeHoliday(holiday.id, asked.by()), toJson(holiday));
    return Error{ErrorKind::Failed, asked.text(u"date") + " is no holiday", {}, "See: facelatch-ctl holiday list"};
}

constexpr RuleCommand commands[] = {
    {"schedule.add", [](const Asked& asked) { return putSchedule(asked, true); }},
    {"schedule.set", [](const Asked& asked) { return putSchedule(asked, false); }},
    {"schedule.list", listSchedules},
    {"schedule.show", showSchedule},
    {"schedule.remove", removeSchedule},
    {"holiday.add", addHoliday},
    {"holiday.list", listHolidays},
    {"holiday.remove", removeHoliday},
};

} // namespace

std::span<const RuleCommand> scheduleCommands() {
    return commands;
}

} // namespace facelatch::app
