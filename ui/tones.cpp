// SPDX-License-Identifier: GPL-3.0-or-later
// Notes and their envelope.
#include "ui/tones.h"

#include "resources/tokens.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace facelatch::ui {

namespace {

using resources::Note;

std::span<const Note> notesOf(Sound sound) {
    switch (sound) {
    case Sound::Granted:
        return resources::grantedNotes;
    case Sound::Refused:
        return resources::refusedNotes;
    case Sound::Error:
        return resources::errorNotes;
    case Sound::Key:
        break;
    }
    return resources::keyNotes;
}

/// 0 at both ends: a short rise, and a fall as of something struck.
double envelope(double at, double length) {
    const double rise = std::min(1.0, at / resources::noteRise);
    const double fall = std::min(1.0, (length - at) / resources::noteRise);
    return rise * fall * std::exp(-resources::noteFall * at / length);
}

void append(std::vector<std::int16_t>& samples, const Note& note, double loudness) {
    const auto count = static_cast<int>(note.seconds * toneRate());
    for (int i = 0; i < count; ++i) {
        const double at = static_cast<double>(i) / toneRate();
        const double turn = 2 * std::numbers::pi * note.hertz * at;
        // An octave above makes it clearer on small loudspeakers, which have no bass.
        const double wave = (std::sin(turn) + resources::overtone * std::sin(2 * turn)) * resources::toneLevel;
        samples.push_back(
            static_cast<std::int16_t>(std::lround(INT16_MAX * loudness * envelope(at, note.seconds) * wave)));
    }
}

} // namespace

int toneRate() {
    return resources::soundRate;
}

std::vector<std::int16_t> tone(Sound sound, int volume) {
    const double share = std::clamp(volume, 0, resources::loudest) / static_cast<double>(resources::loudest);
    std::vector<std::int16_t> samples;
    for (const Note& note : notesOf(sound))
        append(samples, note, share * share); // ears count factors, not steps
    samples.push_back(0);
    return samples;
}

} // namespace facelatch::ui
