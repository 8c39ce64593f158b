// SPDX-License-Identifier: GPL-3.0-or-later
// Feedback: nothing here yet, one moment, and "done, undo?".
#pragma once

#include "ui/button.h"
#include "ui/panel.h"

#include <QTimer>
#include <QVariantAnimation>

#include <functional>

namespace facelatch::ui {

/// What a list shows while it is empty: what will appear here, and how; with a button if there is something to do.
class EmptyState : public QWidget, public Styled {
    Q_OBJECT
public:
    EmptyState(Icon icon, const QString& title, const QString& text, QWidget* parent = nullptr);
    void setTexts(const QString& title, const QString& text);
    Button* addAction(const QString& text, std::function<void()> run);
    void restyle(const Style& style) override;

private:
    QBoxLayout* m_column;
    TextBlock* m_title;
    TextBlock* m_text;
};

/// A thin line in which something moves while an answer is awaited. Keeps its height when it rests, so that nothing
/// jumps.
class BusyLine : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit BusyLine(QWidget* parent = nullptr);
    void setBusy(bool busy);
    bool isBusy() const { return m_busy; }
    void restyle(const Style& style) override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Style m_style;
    bool m_busy = false;
    QVariantAnimation m_moves;
};

/// One sentence at the foot of a screen that goes by itself: after 10 s with an undo, after 5 without.
class NoticeBar : public Panel {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);
    /// Replaces what stood there; its undo is then no longer offered. `undo` may be empty.
    void tell(const QString& text, std::function<void()> undo);
    /// Takes it away.
    void put();
    int heightFor(int width) const;

Q_SIGNALS:
    /// It came or went.
    void changed();

private:
    TextBlock* m_text;
    Button* m_undo;
    std::function<void()> m_action;
    QTimer m_timer;
};

} // namespace facelatch::ui
