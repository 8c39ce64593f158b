// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands of access_cases.h share: a question with the rules as they are, names, answers. For those files
// only.
#pragma once

#include "app/access_cases.h"

#include <QJsonArray>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace facelatch::app {

struct Asked {
    storage::Store& store;
    const QJsonObject& args;
    core::Now now;
    core::AccessConfig config;
    storage::ChangeBy by() const { return changeBy(args, now); }
    std::string text(QStringView key) const { return textOf(args, key); }
};
struct RuleCommand {
    const char* name;
    core::Result<QJsonObject> (*run)(const Asked&);
};
/// Those of schedules and holidays.
std::span<const RuleCommand> scheduleCommands();

inline QString string(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

inline core::Result<QJsonObject> answer(const core::Status& done, QJsonObject object) {
    return done ? core::Result<QJsonObject>(std::move(object)) : core::Result<QJsonObject>(done.error());
}

/// By name, upper and lower case alike.
template<typename T>
core::Result<T> named(const std::vector<T>& all, const std::string& name, const char* kind) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) {
        return string(one.name).compare(string(name), Qt::CaseInsensitive) == 0;
    });
    if (found != all.end())
        return *found;
    return core::Error{core::ErrorKind::Failed,
                       "There is no " + std::string(kind) + " '" + name + "'",
                       {},
                       "See: facelatch-ctl " + std::string(kind) + " list"};
}

QJsonObject ruleJson(const core::AccessRule& rule, const core::AccessConfig& config);

} // namespace facelatch::app
