// SPDX-License-Identifier: GPL-3.0-or-later
// ViewerFilters: what of the log the timeline shows: words, day, person, outcome.
#pragma once

#include "ui/choices.h"
#include "ui/fields.h"
#include "ui/flow_row.h"
#include "ui/viewer_port.h"

#include <QLocale>
#include <QTimer>

#include <functional>

class QBoxLayout;

namespace facelatch::ui {

/// Gui thread.
class ViewerFilters : public QWidget, public Styled {
    Q_OBJECT
public:
    ViewerFilters(ViewerPort& port, std::function<core::WallTime()> clock, const QLocale& locale,
                  QWidget* parent = nullptr);
    /// The doors whose visits are shown; none: all.
    void setDoors(const QStringList& doors);
    const VisitQuery& query() const { return m_query; }
    /// Something narrows the list down.
    bool isFiltered() const;
    /// To the search, as "/" does.
    void startSearch();
    /// Back to everything. Whether there was something to take back.
    bool clear();
    /// +1: the next day; from no day at all, the day before today or today.
    void stepDay(int days);
    void openCalendar();
    void restyle(const Style& style) override;

Q_SIGNALS:
    void changed();
    void exportAsked();

private:
    Chip* addChip(const char* name, void (ViewerFilters::*pressed)());
    void apply();
    void setDay(std::optional<QDate> day);
    void showChips();
    void pressedPerson();
    void pressedOutcome();
    void choosePerson(const QStringList& people);
    QDate today() const;

    ViewerPort& m_port;
    std::function<core::WallTime()> m_clock;
    QLocale m_locale;
    VisitQuery m_query;
    QBoxLayout* m_column;
    QBoxLayout* m_top;
    SearchField* m_search;
    Button* m_export;
    FlowRow* m_chips;
    Button* m_before;
    Chip* m_day;
    Button* m_after;
    Chip* m_person;
    Chip* m_outcome;
    QTimer m_settles;
};

} // namespace facelatch::ui
