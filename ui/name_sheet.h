// SPDX-License-Identifier: GPL-3.0-or-later
// NameSheet: asks for a name, with one that would do already there.
#pragma once

#include "ui/sheet.h"

#include <functional>

namespace facelatch::ui {

struct NameSheet {
    /// `chosen` gets a name that is not blank. Gui thread.
    static Sheet* open(QWidget* from, const QString& title, const QString& proposal,
                       std::function<void(const QString&)> chosen);
};

} // namespace facelatch::ui
