// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the admin's frame: the rail, leaving, signing in.
#pragma once

#include "ui/admin_shell.h"

#include <QCoreApplication>
#include <QString>

namespace facelatch::ui {

/// Gui thread.
struct AdminWords {
    Q_DECLARE_TR_FUNCTIONS(AdminWords)
public:
    static QString section(Section section);
    static QString leave();
    static QString nothingAllowed();
    static QString leavingIn(int seconds);
    static QString administration();
    static QString yourPin();
    static QString wrongPin();
    /// After too many wrong PINs: "0:30".
    static QString tryAgainIn(qint64 seconds);
    static QString setUpClosed();
    static QString howToReopen();
};

} // namespace facelatch::ui
