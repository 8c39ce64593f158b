// SPDX-License-Identifier: GPL-3.0-or-later
// AccessPolicy: may this known person enter now? Pure functions; the time is an argument.
#pragma once

#include "core/person.h"
#include "core/reasons.h"
#include "core/time.h"

#include <optional>

namespace facelatch::core {

/// Why `person` may not enter at `now`, or nothing when they may. A face that was recognised is not yet a right to
/// enter.
std::optional<Reason> refusal(const Person& person, WallTime now);

} // namespace facelatch::core
