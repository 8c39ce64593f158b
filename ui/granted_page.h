// SPDX-License-Identifier: GPL-3.0-or-later
// The screen of a grant: a full-width band with a tick, the name, and how long the door stays open.
#pragma once

#include "ui/page.h"
#include "ui/panel.h"

namespace facelatch::ui {

class GrantedPage : public Page {
    Q_OBJECT
public:
    explicit GrantedPage(QWidget* parent = nullptr);
    void present(const core::VisitorView& view, core::Now now) override;
    void tick(core::Now now) override;
    void restyle(const Style& style) override;

private:
    Panel* m_band;
    TextBlock* m_welcome;
    TextBlock* m_by; ///< who opened from afar
    TextBlock* m_door;
    TextBlock* m_seconds;
    TimeBar* m_bar;
    QBoxLayout* m_words;
    QBoxLayout* m_doorRow;
    QBoxLayout* m_column;
    bool m_released = false;
    core::MonoTime m_until{};
    core::milliseconds m_lasts{0};
};

} // namespace facelatch::ui
