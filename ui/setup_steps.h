// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of the first set-up, each a question or two.
#pragma once

#include "core/digits.h"
#include "ui/admin_page.h"
#include "ui/panel.h"

#include <QMap>
#include <QTimer>

class QBoxLayout;

namespace facelatch::ui {

class Button;
class ListRow;
class PinPad;
class ScrollArea;
class TextField;
class Viewfinder;

/// What has been answered so far.
struct SetupDraft {
    int step = 0;
    QString language{};
    QString adminName{}, doorName{};
    QString wiring = QStringLiteral("fail_secure");
    core::Digits pin{};
};

/// One step; made when it is reached, gone when it is left. The wizard has the way back and, where `asksNext()`, the
/// button to go on.
class SetupStep : public QWidget, public Styled {
    Q_OBJECT
public:
    using QWidget::QWidget;
    /// Whether one may go on.
    virtual bool ready() const { return true; }
    virtual bool asksNext() const { return true; }
    /// What was answered goes into the draft.
    virtual void collect(SetupDraft& draft) const { static_cast<void>(draft); }
    virtual void tick() {}

Q_SIGNALS:
    /// ready() may be another.
    void changed();
    /// It is answered: on to the next one.
    void answered();
};

class LanguageStep : public SetupStep {
    Q_OBJECT
public:
    explicit LanguageStep(QWidget* parent = nullptr);
    bool asksNext() const override { return false; }
    void restyle(const Style& style) override;

Q_SIGNALS:
    void chosen(const QString& language);

private:
    QBoxLayout* m_row;
};

/// A PIN, twice. What is obvious or too short is refused in words.
class PinStep : public SetupStep {
    Q_OBJECT
public:
    explicit PinStep(QWidget* parent = nullptr);
    bool asksNext() const override { return false; }
    void collect(SetupDraft& draft) const override;
    void restyle(const Style& style) override;

private:
    void enter(const core::Digits& digits);
    void begin(const QString& why);

    core::Digits m_first, m_chosen;
    TextBlock* m_text;
    TextBlock* m_why;
    PinPad* m_pad;
    QBoxLayout* m_outer;
    QBoxLayout* m_words;
};

class NamesStep : public SetupStep {
    Q_OBJECT
public:
    explicit NamesStep(const SetupDraft& draft, QWidget* parent = nullptr);
    bool ready() const override;
    void collect(SetupDraft& draft) const override;
    void restyle(const Style& style) override;

private:
    TextField* m_door;
    TextField* m_admin;
    QBoxLayout* m_column;
};

class WiringStep : public SetupStep {
    Q_OBJECT
public:
    explicit WiringStep(const SetupDraft& draft, QWidget* parent = nullptr);
    void collect(SetupDraft& draft) const override { draft.wiring = m_wiring; }
    void restyle(const Style& style) override;

private:
    void add(const QString& wiring, const QString& title, const QString& sentence);
    void choose(const QString& wiring);

    QString m_wiring;
    QMap<QString, ListRow*> m_rows;
    ScrollArea* m_area;
    QBoxLayout* m_column;
};

/// Something to look at, a question, yes and no; after a no what to do about it.
class QuestionStep : public SetupStep {
    Q_OBJECT
public:
    struct Texts {
        QString text, question, advice;
    };
    QuestionStep(const Texts& texts, QWidget* picture, QWidget* parent = nullptr);
    void restyle(const Style& style) override;

protected:
    /// Before the question may be answered there is something to do.
    void hideQuestion();
    void showQuestion();
    void say(const QString& text, ColourRole colour);
    QBoxLayout* words() const { return m_words; }

private:
    QString m_advice;
    QWidget* m_picture;
    TextBlock* m_text;
    TextBlock* m_question;
    QWidget* m_answer; ///< the two buttons; an empty layout would be a narrow one
    Button* m_yes;
    Button* m_no;
    QBoxLayout* m_outer;
    QBoxLayout* m_words;
    QBoxLayout* m_answers;
};

/// The live picture, as the visitor sees it.
class CameraStep : public QuestionStep {
    Q_OBJECT
public:
    explicit CameraStep(const AdminContext& context, QWidget* parent = nullptr);

private:
    CameraStep(const AdminContext& context, Viewfinder* finder, QWidget* parent);
    QTimer m_look;
};

/// The lock is released once, while somebody watches the door.
class LockStep : public QuestionStep {
    Q_OBJECT
public:
    explicit LockStep(const AdminContext& context, QWidget* parent = nullptr);

private:
    void test();

    const AdminContext& m_context;
    Button* m_test;
};

class ClockStep : public QuestionStep {
    Q_OBJECT
public:
    explicit ClockStep(const AdminContext& context, QWidget* parent = nullptr);
    void tick() override;

private:
    ClockStep(const AdminContext& context, TextBlock* time, QWidget* parent);
    const AdminContext& m_context;
    TextBlock* m_time;
};

/// What was answered, to read once more.
class SummaryStep : public SetupStep {
    Q_OBJECT
public:
    explicit SummaryStep(const SetupDraft& draft, QWidget* parent = nullptr);
    void restyle(const Style& style) override;

private:
    QBoxLayout* m_column;
};

} // namespace facelatch::ui
