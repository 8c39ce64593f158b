// SPDX-License-Identifier: GPL-3.0-or-later
// InstallerWords: what recognition measured, in short lines for whoever sets a door up.
#pragma once

#include "core/installer_view.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace facelatch::ui {

/// Gui thread. Sources are English; resources/translations holds the others. Numbers are the locale's.
struct InstallerWords {
    Q_DECLARE_TR_FUNCTIONS(InstallerWords)
public:
    /// Who it may be with score and threshold, the lead over the second-best, liveness, size and quality.
    static QStringList face(const core::InspectedFace& face, const core::InstallerFacts& facts, const QLocale& locale);
    /// Rates, times, thresholds and models.
    static QStringList door(const core::InstallerView& view, const QLocale& locale);

private:
    static QString match(const core::InspectedFace& face, const core::InstallerFacts& facts, const QLocale& locale);
    static QString second(const core::InspectedFace& face, const QLocale& locale);
    static QString lead(const core::Match& match, const core::InstallerFacts& facts, const QLocale& locale);
    static QString liveness(const core::Liveness& liveness, const core::InstallerFacts& facts, const QLocale& locale);
    static QString quality(core::Quality quality);
};

} // namespace facelatch::ui
