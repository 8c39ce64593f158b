// SPDX-License-Identifier: GPL-3.0-or-later
// RecordingLock: a door lock that writes down what it is told, and fails when asked to.
#pragma once

#include "hardware/door_lock.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace facelatch::testing {

/// One thread, as every DoorLock. Connected from the start; connect(), pulse() and hold() succeed unless told
/// otherwise.
class RecordingLock final : public hardware::DoorLock {
public:
    struct Call {
        enum class What { Connect, Pulse, HoldOn, HoldOff, Rest } what;
        core::MonoTime at{};
        core::milliseconds duration{0}; ///< of a pulse
        bool operator==(const Call&) const = default;
    };

    std::vector<Call> calls; ///< beats are counted, not listed
    int beats = 0;
    bool isReal = false;
    std::optional<core::Error> failure;        ///< what connect(), pulse() and hold() answer while it is set
    std::vector<hardware::InputChange> inputs; ///< handed out by the next poll()

    /// The daemon goes away: commands fail, state() says why.
    void unplug() {
        failure = core::Error{core::ErrorKind::OutOfService, "the lock was unplugged by the test", {}, {}};
    }
    void plugIn() { failure.reset(); }

    int pulses() const {
        int count = 0;
        for (const Call& call : calls)
            count += call.what == Call::What::Pulse;
        return count;
    }

    core::Status connect(core::MonoTime now) override { return record({Call::What::Connect, now, {}}); }
    core::Status pulse(core::milliseconds duration, core::MonoTime now) override {
        auto done = record({Call::What::Pulse, now, duration});
        if (done)
            m_until = std::max(m_until, now + duration);
        return done;
    }
    core::Status hold(bool on, core::MonoTime now) override {
        auto done = record({on ? Call::What::HoldOn : Call::What::HoldOff, now, {}});
        if (done)
            m_held = on;
        return done;
    }
    core::Status rest(core::MonoTime now) override {
        m_held = false;
        m_until = std::min(m_until, now);
        return record({Call::What::Rest, now, {}});
    }
    void beat(core::MonoTime) override { ++beats; }
    std::vector<hardware::InputChange> poll(core::MonoTime) override { return std::exchange(inputs, {}); }
    hardware::LockState state(core::MonoTime now) const override {
        hardware::LockState state;
        state.connected = !failure;
        state.held = state.connected && m_held;
        state.released = state.connected && (m_held || now < m_until);
        if (failure)
            state.detail = failure->text();
        return state;
    }
    bool real() const override { return isReal; }
    std::string describe() const override { return "recording lock"; }

private:
    core::Status record(Call call) {
        calls.push_back(call); // also what fails: a test may want to see the attempt
        if (failure)
            return *failure;
        return core::Done{};
    }

    bool m_held = false;
    core::MonoTime m_until{};
};

} // namespace facelatch::testing
