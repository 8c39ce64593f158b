// SPDX-License-Identifier: GPL-3.0-or-later
// The receipt of an erasure as text, for the person whose data they were.
#pragma once

#include <QJsonObject>
#include <QString>

namespace facelatch::app {

/// `receipt` as person.erase answers. English, then French; lines end as every system understands them.
QString receiptText(const QJsonObject& receipt, const QString& door);

} // namespace facelatch::app
