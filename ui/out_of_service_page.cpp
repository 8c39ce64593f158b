// SPDX-License-Identifier: GPL-3.0-or-later
// Saying what is wrong.
#include "ui/out_of_service_page.h"

#include "ui/words.h"

#include <QBoxLayout>
#include <QGridLayout>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

namespace {

Icon faultIcon(core::FaultCode code) {
    switch (code) {
    case core::FaultCode::NoCamera:
    case core::FaultCode::ReplayOnRealLock:
    case core::FaultCode::SourceMayNotOpen:
        return Icon::CameraOff;
    case core::FaultCode::NoLock:
        return Icon::Lock;
    case core::FaultCode::LogNotWritable:
    case core::FaultCode::DataUnreadable:
    case core::FaultCode::PicturesNotWritten:
    case core::FaultCode::DiskFull:
    case core::FaultCode::PushOff:
    case core::FaultCode::CertificateEnds:
        return Icon::Warning;
    case core::FaultCode::NoDetector:
    case core::FaultCode::NoEmbedder:
    case core::FaultCode::NoLiveness:
        break;
    }
    return Icon::Wrench;
}

/// Text that keeps its size, so that all rows of a list look alike.
TextBlock* sentence(const QString& name, const QString& words, int size, ColourRole colour, QWidget* parent) {
    auto* text = new TextBlock({.fits = {{size, resources::mostLines}}, .colour = colour}, parent);
    text->setObjectName(name);
    text->setText(words);
    return text;
}

} // namespace

OutOfServicePage::OutOfServicePage(const QString& helpContact, QWidget* parent)
    : Page(parent),
      m_card(new Panel({}, this)),
      m_head(new QHBoxLayout),
      m_foot(new QVBoxLayout),
      m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("outOfServicePage"));
    auto* title =
        new TextBlock({.fits = {{resources::fontHeadline, 2}, {resources::fontTitle, 2}}, .bold = true}, this);
    title->setObjectName(QStringLiteral("outOfService"));
    title->setText(Words::outOfService());
    m_head->addWidget(new IconLabel(Icon::Wrench, resources::iconTitle, &Palette::refused, this));
    m_head->addWidget(title, 1);

    const auto addFootRow = [this](Icon icon, const QString& name, const QString& words) {
        auto* row = new QHBoxLayout;
        row->addWidget(new IconLabel(icon, resources::iconBody, &Palette::accent, this));
        row->addWidget(sentence(name, words, resources::fontTitle, &Palette::text, this), 1);
        m_foot->addLayout(row);
        m_footRows.push_back(row);
    };
    addFootRow(Icon::Phone, QStringLiteral("whomToCall"), Words::whomToCall(cleanName(helpContact)));
    addFootRow(Icon::Exit, QStringLiteral("exitStillWorks"), Words::exitStillWorks());

    m_column->addStretch();
    m_column->addLayout(m_head);
    m_column->addWidget(m_card);
    m_column->addLayout(m_foot);
    m_column->addStretch();
}

void OutOfServicePage::present(const core::VisitorView& view, core::Now) {
    std::vector<core::FaultCode> codes;
    for (const core::Fault& fault : view.faults)
        codes.push_back(fault.code);
    std::stable_partition(codes.begin(), codes.end(), core::stopsTheDoor); // what stops the door comes first
    if (codes == m_codes)
        return;
    m_codes = std::move(codes);
    makeRows();
}

void OutOfServicePage::tick(core::Now) {}

/// A few faults are told one below the other, with what to do; more of them in small print, in two columns where the
/// screen is wide.
void OutOfServicePage::makeRows() {
    delete m_rows;
    m_rows = new QWidget(m_card);
    m_card->box()->addWidget(m_rows);
    m_card->setVisible(!m_codes.empty());
    auto* grid = new QGridLayout(m_rows);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(m_style.px(resources::spaceM));
    grid->setVerticalSpacing(m_style.px(resources::spaceXs));
    const int faults = static_cast<int>(m_codes.size());
    m_column->setSpacing(m_style.px(faults > resources::largeFaults ? resources::spaceS : resources::spaceM));
    const int columns = !m_style.portrait && !explained() ? 2 : 1;
    for (int i = 0; i < faults; ++i) {
        grid->addLayout(makeRow(m_codes[static_cast<std::size_t>(i)]), i / columns, i % columns);
        grid->setColumnStretch(i % columns, 1);
    }
    restyleAll(*m_rows, m_style);
    m_rows->show();
}

/// Whether there is room to say what to do.
bool OutOfServicePage::explained() const {
    const int most = m_style.portrait ? resources::explainedFaultsInPortrait : resources::explainedFaults;
    return static_cast<int>(m_codes.size()) <= most;
}

QBoxLayout* OutOfServicePage::makeRow(core::FaultCode code) {
    using namespace resources;
    const int faults = static_cast<int>(m_codes.size());
    const bool large = faults <= largeFaults, explained = this->explained();
    auto* row = new QHBoxLayout;
    row->setSpacing(m_style.px(explained ? spaceS : spaceXs));
    auto* icon = new IconLabel(faultIcon(code), large ? iconBody : iconSmall, &Palette::refused, m_rows);
    row->addWidget(icon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(sentence(QStringLiteral("faultWhat"), Words::faultWhat(code),
                              large                           ? fontTitle
                              : explained || m_style.portrait ? fontBody
                                                              : fontSmall,
                              &Palette::text, m_rows));
    if (explained)
        words->addWidget(sentence(QStringLiteral("faultRemedy"), Words::faultRemedy(code), large ? fontBody : fontSmall,
                                  &Palette::muted, m_rows));
    words->addStretch(); // beside a longer neighbour it stays with its icon
    row->addLayout(words, 1);
    return row;
}

void OutOfServicePage::restyle(const Style& style) {
    m_style = style;
    const int side = style.px(resources::spaceM), end = style.px(resources::spaceS);
    m_column->setContentsMargins(side, end, side, end);
    m_head->setSpacing(style.px(resources::spaceS));
    m_foot->setSpacing(style.px(resources::spaceXs));
    for (QBoxLayout* row : m_footRows)
        row->setSpacing(style.px(resources::spaceS));
    makeRows();
}

} // namespace facelatch::ui
