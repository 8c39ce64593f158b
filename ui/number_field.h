// SPDX-License-Identifier: GPL-3.0-or-later
// NumberField: a number with less, more, and a keypad of its own.
#pragma once

#include "ui/button.h"

#include <QLocale>

class QBoxLayout;
class QGridLayout;

namespace facelatch::ui {

/// Which numbers a field takes.
struct NumberRange {
    double from = 0, to = 0; ///< inclusive
    double step = 1;         ///< of less and more
    int decimals = 0;
    QString unit; ///< "ms", "%"; may be empty
};

/// Digits to type a number with: 0-9, the decimal sign where decimals are taken, and delete. Real keys work, too.
class NumberPad : public QWidget, public Styled {
    Q_OBJECT
public:
    NumberPad(const NumberRange& range, const QLocale& locale, QWidget* parent = nullptr);
    /// What was typed; nothing yet: nothing.
    QString typed() const { return m_typed; }
    /// The number that was typed, if it is one in the range.
    std::optional<double> value() const;
    void restyle(const Style& style) override;

Q_SIGNALS:
    void edited();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void press(QChar sign);
    void remove();
    void show(bool judged);

    NumberRange m_range;
    QLocale m_locale;
    QString m_typed;
    QBoxLayout* m_column;
    TextBlock* m_display;
    TextBlock* m_note;
    QGridLayout* m_keys;
};

/// The value is pressed to type another one; a number outside the range is not taken, and the range is said.
class NumberField : public QWidget, public Styled {
    Q_OBJECT
public:
    NumberField(const QString& label, const NumberRange& range, const QLocale& locale, QWidget* parent = nullptr);
    double value() const { return m_value; }
    /// Says nothing; changed() comes from people alone. Brought into the range.
    void setValue(double value);
    void restyle(const Style& style) override;

Q_SIGNALS:
    void changed(double value);

private:
    void step(double by);
    void type();
    void showValue();

    QString m_title;
    NumberRange m_range;
    QLocale m_locale;
    double m_value;
    QBoxLayout* m_row;
    TextBlock* m_label;
    Button* m_less;
    Button* m_shown;
    Button* m_more;
};

} // namespace facelatch::ui
