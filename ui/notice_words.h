// SPDX-License-Identifier: GPL-3.0-or-later
// What the viewer's notifications and its icon in the panel say.
#pragma once

#include "core/decision.h"

#include <QCoreApplication>
#include <QLocale>
#include <QString>

namespace facelatch::ui {

/// Gui thread. Short: a desktop shows a line of title and two of text.
struct NoticeWords {
    Q_DECLARE_TR_FUNCTIONS(NoticeWords)
public:
    static QString title(const core::Event& event, const QString& door);
    /// Why, and when: "Not recognised, 07:48".
    static QString text(const core::Event& event, const QLocale& locale);
    static QString missedTitle(int refused, const QString& door);
    static QString missedText();
    static QString faultTitle(bool stops, const QString& door);
    static QString ringTitle(const QString& door);
    static QString ringText();
    /// On a notification's button.
    static QString show();

    static QString trayShow();
    static QString trayQuit();
    /// "2 of 3 doors are connected".
    static QString trayState(int online, int doors);
};

} // namespace facelatch::ui
