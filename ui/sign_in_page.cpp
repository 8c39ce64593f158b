// SPDX-License-Identifier: GPL-3.0-or-later
// Signing in.
#include "ui/sign_in_page.h"

#include "core/pin.h"
#include "ui/admin_words.h"
#include "ui/kit_words.h"
#include "ui/pin_pad.h"

#include <QBoxLayout>

#include <algorithm>
#include <utility>

namespace facelatch::ui {

using resources::Palette;

SignInPage::SignInPage(AdminPort& port, Clock clock, bool shuffled, QWidget* parent)
    : QWidget(parent),
      m_port(port),
      m_clock(std::move(clock)),
      m_back(new Button(Button::Kind::Quiet, Icon::Back, {}, this)),
      m_title(new TextBlock({.fits = {{resources::fontTitle, 2}, {resources::fontBody, 2}}, .bold = true}, this)),
      m_message(new TextBlock({.fits = {{resources::fontBody, resources::mostBannerLines}}, .colour = &Palette::muted},
                              this)),
      m_pad(new PinPad(
          {.leastDigits = core::leastPinDigits(core::PinPurpose::Admin), .shuffled = shuffled, .cancels = true}, this)),
      m_outer(new QBoxLayout(QBoxLayout::LeftToRight, this)),
      m_words(new QVBoxLayout) {
    setObjectName(QStringLiteral("signInPage"));
    m_back->setObjectName(QStringLiteral("signInBack"));
    m_back->setAccessibleName(KitWords::back());
    m_back->setTall(true);
    m_title->setObjectName(QStringLiteral("signInTitle"));
    m_title->setText(AdminWords::administration());
    m_message->setObjectName(QStringLiteral("signInMessage"));
    m_pad->setObjectName(QStringLiteral("signInPad"));
    m_words->addWidget(m_back, 0, Qt::AlignLeft);
    m_words->addStretch();
    m_words->addWidget(m_title);
    m_words->addWidget(m_message);
    m_words->addStretch();
    m_outer->addLayout(m_words, 1);
    m_outer->addWidget(m_pad, 0, Qt::AlignCenter);
    connect(m_back, &QAbstractButton::clicked, this, &SignInPage::leaves);
    connect(m_pad, &PinPad::cancelled, this, &SignInPage::leaves);
    m_pad->onEntered([this](const core::Digits& digits) {
        enter(QString::fromLatin1(digits.text().data(), qsizetype(digits.size())));
    });
    say(AdminWords::yourPin(), &Palette::muted);
    readState();
}

void SignInPage::say(const QString& text, ColourRole colour) {
    m_message->setText(text);
    m_message->setColour(colour);
}

void SignInPage::enter(const QString& pin) {
    m_pad->setBusy(true);
    say(KitWords::busy(), &Palette::muted);
    m_port.ask(QStringLiteral("session.sign_in"), {{QStringLiteral("pin"), pin}}, this, [this](const auto& answer) {
        m_pad->clear();
        m_pad->setBusy(m_locked);
        if (answer) {
            Q_EMIT signedIn(*answer);
            return;
        }
        say(AdminWords::wrongPin(), &Palette::refused);
        readState();
    });
}

/// Whether it is locked, and for how long.
void SignInPage::readState() {
    m_port.ask(QStringLiteral("session.state"), {}, this, [this](const auto& answer) {
        const double seconds = answer ? answer->value(QLatin1String("locked_for_s")).toDouble() : 0;
        if (seconds <= 0)
            return;
        m_locked = true;
        m_lockedUntil = m_clock().mono + core::milliseconds(qRound64(seconds * resources::msPerSecond));
        tick();
    });
}

void SignInPage::tick() {
    if (!m_locked)
        return;
    const auto left = std::chrono::ceil<std::chrono::seconds>(m_lockedUntil - m_clock().mono).count();
    m_locked = left > 0;
    m_pad->setBusy(m_locked);
    if (m_locked)
        say(AdminWords::tryAgainIn(left), &Palette::refused);
    else
        say(AdminWords::yourPin(), &Palette::muted);
}

void SignInPage::restyle(const Style& style) {
    m_style = style;
    m_outer->setDirection(style.portrait ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    const int edge = style.px(resources::spaceS);
    m_outer->setContentsMargins(edge, edge, edge, edge);
    m_outer->setSpacing(style.px(resources::spaceL));
    m_words->setSpacing(style.px(resources::spaceXs));
}

} // namespace facelatch::ui
