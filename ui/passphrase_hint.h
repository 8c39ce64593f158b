// SPDX-License-Identifier: GPL-3.0-or-later
// How good a passphrase looks. A hint for whoever types one, no measure.
#pragma once

#include <QString>

namespace facelatch::ui {

enum class PassphraseHint { TooShort, Weak, Fair, Strong };

/// In characters: less is refused, as by storage.
inline constexpr int leastPassphraseLetters = 10;

/// Length counts most; several words count as long, few different letters and runs such as "abcd1234" as short.
PassphraseHint passphraseHint(const QString& text);

} // namespace facelatch::ui
