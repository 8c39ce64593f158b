// SPDX-License-Identifier: GPL-3.0-or-later
// What stands over the picture.
#include "ui/enrol_stage.h"

#include "ui/enrol_dots.h"
#include "ui/panel.h"
#include "ui/people_words.h"
#include "ui/viewfinder.h"

#include <QBoxLayout>

namespace facelatch::ui {

EnrolStage::EnrolStage(core::LatestFrame& frames, std::function<core::Now()> clock, bool mirrored, QWidget* parent)
    : QWidget(parent),
      m_clock(std::move(clock)),
      m_finder(new Viewfinder(frames, mirrored, this)),
      m_head(new Panel({.marginX = resources::spaceM, .marginY = resources::spaceXs}, this)),
      m_foot(new Panel({.marginX = resources::spaceM, .marginY = resources::spaceXs}, this)),
      m_step(new TextBlock({.fits = {{resources::fontBody, 1}, {resources::fontSmall, 2}}, .centred = true}, m_head)),
      m_hint(new TextBlock(
          {.fits = {{resources::fontTitle, 1}, {resources::fontBody, 2}}, .bold = true, .centred = true}, m_foot)),
      m_dots(new EnrolDots(this)),
      m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("enrolStage"));
    m_finder->setObjectName(QStringLiteral("enrolFinder"));
    m_step->setObjectName(QStringLiteral("enrolStep"));
    m_hint->setObjectName(QStringLiteral("enrolHint"));
    m_dots->setObjectName(QStringLiteral("enrolDots"));
    m_head->box()->addWidget(m_step);
    m_foot->box()->addWidget(m_hint);
    m_column->addWidget(m_head);
    m_column->addStretch();
    m_column->addWidget(m_foot);
    m_column->addWidget(m_dots);
    connect(&m_timer, &QTimer::timeout, this, [this] { m_finder->tick(m_clock().mono); });
}

void EnrolStage::present(const core::EnrolmentView& view) {
    core::VisitorView picture;
    picture.claimant = view.face;
    picture.others = view.others;
    picture.frameWidth = view.frameWidth;
    picture.frameHeight = view.frameHeight;
    picture.progress = view.progress;
    m_finder->setView(picture);
    const bool taking = view.phase == core::EnrolPhase::Taking;
    const bool starting = view.phase == core::EnrolPhase::Starting;
    const int index = static_cast<int>(view.current);
    m_dots->setCurrent(taking ? index : -1, view.progress);
    m_step->setText(starting ? EnrolWords::starting()
                    : taking ? EnrolWords::step(index + 1, view.current)
                             : EnrolWords::testing());
    sayHint(view.hint, starting);
}

/// A line stays long enough to be read.
void EnrolStage::sayHint(core::EnrolHint hint, bool starting) {
    const core::MonoTime now = m_clock().mono;
    if (m_shown == hint || (m_shown && now - m_since < core::milliseconds(resources::hintHoldsMs)))
        return;
    m_shown = hint;
    m_since = now;
    m_hint->setText(EnrolWords::hint(hint));
    m_foot->setVisible(!starting && hint != core::EnrolHint::None);
}

void EnrolStage::setPicture(int index, const QPixmap& picture) {
    m_dots->setPicture(index, picture, m_finder->oval().toRect());
}

void EnrolStage::restyle(const Style& style) {
    const int edge = style.px(resources::spaceS);
    m_column->setContentsMargins(edge, edge, edge, edge);
    m_column->setSpacing(style.px(resources::spaceXs));
}

void EnrolStage::resizeEvent(QResizeEvent*) {
    m_finder->setGeometry(rect());
    m_finder->lower();
}

void EnrolStage::showEvent(QShowEvent*) {
    m_shown.reset();
    m_timer.start(resources::lookPeriodMs);
}

void EnrolStage::hideEvent(QHideEvent*) {
    m_timer.stop();
}

} // namespace facelatch::ui
