// SPDX-License-Identifier: GPL-3.0-or-later
// SetupWizard: the first start of a door: one question a step, with a way back.
#pragma once

#include "ui/setup_steps.h"

namespace facelatch::ui {

class BusyLine;

/// Nothing is saved before the last step; leaving keeps the answers but the PIN. Gui thread.
class SetupWizard : public QWidget, public Styled {
    Q_OBJECT
public:
    enum class Step { Language, Pin, Names, Wiring, Camera, Lock, Clock, Summary };

    /// `context` outlives it. Begins at the draft's step.
    SetupWizard(const AdminContext& context, SetupDraft draft, QWidget* parent = nullptr);

    /// What was answered, to go on with later; the wizard forgets it.
    SetupDraft takeDraft();
    void tick();
    /// Less room: the keyboard is there.
    void setNarrow(bool narrow);
    void restyle(const Style& style) override;

Q_SIGNALS:
    void leaves();
    /// Another wizard should be made, in that language: it is in the draft, and so is the next step.
    void languageChosen(const QString& language);
    /// It is saved, and the first admin made.
    void finished();

private:
    void go(int step);
    void goOn();
    void goBack();
    void finish();
    SetupStep* make(Step step);
    void look();

    const AdminContext& m_context;
    SetupDraft m_draft;
    Style m_style;
    Button* m_back;
    TextBlock* m_title;
    TextBlock* m_progress;
    TimeBar* m_bar;
    BusyLine* m_busy;
    TextBlock* m_error;
    Button* m_next;
    QBoxLayout* m_head;
    QBoxLayout* m_foot;
    QBoxLayout* m_column;
    SetupStep* m_step = nullptr;
    bool m_narrow = false;
};

} // namespace facelatch::ui
