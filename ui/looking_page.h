// SPDX-License-Identifier: GPL-3.0-or-later
// The screen while faces are looked at: the live picture shows through; one line of help, and the lock's state.
#pragma once

#include "ui/page.h"
#include "ui/panel.h"
#include "ui/words.h"

#include <optional>

namespace facelatch::ui {

class LookingPage : public Page {
    Q_OBJECT
public:
    explicit LookingPage(QWidget* parent = nullptr);
    void present(const core::VisitorView& view, core::Now now) override;
    void tick(core::Now now) override;
    void restyle(const Style& style) override;

private:
    void say(Help help, core::MonoTime now);

    DoorState* m_state;
    Panel* m_chip;
    IconLabel* m_icon;
    TextBlock* m_text;
    Panel* m_pill;
    QBoxLayout* m_column;
    std::optional<Help> m_shown; ///< nothing until the page is first presented
    Help m_wanted;
    core::MonoTime m_since{};

protected:
    void hideEvent(QHideEvent* event) override;
};

} // namespace facelatch::ui
