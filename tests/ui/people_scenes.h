// SPDX-License-Identifier: GPL-3.0-or-later
// The people screens and the enrolment, for the screenshots.
#pragma once

#include "core/latest_frame.h"
#include "ui/kiosk_window.h"

#include <functional>

namespace facelatch::test {

/// Plays each in a widget of that size; `take` gets it, with a name fit for a file. False as soon as `take` is.
bool playPeopleScenes(const ui::KioskConfig& config, core::LatestFrame& frames, QSize size,
                      const std::function<bool(const QString& name, QWidget& screen)>& take);

} // namespace facelatch::test
