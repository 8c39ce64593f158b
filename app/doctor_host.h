// SPDX-License-Identifier: GPL-3.0-or-later
// What this machine tells of its clock, heat, supply and network. Contacts nothing outside of it.
#pragma once

#include "core/doctor.h"

#include <string>

namespace facelatch::app {

/// Reads root + "/sys", "/proc" and "/etc"; another root than "" is for tests, and has no addresses. Any thread.
core::HostFacts hostFacts(const std::string& root = {});
/// `zoneVariable`: $TZ, or empty. The synchronisation is asked of the kernel (adjtimex), whatever the root.
core::ClockFacts clockFacts(core::WallTime now, const std::string& zoneVariable, const std::string& root = {});
/// Both for this machine, now.
core::ClockFacts clockFactsHere();

} // namespace facelatch::app
