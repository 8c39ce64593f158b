// SPDX-License-Identifier: GPL-3.0-or-later
// What screens say about themselves.
#include "ui/feedback.h"

#include "ui/kit_words.h"

#include <QBoxLayout>
#include <QPainter>

#include <utility>

namespace facelatch::ui {

using resources::Palette;

EmptyState::EmptyState(Icon icon, const QString& title, const QString& text, QWidget* parent)
    : QWidget(parent),
      m_column(new QVBoxLayout(this)),
      m_title(new TextBlock({.fits = {{resources::fontTitle, 2}, {resources::fontBody, resources::mostLines}},
                             .bold = true,
                             .centred = true},
                            this)),
      m_text(new TextBlock(
          {.fits = {{resources::fontBody, resources::mostLines}, {resources::fontSmall, resources::mostParagraphLines}},
           .colour = &Palette::muted,
           .centred = true},
          this)) {
    m_title->setObjectName(QStringLiteral("emptyTitle"));
    m_text->setObjectName(QStringLiteral("emptyText"));
    m_column->addStretch();
    m_column->addWidget(new IconLabel(icon, resources::iconTitle, &Palette::muted, this), 0, Qt::AlignHCenter);
    m_column->addWidget(m_title);
    m_column->addWidget(m_text);
    m_column->addStretch();
    setTexts(title, text);
}

void EmptyState::setTexts(const QString& title, const QString& text) {
    m_title->setText(title);
    m_text->setText(text);
}

Button* EmptyState::addAction(const QString& text, std::function<void()> run) {
    auto* button = new Button(Button::Kind::Primary, text, this);
    button->setObjectName(QStringLiteral("emptyAction"));
    connect(button, &QAbstractButton::clicked, this, std::move(run));
    m_column->insertWidget(m_column->count() - 1, button, 0, Qt::AlignHCenter);
    return button;
}

void EmptyState::restyle(const Style& style) {
    const int edge = style.px(resources::spaceM);
    m_column->setContentsMargins(edge, edge, edge, edge);
    m_column->setSpacing(style.px(resources::spaceS));
}

// --- BusyLine --------------------------------------------------------------------------------------------------------

BusyLine::BusyLine(QWidget* parent) : QWidget(parent) {
    m_moves.setStartValue(0.0);
    m_moves.setEndValue(1.0);
    m_moves.setDuration(resources::busyPeriodMs);
    m_moves.setLoopCount(-1);
    setAccessibleName(KitWords::busy());
    connect(&m_moves, &QVariantAnimation::valueChanged, this, [this] { update(); });
}

void BusyLine::setBusy(bool busy) {
    m_busy = busy;
    if (busy && m_style.motion)
        m_moves.start();
    else
        m_moves.stop();
    update();
}

void BusyLine::restyle(const Style& style) {
    m_style = style;
    setFixedHeight(style.px(resources::bandEdge));
    setBusy(m_busy);
}

/// Without motion the whole line is lit.
void BusyLine::paintEvent(QPaintEvent*) {
    if (!m_busy)
        return;
    QPainter painter(this);
    painter.fillRect(rect(), m_style.colour(&Palette::accent, resources::barTrackOpacity));
    const int piece = m_style.px(resources::busyPiece);
    const double at = m_moves.currentValue().toDouble();
    if (m_style.motion)
        painter.fillRect(QRectF(at * (width() + piece) - piece, 0, piece, height()), m_style.colour(&Palette::accent));
    else
        painter.fillRect(rect(), m_style.colour(&Palette::accent));
}

// --- NoticeBar -------------------------------------------------------------------------------------------------------

NoticeBar::NoticeBar(QWidget* parent)
    : Panel({.marginX = resources::spaceS, .marginY = resources::spaceXs}, parent),
      m_text(new TextBlock(
          {.fits = {{resources::fontBody, 1}, {resources::fontSmall, resources::mostBannerLines}}, .balanced = false},
          this)),
      m_undo(new Button(Button::Kind::Quiet, KitWords::undo(), this)) {
    setObjectName(QStringLiteral("noticeBar"));
    m_text->setObjectName(QStringLiteral("noticeText"));
    m_undo->setObjectName(QStringLiteral("noticeUndo"));
    box()->addWidget(new IconLabel(Icon::Info, resources::iconSmall, &Palette::accent, this), 0, Qt::AlignVCenter);
    box()->addWidget(m_text, 1);
    box()->addWidget(m_undo);
    hide();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &NoticeBar::put);
    connect(m_undo, &QAbstractButton::clicked, this, [this] {
        const auto action = std::exchange(m_action, {});
        put();
        if (action)
            action();
    });
}

void NoticeBar::tell(const QString& text, std::function<void()> undo) {
    m_action = std::move(undo);
    m_text->setText(text);
    m_undo->setVisible(static_cast<bool>(m_action));
    show();
    m_timer.start(m_action ? resources::undoMs : resources::noticeMs);
    Q_EMIT changed();
}

void NoticeBar::put() {
    m_timer.stop();
    m_action = {};
    hide();
    Q_EMIT changed();
}

int NoticeBar::heightFor(int width) const {
    return isHidden() ? 0 : layout()->totalHeightForWidth(width);
}

} // namespace facelatch::ui
