// SPDX-License-Identifier: GPL-3.0-or-later
// What every call of Store does around its work: connect, run, heal. Inside of the storage module only.
#pragma once

#include "storage/sql_connection.h"
#include "storage/store.h"

namespace facelatch::storage {

/// `work` may run twice: after a full disk, once more when room could be made. So it must be all or nothing.
template<typename Work>
auto Store::guarded(Access access, Work work) -> decltype(work()) {
    if (auto connected = ready(access); !connected) {
        noteFailure(access, connected.error());
        return connected.error();
    }
    m_db->clearLastCode();
    auto result = work();
    if (!result && access == Access::Write && m_db->lastCode() == sqlite::full && makeRoom()) {
        m_db->clearLastCode();
        result = work();
    }
    if (!result) {
        noteFailure(access, result.error());
    } else if (access == Access::Write) {
        m_health.writable = true;
        m_health.lastError.clear();
    }
    return result;
}

} // namespace facelatch::storage
