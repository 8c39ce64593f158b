// SPDX-License-Identifier: GPL-3.0-or-later
// Groups and access rules, as commands with JSON arguments and answers.
#include "app/access_asked.h"
#include "app/clock.h"

#include <array>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;
using storage::Store;

bool isMember(const core::Person& person, const core::GroupId& group) {
    return std::find(person.groups.begin(), person.groups.end(), group) != person.groups.end();
}

Result<QJsonObject> addGroup(const Asked& asked) {
    const core::Group group{{newUuid(asked.now.wall)}, asked.text(u"name")};
    return answer(asked.store.addGroup(group, asked.by()), {{QStringLiteral("name"), string(group.name)}});
}

/// Another name; members and rules stay.
Result<QJsonObject> setGroup(const Asked& asked) {
    const auto group = named(asked.config.groups, asked.text(u"group"), "group");
    if (!group)
        return group.error();
    const std::string name = asked.text(u"name");
    return answer(asked.store.renameGroup(group->id, name, asked.by()), {{QStringLiteral("name"), string(name)}});
}

Result<QJsonObject> listGroups(const Asked& asked) {
    const auto people = asked.store.people();
    if (!people)
        return people.error();
    QJsonArray groups;
    for (const core::Group& group : asked.config.groups)
        groups.append(QJsonObject{
            {QStringLiteral("name"), string(group.name)},
            {QStringLiteral("members"),
             static_cast<int>(std::count_if(people->begin(), people->end(),
                                            [&](const core::Person& person) { return isMember(person, group.id); }))}});
    return QJsonObject{{QStringLiteral("groups"), groups}};
}

Result<QJsonObject> removeGroup(const Asked& asked) {
    const auto group = named(asked.config.groups, asked.text(u"group"), "group");
    if (!group)
        return group.error();
    return answer(asked.store.removeGroup(group->id, asked.by()), {{QStringLiteral("name"), string(group->name)}});
}

core::Status join(const Asked& asked, const core::Person& person, const core::GroupId& group, bool member) {
    if (isMember(person, group) == member)
        return core::Done{};
    storage::PersonChange change;
    change.groups = person.groups;
    if (member)
        change.groups->push_back(group);
    else
        std::erase(*change.groups, group);
    return asked.store.changePerson(person.id, change, asked.by());
}

Result<QJsonObject> groupMembers(const Asked& asked) {
    const auto group = named(asked.config.groups, asked.text(u"group"), "group");
    if (!group)
        return group.error();
    std::vector<std::pair<core::Person, bool>> changes; // all are looked up before any is changed
    for (const auto& [key, member] : {std::pair{u"add", true}, std::pair{u"remove", false}})
        for (const auto& who : asked.args.value(key).toArray()) {
            auto person = personMeant(asked.store, who.toString().toStdString());
            if (!person)
                return person.error();
            changes.emplace_back(*std::move(person), member);
        }
    for (const auto& [person, member] : changes)
        if (const auto done = join(asked, person, group->id, member); !done)
            return done.error();
    const auto people = asked.store.people();
    if (!people)
        return people.error();
    QJsonArray members;
    for (const core::Person& person : *people)
        if (isMember(person, group->id))
            members.append(QJsonObject{{QStringLiteral("id"), string(person.id.value.text())},
                                       {QStringLiteral("name"), string(person.name)}});
    return QJsonObject{{QStringLiteral("name"), string(group->name)}, {QStringLiteral("members"), members}};
}

struct RuleEnds {
    core::Group group;
    core::Schedule schedule;
};
Result<RuleEnds> ruleEnds(const Asked& asked) {
    auto group = named(asked.config.groups, asked.text(u"group"), "group");
    if (!group)
        return group.error();
    auto schedule = named(asked.config.schedules, asked.text(u"schedule"), "schedule");
    if (!schedule)
        return schedule.error();
    return RuleEnds{*std::move(group), *std::move(schedule)};
}

