// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a passphrase, in characters.
#pragma once

namespace facelatch::core {

/// Less is refused.
inline constexpr int leastPassphrase = 10;

// For the hint that whoever chooses one sees; see ui/passphrase_hint.h.
inline constexpr int fairPassphrase = 14, strongPassphrase = 20;
inline constexpr int strongPassphraseWords = 4;
inline constexpr int fewDifferentLetters = 6; ///< fewer different ones make it weak, however long it is

} // namespace facelatch::core
