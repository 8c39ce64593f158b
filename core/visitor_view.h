// SPDX-License-Identifier: GPL-3.0-or-later
// VisitorView: everything the screen at the door shows, as a value. The screen only draws it.
#pragma once

#include "core/fault.h"
#include "core/geometry.h"
#include "core/time.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace facelatch::core {

enum class Screen {
    Idle,
    Looking,
    Granted,
    Refused,
    OutOfService,
    Pin,         ///< the pad, opened by the visitor
    SecondFactor ///< the pad, because the face alone is not enough
};

/// At most one at a time, the most useful one.
enum class Hint { None, Closer, StepBack, LookHere, MoreLight, OneAtATime, HoldStill };

struct InstallerView;

struct VisitorView {
    Screen screen = Screen::Idle;
    Hint hint = Hint::None;
    std::optional<RectF> claimant; ///< the face being decided, in frame pixels; the oval follows it
    std::vector<RectF> others;     ///< other faces: a thin grey box
    int frameWidth = 0, frameHeight = 0;
    float progress = 0;    ///< 0..1: how far the frames agree; fills the oval's ring
    std::string name;      ///< only with a grant
    std::string language;  ///< of the greeting: "en", "fr", or empty for the door's; only with a grant
    MonoTime until{};      ///< Granted: when the lock relocks; Refused: when the screen ends; the pads: when they close
    milliseconds lasts{0}; ///< the whole time of which until - now is left
    std::string openedBy;  ///< who opened from afar; only with a grant, which then has no name
    bool lockedDown = false; ///< nobody is let in; a banner, whatever the screen
    bool doorReleased = false;
    bool takesPin = false;           ///< the visitor may ask for the pad
    std::uint64_t pinRequest = 0;    ///< the pads: which request a PIN belongs to; with a new one it is typed anew
    bool pinChecking = false;        ///< the pads: a PIN was handed over and is looked at
    std::optional<MonoTime> retryAt; ///< Refused after too many wrong PINs: not before
    std::vector<Fault> faults;
    /// Names and scores: only where the installer's overlay is switched on, else null.
    std::shared_ptr<const InstallerView> installer;
};

} // namespace facelatch::core
