// SPDX-License-Identifier: GPL-3.0-or-later
// The one table of settings, and a validated set of values with where each comes from.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace facelatch::core {

enum class SettingType { Bool, Int, Real, Text, Choice, TimeOfDay };

/// Bool, Int, Real, or Text, Choice and TimeOfDay.
using SettingValue = std::variant<bool, std::int64_t, double, std::string>;

struct SettingRow {
    std::string_view key; ///< "section.name", as in settings.toml
    SettingType type;
    std::string_view defaultValue; ///< as text, parsed by the row's type
    double min = 0, max = 0;       ///< inclusive, for Int and Real
    std::string_view choices;      ///< for Choice: separated by '|'
    std::string_view unit;
    std::string_view meaning; ///< one or two plain sentences (English source text)
    bool needsRestart = true;
    bool secret = false; ///< is never printed, logged or shown
};

/// Every setting once, ordered by section.
std::span<const SettingRow> settingRows();
/// nullptr when there is no such key.
const SettingRow* settingRow(std::string_view key);
/// "a whole number from 1 to 10", "one of: off, passive" ...
std::string allowedValues(const SettingRow& row);
/// The known key that looks most like `key`, for "did you mean"; empty when none is near.
std::string_view nearestKey(std::string_view key);

/// Who said it; the later wins.
enum class SettingOrigin { Default, Owner, Local, CommandLine };
std::string_view originText(SettingOrigin origin);

class Settings {
public:
    /// All defaults.
    Settings();

    /// Takes a value over unless a stronger origin has already spoken. `where` ("file:line") goes into the error, which
    /// names the key and the allowed values; nothing is changed then.
    Status set(std::string_view key, const SettingValue& value, SettingOrigin origin, std::string_view where);
    /// The same from text, as on a command line: "recognition.margin", "0.06".
    Status setText(std::string_view key, std::string_view text, SettingOrigin origin, std::string_view where);

    /// The key must exist and have that type: anything else is our own bug.
    bool flag(std::string_view key) const;
    std::int64_t integer(std::string_view key) const;
    double real(std::string_view key) const;
    const std::string& text(std::string_view key) const;

    /// Of the row's kind.
    const SettingValue& value(std::string_view key) const;
    std::string valueText(std::string_view key) const;
    /// As valueText(), for people and logs: "(set)" for a secret that is not empty, and addresses without passwords.
    std::string shownText(std::string_view key) const;
    SettingOrigin origin(std::string_view key) const;
    const std::string& where(std::string_view key) const;

private:
    struct Entry {
        SettingValue value;
        SettingOrigin origin = SettingOrigin::Default;
        std::string where;
    };
    const Entry& entry(std::string_view key) const;

    std::map<std::string, Entry, std::less<>> m_entries;
};

/// An address such as "rtsp://name:word@camera/live?password=word" as it may be shown: what stands before an '@' in the
/// host, and the values of everything called like a password, become "...". Other texts stay as they are.
std::string withoutPasswords(std::string_view text);

/// The commented settings.toml with every setting at its default, each line switched off by '#'.
std::string settingsTemplate();

} // namespace facelatch::core
