// SPDX-License-Identifier: GPL-3.0-or-later
// The table of the admin's pages.
#pragma once

#include "ui/admin_shell.h"

namespace facelatch::ui {

/// Every section of the rail, a row each: a new page is one line here.
std::vector<AdminEntry> adminPages();

} // namespace facelatch::ui
