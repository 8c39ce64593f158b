// SPDX-License-Identifier: GPL-3.0-or-later
// The windows of the viewer as pictures.
#pragma once

#include "ui/style.h"

#include <QSize>
#include <QString>
#include <QWidget>

#include <functional>

namespace facelatch::test {

/// Plays every scene at that size; `take` gets each settled window and says whether to go on.
bool playViewerScenes(ui::Theme theme, const QString& language, QSize size,
                      const std::function<bool(const QString& name, QWidget& window)>& take);

} // namespace facelatch::test
