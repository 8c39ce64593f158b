// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the settings: names, meanings, choices and groups in the language that is installed.
#pragma once

#include <QString>

namespace facelatch::ui {

/// What is not known comes back as it is, so that a new setting can be used before it has words. Gui thread.
struct SettingTexts {
    static QString name(const QString& key);
    /// Of the table's English sentence.
    static QString meaning(const QString& english);
    static QString choice(const QString& code);
    static QString unit(const QString& unit);
    /// Of a section such as "door"; and what is in it, in one line.
    static QString group(const QString& section);
    static QString groupLine(const QString& section);

    // For the test that holds the words against the table.
    static bool knowsName(const QString& key);
    static bool knowsMeaning(const QString& english);
    static bool knowsGroup(const QString& section);
};

} // namespace facelatch::ui
