// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the settings' page itself; those of the settings are in ui/setting_texts.h.
#pragma once

#include <QCoreApplication>
#include <QJsonObject>
#include <QLocale>
#include <QString>

#include <string_view>

namespace facelatch::ui {

/// Gui thread.
struct SettingWords {
    Q_DECLARE_TR_FUNCTIONS(SettingWords)
public:
    static QString title();
    static QString search();
    static QString nothingFound();
    static QString nothingFoundLine();
    static QString changedHere(int count);
    static QString reset();
    static QString changed();
    static QString fromOwner();
    static QString fixed();
    static QString waits();
    static QString isSet();
    static QString notSet();
    /// What the table takes for that row, in words.
    static QString allowed(const QJsonObject& row, const QLocale& locale);

    static QString restartNeeded();
    static QString restartNow();
    static QString restartQuestion();
    static QString restartDetail();
    static QString restarting();

    /// Of a security level's code.
    static QString level(std::string_view code);
    static QString ownValue(const QString& value);
    static QString mistaken(double rate, int people, const QLocale& locale);
    static QString notMeasured();
    static QString basis(bool measured);
    static QString advised(const QString& level);
    static QString offerPin(int people);
};

} // namespace facelatch::ui
