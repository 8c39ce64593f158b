// SPDX-License-Identifier: GPL-3.0-or-later
// The desk and the door: set-up, the test of the lock, what the storage thread says.
#include "app/admin_cases.h"
#include "app/admin_desk.h"
#include "app/pin_cases.h"

#include <algorithm>
#include <utility>

namespace facelatch::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::Result;

/// As long as any unlock on command may take: later it would surprise whoever stands at the door by then.
constexpr core::milliseconds unlockWithin{2000};

} // namespace

void AdminDesk::finishSetup(const QJsonObject& args, const CommandReply& reply) {
    if (!m_seen || m_seen->hasAdmin || !m_seen->setupOpen) {
        reply(Error{ErrorKind::Refused, "Set-up is not open", {}, "Open it with: facelatch-ctl setup reopen"});
        return;
    }
    const QString command = QStringLiteral("setup.finish");
    m_context.inPins([this, command, args = withoutVerifier(args), reply](const PinWorker& pins) {
        const auto sealed = pins.seal(command, args);
        if (!sealed) {
            reply(sealed.error());
            return;
        }
        m_context.withStore([this, args = *sealed, reply](const Result<storage::Store*>& store) {
            if (!store) {
                reply(store.error());
                return;
            }
            const auto commit = [&](const std::function<core::Status()>& alongside) {
                return app::finishSetup(**store, args, m_context.now(), alongside);
            };
            reply(m_context.withSettings(args, commit));
            tell(QStringLiteral("admins"));
            tell(QStringLiteral("settings"));
        });
    });
}

void AdminDesk::testLock(const CommandReply& reply) {
    const bool settingUp = m_seen && !m_seen->hasAdmin && m_seen->setupOpen;
    if (const auto may = settingUp ? core::Status(core::Done{}) : allowed(QStringLiteral("lock.test")); !may) {
        reply(may.error());
        return;
    }
    const core::Now asked = m_context.now();
    const storage::ChangeBy by{m_session ? m_session->principal.name : "set-up at the screen", asked.wall};
    m_context.withStore([this, asked, by, reply](const Result<storage::Store*>& store) {
        const core::Status noted = store ? (*store)->noteAction({"lock.test", m_context.door, {}, {}, {}, {}}, by)
                                         : core::Status(store.error());
        if (!noted) {
            reply(noted.error());
            return;
        }
        m_context.testLock(asked.mono + unlockWithin, [reply](const core::Status& released) {
            reply(released ? Result<QJsonObject>(QJsonObject()) : Result<QJsonObject>(released.error()));
        });
    });
}

void AdminDesk::refresh(bool takeMinute) {
    // One after the other: two at a time would count a minute of the set-up twice.
    if (std::exchange(m_refreshing, true)) {
        m_refreshAgain = takeMinute || m_refreshAgain.value_or(false);
        return;
    }
    const bool wasOpen = m_seen && m_seen->setupOpen;
    m_context.withStore([this, wasOpen, takeMinute](const Result<storage::Store*>& store) {
        const auto look = [&]() -> Result<Seen> {
            if (!store)
                return store.error();
            const auto setup = (*store)->setup();
            auto admins = setup ? (*store)->principals() : Result<std::vector<core::Principal>>(setup.error());
            if (!admins)
                return admins.error();
            const auto lockout = m_signIn->lockout(**store, m_context.now());
            if (!lockout)
                return lockout.error();
            Seen seen{setup->hasAdmin, false, *lockout, *std::move(admins)};
            // A minute is counted before it is used: neither a restart nor a clock gives one back.
            if (!seen.hasAdmin && (takeMinute || !wasOpen))
                seen.setupOpen = setup->minutesLeft > 0 && (*store)->takeSetupMinute();
            else
                seen.setupOpen = !seen.hasAdmin;
            return seen;
        };
        inGui([this, seen = look()] { take(seen); });
    });
}

void AdminDesk::take(const Result<Seen>& seen) {
    m_refreshing = false;
    if (!seen) {
        if (!m_seen)
            m_unseen = seen.error();
    } else {
        const bool wasOpen = m_seen && m_seen->setupOpen;
        m_seen = *seen;
        m_unseen = core::Done{};
        if (m_seen->setupOpen && !m_setup.isActive())
            m_setup.start();
        if (!m_seen->setupOpen)
            m_setup.stop();
        if (wasOpen != m_seen->setupOpen)
            Q_EMIT changed(QStringLiteral("setup"));
    }
    if (m_session && m_seen) {
        const auto& admins = m_seen->admins;
        const auto found = std::find_if(admins.begin(), admins.end(), [this](const core::Principal& one) {
            return one.id == m_session->principal.id;
        });
        if (found == admins.end() || !core::mayDo(*found, core::Action::ReadLog, m_context.door, m_context.now().wall))
            endSession();
        else
            m_session = Session{*found, sessionOf(*found)};
    }
    for (const CommandReply& reply : std::exchange(m_waiting, {}))
        reply(m_seen ? Result<QJsonObject>(state()) : Result<QJsonObject>(m_unseen.error()));
    if (const auto again = std::exchange(m_refreshAgain, std::nullopt))
        refresh(*again);
}

} // namespace facelatch::app
