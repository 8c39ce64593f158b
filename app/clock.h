// SPDX-License-Identifier: GPL-3.0-or-later
// The clocks and the random numbers of this machine, for those who take them as arguments.
#pragma once

#include "core/time.h"
#include "core/uuid7.h"

namespace facelatch::app {

core::Now now();
/// In the zone of this machine.
core::LocalTime toLocal(core::WallTime time);
core::Uuid7 newUuid(core::WallTime time);

} // namespace facelatch::app
