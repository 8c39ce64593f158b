// SPDX-License-Identifier: GPL-3.0-or-later
// How good a passphrase looks. A hint for whoever types one, no measure.
#pragma once

#include <QString>

namespace facelatch::ui {

enum class PassphraseHint { TooShort, Weak, Fair, Strong };

/// Length counts most; several words count as long, few different letters and runs such as "abcd1234" as short.
PassphraseHint passphraseHint(const QString& text);

} // namespace facelatch::ui
