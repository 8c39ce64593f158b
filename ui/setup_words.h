// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the first set-up.
#pragma once

#include "core/pin.h"

#include <QCoreApplication>
#include <QString>

namespace facelatch::ui {

/// Gui thread.
struct SetupWords {
    Q_DECLARE_TR_FUNCTIONS(SetupWords)
public:
    /// The heading of each step, in their order.
    static QString title(int step);
    static QString progress(int step, int steps);
    static QString yes();
    static QString no();
    static QString finish();

    static QString choosePin();
    static QString repeatPin();
    static QString pinsDiffer();
    static QString pinFlaw(core::PinFlaw flaw);

    static QString doorName();
    static QString doorNameHelp();
    static QString adminName();
    static QString adminNameHelp();

    static QString wiring(const QString& code);
    static QString wiringSentence(const QString& code);

    static QString cameraText();
    static QString isThisYou();
    static QString cameraAdvice();

    static QString lockText();
    static QString testLock();
    static QString didItOpen();
    static QString lockAdvice();

    static QString clockText(const QString& zone);
    static QString isTheTimeRight();
    static QString clockAdvice();

    static QString summaryText();
    static QString languageName(const QString& code);
    static QString language();
    static QString lockType();
};

} // namespace facelatch::ui
