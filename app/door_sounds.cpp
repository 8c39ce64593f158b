// SPDX-License-Identifier: GPL-3.0-or-later
// Sounds of the screens, and the silence of the night.
#include "app/door_sounds.h"

#include <utility>

namespace facelatch::app {

SoundRules soundRules(const core::Settings& settings) {
    SoundRules rules;
    rules.volume = static_cast<int>(settings.integer("sound.volume"));
    rules.keys = settings.flag("sound.keys");
    if (settings.flag("sound.night_silence"))
        rules.night = core::DaySpan{core::minuteOfDay(settings.text("sound.night_from")).value_or(0),
                                    core::minuteOfDay(settings.text("sound.night_until")).value_or(0)};
    return rules;
}

std::optional<ui::Sound> soundOf(core::Screen before, core::Screen after) {
    if (before == after)
        return std::nullopt;
    switch (after) {
    case core::Screen::Granted:
        return ui::Sound::Granted;
    case core::Screen::Refused:
        return ui::Sound::Refused;
    case core::Screen::OutOfService:
        return ui::Sound::Error;
    case core::Screen::Idle:
    case core::Screen::Looking:
    case core::Screen::Pin:
    case core::Screen::SecondFactor:
        break;
    }
    return std::nullopt;
}

DoorSounds::DoorSounds(const SoundRules& rules, const MakeSounds& make)
    : m_rules(rules), m_sounds(QStringLiteral("sounds"), [volume = rules.volume, make] {
          return make ? make(volume) : std::make_unique<ui::Sounds>(volume);
      }) {}

bool DoorSounds::silent(const core::LocalTime& time) const {
    return m_rules.night && m_rules.night->contains(time);
}

void DoorSounds::screenIs(core::Screen screen, const core::LocalTime& time) {
    const auto before = std::exchange(m_screen, screen);
    // The first screen after a start is no news.
    if (const auto sound = before ? soundOf(*before, screen) : std::nullopt; sound && !silent(time))
        play(*sound);
}

void DoorSounds::keyPressed(const core::LocalTime& time) {
    if (m_rules.keys && !silent(time))
        play(ui::Sound::Key);
}

void DoorSounds::play(ui::Sound sound) {
    if (m_rules.volume > 0)
        m_sounds.post([sound](ui::Sounds& sounds) { sounds.play(sound); });
}

void DoorSounds::test(std::function<void(bool playing, const QString& device)> done) {
    m_sounds.post([done = std::move(done)](ui::Sounds& sounds) {
        const bool playing = sounds.play(ui::Sound::Granted);
        done(playing, sounds.device());
    });
}

} // namespace facelatch::app
