// SPDX-License-Identifier: GPL-3.0-or-later
// WatchedSign: says that somebody looks through the camera from afar.
#pragma once

#include "ui/panel.h"

namespace facelatch::ui {

/// A small sign with an eye and words, over whatever else is shown; touches go through it. Gui thread.
class WatchedSign : public Panel {
    Q_OBJECT
public:
    explicit WatchedSign(QWidget* parent = nullptr);
};

} // namespace facelatch::ui
