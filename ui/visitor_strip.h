// SPDX-License-Identifier: GPL-3.0-or-later
// VisitorStrip: what the door tells its visitor while the admin's screens cover it.
#pragma once

#include "core/time.h"
#include "core/visitor_view.h"
#include "ui/icon.h"
#include "ui/text_block.h"

class QBoxLayout;

namespace facelatch::ui {

/// A thin line at the top, always of one height, so that nothing moves under the admin's finger: the lock's state, a
/// welcome on green, a refusal, or that the door is out of service. The same words as on the visitor's own screens.
class VisitorStrip : public QWidget, public Styled {
    Q_OBJECT
public:
    explicit VisitorStrip(QWidget* parent = nullptr);
    void present(const core::VisitorView& view, core::Now now);
    void restyle(const Style& style) override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Style m_style;
    ColourRole m_fill = &resources::Palette::surface;
    QBoxLayout* m_row;
    IconLabel* m_icon;
    TextBlock* m_text;
    TextBlock* m_left;
};

} // namespace facelatch::ui
