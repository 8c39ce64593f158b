// SPDX-License-Identifier: GPL-3.0-or-later
// An eye and a line.
#include "ui/watched_sign.h"

#include "ui/words.h"

#include <QBoxLayout>

namespace facelatch::ui {

using resources::Palette;

WatchedSign::WatchedSign(QWidget* parent)
    : Panel({.marginX = resources::spaceXs, .marginY = 0, .spacing = resources::spaceXs}, parent) {
    setObjectName(QStringLiteral("watchedSign"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* words = new TextBlock({.fits = {{resources::fontSmall, 1}}, .balanced = false}, this);
    words->setObjectName(QStringLiteral("watchedWords"));
    words->setText(Words::watched());
    box()->addWidget(new IconLabel(Icon::Look, resources::iconSmall, &Palette::accent, this));
    box()->addWidget(words);
    hide();
}

} // namespace facelatch::ui
