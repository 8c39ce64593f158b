// SPDX-License-Identifier: GPL-3.0-or-later
// DoorSounds: which sound belongs to what the screen shows, and when the door is silent.
#pragma once

#include "app/worker_thread.h"
#include "core/day_span.h"
#include "core/settings.h"
#include "core/visitor_view.h"
#include "ui/sounds.h"

#include <functional>
#include <memory>
#include <optional>

namespace facelatch::app {

/// What the settings say about sounds.
struct SoundRules {
    int volume = 0; ///< 0 to 100
    bool keys = false;
    std::optional<core::DaySpan> night; ///< silent then
};
SoundRules soundRules(const core::Settings& settings);

/// The sound for a change from one screen to another, if there is one. A refusal sounds like every other.
std::optional<ui::Sound> soundOf(core::Screen before, core::Screen after);

/// Gui thread. The sounds are played in a thread of their own, after the screen has changed: the lock has moved long
/// before, and an audio system that hangs stops nothing but itself.
class DoorSounds {
public:
    using MakeSounds = std::function<std::unique_ptr<ui::Sounds>(int volume)>;
    explicit DoorSounds(const SoundRules& rules, const MakeSounds& make = {});

    void screenIs(core::Screen screen, const core::LocalTime& time);
    void keyPressed(const core::LocalTime& time);
    /// Any thread. For the admin, also at night: plays the sound of a grant; `done` is called in the sounds' thread
    /// with whether it is heard, and the device's name.
    void test(std::function<void(bool playing, const QString& device)> done);

private:
    bool silent(const core::LocalTime& time) const;
    void play(ui::Sound sound);

    SoundRules m_rules;
    std::optional<core::Screen> m_screen;
    WorkerThread<ui::Sounds> m_sounds;
};

} // namespace facelatch::app
