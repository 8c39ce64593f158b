// SPDX-License-Identifier: GPL-3.0-or-later
// Who may enter when: groups, schedules, holidays, rules, and who may enter now.
#pragma once

#include "ui/admin_page.h"

#include <QStringList>

class QBoxLayout;
class QStackedLayout;

namespace facelatch::ui {

class BusyLine;
class Button;
class Chip;
class EmptyState;
class FlowRow;
class ScrollArea;

/// Five tabs with a list each; what a row leads to is a page of the second level. Everything that goes can be brought
/// back for a while.
class AccessPage : public AdminPage {
    Q_OBJECT
public:
    enum class Tab { Groups, Schedules, Holidays, Rules, Now };

    explicit AccessPage(const AdminContext& context, QWidget* parent = nullptr);

    QString title() const override;
    void shown() override;
    void changed(const QString& what) override;
    void showTab(Tab tab);

protected:
    void restyled() override;

private:
    using Fill = void (AccessPage::*)(const QJsonObject&);
    void addTab(const char* name, const QString& text, Tab tab);
    void load();
    void read(const QString& command, const QJsonObject& args, Fill fill);
    void showGroups(const QJsonObject& answer);
    void showSchedules(const QJsonObject& answer);
    void showHolidays(const QJsonObject& answer);
    void showRules(const QJsonObject& answer);
    void showPreview(const QJsonObject& answer);
    void addPressed();
    void addGroup();
    void addSchedule();
    void askRemoveHoliday(const QJsonObject& holiday);
    void askRemoveRule(const QJsonObject& rule);
    void askTime();
    class ListRow* addRow(const char* name, const QString& title, const QString& detail);
    void showEmpty(const QString& title, const QString& text);

    Tab m_tab = Tab::Groups;
    QStringList m_groups, m_schedules; ///< names, as read last
    qint64 m_at = 0;                   ///< of the preview; 0: now
    int m_round = 0;                   ///< answers for another tab are not taken
    QBoxLayout* m_column;
    FlowRow* m_tabs;
    QList<Chip*> m_chips;
    BusyLine* m_busy;
    QWidget* m_body;
    QStackedLayout* m_stack;
    ScrollArea* m_list;
    EmptyState* m_empty;
    Button* m_add;
};

} // namespace facelatch::ui
