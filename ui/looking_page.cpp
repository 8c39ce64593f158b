// SPDX-License-Identifier: GPL-3.0-or-later
// The line of help.
#include "ui/looking_page.h"

#include <QBoxLayout>

namespace facelatch::ui {

using resources::Palette;

namespace {

Icon iconFor(Help help) {
    switch (help.hint) {
    case core::Hint::Closer:
        return Icon::Closer;
    case core::Hint::StepBack:
        return Icon::StepBack;
    case core::Hint::LookHere:
        return Icon::Look;
    case core::Hint::MoreLight:
        return Icon::Light;
    case core::Hint::OneAtATime:
        return Icon::OnePerson;
    case core::Hint::HoldStill:
        return Icon::HoldStill;
    case core::Hint::None:
        break;
    }
    return help.stage == Help::Stage::Decided ? Icon::Tick : Icon::Face;
}

} // namespace

LookingPage::LookingPage(QWidget* parent)
    : Page(parent),
      m_state(new DoorState(this)),
      m_chip(new Panel({.marginX = resources::spaceS, .marginY = resources::spaceXs}, this)),
      m_icon(new IconLabel(Icon::Face, resources::iconTitle, &Palette::accent, this)),
      m_text(new TextBlock(
          {.fits = {{resources::fontHeadline, 2}, {resources::fontTitle, 2}}, .bold = true, .centredInPortrait = true},
          this)),
      m_pill(new Panel({.marginY = resources::spaceXs, .stacksInPortrait = true}, this)),
      m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("lookingPage"));
    m_text->setObjectName(QStringLiteral("hint"));
    m_icon->setObjectName(QStringLiteral("hintIcon"));
    m_chip->box()->addWidget(m_state);
    m_pill->box()->addWidget(m_icon, 0, Qt::AlignCenter);
    m_pill->box()->addWidget(m_text);
    m_column->addWidget(m_chip, 0, Qt::AlignRight);
    m_column->addStretch();
    m_column->addWidget(m_pill, 0, Qt::AlignHCenter);
}

void LookingPage::present(const core::VisitorView& view, core::Now now) {
    m_state->setReleased(view.doorReleased);
    using enum Help::Stage;
    m_wanted = {view.hint, !view.claimant ? NoFace : view.progress < 1 ? Deciding : Decided};
    tick(now);
}

/// A line stays long enough to be read, however fast the hints change.
void LookingPage::tick(core::Now now) {
    if (m_shown == m_wanted)
        return;
    if (!m_shown || now.mono - m_since >= core::milliseconds(resources::hintHoldsMs))
        say(m_wanted, now.mono);
}

void LookingPage::say(Help help, core::MonoTime now) {
    m_shown = help;
    m_since = now;
    m_icon->setIcon(iconFor(help));
    m_text->setText(Words::hint(help));
}

void LookingPage::hideEvent(QHideEvent*) {
    m_shown.reset();
}

void LookingPage::restyle(const Style& style) {
    const int edge = style.px(resources::spaceS);
    m_column->setContentsMargins(edge, edge, edge, edge);
}

} // namespace facelatch::ui
