// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that fails on purpose: the nth writing system call below a folder fails, or kills the process.
#pragma once

#include <string>

namespace facelatch::test {

enum class Fault { None, Once, FromThenOn, Kill };

/// Arms the fault for the `nth` (1, 2, ...) write, sync, truncate, rename, unlink, link or creating open on a file
/// below `folder`. `error` is the errno it fails with. The executable must export these functions (ENABLE_EXPORTS), so
/// that SQLite meets them too.
void armFault(const std::string& folder, int nth, int error, Fault fault);
/// Disarms it and says how many calls were seen since.
int disarmFault();

} // namespace facelatch::test
