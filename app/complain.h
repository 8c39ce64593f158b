// SPDX-License-Identifier: GPL-3.0-or-later
// How every program says what went wrong.
#pragma once

#include "core/result.h"

namespace facelatch::app {

/// "facelatch: what (where). remedy" on the standard error; returns the exit code.
int complain(const char* program, const core::Error& error);

} // namespace facelatch::app