/// A rule's answer says what it means for everybody.
Result<QJsonObject> withMeaning(Store& store, QJsonObject rule) {
    const auto config = store.access();
    const auto people = config ? store.people() : Result<std::vector<core::Person>>(config.error());
    if (!people)
        return people.error();
    int shutOut = 0;
    for (const core::Person& person : *people)
        shutOut += std::none_of(config->rules.begin(), config->rules.end(),
                                [&](const core::AccessRule& each) { return isMember(person, each.group); });
    rule.insert(QStringLiteral("rules"), static_cast<int>(config->rules.size()));
    rule.insert(QStringLiteral("without_any_rule"), config->restricted() ? shutOut : 0);
    return rule;
}

Result<QJsonObject> addRule(const Asked& asked) {
    const auto ends = ruleEnds(asked);
    if (!ends)
        return ends.error();
    const std::string asMode = asked.text(u"mode");
    const auto mode = core::authModeFrom(asMode.empty() ? "face" : asMode);
    if (!mode)
        return Error{ErrorKind::Usage,
                     "'" + asMode + "' is no authentication mode",
                     {},
                     "Allowed: face, face_or_pin, face_pin, face_card, card_pin"};
    const core::AccessRule rule{
        {newUuid(asked.now.wall)}, ends->group.id, asked.text(u"door"), ends->schedule.id, *mode};
    if (const auto added = asked.store.addRule(rule, asked.by()); !added)
        return added.error();
    return withMeaning(asked.store, ruleJson(rule, asked.config));
}

Result<QJsonObject> listRules(const Asked& asked) {
    QJsonArray rules;
    for (const core::AccessRule& rule : asked.config.rules)
        rules.append(ruleJson(rule, asked.config));
    return QJsonObject{{QStringLiteral("rules"), rules}, {QStringLiteral("lost"), asked.config.rulesLost}};
}

Result<QJsonObject> removeRule(const Asked& asked) {
    const auto ends = ruleEnds(asked);
    if (!ends)
        return ends.error();
    for (const core::AccessRule& rule : asked.config.rules) {
        if (rule.group != ends->group.id || rule.schedule != ends->schedule.id || rule.door != asked.text(u"door"))
            continue;
        if (const auto removed = asked.store.removeRule(rule.id, asked.by()); !removed)
            return removed.error();
        return withMeaning(asked.store, ruleJson(rule, asked.config));
    }
    return Error{ErrorKind::Failed, "There is no such rule", {}, "See: facelatch-ctl rule list"};
}

constexpr RuleCommand commands[] = {
    {"group.add", addGroup}, {"group.list", listGroups}, {"group.members", groupMembers}, {"group.remove", removeGroup},
    {"group.set", setGroup}, {"rule.add", addRule},      {"rule.list", listRules},        {"rule.remove", removeRule},
};

} // namespace

QJsonObject ruleJson(const core::AccessRule& rule, const core::AccessConfig& config) {
    const core::Group* group = config.group(rule.group);
    const core::Schedule* schedule = config.schedule(rule.schedule);
    return {{QStringLiteral("group"), group != nullptr ? string(group->name) : QString()},
            {QStringLiteral("schedule"), schedule != nullptr ? string(schedule->name) : QString()},
            {QStringLiteral("door"), string(rule.door)},
            {QStringLiteral("mode"), string(core::authModeCode(rule.mode))}};
}

std::optional<Result<QJsonObject>> runRuleCommand(Store& store, const QString& command, const QJsonObject& args,
                                                  core::Now now) {
    for (const auto& table : {std::span<const RuleCommand>(commands), scheduleCommands()})
        for (const RuleCommand& each : table) {
            if (command != QLatin1String(each.name))
                continue;
            auto config = store.access();
            if (!config)
                return config.error();
            return each.run({store, args, now, *std::move(config)});
        }
    return std::nullopt;
}

} // namespace facelatch::app
