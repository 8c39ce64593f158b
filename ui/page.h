// SPDX-License-Identifier: GPL-3.0-or-later
// Page: one screen of the door. It shows what it is told and decides nothing.
#pragma once

#include "core/time.h"
#include "core/visitor_view.h"
#include "ui/ring.h"
#include "ui/style.h"

#include <QWidget>

namespace facelatch::ui {

class Page : public QWidget, public Styled {
public:
    using QWidget::QWidget;
    /// A new view for this page's screen.
    virtual void present(const core::VisitorView& view, core::Now now) = 0;
    /// Time went on while the page is shown.
    virtual void tick(core::Now now) = 0;
    /// What the doorbell does: pages with a button for it show it.
    virtual void setRing(const Ring& ring) { static_cast<void>(ring); }
};

} // namespace facelatch::ui
