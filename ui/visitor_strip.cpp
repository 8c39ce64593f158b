// SPDX-License-Identifier: GPL-3.0-or-later
// The visitor's answer in one line.
#include "ui/visitor_strip.h"

#include "ui/words.h"

#include <QBoxLayout>
#include <QPainter>

namespace facelatch::ui {

using core::Screen;
using resources::Palette;

namespace {

TextLook lineLook(bool bold) {
    return {.fits = {{resources::fontSmall, 1}}, .colour = &Palette::muted, .bold = bold, .balanced = false};
}

} // namespace

VisitorStrip::VisitorStrip(QWidget* parent)
    : QWidget(parent),
      m_row(new QHBoxLayout(this)),
      m_icon(new IconLabel(Icon::Lock, resources::iconSmall, &Palette::muted, this)),
      m_text(new TextBlock(lineLook(true), this)),
      m_left(new TextBlock(lineLook(true), this)) {
    setObjectName(QStringLiteral("visitorStrip"));
    m_text->setObjectName(QStringLiteral("visitorWords"));
    m_left->setObjectName(QStringLiteral("visitorSeconds"));
    m_left->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_row->addWidget(m_icon);
    m_row->addWidget(m_text, 1);
    m_row->addWidget(m_left);
}

void VisitorStrip::present(const core::VisitorView& view, core::Now now) {
    struct Answer {
        Icon icon;
        ColourRole fill, ink;
        QString words, left;
    };
    Answer answer{view.doorReleased ? Icon::LockOpen : Icon::Lock,
                  &Palette::surface,
                  view.doorReleased ? &Palette::granted : &Palette::muted,
                  Words::doorState(view.doorReleased),
                  {}};
    if (view.lockedDown && !view.doorReleased) {
        answer.ink = &Palette::refused;
        answer.words = Words::lockedDown();
    }
    if (view.screen == Screen::Granted) {
        const QString by = cleanName(QString::fromStdString(view.openedBy));
        answer = {Icon::Tick,
                  &Palette::granted,
                  &Palette::onGranted,
                  by.isEmpty() ? Words::welcome(cleanName(QString::fromStdString(view.name))) : Words::openedBy(by),
                  {}};
        const auto left = std::chrono::ceil<std::chrono::seconds>(view.until - now.mono).count();
        if (view.doorReleased && view.lasts.count() > 0 && left > 0)
            answer.left = Words::seconds(left);
    } else if (view.screen == Screen::Refused && !view.lockedDown) {
        answer = {Icon::Wave, &Palette::surface, &Palette::refused, Words::refusal(), {}};
    } else if (view.screen == Screen::OutOfService) {
        answer = {Icon::Warning, &Palette::surface, &Palette::alarm, Words::outOfService(), {}};
    }
    m_icon->setIcon(answer.icon);
    for (TextBlock* text : {m_text, m_left})
        text->setColour(answer.ink);
    m_icon->setColour(answer.ink);
    m_text->setText(answer.words);
    m_left->setText(answer.left);
    if (answer.fill != m_fill) {
        m_fill = answer.fill;
        update();
    }
}

void VisitorStrip::restyle(const Style& style) {
    m_style = style;
    setFixedHeight(style.px(resources::stripHeight));
    m_row->setContentsMargins(style.px(resources::spaceS), 0, style.px(resources::spaceS), 0);
    m_row->setSpacing(style.px(resources::spaceXs));
    update();
}

void VisitorStrip::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), m_style.colour(m_fill));
}

} // namespace facelatch::ui
