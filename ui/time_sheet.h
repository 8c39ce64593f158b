// SPDX-License-Identifier: GPL-3.0-or-later
// TimeSheet: a day and an hour, chosen without a keyboard.
#pragma once

#include "ui/sheet.h"

#include <QLocale>

#include <functional>

namespace facelatch::ui {

struct TimeSheet {
    /// Times are milliseconds since 1970, in this machine's zone on the screen. `chosen` gets 0 for "now". Gui thread.
    static Sheet* open(QWidget* from, const QLocale& locale, qint64 current, qint64 now,
                       std::function<void(qint64)> chosen);
};

} // namespace facelatch::ui
