// SPDX-License-Identifier: GPL-3.0-or-later
// Which versions of the libraries of recognition this program runs with.
#pragma once

#include <string>

namespace facelatch::recognition {

/// Of the library that is loaded.
std::string opencvVersion();
/// Of the library that it was built with.
std::string dlibVersion();

} // namespace facelatch::recognition
