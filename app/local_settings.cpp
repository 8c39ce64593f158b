// SPDX-License-Identifier: GPL-3.0-or-later
// Reading, changing and writing settings.local.toml.
#include "app/local_settings.h"

#include "storage/durable_file.h"

#include <filesystem>
#include <locale>
#include <sstream>

#include <toml++/toml.h>

namespace facelatch::app {

namespace {

using core::ErrorKind;

constexpr std::string_view heading = "# What was set at the door's screen. It wins over settings.toml; the screen "
                                     "rewrites it and keeps no comments.\n";

core::Result<toml::table> read(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return toml::table();
    try {
        return toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        return core::Error{ErrorKind::Failed, "The settings cannot be changed: " + std::string(error.description()),
                           path, "Mend that file or take it away, and set things again"};
    }
}

/// The table of a key's section; made when it is missing, and where something else has its name.
toml::table& section(toml::table& all, std::string_view name) {
    toml::node* found = all.get(name);
    if (found == nullptr || !found->is_table()) {
        all.insert_or_assign(name, toml::table());
        found = all.get(name);
    }
    return *found->as_table();
}

void put(toml::table& all, std::string_view key, const core::SettingValue& value) {
    const auto dot = key.find('.');
    toml::table& table = section(all, key.substr(0, dot));
    std::visit([&](const auto& plain) { table.insert_or_assign(key.substr(dot + 1), plain); }, value);
    all.erase(key); // the same key written with quotes
}

void take(toml::table& all, std::string_view key) {
    const auto dot = key.find('.');
    if (toml::table* table = all[key.substr(0, dot)].as_table()) {
        table->erase(key.substr(dot + 1));
        if (table->empty())
            all.erase(key.substr(0, dot));
    }
    all.erase(key);
}

std::string asText(const toml::table& all) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << heading << all << '\n';
    return out.str();
}

} // namespace

std::string localSettingsPath(const std::string& dataFolder) {
    return dataFolder + "/settings.local.toml";
}

core::Status changeLocalSettings(const std::string& dataFolder, const SettingChanges& changes) {
    const std::string path = localSettingsPath(dataFolder);
    core::Settings checked;
    for (const auto& [key, value] : changes) {
        const core::SettingRow* row = core::settingRow(key);
        const core::SettingValue probe = value            ? *value
                                         : row != nullptr ? checked.value(key)
                                                          : core::SettingValue(std::string());
        if (const auto set = checked.set(key, probe, core::SettingOrigin::Local, path); !set)
            return set.error();
    }
    auto all = read(path);
    if (!all)
        return all.error();
    for (const auto& [key, value] : changes) {
        if (value)
            put(*all, key, checked.value(key));
        else
            take(*all, key);
    }
    const std::string text = asText(*all);
    const storage::Bytes bytes(text.begin(), text.end());
    return storage::writeFileDurably(path, bytes);
}

} // namespace facelatch::app
