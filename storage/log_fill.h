// SPDX-License-Identifier: GPL-3.0-or-later
// Filling a log with many made-up events fast, to measure and test what a long log costs.
#pragma once

#include "core/decision.h"
#include "core/result.h"
#include "storage/data_folder.h"

#include <cstdint>
#include <functional>

namespace facelatch::storage {

/// Appends `make(0)`, `make(1)` ... as Store::append() would, chained and with their personal fields, but without its
/// flush for each: a power cut on the way loses the rows or the whole database, so this is for throw-away data. The
/// folder has a database (Store::open() made it) that nobody has open; a QCoreApplication exists. Blocks: about a
/// minute for a million. Errors: those of the database and its disk.
core::Status fillLog(const DataFolder& folder, std::int64_t events,
                     const std::function<core::Event(std::int64_t)>& make);

} // namespace facelatch::storage
