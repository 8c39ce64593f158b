// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl schedule and holiday.
#include "app/ctl.h"
#include "app/ctl_text.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

namespace facelatch::app {

namespace {

struct Options {
    std::string name, newName, periods, date;
    bool throughHolidays = false;
    bool json = false;
};
using Shared = std::shared_ptr<Options>;

void printSchedule(const QJsonObject& schedule) {
    std::printf("%-20s %s%s\n", textAt(schedule, "name").c_str(), textAt(schedule, "periods").c_str(),
                schedule.value(u"through_holidays").toBool() ? "; also on holidays" : "");
}

QJsonObject scheduleArguments(const Options& options) {
    return {{QStringLiteral("name"), qString(options.name)},
            {QStringLiteral("periods"), qString(options.periods)},
            {QStringLiteral("through_holidays"), options.throughHolidays}};
}

int addSchedule(const LoadedSettings& loaded, const Options& options) {
    return ask(loaded, "schedule.add", scheduleArguments(options), false, printSchedule);
}

int setSchedule(const LoadedSettings& loaded, const Options& options) {
    return ask(loaded, "schedule.set", scheduleArguments(options), false, printSchedule);
}

int renameSchedule(const LoadedSettings& loaded, const Options& options) {
    return ask(
        loaded, "schedule.set",
        {{QStringLiteral("name"), qString(options.name)}, {QStringLiteral("new_name"), qString(options.newName)}},
        false, printSchedule);
}

int removeSchedule(const LoadedSettings& loaded, const Options& options) {
    return ask(loaded, "schedule.remove", scheduleArguments(options), false, [](const QJsonObject& schedule) {
        std::printf("Removed the schedule %s.\n", textAt(schedule, "name").c_str());
    });
}

int listSchedules(const LoadedSettings& loaded, const Options& options) {
    return askForList(loaded, "schedule.list", {}, "schedules", options.json,
                      "There is no schedule. Add one with: facelatch-ctl schedule add NAME 'Mon-Fri 07:00-19:00'",
                      printSchedule);
}

int showSchedule(const LoadedSettings& loaded, const Options& options) {
    return ask(loaded, "schedule.show", scheduleArguments(options), options.json, [](const QJsonObject& schedule) {
        std::printf("name      %s\nperiods   %s\nholidays  %s\nnow       %s\n", textAt(schedule, "name").c_str(),
                    textAt(schedule, "periods").c_str(),
                    schedule.value(u"through_holidays").toBool() ? "as on any other day" : "have periods of their own",
                    schedule.value(u"open_now").toBool() ? "inside" : "outside");
        for (const auto& value : schedule.value(u"rules").toArray())
            std::printf("used by   the rule for %s\n", textAt(value.toObject(), "group").c_str());
    });
}

void printHoliday(const QJsonObject& holiday) {
    const std::string date = textAt(holiday, "date");
    std::printf("%-10s  %-12s  %-24s %s\n", date.c_str(), date.size() == 5 ? "every year" : "once",
                textAt(holiday, "periods").c_str(), textAt(holiday, "name").c_str());
}

QJsonObject holidayArguments(const Options& options) {
    return {{QStringLiteral("name"), qString(options.name)},
            {QStringLiteral("date"), qString(options.date)},
            {QStringLiteral("periods"), qString(options.periods)}};
}

int addHoliday(const LoadedSettings& loaded, const Options& options) {
    return ask(loaded, "holiday.add", holidayArguments(options), false, printHoliday);
}

int removeHoliday(const LoadedSettings& loaded, const Options& options) {
    return ask(loaded, "holiday.remove", holidayArguments(options), false, [](const QJsonObject& holiday) {
        std::printf("Removed the holiday %s (%s).\n", textAt(holiday, "name").c_str(), textAt(holiday, "date").c_str());
    });
}

int listHolidays(const LoadedSettings& loaded, const Options& options) {
    return askForList(loaded, "holiday.list", {}, "holidays", options.json, "There is no holiday.", printHoliday);
}

CLI::App* command(CLI::App& parent, CtlAction& action, const char* name, const char* help, const Shared& options,
                  int (*run)(const LoadedSettings&, const Options&)) {
    CLI::App* added = parent.add_subcommand(name, help);
    added->callback(
        [&action, options, run] { action = [options, run](const LoadedSettings& l) { return run(l, *options); }; });
    return added;
}

void addSchedules(CLI::App& program, CtlAction& action) {
    CLI::App* schedule =
        program.add_subcommand("schedule", "Weekly schedules, for access rules")->require_subcommand(1);
    const auto options = std::make_shared<Options>();
    CLI::App* add = command(*schedule, action, "add", "Adds a schedule", options, addSchedule);
    CLI::App* set = command(*schedule, action, "set", "Gives a schedule other periods, at once", options, setSchedule);
    CLI::App* show = command(*schedule, action, "show", "One schedule", options, showSchedule);
    CLI::App* remove = command(*schedule, action, "remove", "Removes a schedule", options, removeSchedule);
    CLI::App* rename = command(*schedule, action, "rename", "Gives a schedule another name", options, renameSchedule);
    for (CLI::App* named : {add, set, show, remove, rename})
        named->add_option("name", options->name, "Its name")->required();
    for (CLI::App* changed : {add, set}) {
        changed->add_option("periods", options->periods, "Such as 'Mon-Fri 07:00-19:00, Sat 09:00-12:00', or always")
            ->required();
        changed->add_flag("--through-holidays", options->throughHolidays, "Holidays change nothing for it");
    }
    rename->add_option("new", options->newName, "The other name")->required();
    show->add_flag("--json", options->json, "One JSON object");
    command(*schedule, action, "list", "All schedules", options, listSchedules)
        ->add_flag("--json", options->json, "One JSON object a line");
}

void addHolidays(CLI::App& program, CtlAction& action) {
    CLI::App* holiday =
        program.add_subcommand("holiday", "Days with periods of their own, or closed")->require_subcommand(1);
    const auto options = std::make_shared<Options>();
    CLI::App* add = command(*holiday, action, "add", "Adds a holiday", options, addHoliday);
    add->add_option("name", options->name, "Its name")->required();
    CLI::App* remove = command(*holiday, action, "remove", "Removes a holiday", options, removeHoliday);
    for (CLI::App* dated : {add, remove})
        dated->add_option("date", options->date, "12-25, every year, or 2026-12-25")->required();
    add->add_option("--periods", options->periods, "Such as '09:00-12:00 14:00-16:00'; closed without it");
    command(*holiday, action, "list", "All holidays", options, listHolidays)
        ->add_flag("--json", options->json, "One JSON object a line");
}

} // namespace

void addScheduleCommands(CLI::App& program, CtlAction& action) {
    addSchedules(program, action);
    addHolidays(program, action);
}

} // namespace facelatch::app
