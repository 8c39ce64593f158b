// SPDX-License-Identifier: GPL-3.0-or-later
// SettingRow: a setting on the screen: name, sentence, control, and where its value comes from.
#pragma once

#include "ui/panel.h"
#include "ui/setting_control.h"

namespace facelatch::ui {

class Button;

/// Made from one row of settings.list; its object is called like the key. A value that was changed here carries a dot
/// and a way back. Gui thread.
class SettingRow : public Panel {
    Q_OBJECT
public:
    SettingRow(const QJsonObject& row, SettingFacts facts, QWidget* parent = nullptr);
    QString key() const { return m_row.value(u"key").toString(); }
    /// Another state of the same setting.
    void update(const QJsonObject& row);
    /// In place, below the control; empty: nothing is wrong.
    void setError(const QString& error);
    /// The door did not take what was chosen: the control shows what is, and the error why.
    void refuse(const QString& error);

Q_SIGNALS:
    /// Somebody chose a value; null: back to the default.
    void wanted(const QJsonValue& value);

private:
    void showState();

    QJsonObject m_row;
    SettingFacts m_facts;
    QString m_error;
    TextBlock* m_dot;
    TextBlock* m_name;
    Button* m_reset;
    TextBlock* m_meaning;
    SettingControl m_control;
    TextBlock* m_note;
};

} // namespace facelatch::ui
