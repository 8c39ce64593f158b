// SPDX-License-Identifier: GPL-3.0-or-later
// A schedule: its week, painted by a finger.
#pragma once

#include "core/schedule.h"
#include "ui/admin_page.h"

class QBoxLayout;

namespace facelatch::ui {

class Button;
class TextBlock;
class Toggle;
class WeekGrid;

class SchedulePage : public AdminPage {
    Q_OBJECT
public:
    /// `schedule` as in schedule.list; of a new one only the name.
    SchedulePage(const AdminContext& context, const QJsonObject& schedule, bool isNew, QWidget* parent = nullptr);

    QString title() const override;
    bool back() override;
    bool wide() const override { return true; }

protected:
    void restyled() override;

private:
    bool isChanged() const;
    core::WeekPeriods week() const;
    void showSentence();
    void askDay(int weekday);
    void save();
    void askName();
    void rename(const QString& name);
    void askRemove();

    QJsonObject m_schedule; ///< as it is stored
    bool m_isNew, m_painted = false;
    core::WeekPeriods m_stored;
    QBoxLayout* m_column;
    QBoxLayout* m_foot; ///< below each other where it is narrow
    QBoxLayout* m_buttons;
    ScrollArea* m_scroll;
    WeekGrid* m_grid;
    TextBlock* m_sentence;
    Toggle* m_through;
    Button* m_rename;
    Button* m_remove;
    Button* m_save;
};

} // namespace facelatch::ui
