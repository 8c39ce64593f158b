// SPDX-License-Identifier: GPL-3.0-or-later
// SettingsPage: every setting of the door, made from the table.
#pragma once

#include "ui/admin_page.h"
#include "ui/setting_control.h"

#include <QJsonArray>

class QBoxLayout;

namespace facelatch::ui {

class BusyLine;
class Button;
class Panel;
class ScrollArea;
class SearchField;
class SettingRow;

/// Groups first, then the settings of one; a search shows settings of all. Changes are written at once. A bar says when
/// something waits for a restart. Gui thread.
class SettingsPage : public AdminPage {
    Q_OBJECT
public:
    explicit SettingsPage(const AdminContext& context, QWidget* parent = nullptr);

    QString title() const override;
    void shown() override;
    bool hasBack() const override { return !m_group.isEmpty(); }
    bool back() override;
    void changed(const QString& what) override;

protected:
    void restyled() override;

private:
    void read();
    void take(const QJsonObject& list);
    void openGroup(const QString& group);
    void build();
    void addGroups();
    void addSettings(const QString& group, const QString& search);
    void set(const QString& key, const QJsonValue& value);
    void replaceRow(const QJsonObject& row);
    void showRestart(bool needed);
    void askRestart();

    QJsonArray m_groups; ///< of settings.list
    SettingFacts m_facts;
    QString m_group; ///< the one that is open; empty: all
    QBoxLayout* m_column;
    SearchField* m_search;
    BusyLine* m_busy;
    ScrollArea* m_list;
    Panel* m_restart;
    Button* m_restartNow;
};

} // namespace facelatch::ui
