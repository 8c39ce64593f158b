// SPDX-License-Identifier: GPL-3.0-or-later
// SimulatedLock: keeps the rules of the lock daemon, with no door behind it.
#pragma once

#include "hardware/door_lock.h"

namespace facelatch::hardware {

/// Times itself by the `now` it is given: state(now) tells a release that has run out from one that lasts. Limits and
/// refusals are those of facelatch-lockd's defaults, so that what works here works there.
class SimulatedLock final : public DoorLock {
public:
    static constexpr core::milliseconds longestPulse{10'000};
    static constexpr core::milliseconds leastRest{1000};
    static constexpr core::milliseconds lease{2000};

    core::Status connect(core::MonoTime now) override;
    core::Status pulse(core::milliseconds duration, core::MonoTime now) override;
    core::Status hold(bool on, core::MonoTime now) override;
    core::Status rest(core::MonoTime now) override;
    void beat(core::MonoTime now) override;
    std::vector<InputChange> poll(core::MonoTime) override { return {}; }
    LockState state(core::MonoTime now) const override;
    bool real() const override { return false; }
    std::string describe() const override { return "simulated lock"; }

private:
    bool releasedAt(core::MonoTime now) const;
    core::Status mayRelease(core::MonoTime now) const;

    bool m_connected = false, m_held = false, m_everReleased = false;
    core::MonoTime m_began{}, m_until{}; ///< of the present or last release
};

} // namespace facelatch::hardware
