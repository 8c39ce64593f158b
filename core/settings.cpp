// SPDX-License-Identifier: GPL-3.0-or-later
// Validation and layering of settings.
#include "core/settings.h"

#include "core/day_span.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <numeric>
#include <optional>

namespace facelatch::core {

namespace {

constexpr std::size_t longestText = 1000;

/// The shortest text that reads back as `value`; always with a point, whatever the process's locale.
std::string number(double value) {
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return std::to_string(static_cast<std::int64_t>(value));
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

bool isChoice(std::string_view choices, std::string_view value) {
    while (!choices.empty()) {
        const auto bar = choices.find('|');
        if (choices.substr(0, bar) == value)
            return true;
        choices = bar == std::string_view::npos ? std::string_view{} : choices.substr(bar + 1);
    }
    return false;
}

bool inRange(const SettingRow& row, double value) {
    return std::isfinite(value) && value >= row.min && value <= row.max;
}

/// The value as the row's type, or nothing when it does not fit type and range.
std::optional<SettingValue> fitted(const SettingRow& row, const SettingValue& value) {
    switch (row.type) {
    case SettingType::Bool:
        return std::holds_alternative<bool>(value) ? std::optional(value) : std::nullopt;
    case SettingType::Int:
        if (const auto* whole = std::get_if<std::int64_t>(&value); whole && inRange(row, static_cast<double>(*whole)))
            return value;
        return std::nullopt;
    case SettingType::Real:
        if (const auto* whole = std::get_if<std::int64_t>(&value); whole && inRange(row, static_cast<double>(*whole)))
            return static_cast<double>(*whole);
        if (const auto* real = std::get_if<double>(&value); real && inRange(row, *real))
            return value;
        return std::nullopt;
    case SettingType::Text:
        if (const auto* text = std::get_if<std::string>(&value); text && text->size() <= longestText)
            return value;
        return std::nullopt;
    case SettingType::Choice:
        if (const auto* text = std::get_if<std::string>(&value); text && isChoice(row.choices, *text))
            return value;
        return std::nullopt;
    case SettingType::TimeOfDay:
        if (const auto* text = std::get_if<std::string>(&value); text && minuteOfDay(*text))
            return value;
        return std::nullopt;
    }
    return std::nullopt;
}

/// Text as the nearest kind of value; a wrong one is found out by fitted().
SettingValue parsed(const SettingRow& row, std::string_view text) {
    const char* end = text.data() + text.size();
    if (row.type == SettingType::Bool && (text == "true" || text == "false"))
        return text == "true";
    if (row.type == SettingType::Int || row.type == SettingType::Real) {
        std::int64_t whole = 0;
        if (const auto [at, error] = std::from_chars(text.data(), end, whole); error == std::errc{} && at == end)
            return whole;
        double real = 0;
        if (const auto [at, error] = std::from_chars(text.data(), end, real); error == std::errc{} && at == end)
            return real;
    }
    return std::string(text);
}

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
        }
    }
    return row.back();
}

} // namespace

const SettingRow* settingRow(std::string_view key) {
    const auto rows = settingRows();
    const auto found = std::find_if(rows.begin(), rows.end(), [key](const SettingRow& row) { return row.key == key; });
    return found == rows.end() ? nullptr : &*found;
}

std::string allowedValues(const SettingRow& row) {
    switch (row.type) {
    case SettingType::Bool:
        return "true or false";
    case SettingType::Int:
        return "a whole number from " + number(row.min) + " to " + number(row.max);
    case SettingType::Real:
        return "a number from " + number(row.min) + " to " + number(row.max);
    case SettingType::Text:
        return "a text in quotes, at most 1000 bytes";
    case SettingType::Choice: {
        std::string list = "one of: ";
        for (const char c : row.choices)
            list += c == '|' ? std::string(", ") : std::string(1, c);
        return list;
    }
    case SettingType::TimeOfDay:
        return "a time of day in quotes, from 00:00 to 23:59, such as 07:30";
    }
    return {};
}

std::string_view nearestKey(std::string_view key) {
    std::string_view best;
    // Farther than four edits, or than half of it, is another word.
    std::size_t bestDistance = std::min<std::size_t>(4, key.size() / 2) + 1;
    for (const SettingRow& row : settingRows()) {
        const auto name = row.key.substr(row.key.find('.') + 1);
        const std::size_t distance = std::min(editDistance(key, row.key), editDistance(key, name));
        if (distance < bestDistance) {
            bestDistance = distance;
            best = row.key;
        }
    }
    return best;
}

std::string_view originText(SettingOrigin origin) {
    switch (origin) {
    case SettingOrigin::Default:
        return "default";
    case SettingOrigin::Owner:
        return "settings.toml";
    case SettingOrigin::Local:
        return "settings.local.toml";
    case SettingOrigin::CommandLine:
        return "command line";
    }
    return {};
}

