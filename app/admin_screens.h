// SPDX-License-Identifier: GPL-3.0-or-later
// AdminScreens: the admin's screens over the door's window.
#pragma once

#include "core/latest_frame.h"
#include "core/settings.h"
#include "core/visitor_view.h"
#include "ui/admin_port.h"
#include "ui/admin_screen.h"
#include "ui/kiosk_window.h"

#include <QLocale>

namespace facelatch::app {

/// Gui thread. All references outlive it. The set-up is offered by itself where a real lock is driven and nobody has
/// set it up; elsewhere, whoever asks for the admin's screens gets it.
class AdminScreens {
public:
    AdminScreens(ui::KioskWindow& window, ui::AdminPort& port, core::LatestFrame& frames,
                 const core::Settings& settings, const QLocale& locale);
    /// What the door shows its visitor now; while the screens are open they show it, too.
    void present(const core::VisitorView& view) { m_screen->present(view); }
    bool isOpen() const { return m_screen->isOpen(); }

private:
    ui::AdminScreen* m_screen; ///< the window's
};

} // namespace facelatch::app
