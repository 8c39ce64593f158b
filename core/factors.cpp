// SPDX-License-Identifier: GPL-3.0-or-later
// Counting wrong PINs.
#include "core/factors.h"

namespace facelatch::core {

void PinLockouts::restore(const std::vector<std::pair<Who, Lockout::Row>>& rows, Now now) {
    for (const auto& [who, row] : rows) {
        const Lockout before = Lockout::restored(row, now);
        const auto [at, isNew] = m_lockouts.try_emplace(who, before);
        if (!isNew && before.failures() > at->second.failures())
            at->second = before;
        if (!who)
            m_doorFailed = now.mono; // when exactly is not known: the hour begins anew
    }
}

void PinLockouts::failed(const Who& who, Now now) {
    if (!who) {
        if (m_doorFailed && now.mono - *m_doorFailed >= doorForgets)
            m_lockouts.erase(who);
        m_doorFailed = now.mono;
    }
    m_lockouts[who].failed(now);
    changed(who, now);
}

void PinLockouts::succeeded(const Who& who, Now now) {
    if (who && m_lockouts.erase(who) > 0)
        changed(who, now);
}

std::optional<MonoTime> PinLockouts::lockedUntil(const Who& who, MonoTime now) const {
    const auto found = m_lockouts.find(who);
    if (found == m_lockouts.end() || !found->second.locked(now))
        return std::nullopt;
    return now + found->second.remaining(now);
}

void PinLockouts::changed(const Who& who, Now now) {
    const auto found = m_lockouts.find(who);
    m_report(who, found == m_lockouts.end() ? Lockout::Row{} : found->second.row(now));
}

} // namespace facelatch::core
