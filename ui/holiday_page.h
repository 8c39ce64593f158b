// SPDX-License-Identifier: GPL-3.0-or-later
// A new holiday: its date, its name, and whether the door opens for some hours.
#pragma once

#include "ui/admin_page.h"

class QBoxLayout;

namespace facelatch::ui {

class Button;
class Calendar;
class ClockField;
class ScrollArea;
class Segments;
class TextField;
class Toggle;

class HolidayPage : public AdminPage {
    Q_OBJECT
public:
    explicit HolidayPage(const AdminContext& context, QWidget* parent = nullptr);

    QString title() const override;

protected:
    void restyled() override;

private:
    void showHours();
    QString proposal() const;
    void save();

    bool m_named = false; ///< a name was typed
    QBoxLayout* m_outer;
    ScrollArea* m_scroll;
    QBoxLayout* m_columns;
    Calendar* m_calendar;
    TextField* m_name;
    Toggle* m_yearly;
    Segments* m_kind;
    ClockField* m_from;
    ClockField* m_to;
    Button* m_save;
};

} // namespace facelatch::ui
