// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer's sheets: about one door, and the settings.
#pragma once

#include "ui/sheet.h"
#include "ui/viewer_port.h"

#include <QLocale>

namespace facelatch::ui {

/// Gui thread. Both change things at once; there is no OK to forget.
struct ViewerSheets {
    /// Connection in words, name, forgetting it.
    static Sheet* door(QWidget* from, ViewerPort& port, const QString& door, core::WallTime now, const QLocale& locale);
    /// Notifications, quiet hours, tray, language.
    static Sheet* settings(QWidget* from, ViewerPort& port);
};

} // namespace facelatch::ui
