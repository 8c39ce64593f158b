// SPDX-License-Identifier: GPL-3.0-or-later
// Sheet: a question or a choice on a card over the screen. No window of its own, no nested event loop.
#pragma once

#include "ui/button.h"
#include "ui/panel.h"

#include <QPointer>

#include <functional>

class QBoxLayout;

namespace facelatch::ui {

class ScrollArea;

/// Whoever carries sheets, and knows the style they wear: the admin's screen. Without one a sheet covers the window.
class SheetHost {
public:
    virtual ~SheetHost() = default;
    virtual const Style& hostStyle() const = 0;
    /// At its foot, what no sheet covers: the keyboard, when it is open, for what is asked may be a text.
    virtual int uncovered() const { return 0; }
};

/// Covers its host until it is answered; Escape and a press beside the card mean no. Deletes itself. Gui thread.
class Sheet : public QWidget, public Styled {
    Q_OBJECT
public:
    /// What is asked before something goes; `what` names it: "Remove Alice and her 5 face templates?".
    struct Question {
        QString what;
        QString detail; ///< what that means, may be empty
        QString yes;    ///< the word on the button: "Remove"
        bool danger = true;
    };
    /// `from`: any widget on the screen that is to be covered. `yes` is called after the sheet has gone.
    static Sheet* confirm(QWidget* from, const Question& question, std::function<void()> yes);
    static Sheet* message(QWidget* from, const QString& title, const QString& text);
    /// A list to choose from, the current one marked (-1: none).
    static Sheet* choose(QWidget* from, const QString& title, const QStringList& options, int current,
                         std::function<void(int)> chosen);

    /// An empty one: a title and what is put into body(), which scrolls where it is too long.
    Sheet(QWidget* from, const QString& title);
    void add(QWidget* widget);
    /// At the foot of the card, from left to right. The sheet goes first, then `run` is called.
    Button* addAction(Button::Kind kind, const QString& text, std::function<void()> run);
    /// Shows it, with the focus on the first action.
    void open();
    /// Goes without an answer.
    void dismiss();
    void restyle(const Style& style) override;

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void leave();
    void cover();
    void place();

    QWidget* m_host;
    Style m_style;
    Panel* m_card;
    TextBlock* m_title;
    ScrollArea* m_body;
    QBoxLayout* m_actions;
    QPointer<QWidget> m_before; ///< had the focus
    bool m_pressedBeside = false;
};

/// The style that `inside` wears: its host's.
Style styleAround(const QWidget* inside);

} // namespace facelatch::ui
