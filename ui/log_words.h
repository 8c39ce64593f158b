// SPDX-License-Identifier: GPL-3.0-or-later
// The log and the audit in plain words.
#pragma once

#include "core/decision.h"
#include "core/match_rule.h"
#include "core/time.h"

#include <QCoreApplication>
#include <QDate>
#include <QJsonObject>
#include <QLocale>
#include <QString>

namespace facelatch::ui {

/// Gui thread.
struct LogWords {
    Q_DECLARE_TR_FUNCTIONS(LogWords)
public:
    static QString outcome(core::Outcome outcome);
    static QString unknown();
    static QString likeness(core::Likeness likeness);
    static QString liveness(core::LivenessVerdict verdict);
    static QString source(core::DecisionSource source);
    /// "Today", "Yesterday", "Saturday 21 November 2026".
    static QString dayHeading(QDate day, QDate today, const QLocale& locale);
    /// "Now", "2 min ago", "3 h ago" for today; "07:48" for other days. `local` is the time as the door had it.
    static QString when(core::WallTime time, const QString& local, core::WallTime now, QDate today);
    /// Of the day: "07:48:02".
    static QString clockOf(const QString& local);
    static QString events(qint64 count);

    /// What an audit entry tells: "Schedule changed".
    static QString action(const QString& code);
    /// An audit entry's `before` or `after` as lines "Times: Mon–Fri 07:00–19:00"; none for nothing.
    static QStringList state(const QString& json, const QLocale& locale);
};

} // namespace facelatch::ui
