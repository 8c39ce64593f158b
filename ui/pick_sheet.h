// SPDX-License-Identifier: GPL-3.0-or-later
// PickSheet: one of many, found as one types.
#pragma once

#include "ui/sheet.h"

#include <QStringList>

#include <functional>

namespace facelatch::ui {

struct PickSheet {
    /// A list like Sheet::choose(), with a field to search in where it is long; of very long ones the first hundred
    /// that fit are shown. `current`: -1 for none. Gui thread.
    static Sheet* open(QWidget* from, const QString& title, const QStringList& options, int current,
                       std::function<void(int)> chosen);
};

} // namespace facelatch::ui