Settings::Settings() {
    for (const SettingRow& row : settingRows()) {
        const auto value = fitted(row, parsed(row, row.defaultValue));
        assert(value);
        m_entries.emplace(row.key, Entry{*value, SettingOrigin::Default, {}});
    }
}

Status Settings::set(std::string_view key, const SettingValue& value, SettingOrigin origin, std::string_view where) {
    const SettingRow* row = settingRow(key);
    if (row == nullptr) {
        const auto near = nearestKey(key);
        return Error{ErrorKind::Usage, "Unknown setting '" + std::string(key) + "'", std::string(where),
                     near.empty() ? "See all settings with: facelatch-ctl settings show"
                                  : "Did you mean '" + std::string(near) + "'?"};
    }
    auto fitting = fitted(*row, value);
    if (!fitting)
        return Error{ErrorKind::Usage, "The value of '" + std::string(key) + "' cannot be used", std::string(where),
                     "Allowed is " + allowedValues(*row)};
    Entry& target = m_entries.find(key)->second;
    if (origin >= target.origin)
        target = {std::move(*fitting), origin, std::string(where)};
    return Done{};
}

Status Settings::setText(std::string_view key, std::string_view text, SettingOrigin origin, std::string_view where) {
    const SettingRow* row = settingRow(key);
    return set(key, row != nullptr ? parsed(*row, text) : SettingValue(std::string(text)), origin, where);
}

const Settings::Entry& Settings::entry(std::string_view key) const {
    const auto found = m_entries.find(key);
    assert(found != m_entries.end());
    return found->second;
}

bool Settings::flag(std::string_view key) const {
    return std::get<bool>(entry(key).value);
}
std::int64_t Settings::integer(std::string_view key) const {
    return std::get<std::int64_t>(entry(key).value);
}
double Settings::real(std::string_view key) const {
    return std::get<double>(entry(key).value);
}
const std::string& Settings::text(std::string_view key) const {
    return std::get<std::string>(entry(key).value);
}

const SettingValue& Settings::value(std::string_view key) const {
    return entry(key).value;
}

std::string Settings::valueText(std::string_view key) const {
    const SettingValue& value = entry(key).value;
    if (const auto* flagValue = std::get_if<bool>(&value))
        return *flagValue ? "true" : "false";
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return std::to_string(*whole);
    if (const auto* realValue = std::get_if<double>(&value))
        return number(*realValue);
    return std::get<std::string>(value);
}

std::string Settings::shownText(std::string_view key) const {
    const std::string value = valueText(key);
    if (settingRow(key)->secret)
        return value.empty() ? value : "(set)";
    return withoutPasswords(value);
}

SettingOrigin Settings::origin(std::string_view key) const {
    return entry(key).origin;
}
const std::string& Settings::where(std::string_view key) const {
    return entry(key).where;
}

std::string withoutPasswords(std::string_view text) {
    std::string shown(text);
    const auto scheme = shown.find("://");
    if (scheme == std::string::npos)
        return shown;
    // Passwords may hold any character: the last '@' before the path counts, and one behind it is taken for one too.
    const auto host = scheme + 3;
    if (const auto at = shown.rfind('@'); at != std::string::npos && at >= host)
        shown.replace(host, at - host, "...");
    constexpr std::string_view ends = "&;/#";
    for (auto equals = shown.find('='); equals != std::string::npos; equals = shown.find('=', equals + 1)) {
        const auto begin = shown.find_last_of("?&;/", equals) + 1;
        std::string name = shown.substr(begin, equals - begin);
        std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
        const bool secret = std::ranges::any_of(std::array{"pass", "pwd", "secret", "token", "key"},
                                                [&](const char* part) { return name.find(part) != std::string::npos; });
        if (secret)
            shown.replace(equals + 1, std::min(shown.find_first_of(ends, equals), shown.size()) - equals - 1, "...");
    }
    return shown;
}

std::string settingsTemplate() {
    std::string out = "# Settings of Facelatch. Every line shows a default; take the '#' away to change it.\n"
                      "# Check with: facelatch-ctl settings check\n";
    std::string section;
    for (const SettingRow& row : settingRows()) {
        const std::string name(row.key.substr(0, row.key.find('.')));
        if (name != section) {
            out += "\n[" + name + "]\n";
            section = name;
        }
        const std::string unit = row.unit.empty() ? "" : " (" + std::string(row.unit) + ")";
        const bool quoted =
            row.type == SettingType::Text || row.type == SettingType::Choice || row.type == SettingType::TimeOfDay;
        const std::string_view quote = quoted ? "\"" : "";
        const auto add = [&out](std::initializer_list<std::string_view> parts) {
            for (const std::string_view part : parts)
                out += part;
        };
        add({"\n# ", row.meaning, "\n# Allowed: ", allowedValues(row), unit, ".\n"});
        add({"#", row.key.substr(row.key.find('.') + 1), " = ", quote, row.defaultValue, quote, "\n"});
    }
    return out;
}

} // namespace facelatch::core
