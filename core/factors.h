// SPDX-License-Identifier: GPL-3.0-or-later
// Factors besides the face: the PIN that is being asked for, and who is locked out after wrong ones.
#pragma once

#include "core/observation.h"
#include "core/pin.h"
#include "core/time.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace facelatch::core {

/// One asking for a PIN at the door, from the pad's opening to what becomes of it. There is at most one at a time.
///
/// With a face (`track`), the face has agreed and the rules want the PIN as well. Without one, a visitor has opened the
/// pad: the PIN then says who it is, and a face may still be wanted.
struct PinRequest {
    enum class Stage {
        Typing,   ///< the pad is open
        Checking, ///< a PIN was handed over, its verifier is being computed
        Passed    ///< the PIN was right; the face is awaited, again or for the first time
    };
    std::uint64_t number = 0; ///< an answer that carries another one comes too late
    Stage stage = Stage::Typing;
    std::optional<TrackId> track;
    std::optional<PersonId> person; ///< by the face or, once Passed, by the PIN
    Uuid7 visit;                    ///< of a request without a face
    MonoTime until{};               ///< it ends then
    MonoTime began{};
    PinVerifier given{}; ///< Passed: what fitted; another gallery of PINs may make it void

    bool ofFace() const { return track.has_value(); }
    bool opensPad() const { return stage != Stage::Passed; }
};

/// Wrong PINs count per person where a face said who it is, and per door where it did not: one who tries PINs alone
/// must not lock out people whose face is known, and nobody's face gives more tries.
///
/// A right PIN begins a person's count anew, but not the door's: whoever knows one PIN could otherwise guess others
/// between two right ones. The door's count is forgotten after an hour without a wrong one. Door thread only.
class PinLockouts {
public:
    /// Whose: nobody's is the door's.
    using Who = std::optional<PersonId>;
    using Report = std::function<void(const Who&, const Lockout::Row&)>;
    static constexpr milliseconds doorForgets{60 * 60'000};

    /// Told of every change, so that it can be kept over a restart; must not block.
    void onChange(Report report) { m_report = std::move(report); }
    /// As it was before the restart. What has been counted since stands where it is the graver.
    void restore(const std::vector<std::pair<Who, Lockout::Row>>& rows, Now now);

    void failed(const Who& who, Now now);
    /// Without effect for the door's.
    void succeeded(const Who& who, Now now);
    /// Until when nothing is tried for them; nothing when not locked.
    std::optional<MonoTime> lockedUntil(const Who& who, MonoTime now) const;

private:
    void changed(const Who& who, Now now);

    std::map<Who, Lockout> m_lockouts; ///< those with failures
    std::optional<MonoTime> m_doorFailed;
    Report m_report = [](const Who&, const Lockout::Row&) {};
};

} // namespace facelatch::core
