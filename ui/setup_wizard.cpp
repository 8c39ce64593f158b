// SPDX-License-Identifier: GPL-3.0-or-later
// From step to step.
#include "ui/setup_wizard.h"

#include "ui/button.h"
#include "ui/feedback.h"
#include "ui/kit_words.h"
#include "ui/setup_words.h"

#include <QBoxLayout>

#include <algorithm>
#include <utility>

namespace facelatch::ui {

using resources::Palette;

namespace {

constexpr int stepCount = static_cast<int>(SetupWizard::Step::Summary) + 1;

} // namespace

SetupWizard::SetupWizard(const AdminContext& context, SetupDraft draft, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_draft(std::move(draft)),
      m_back(new Button(Button::Kind::Quiet, Icon::Back, {}, this)),
      m_title(new TextBlock({.fits = {{resources::fontTitle, 1}, {resources::fontBody, 1}}, .bold = true}, this)),
      m_progress(new TextBlock({.fits = {{resources::fontSmall, 1}}, .colour = &Palette::muted}, this)),
      m_bar(new TimeBar(&Palette::accent, &Palette::outline, this)),
      m_busy(new BusyLine(this)),
      m_error(new TextBlock(
          {.fits = {{resources::fontSmall, resources::mostLines}}, .colour = &Palette::refused, .balanced = false},
          this)),
      m_next(new Button(Button::Kind::Primary, KitWords::next(), this)),
      m_head(new QHBoxLayout),
      m_foot(new QHBoxLayout),
      m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("setupWizard"));
    m_back->setObjectName(QStringLiteral("setupBack"));
    m_back->setAccessibleName(KitWords::back());
    m_title->setObjectName(QStringLiteral("setupTitle"));
    m_progress->setObjectName(QStringLiteral("setupProgress"));
    m_error->setObjectName(QStringLiteral("setupError"));
    m_next->setObjectName(QStringLiteral("setupNext"));
    m_next->setTall(true);
    m_progress->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_head->addWidget(m_back);
    m_head->addWidget(m_title, 1);
    m_head->addWidget(m_progress);
    m_foot->addWidget(m_error, 1);
    m_foot->addWidget(m_next);
    m_column->addLayout(m_head);
    m_column->addWidget(m_bar);
    m_column->addWidget(m_busy);
    m_column->addLayout(m_foot);
    m_column->setSpacing(0);
    m_column->setContentsMargins(0, 0, 0, 0);
    connect(m_back, &QAbstractButton::clicked, this, &SetupWizard::goBack);
    connect(m_next, &QAbstractButton::clicked, this, &SetupWizard::goOn);
    go(m_draft.step);
}

SetupDraft SetupWizard::takeDraft() {
    if (m_step != nullptr)
        m_step->collect(m_draft);
    SetupDraft taken = m_draft;
    m_draft.pin.wipe();
    return taken;
}

SetupStep* SetupWizard::make(Step step) {
    switch (step) {
    case Step::Language: {
        auto* language = new LanguageStep(this);
        connect(language, &LanguageStep::chosen, this, [this](const QString& code) {
            m_draft.language = code;
            m_draft.step = static_cast<int>(Step::Pin);
            m_step = nullptr; // gone with this wizard
            Q_EMIT languageChosen(code);
        });
        return language;
    }
    case Step::Pin:
        return new PinStep(this);
    case Step::Names:
        return new NamesStep(m_draft, this);
    case Step::Wiring:
        return new WiringStep(m_draft, this);
    case Step::Camera:
        return new CameraStep(m_context, this);
    case Step::Lock:
        return new LockStep(m_context, this);
    case Step::Clock:
        return new ClockStep(m_context, this);
    case Step::Summary:
        break;
    }
    return new SummaryStep(m_draft, this);
}

/// Without a PIN nothing after it can be finished: one that was wiped is asked for again.
void SetupWizard::go(int step) {
    constexpr int pin = static_cast<int>(Step::Pin);
    m_draft.step = m_draft.pin.empty() ? std::min(step, pin) : std::clamp(step, 0, stepCount - 1);
    if (m_step != nullptr) {
        setFocus(Qt::OtherFocusReason); // else it goes to whatever comes next, with a ring
        m_step->hide();
        m_step->deleteLater();
    }
    m_step = make(static_cast<Step>(m_draft.step));
    m_column->insertWidget(m_column->indexOf(m_busy) + 1, m_step, 1);
    m_step->restyle(m_style);
    restyleAll(*m_step, m_style);
    m_step->show();
    connect(m_step, &SetupStep::changed, this, &SetupWizard::look);
    connect(m_step, &SetupStep::answered, this, &SetupWizard::goOn);
    m_error->setText({});
    look();
}

void SetupWizard::look() {
    const bool last = m_draft.step == stepCount - 1;
    m_title->setText(SetupWords::title(m_draft.step));
    m_progress->setText(SetupWords::progress(m_draft.step + 1, stepCount));
    m_bar->setLeft(static_cast<double>(m_draft.step + 1) / stepCount);
    m_next->setText(last ? SetupWords::finish() : KitWords::next());
    m_next->updateGeometry();
    m_next->setVisible(m_step->asksNext() && !m_narrow);
    m_error->setVisible(m_step->asksNext() && !m_narrow);
    m_next->setEnabled(m_step->ready());
}

void SetupWizard::goOn() {
    if (!m_step->ready())
        return;
    m_step->collect(m_draft);
    if (m_draft.step == stepCount - 1)
        finish();
    else
        go(m_draft.step + 1);
}

void SetupWizard::goBack() {
    m_step->collect(m_draft);
    if (m_draft.step == 0)
        Q_EMIT leaves();
    else
        go(m_draft.step - 1);
}

void SetupWizard::finish() {
    m_busy->setBusy(true);
    m_next->setEnabled(false);
    m_error->setText({});
    const QString pin = QString::fromLatin1(m_draft.pin.text().data(), qsizetype(m_draft.pin.size()));
    m_context.port.ask(QStringLiteral("setup.finish"),
                       {{QStringLiteral("language"), m_draft.language},
                        {QStringLiteral("admin_name"), m_draft.adminName},
                        {QStringLiteral("pin"), pin},
                        {QStringLiteral("door_name"), m_draft.doorName},
                        {QStringLiteral("wiring"), m_draft.wiring}},
                       this, [this](const auto& answer) {
                           m_busy->setBusy(false);
                           m_next->setEnabled(true);
                           if (!answer) {
                               m_error->setText(KitWords::error(answer.error()));
                               return;
                           }
                           m_draft.pin.wipe();
                           Q_EMIT finished();
                       });
}

void SetupWizard::tick() {
    if (m_step != nullptr)
        m_step->tick();
}

void SetupWizard::setNarrow(bool narrow) {
    m_narrow = narrow;
    m_bar->setVisible(!narrow);
    m_progress->setVisible(!narrow);
    look();
    restyle(m_style);
}

void SetupWizard::restyle(const Style& style) {
    m_style = style;
    const int edge = style.px(resources::spaceS);
    m_head->setContentsMargins(edge, style.px(resources::spaceXs) / 2, edge, 0);
    m_head->setSpacing(style.px(resources::spaceXs));
    m_foot->setContentsMargins(edge, 0, edge, m_narrow ? 0 : edge);
    m_foot->setSpacing(edge);
    m_title->setMinimumHeight(style.px(resources::listRow));
}

} // namespace facelatch::ui
