// SPDX-License-Identifier: GPL-3.0-or-later
// Laying out facts.
#include "ui/fact_card.h"

#include "resources/tokens.h"

#include <QBoxLayout>

namespace facelatch::ui {

using resources::Palette;

namespace {

TextLook look(ColourRole colour) {
    return {.fits = {{resources::fontSmall, resources::mostParagraphLines}}, .colour = colour, .balanced = false};
}

} // namespace

FactCard::FactCard(Icon icon, const QString& title, QWidget* parent)
    : Panel({.marginX = resources::spaceS, .marginY = resources::spaceS, .spacing = resources::spaceXs}, parent) {
    box()->setDirection(QBoxLayout::TopToBottom);
    auto* head = new QHBoxLayout;
    auto* text = new TextBlock({.fits = {{resources::fontBody, 2}}, .bold = true, .balanced = false}, this);
    text->setText(title);
    head->addWidget(new IconLabel(icon, resources::iconSmall, &Palette::accent, this));
    head->addWidget(text, 1);
    box()->addLayout(head);
}

void FactCard::add(const QString& what, const QString& value) {
    if (value.isEmpty())
        return;
    auto* row = new QHBoxLayout;
    auto* left = new TextBlock(look(&Palette::muted), this);
    auto* right = new TextBlock(look(&Palette::text), this);
    left->setText(what);
    right->setText(value);
    row->addWidget(left, resources::factNameShare, Qt::AlignTop);
    row->addWidget(right, resources::factValueShare, Qt::AlignTop);
    box()->addLayout(row);
}

TextBlock* FactCard::addText(const QString& text, ColourRole colour) {
    auto* block = new TextBlock(look(colour), this);
    block->setText(text);
    box()->addWidget(block);
    return block;
}

} // namespace facelatch::ui
