// SPDX-License-Identifier: GPL-3.0-or-later
// Every screen of the admin's frame, for the screenshots.
#pragma once

#include "core/latest_frame.h"
#include "ui/kiosk_window.h"

#include <functional>

namespace facelatch::test {

/// Plays the sign-in, the set-up and the frame in a window of that size; `take` gets the window for each, with a name
/// fit for a file. False as soon as `take` is.
bool playAdminScenes(const ui::KioskConfig& config, core::LatestFrame& frames, QSize size,
                     const std::function<bool(const QString& name, ui::KioskWindow& window)>& take);

} // namespace facelatch::test
