// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the backup's screen, step by step.
#pragma once

#include "tests/ui/page_scenes.h"

namespace facelatch::test {

std::vector<PageScene> backupScenes();

} // namespace facelatch::test
