// SPDX-License-Identifier: GPL-3.0-or-later
// The resting screen: clock, date, the door's name and whether it is locked, and how to come in.
#pragma once

#include "ui/button.h"
#include "ui/page.h"
#include "ui/panel.h"

#include <QLocale>

namespace facelatch::ui {

class IdlePage : public Page {
    Q_OBJECT
public:
    IdlePage(const QString& doorName, const QLocale& locale, QWidget* parent = nullptr);
    void present(const core::VisitorView& view, core::Now now) override;
    void tick(core::Now now) override;
    void setRing(const Ring& ring) override;
    void restyle(const Style& style) override;

Q_SIGNALS:
    void pinWanted();
    void ringPressed();

private:
    /// What the foot and the card say: how to come in, what became of ringing, that nobody comes in for now.
    void showWords();
    void makeFoot();

    QLocale m_locale;
    QString m_name; ///< of the door
    Ring m_ring;
    bool m_lockedDown = false;
    TextBlock* m_time;
    TextBlock* m_date;
    TextBlock* m_door;
    DoorState* m_state;
    Panel* m_card;
    TextBlock* m_exit; ///< in a lockdown
    IconLabel* m_sign;
    TextBlock* m_invitation;
    Button* m_bell;
    Button* m_pin;
    Panel* m_foot; ///< one touch target high: the invitation, and where controls belong
    QBoxLayout* m_clock;
    QBoxLayout* m_column;
};

} // namespace facelatch::ui
