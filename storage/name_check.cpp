// SPDX-License-Identifier: GPL-3.0-or-later
// Names of people, groups, schedules and holidays.
#include "storage/name_check.h"

#include <QList>
#include <QString>

#include <algorithm>

namespace facelatch::storage {

namespace {

core::Error usage(std::string what) {
    return {core::ErrorKind::Usage, std::move(what), "", ""};
}

} // namespace

core::Status checkName(const std::string& name, int maxCharacters) {
    const QString decoded = QString::fromStdString(name);
    if (decoded.toStdString() != name)
        return usage("the name is not valid UTF-8");
    const auto characters = decoded.toUcs4();
    if (decoded.trimmed().isEmpty())
        return usage("the name is empty");
    if (characters.size() > maxCharacters)
        return usage("the name has " + std::to_string(characters.size()) + " characters, at most " +
                     std::to_string(maxCharacters) + " are allowed");
    const bool control = std::any_of(characters.begin(), characters.end(), [](uint c) {
        return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
    });
    if (control)
        return usage("the name contains control characters");
    return core::Done{};
}

} // namespace facelatch::storage
