// SPDX-License-Identifier: GPL-3.0-or-later
// The QR code on the left, words on the right; one below the other in portrait.
#include "ui/pairing_panel.h"

#include "ui/pairing_words.h"
#include "ui/qr_code.h"

#include <QBoxLayout>
#include <QJsonArray>

#include <algorithm>

namespace facelatch::ui {

using resources::Palette;

PairingPanel::PairingPanel(QWidget* parent)
    : QWidget(parent),
      m_row(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_words(new QVBoxLayout),
      m_qr(new QrCode(this)),
      m_bar(new TimeBar(&Palette::accent, &Palette::muted, this)),
      m_again(new Button(Button::Kind::Primary, PairingWords::newCode(), this)),
      m_current(new QWidget(this)) {
    setObjectName(QStringLiteral("pairingPanel"));
    m_qr->setObjectName(QStringLiteral("pairingQr"));
    m_again->setObjectName(QStringLiteral("pairingAgain"));
    addText("pairingScan", resources::fontBody, 2, &Palette::text)->setText(PairingWords::scan());
    addText("pairingOrType", resources::fontSmall, 1, &Palette::muted)->setText(PairingWords::orType());
    m_code = addText("pairingCode", resources::fontHeadline, 1, &Palette::text);
    m_address = addText("pairingAddress", resources::fontSmall, resources::mostLines, &Palette::text);
    m_fingerprint = addText("pairingFingerprint", resources::fontSmall, resources::mostParagraphLines, &Palette::text);
    m_left = addText("pairingLeft", resources::fontBody, 1, &Palette::text);
    m_words->addWidget(m_bar);
    m_tries = addText("pairingTries", resources::fontSmall, 2, &Palette::refused);
    m_words->addStretch();
    m_row->addWidget(m_qr, 0, Qt::AlignTop | Qt::AlignHCenter);
    m_row->addLayout(m_words, 1);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_current->setLayout(m_row);
    m_expired = new TextBlock({.fits = {{resources::fontBody, resources::mostLines}}, .balanced = false}, this);
    m_expired->setObjectName(QStringLiteral("pairingExpired"));
    m_expired->setText(PairingWords::expired());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_current);
    column->addWidget(m_expired);
    column->addWidget(m_again, 0, Qt::AlignLeft);
    connect(m_again, &QAbstractButton::clicked, this, &PairingPanel::newCodeWanted);
}

TextBlock* PairingPanel::addText(const char* name, int size, int lines, ColourRole colour) {
    auto* text = new TextBlock({.fits = {{size, lines}, {resources::fontSmall, resources::mostParagraphLines}},
                                .colour = colour,
                                .bold = size == resources::fontHeadline,
                                .balanced = false},
                               this);
    text->setObjectName(QLatin1String(name));
    m_words->addWidget(text);
    return text;
}

void PairingPanel::showPairing(const QJsonObject& pairing) {
    m_lasts = pairing.value(u"expires_in_s").toInteger();
    m_allTries = 0;
    QStringList hosts;
    for (const auto& host : pairing.value(u"hosts").toArray())
        hosts << host.toString();
    const QString port = QString::number(pairing.value(u"port").toInt());
    m_qr->setText(pairing.value(u"link").toString());
    m_code->setText(pairing.value(u"code").toString());
    m_address->setText(PairingWords::address(hosts.join(QStringLiteral(", ")), port));
    m_fingerprint->setText(PairingWords::fingerprint(pairing.value(u"fingerprint").toString()));
    m_current->show();
    m_expired->hide();
    m_again->hide();
    setLeft(m_lasts, 0);
}

void PairingPanel::setLeft(qint64 seconds, int triesLeft) {
    m_allTries = std::max(m_allTries, triesLeft);
    m_left->setText(PairingWords::timeLeft(seconds));
    m_bar->setLeft(m_lasts > 0 ? static_cast<double>(seconds) / static_cast<double>(m_lasts) : 0);
    m_tries->setText(PairingWords::wrongTries(triesLeft));
    m_tries->setVisible(triesLeft < m_allTries);
}

void PairingPanel::expire() {
    m_qr->setText({});
    m_current->hide();
    m_expired->show();
    m_again->show();
}

void PairingPanel::restyle(const Style& style) {
    m_row->setDirection(style.portrait ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_row->setSpacing(style.px(resources::spaceM));
    m_words->setSpacing(style.px(resources::spaceXs));
    layout()->setSpacing(style.px(resources::spaceS));
}

} // namespace facelatch::ui
