// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-ctl group and rule.
#include "app/ctl.h"
#include "app/ctl_text.h"
#include "core/access_policy.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <vector>

namespace facelatch::app {

namespace {

struct Options {
    std::string name, newName, schedule, door, mode = "face";
    std::vector<std::string> add, remove;
    bool json = false;
};
using Shared = std::shared_ptr<Options>;

QJsonArray array(const std::vector<std::string>& texts) {
    QJsonArray all;
    for (const std::string& text : texts)
        all.append(qString(text));
    return all;
}

int listGroups(const LoadedSettings& loaded, const Options& options) {
    return askForList(loaded, "group.list", {}, "groups", options.json,
                      "There is no group. Add one with: facelatch-ctl group add NAME", [](const QJsonObject& group) {
                          std::printf("%4d members  %s\n", group.value(u"members").toInt(),
                                      textAt(group, "name").c_str());
                      });
}

int members(const LoadedSettings& loaded, const Options& options) {
    const QJsonObject args{{QStringLiteral("group"), qString(options.name)},
                           {QStringLiteral("add"), array(options.add)},
                           {QStringLiteral("remove"), array(options.remove)}};
    return askForList(loaded, "group.members", args, "members", options.json, "Nobody is in this group.",
                      [](const QJsonObject& person) {
                          std::printf("%s  %s\n", textAt(person, "id").c_str(), textAt(person, "name").c_str());
                      });
}

std::string ruleText(const QJsonObject& rule) {
    const auto mode = core::authModeFrom(textAt(rule, "mode"));
    const std::string door = textAt(rule, "door");
    return textAt(rule, "group") + " at " + (door.empty() ? "every door" : "door " + door) + ", " +
           textAt(rule, "schedule") + ": " +
           std::string(mode ? core::authModeText(*mode) : std::string_view("unknown mode"));
}

void printRuleChange(const char* what, const QJsonObject& rule) {
    std::printf("%s: %s.\n", what, ruleText(rule).c_str());
    if (rule.value(u"rules").toInt() == 0)
        std::printf("No access rule is left: everybody enrolled and active may enter by face at any time.\n");
    else if (const int out = rule.value(u"without_any_rule").toInt(); out > 0)
        std::printf(
            "Only what a rule grants opens the door: %d of the people enrolled are in no group of any rule. See: "
            "facelatch-ctl access preview\n",
            out);
}

QJsonObject ruleArguments(const Options& options) {
    return {{QStringLiteral("group"), qString(options.name)},
            {QStringLiteral("schedule"), qString(options.schedule)},
            {QStringLiteral("door"), qString(options.door)},
            {QStringLiteral("mode"), qString(options.mode)}};
}

int addRule(const LoadedSettings& loaded, const Options& options) {
    return ask(loaded, "rule.add", ruleArguments(options), false, [&loaded](const QJsonObject& rule) {
        printRuleChange("Added", rule);
        const auto mode = core::authModeFrom(textAt(rule, "mode"));
        const bool pin = loaded.settings.flag("door.pin");
        if (mode && !core::satisfies({true, true, false}, *mode))
            std::printf("This version takes no card at the door: until it does, this rule lets nobody in.\n");
        else if (mode && !core::satisfies({true, pin, false}, *mode))
            std::printf("This door takes no PINs: until door.pin is switched on, this rule lets nobody in.\n");
    });
}

int listRules(const LoadedSettings& loaded, const Options& options) {
    return askForList(loaded, "rule.list", {}, "rules", options.json,
                      "There is no access rule: see facelatch-ctl access preview for what that means.",
                      [](const QJsonObject& rule) { std::printf("%s\n", ruleText(rule).c_str()); });
}

CLI::App* command(CLI::App& parent, CtlAction& action, const char* name, const char* help, const Shared& options,
                  int (*run)(const LoadedSettings&, const Options&)) {
    CLI::App* added = parent.add_subcommand(name, help);
    added->callback(
        [&action, options, run] { action = [options, run](const LoadedSettings& l) { return run(l, *options); }; });
    return added;
}

int addGroup(const LoadedSettings& loaded, const Options& options) {
    return ask(loaded, "group.add", {{QStringLiteral("name"), qString(options.name)}}, false,
               [](const QJsonObject& group) { std::printf("Added the group %s.\n", textAt(group, "name").c_str()); });
}

int renameGroup(const LoadedSettings& loaded, const Options& options) {
    return ask(loaded, "group.set",
               {{QStringLiteral("group"), qString(options.name)}, {QStringLiteral("name"), qString(options.newName)}},
               false,
               [](const QJsonObject& group) { std::printf("It is called %s now.\n", textAt(group, "name").c_str()); });
}

int removeGroup(const LoadedSettings& loaded, const Options& options) {
    return ask(loaded, "group.remove", {{QStringLiteral("group"), qString(options.name)}}, false,
               [](const QJsonObject& group) { std::printf("Removed the group %s.\n", textAt(group, "name").c_str()); });
}

int removeRule(const LoadedSettings& loaded, const Options& options) {
    return ask(loaded, "rule.remove", ruleArguments(options), false,
               [](const QJsonObject& rule) { printRuleChange("Removed", rule); });
}

void addGroups(CLI::App& program, CtlAction& action) {
    CLI::App* group = program.add_subcommand("group", "Groups of people, for access rules")->require_subcommand(1);
    const auto options = std::make_shared<Options>();
    for (CLI::App* named :
         {command(*group, action, "add", "Adds a group", options, addGroup),
          command(*group, action, "remove", "Removes a group; its members stay", options, removeGroup)})
        named->add_option("name", options->name, "Its name")->required();
    CLI::App* rename = command(*group, action, "rename", "Gives a group another name", options, renameGroup);
    rename->add_option("name", options->name, "Its name")->required();
    rename->add_option("new", options->newName, "The other name")->required();
    command(*group, action, "list", "All groups", options, listGroups)
        ->add_flag("--json", options->json, "One JSON object a line");
    CLI::App* inside = command(*group, action, "members", "Who is in a group, after changing it", options, members);
    inside->add_option("name", options->name, "The group")->required();
    inside->add_option("--add", options->add, "Name or id of a person; several may be given")->type_name("WHO");
    inside->add_option("--remove", options->remove, "Name or id of a person; several may be given")->type_name("WHO");
    inside->add_flag("--json", options->json, "One JSON object a line");
}

void addRules(CLI::App& program, CtlAction& action) {
    CLI::App* rule = program.add_subcommand("rule", "Access rules: which group, at which door, when, by what")
                         ->require_subcommand(1);
    const auto options = std::make_shared<Options>();
    CLI::App* add = command(*rule, action, "add", "Grants a group access during a schedule", options, addRule);
    CLI::App* remove = command(*rule, action, "remove", "Removes a rule", options, removeRule);
    for (CLI::App* named : {add, remove}) {
        named->add_option("group", options->name, "The group")->required();
        named->add_option("schedule", options->schedule, "The schedule")->required();
        named->add_option("--door", options->door, "A door's id; every door without it")->type_name("ID");
    }
    add->add_option("--mode", options->mode, "face, face_or_pin, face_pin, face_card or card_pin")
        ->capture_default_str();
    command(*rule, action, "list", "All rules", options, listRules)
        ->add_flag("--json", options->json, "One JSON object a line");
}

} // namespace

void addAccessCommands(CLI::App& program, CtlAction& action) {
    addGroups(program, action);
    addRules(program, action);
}

} // namespace facelatch::app
