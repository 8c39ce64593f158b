// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a PIN for facelatch-ctl: never from an argument, which other users and the shell's history see.
#pragma once

#include "core/result.h"

#include <string>

namespace facelatch::app {

/// At a terminal typed twice without being shown; else the first line of the standard input. The caller wipes it.
core::Result<std::string> readPin(const char* whose);

} // namespace facelatch::app
