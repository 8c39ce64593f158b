// SPDX-License-Identifier: GPL-3.0-or-later
// The screen of a refusal: calm, and the same for every reason.
#pragma once

#include "ui/button.h"
#include "ui/page.h"
#include "ui/panel.h"

#include <optional>

namespace facelatch::ui {

class RefusedPage : public Page {
    Q_OBJECT
public:
    /// `helpContact` may be empty.
    explicit RefusedPage(const QString& helpContact, QWidget* parent = nullptr);
    void present(const core::VisitorView& view, core::Now now) override;
    void tick(core::Now now) override;
    void setRing(const Ring& ring) override;
    void restyle(const Style& style) override;

Q_SIGNALS:
    void pinWanted();
    void ringPressed();

private:
    std::optional<core::MonoTime> m_retryAt;
    Ring m_ring;
    Panel* m_band;
    TextBlock* m_sorry;
    TextBlock* m_next;
    TextBlock* m_help;
    Button* m_bell;
    Button* m_pin;
    QBoxLayout* m_buttons;
    QBoxLayout* m_words;
    QBoxLayout* m_column;
};

} // namespace facelatch::ui
