// SPDX-License-Identifier: GPL-3.0-or-later
// The visitor's number pad: because they asked for it, or because the face alone is not enough.
#pragma once

#include "ui/page.h"
#include "ui/panel.h"
#include "ui/pin_pad.h"

#include <functional>

namespace facelatch::ui {

/// Shows how long is left. What was typed is forgotten with each new request, and when the page goes.
class PinPage : public Page {
    Q_OBJECT
public:
    /// A PIN for that request; it is wiped when the call returns.
    using Entered = std::function<void(std::uint64_t request, const core::Digits& digits)>;

    explicit PinPage(bool shuffled, QWidget* parent = nullptr);
    void onEntered(Entered entered) { m_entered = std::move(entered); }
    void present(const core::VisitorView& view, core::Now now) override;
    void tick(core::Now now) override;
    void restyle(const Style& style) override;

Q_SIGNALS:
    void cancelled();
    /// A key was pressed.
    void touched();

private:
    std::uint64_t m_request = 0;
    bool m_sent = false; ///< its PIN is on the way
    core::MonoTime m_until{};
    core::milliseconds m_lasts{0};
    Entered m_entered;
    TextBlock* m_heading;
    TextBlock* m_advice;
    TextBlock* m_seconds;
    TimeBar* m_bar;
    PinPad* m_pad;
    QBoxLayout* m_words;
    QBoxLayout* m_timeRow;
    QBoxLayout* m_row;
};

} // namespace facelatch::ui
