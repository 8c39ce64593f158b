// SPDX-License-Identifier: GPL-3.0-or-later
// The words that all admin screens share: buttons, errors, time left.
#pragma once

#include "core/result.h"

#include <QCoreApplication>
#include <QString>

namespace facelatch::ui {

/// Gui thread.
struct KitWords {
    Q_DECLARE_TR_FUNCTIONS(KitWords)
public:
    static QString back();
    static QString next();
    static QString cancel();
    static QString close();
    static QString ok();
    static QString undo();
    static QString clear();
    static QString search();
    static QString backspace();
    static QString less();
    static QString more();
    static QString busy();
    /// "From 1 to 10", with the unit where there is one.
    static QString range(const QString& from, const QString& to, const QString& unit);
    /// What an error means, in one sentence; with the error's own text behind it, for an admin.
    static QString errorKind(core::ErrorKind kind);
    static QString error(const core::Error& error);
};

} // namespace facelatch::ui
