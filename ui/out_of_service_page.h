// SPDX-License-Identifier: GPL-3.0-or-later
// The screen of a door that cannot decide: what is wrong, whom to call, and that the way out is free.
#pragma once

#include "ui/page.h"
#include "ui/panel.h"

#include <vector>

namespace facelatch::ui {

class OutOfServicePage : public Page {
    Q_OBJECT
public:
    explicit OutOfServicePage(const QString& helpContact, QWidget* parent = nullptr);
    /// Shows every fault of the view; the more there are, the shorter each is said.
    void present(const core::VisitorView& view, core::Now now) override;
    void tick(core::Now now) override;
    void restyle(const Style& style) override;

private:
    void makeRows();
    bool explained() const;
    QBoxLayout* makeRow(core::FaultCode code);

    std::vector<core::FaultCode> m_codes;
    Style m_style;
    Panel* m_card;
    QWidget* m_rows = nullptr; ///< made anew when the faults change
    QBoxLayout* m_head;
    QBoxLayout* m_foot;
    std::vector<QBoxLayout*> m_footRows;
    QBoxLayout* m_column;
};

} // namespace facelatch::ui
