// SPDX-License-Identifier: GPL-3.0-or-later
// Terms of an EventFilter that no index helps with. Inside of the storage module only.
#pragma once

#include "storage/log_reader.h"

#include <QString>
#include <QVariant>

#include <vector>

namespace facelatch::storage {

struct SqlTerm {
    QString sql;
    QVariantList values;
};

/// Of `localDay` and `words`; `e` is what the event table is called.
std::vector<SqlTerm> wordTerms(const EventFilter& filter, const QString& e);

} // namespace facelatch::storage
