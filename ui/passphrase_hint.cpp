// SPDX-License-Identifier: GPL-3.0-or-later
// Counting letters, different ones, words and runs.
#include "ui/passphrase_hint.h"

#include "core/passphrase.h"

#include <QSet>
#include <QStringList>

namespace facelatch::ui {

namespace {

/// Letters that do not simply follow the one before: "abcd", "1234", "aaaa" count one each.
int lettersBesideRuns(const QString& text) {
    int count = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int step = i == 0 ? 2 : text[i].unicode() - text[i - 1].unicode();
        count += step >= -1 && step <= 1 ? 0 : 1;
    }
    return count;
}

} // namespace

PassphraseHint passphraseHint(const QString& text) {
    if (text.size() < core::leastPassphrase)
        return PassphraseHint::TooShort;
    const int letters = lettersBesideRuns(text);
    const QSet<QChar> different(text.begin(), text.end());
    if (letters < core::leastPassphrase || different.size() < core::fewDifferentLetters)
        return PassphraseHint::Weak;
    const auto words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const bool severalWords = words.size() >= core::strongPassphraseWords &&
                              QSet<QString>(words.begin(), words.end()).size() >= core::strongPassphraseWords;
    if (letters >= core::strongPassphrase || (severalWords && letters >= core::fairPassphrase))
        return PassphraseHint::Strong;
    return letters >= core::fairPassphrase ? PassphraseHint::Fair : PassphraseHint::Weak;
}

} // namespace facelatch::ui
