// SPDX-License-Identifier: GPL-3.0-or-later
// Single pages of the admin as pictures: what each is called, and how it comes to look so.
#pragma once

#include "ui/style.h"

#include <QString>
#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

namespace facelatch::test {

struct PageScene {
    QString name; ///< fit for a file name
    /// A shown window of that size, with everything settled.
    std::function<std::unique_ptr<QWidget>(QSize size, const QString& language, ui::Theme theme)> make;
};

std::vector<PageScene> logScenes();
std::vector<PageScene> accessScenes();

} // namespace facelatch::test
