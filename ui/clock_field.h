// SPDX-License-Identifier: GPL-3.0-or-later
// ClockField: a time of day with earlier and later, half an hour at a time.
#pragma once

#include "ui/button.h"

class QBoxLayout;

namespace facelatch::ui {

class ClockField : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit ClockField(const QString& label, QWidget* parent = nullptr);
    /// Since midnight. `last` 1440: the end of the day may be chosen.
    void setRange(int first, int last);
    /// Says nothing; changed() comes from people alone. Brought into the range.
    void setMinutes(int minutes);
    int minutes() const { return m_minutes; }
    void restyle(const Style& style) override;

Q_SIGNALS:
    void changed(int minutes);

private:
    void step(int by);

    int m_first = 0, m_last = 0, m_minutes = 0;
    QBoxLayout* m_row;
    TextBlock* m_label;
    Button* m_earlier;
    TextBlock* m_shown;
    Button* m_later;
};

} // namespace facelatch::ui
