// SPDX-License-Identifier: GPL-3.0-or-later
// What facelatch-viewer does for scripts, without a window.
#pragma once

#include "app/viewer_options.h"
#include "app/viewer_places.h"

namespace facelatch::app {

/// Runs the command that the options name in the event loop of a QCoreApplication, and returns the exit code. What went
/// wrong stands on the standard error.
int runViewerCommand(const ViewerPlaces& places, const ViewerOptions& options);

/// A window that runs on the same folder takes the book anew. Nothing runs: nothing happens.
void tellRunningViewer(const ViewerPlaces& places);

} // namespace facelatch::app
