// SPDX-License-Identifier: GPL-3.0-or-later
// cutOff(): the words of a screen that do not fit their places, for tests of its layout.
#pragma once

#include "ui/button.h"
#include "ui/choices.h"
#include "ui/text_block.h"

#include <QFontMetrics>
#include <QStringList>

namespace facelatch::test {

/// Of what is visible inside: sentences, buttons, switches, segments, chips. Rows of lists may be elided. Empty if all
/// fits.
inline QStringList cutOff(const QWidget& inside) {
    QStringList wrong;
    const auto judge = [&](const ui::FittedText& fitted, const QString& text, int height) {
        if (fitted.elided)
            wrong << QStringLiteral("elided: ") + text;
        if (QFontMetrics(fitted.font).height() * fitted.lines.size() > height)
            wrong << QStringLiteral("too high: ") + text;
    };
    for (const ui::TextBlock* block : inside.findChildren<ui::TextBlock*>())
        if (block->isVisible() && !block->text().isEmpty())
            judge(block->fitted(), block->text(), block->height());
    for (const ui::Button* button : inside.findChildren<ui::Button*>())
        // An icon alone has words for assistive programs only.
        if (button->isVisible() && !button->text().isEmpty() && button->width() > button->height() * 3 / 2)
            judge(button->fitted(), button->text(), button->height());
    for (const ui::Toggle* toggle : inside.findChildren<ui::Toggle*>())
        if (toggle->isVisible() && !toggle->text().isEmpty())
            judge(toggle->fitted(), toggle->text(), toggle->height());
    for (const ui::Segments* segments : inside.findChildren<ui::Segments*>())
        for (int i = 0; segments->isVisible() && i < segments->count(); ++i)
            judge(segments->fitted(i), segments->option(i)->text(), segments->option(i)->height());
    for (const ui::Chip* chip : inside.findChildren<ui::Chip*>())
        if (chip->isVisible() && chip->width() < chip->sizeHint().width())
            wrong << QStringLiteral("elided: ") + chip->text();
    return wrong;
}

} // namespace facelatch::test
