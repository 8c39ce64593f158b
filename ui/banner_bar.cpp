// SPDX-License-Identifier: GPL-3.0-or-later
// The strip of notices.
#include "ui/banner_bar.h"

#include <QBoxLayout>

namespace facelatch::ui {

using resources::Palette;

BannerBar::BannerBar(QWidget* parent)
    : Panel({.corner = 0, .marginY = resources::spaceXs, .spacing = resources::spaceXs}, parent),
      m_text(new TextBlock({.fits = {{resources::fontBody, 1},
                                     {resources::fontSmall, 1},
                                     {resources::fontSmall, resources::mostBannerLines}},
                            .colour = &Palette::refused,
                            .balanced = false},
                           this)) {
    setObjectName(QStringLiteral("bannerBar"));
    m_text->setObjectName(QStringLiteral("bannerText"));
    auto* icon = new IconLabel(Icon::Info, resources::iconSmall, &Palette::refused, this);
    box()->addWidget(icon, 0, Qt::AlignVCenter);
    box()->addWidget(m_text, 1);
    hide();
}

void BannerBar::setTexts(const QStringList& texts) {
    m_text->setText(texts.join(QStringLiteral("   \u2022\u00A0"))); // the bullet stays with what follows it
    setVisible(!texts.isEmpty());
}

int BannerBar::heightFor(int width) const {
    return m_text->text().isEmpty() ? 0 : layout()->totalHeightForWidth(width);
}

} // namespace facelatch::ui
