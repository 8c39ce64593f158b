// SPDX-License-Identifier: GPL-3.0-or-later
// A lock line that is a text file, so that tests can see when it moved even after the daemon was killed.
#pragma once

#include "hardware/lockd/lockd.h"

#include <string>

namespace facelatch::lockd {

/// Every setting of the line appends `<CLOCK_MONOTONIC ns> 0|1` to `file`; its level is the last line's, whoever wrote
/// it, and stays when the daemon dies, as on a Raspberry Pi. The file is locked while the line is requested: a second
/// request fails as a busy line does. An input such as dps is the FIFO `<file>.dps`: writing 0 or 1 there makes an
/// edge.
LinesResult openFakeLines(const std::string& file, const Conf& conf, bool withInputs);

} // namespace facelatch::lockd
