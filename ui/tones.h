// SPDX-License-Identifier: GPL-3.0-or-later
// Tones: the door's sounds, computed: a few sine waves each, so that there is no audio file and nobody's rights in one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace facelatch::ui {

enum class Sound {
    Granted, ///< two notes up
    Refused, ///< two notes down, soft
    Error,   ///< one low note, twice
    Key      ///< a click
};
inline constexpr int soundCount = static_cast<int>(Sound::Key) + 1;

/// Samples a second of all sounds; they are mono, 16 bit.
int toneRate();
/// `volume`: 0 to 100, heard as even steps. It begins and ends in silence, so that nothing crackles; never clipped.
std::vector<std::int16_t> tone(Sound sound, int volume);

} // namespace facelatch::ui
