// SPDX-License-Identifier: GPL-3.0-or-later
// The audit's chain on any connection: of a store, or of a copy. Inside of the storage module only.
#pragma once

#include "core/result.h"
#include "storage/audit.h"

namespace facelatch::storage {

class SqlConnection;

/// Appends an entry, inside the transaction of what it notes.
core::Status appendAudit(SqlConnection& db, const ChangeBy& by, const AuditNote& note);
core::Result<AuditCheck> checkAuditChain(SqlConnection& db);

} // namespace facelatch::storage
