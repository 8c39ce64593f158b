// SPDX-License-Identifier: GPL-3.0-or-later
// The control for a setting, made from its row of the table.
#pragma once

#include <QJsonObject>
#include <QLocale>
#include <QString>
#include <QWidget>

#include <functional>

namespace facelatch::ui {

/// What a control needs besides its row.
struct SettingFacts {
    QLocale locale;
    QJsonObject recognition; ///< of settings.list: what the security levels are chosen by
};

struct SettingControl {
    QWidget* widget = nullptr;
    bool besideName = false;                      ///< stands in the line of the name
    std::function<void(const QJsonObject&)> show; ///< another state of the same row; says nothing
};

/// `wanted`: somebody chose that value, of a kind and in a range the table takes. `wrong`: what is typed is none, and
/// why; empty once it is one. Gui thread.
struct SettingCalls {
    std::function<void(const QJsonValue&)> wanted;
    std::function<void(const QString&)> wrong;
};
SettingControl makeSettingControl(const QJsonObject& row, const SettingFacts& facts, SettingCalls calls,
                                  QWidget* parent);

/// What the security levels mean for the people enrolled, in a few sentences.
QString securityText(const QJsonObject& row, const SettingFacts& facts);

} // namespace facelatch::ui
