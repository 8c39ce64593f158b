// SPDX-License-Identifier: GPL-3.0-or-later
// Calendar: one month of days to choose from, without a keyboard.
#pragma once

#include "ui/button.h"

#include <QDate>
#include <QLocale>
#include <QSet>

#include <optional>

class QBoxLayout;

namespace facelatch::ui {

/// Buttons for the months at both sides of the month's name, a row of weekdays, the days. Gui thread.
class Calendar : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit Calendar(const QLocale& locale, QWidget* parent = nullptr);

    /// The month of that day.
    void showMonth(QDate day);
    QDate month() const { return m_month; }
    /// Months outside cannot be reached; an invalid date is no limit.
    void setLimits(QDate first, QDate last);
    /// Days of the month shown that may be chosen; nothing: all.
    void setDays(std::optional<QSet<int>> days);
    void setSelected(QDate day);
    QDate selected() const { return m_selected; }
    void setToday(QDate day);
    void restyle(const Style& style) override;

Q_SIGNALS:
    /// Another month is shown, by its first day.
    void monthChanged(QDate month);
    void chosen(QDate day);

private:
    class Days;
    void step(int months);
    void showName();

    QLocale m_locale;
    QDate m_month, m_selected, m_today, m_first, m_last;
    std::optional<QSet<int>> m_days;
    QBoxLayout* m_column;
    QBoxLayout* m_head;
    Button* m_before;
    Button* m_after;
    TextBlock* m_name;
    Days* m_grid;
};

} // namespace facelatch::ui
