// SPDX-License-Identifier: GPL-3.0-or-later
// facelatch-viewer --events: what doors send, as JSON lines.
#pragma once

#include "app/viewer_book.h"
#include "app/viewer_options.h"

namespace facelatch::app {

/// Until the time is over, a signal comes, nobody reads any more, or every door has refused for good.
int printEvents(const ViewerPlaces& places, const ViewerBook& book, const ViewerOptions& options);

} // namespace facelatch::app
