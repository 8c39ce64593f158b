// SPDX-License-Identifier: GPL-3.0-or-later
// A line on the standard error.
#include "app/complain.h"

#include <cstdio>

namespace facelatch::app {

int complain(const char* program, const core::Error& error) {
    std::fprintf(stderr, "%s: %s\n", program, error.text().c_str());
    return core::exitCode(error.kind);
}

} // namespace facelatch::app
