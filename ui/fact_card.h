// SPDX-License-Identifier: GPL-3.0-or-later
// FactCard: a heading and lines of what is known, on a field of their own.
#pragma once

#include "ui/icon.h"
#include "ui/panel.h"

namespace facelatch::ui {

/// Plain text; a line breaks where it must. Gui thread.
class FactCard : public Panel {
    Q_OBJECT
public:
    FactCard(Icon icon, const QString& title, QWidget* parent = nullptr);
    /// What it is, muted, and below or beside it what it is now. An empty value adds nothing.
    void add(const QString& what, const QString& value);
    /// A sentence of its own.
    TextBlock* addText(const QString& text, ColourRole colour = &resources::Palette::muted);
};

} // namespace facelatch::ui
