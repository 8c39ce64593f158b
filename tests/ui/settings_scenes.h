// SPDX-License-Identifier: GPL-3.0-or-later
// The settings', system's and admins' pages in the admin's frame, for the screenshots.
#pragma once

#include "ui/style.h"

#include <QLocale>
#include <QString>
#include <QWidget>

#include <functional>

namespace facelatch::test {

/// In the language that is installed; `take` gets the frame for each, with a name fit for a file. False as soon as
/// `take` is.
bool playSettingsScenes(ui::Theme theme, const QLocale& locale, QSize size,
                        const std::function<bool(const QString& name, QWidget& frame)>& take);

} // namespace facelatch::test
