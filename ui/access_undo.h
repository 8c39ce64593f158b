// SPDX-License-Identifier: GPL-3.0-or-later
// Bringing back what was removed, and a free name for what is new.
#pragma once

#include "ui/admin_port.h"

#include <QList>
#include <QPair>
#include <QStringList>

#include <functional>

namespace facelatch::ui {

/// Asks these commands one after another; where one fails, those that follow are left. The port outlives it.
std::function<void()> undoBy(AdminPort& port, QList<QPair<QString, QJsonObject>> commands);

/// "Group 2", if there is a "Group 1". `pattern` holds %1.
QString freeName(const QStringList& taken, const QString& pattern);

} // namespace facelatch::ui
