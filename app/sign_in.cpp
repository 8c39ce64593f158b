// SPDX-License-Identifier: GPL-3.0-or-later
// Looking a verifier up among the admins, with the lockout around it.
#include "app/sign_in.h"

#include <algorithm>
#include <cstdio>

namespace facelatch::app {

using core::Result;

core::Error lockedError(core::milliseconds remaining) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(remaining).count();
    return {core::ErrorKind::Refused,
            "Too many wrong PINs: locked for " + std::to_string(seconds) + " s",
            {},
            "Wait; a restart does not shorten it"};
}

Result<core::Lockout> SignIn::lockout(storage::Store& store, core::Now now) {
    if (!m_lockout) {
        const auto rows = store.lockouts();
        if (!rows)
            return rows.error();
        const auto row = rows->find("admin");
        m_lockout = row != rows->end() ? core::Lockout::restored(row->second, now) : core::Lockout();
    }
    return *m_lockout;
}

Result<core::Principal> SignIn::attempt(storage::Store& store, const core::PinVerifier& verifier, core::Now now) {
    if (const auto known = lockout(store, now); !known)
        return known.error();
    if (m_lockout->locked(now.mono))
        return lockedError(m_lockout->remaining(now.mono));
    const auto all = store.principals();
    if (!all)
        return all.error();
    const auto found = std::find_if(all->begin(), all->end(), [&](const core::Principal& one) {
        return one.kind == core::PrincipalKind::Admin &&
               std::equal(one.credential.begin(), one.credential.end(), verifier.begin(), verifier.end()) &&
               core::mayDo(one, core::Action::ReadLog, m_door, now.wall);
    });
    core::Status noted = core::Done{};
    if (found != all->end()) {
        m_lockout->succeeded();
        noted = store.noteSignIn(*found, {}, now.wall);
    } else {
        m_lockout->failed(now);
        noted = store.noteRefusedSignIn(m_lockout->row(now), now.wall);
    }
    if (!noted)
        std::fprintf(stderr, "facelatch: a sign-in could not be noted: %s\n", noted.error().text().c_str());
    if (found != all->end())
        return *found;
    return core::Error{core::ErrorKind::Refused, "Wrong PIN", {}, {}};
}

} // namespace facelatch::app
