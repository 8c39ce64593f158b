// SPDX-License-Identifier: GPL-3.0-or-later
// Counting letters, different ones, words and runs.
#include "ui/passphrase_hint.h"

#include <QSet>
#include <QStringList>

namespace facelatch::ui {

namespace {

constexpr int fairLetters = 14, strongLetters = 20, strongWords = 4, fewDifferent = 6;

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
    if (text.size() < leastPassphraseLetters)
        return PassphraseHint::TooShort;
    const int letters = lettersBesideRuns(text);
    const QSet<QChar> different(text.begin(), text.end());
    if (letters < leastPassphraseLetters || different.size() < fewDifferent)
        return PassphraseHint::Weak;
    const auto words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const bool severalWords =
        words.size() >= strongWords && QSet<QString>(words.begin(), words.end()).size() >= strongWords;
    if (letters >= strongLetters || (severalWords && letters >= fairLetters))
        return PassphraseHint::Strong;
    return letters >= fairLetters ? PassphraseHint::Fair : PassphraseHint::Weak;
}

} // namespace facelatch::ui
