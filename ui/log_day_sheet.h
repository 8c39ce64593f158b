// SPDX-License-Identifier: GPL-3.0-or-later
// The calendar of the log: days that have entries.
#pragma once

#include "ui/admin_page.h"

#include <QDate>

#include <functional>

namespace facelatch::ui {

struct LogDaySheet {
    /// `chosen` gets an invalid date for "every day". Gui thread.
    static void open(AdminPage* page, const AdminContext& context, QDate current, std::function<void(QDate)> chosen);
};

} // namespace facelatch::ui
