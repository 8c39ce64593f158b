// SPDX-License-Identifier: GPL-3.0-or-later
// The log: one line a visit, filters above, and who changed what.
#pragma once

#include "ui/admin_page.h"
#include "ui/log_model.h"

#include <QDate>

#include <optional>

class QBoxLayout;
class QStackedLayout;

namespace facelatch::ui {

class BusyLine;
class Chip;
class EmptyState;
class FlowRow;
class LogList;

class LogPage : public AdminPage {
    Q_OBJECT
public:
    explicit LogPage(const AdminContext& context, QWidget* parent = nullptr);

    QString title() const override;
    void shown() override;
    void changed(const QString& what) override;

protected:
    void restyled() override;

private:
    enum class View { Visits, Alarms, Changes };
    struct Person {
        QString id, name;
    };

    Chip* addChip(const char* name, void (LogPage::*pressed)());
    void pressedDay();
    void pressedPerson();
    void pressedOutcome();
    void pressedReason();
    void pressedAlarms();
    void pressedChanges();
    void choosePerson(const QList<Person>& people);
    void setView(View view);
    void apply();
    void showChips();
    void showState();
    void open(int row);
    void openChange(const LogRow& row);
    bool filtered() const;

    View m_view = View::Visits;
    QDate m_day;
    Person m_person;
    std::optional<core::Outcome> m_outcome;
    std::optional<core::Reason> m_reason;
    LogModel m_model;
    QBoxLayout* m_column;
    FlowRow* m_chips;
    Chip* m_dayChip;
    Chip* m_personChip;
    Chip* m_outcomeChip;
    Chip* m_reasonChip;
    Chip* m_alarmsChip;
    Chip* m_changesChip = nullptr; ///< for those who may see it
    BusyLine* m_busy;
    QWidget* m_body;
    QStackedLayout* m_stack;
    LogList* m_list;
    EmptyState* m_empty;
};

} // namespace facelatch::ui
