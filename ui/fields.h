// SPDX-License-Identifier: GPL-3.0-or-later
// Fields: text and search, typed on the keyboard at the foot of the screen or on a real one.
#pragma once

#include "ui/button.h"

#include <QLineEdit>

class QBoxLayout;

namespace facelatch::ui {

/// A line of text in a frame that shows where the focus is. What is pasted or typed stays on one line.
class LineEdit : public QLineEdit, public Styled {
    Q_OBJECT
public:
    explicit LineEdit(QWidget* parent = nullptr);
    void setSymbol(Icon symbol);
    /// The frame in the colour of what needs attention.
    void setWrong(bool wrong);
    void restyle(const Style& style) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    Style m_style;
    std::optional<Icon> m_symbol;
    QPixmap m_picture;
    bool m_wrong = false;
};

/// A label, a line to type in, and below it an explanation or, in its place, what is wrong.
class TextField : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit TextField(const QString& label, QWidget* parent = nullptr);
    QString text() const { return m_line->text(); }
    /// Says nothing; edited() comes from people alone.
    void setText(const QString& text);
    void setHelp(const QString& help);
    /// Empty: nothing is wrong.
    void setError(const QString& error);
    void setPlaceholder(const QString& text) { m_line->setPlaceholderText(text); }
    void setMaxLength(int letters) { m_line->setMaxLength(letters); }
    /// Dots instead of letters, and nothing is remembered or suggested.
    void setSecret(bool secret);
    LineEdit* line() const { return m_line; }
    void restyle(const Style& style) override;

Q_SIGNALS:
    void edited(const QString& text);
    /// Enter, or the focus went on, after a change.
    void done(const QString& text);

private:
    void showNote();

    QBoxLayout* m_column;
    TextBlock* m_label;
    LineEdit* m_line;
    TextBlock* m_note;
    QString m_help, m_error;
    bool m_changed = false;
};

/// Search as you type, with a button that empties it.
class SearchField : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit SearchField(QWidget* parent = nullptr);
    QString text() const { return m_line->text(); }
    void setText(const QString& text) { m_line->setText(text); }
    void setPlaceholder(const QString& text) { m_line->setPlaceholderText(text); }
    LineEdit* line() const { return m_line; }
    void restyle(const Style& style) override;

Q_SIGNALS:
    void searched(const QString& text);

private:
    QBoxLayout* m_row;
    LineEdit* m_line;
    Button* m_clear;
};

} // namespace facelatch::ui
