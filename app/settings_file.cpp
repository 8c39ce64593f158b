// SPDX-License-Identifier: GPL-3.0-or-later
// TOML to Settings.
#include "app/settings_file.h"

#include <filesystem>
#include <optional>

#include <toml++/toml.h>

namespace facelatch::app {

namespace {

using core::ErrorKind;

std::optional<core::SettingValue> settingValue(const toml::node& node) {
    if (const auto* value = node.as_boolean())
        return core::SettingValue(value->get());
    if (const auto* value = node.as_integer())
        return core::SettingValue(value->get());
    if (const auto* value = node.as_floating_point())
        return core::SettingValue(value->get());
    if (const auto* value = node.as_string())
        return core::SettingValue(value->get());
    return std::nullopt;
}

std::string place(const std::string& path, const toml::source_region& source) {
    return path + ":" + std::to_string(source.begin.line);
}

void takeOver(const std::string& path, const std::string& key, const toml::node& node, core::SettingOrigin origin,
              core::Settings& settings, SettingsRead& read) {
    const std::string where = place(path, node.source());
    if (const toml::table* table = node.as_table(); table != nullptr && core::settingRow(key) == nullptr) {
        for (const auto& [name, child] : *table)
            takeOver(path, key.empty() ? std::string(name.str()) : key + "." + std::string(name.str()), child, origin,
                     settings, read);
        return;
    }
    // A list, date or table is never right: an empty text makes the refusal name the key and what is allowed.
    const auto value = settingValue(node);
    const core::SettingRow* row = core::settingRow(key);
    if (!value && row != nullptr) {
        read.errors.push_back({ErrorKind::Usage, "The value of '" + key + "' cannot be used", where,
                               "Allowed is " + core::allowedValues(*row)});
        return;
    }
    if (const auto set = settings.set(key, value.value_or(core::SettingValue(std::string())), origin, where); !set)
        read.errors.push_back(set.error());
}

} // namespace

SettingsRead readSettingsFile(const std::string& path, core::SettingOrigin origin, core::Settings& settings) {
    SettingsRead read;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return read;
    read.exists = true;
    if (std::filesystem::is_directory(path, ignored)) { // it would read as an empty file
        read.errors.push_back({ErrorKind::Usage, "The settings file is a folder", path, "Give a file"});
        return read;
    }
    try {
        const toml::table table = toml::parse_file(path);
        takeOver(path, {}, table, origin, settings, read);
    } catch (const toml::parse_error& error) {
        // toml++ reports an unreadable file in the same way, without a line.
        const auto line = error.source().begin.line;
        read.errors.push_back(
            {ErrorKind::Usage, "The settings file cannot be understood: " + std::string(error.description()),
             line > 0 ? place(path, error.source()) : path,
             "Mend that line; an example of every setting prints with: facelatch-ctl settings defaults"});
    }
    return read;
}

core::Status applyAssignment(const std::string& assignment, core::Settings& settings) {
    const auto equals = assignment.find('=');
    if (equals == std::string::npos || equals == 0)
        return core::Error{ErrorKind::Usage, "'" + assignment + "' is not KEY=VALUE", "--set",
                           "Example: --set door.name=Workshop"};
    return settings.setText(assignment.substr(0, equals), assignment.substr(equals + 1),
                            core::SettingOrigin::CommandLine, "--set");
}

} // namespace facelatch::app
