// SPDX-License-Identifier: GPL-3.0-or-later
// Groups beside groups.
#include "app/alike_cases.h"

#include "app/access_cases.h"
#include "app/clock.h"

#include <QJsonArray>

#include <algorithm>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;

bool byFaceAlone(core::AuthMode mode) {
    return mode == core::AuthMode::Face || mode == core::AuthMode::FaceOrPin;
}

/// Rules of a group, and the group beside it that asks for the PIN, too.
class Twins {
public:
    Twins(storage::Store& store, std::string label, storage::ChangeBy by)
        : m_store(store), m_label(std::move(label)), m_by(std::move(by)) {}

    core::Status read() {
        auto config = m_store.access();
        if (!config)
            return config.error();
        m_config = *std::move(config);
        return core::Done{};
    }
    bool anyRule() const { return !m_config.rules.empty(); }
    bool lax(const core::GroupId& group) const {
        return std::any_of(m_config.rules.begin(), m_config.rules.end(),
                           [&](const auto& rule) { return rule.group == group && byFaceAlone(rule.mode); });
    }

    /// The group beside this one, made where it is missing, with a rule for each of this one's.
    Result<core::GroupId> strict(const core::GroupId& lax) {
        const core::Group* original = m_config.group(lax);
        if (original == nullptr)
            return lax;
        const std::string name = original->name + " (" + m_label + ")";
        const auto known = std::find_if(m_config.groups.begin(), m_config.groups.end(),
                                        [&](const core::Group& group) { return group.name == name; });
        core::GroupId id{known != m_config.groups.end() ? known->id : core::GroupId{newUuid(m_by.when)}};
        if (known == m_config.groups.end())
            if (const auto added = m_store.addGroup({id, name}, m_by); !added)
                return added.error();
        for (const core::AccessRule& rule : m_config.rules) {
            if (rule.group != lax || has(id, rule))
                continue;
            core::AccessRule stricter = rule;
            stricter.id = {newUuid(m_by.when)};
            stricter.group = id;
            stricter.mode = byFaceAlone(rule.mode) ? core::AuthMode::FacePin : rule.mode;
            if (const auto added = m_store.addRule(stricter, m_by); !added)
                return added.error();
        }
        if (const auto again = read(); !again)
            return again.error();
        return id;
    }

    /// Last, when all rules stand: until then nothing is different for the person.
    Result<QJsonObject> move(const core::Person& person) {
        storage::PersonChange change;
        change.groups.emplace();
        for (const core::GroupId& group : person.groups) {
            const auto into = lax(group) ? strict(group) : Result<core::GroupId>(group);
            if (!into)
                return into.error();
            change.groups->push_back(*into);
        }
        if (*change.groups != person.groups)
            if (const auto moved = m_store.changePerson(person.id, change, m_by); !moved)
                return moved.error();
        QJsonArray names;
        for (const core::GroupId& id : *change.groups)
            if (const core::Group* group = m_config.group(id))
                names.append(QString::fromStdString(group->name));
        return QJsonObject{{QStringLiteral("name"), QString::fromStdString(person.name)},
                           {QStringLiteral("groups"), names}};
    }

private:
    bool has(const core::GroupId& group, const core::AccessRule& like) const {
        return std::any_of(m_config.rules.begin(), m_config.rules.end(), [&](const core::AccessRule& rule) {
            return rule.group == group && rule.schedule == like.schedule && rule.door == like.door;
        });
    }

    storage::Store& m_store;
    std::string m_label;
    storage::ChangeBy m_by;
    core::AccessConfig m_config;
};

} // namespace

std::optional<Result<QJsonObject>> runAlikeCommand(storage::Store& store, const QString& command,
                                                   const QJsonObject& args, core::Now now) {
    if (command != u"person.face_and_pin")
        return std::nullopt;
    const std::string label = textOf(args, u"label");
    Twins twins(store, label.empty() ? "face and PIN" : label, changeBy(args, now));
    if (const auto read = twins.read(); !read)
        return read.error();
    if (!twins.anyRule())
        return Error{ErrorKind::Failed,
                     "There are no access rules yet, so everybody comes in by face at any time",
                     {},
                     "Make groups, schedules and rules first (Access), then ask again"};
    QJsonArray moved, withoutPin;
    for (const auto& id : args.value(u"ids").toArray()) {
        const auto person = personMeant(store, id.toString().toStdString());
        if (!person)
            return person.error();
        const auto done = twins.move(*person);
        if (!done)
            return done.error();
        moved.append(*done);
        if (!person->hasPin)
            withoutPin.append(QString::fromStdString(person->name));
    }
    return QJsonObject{{QStringLiteral("moved"), moved}, {QStringLiteral("without_pin"), withoutPin}};
}

} // namespace facelatch::app
