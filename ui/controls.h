// SPDX-License-Identifier: GPL-3.0-or-later
// All controls of the admin's screens, for pages that use most of them.
#pragma once

#include "ui/button.h"       // IWYU pragma: export
#include "ui/choices.h"      // IWYU pragma: export
#include "ui/feedback.h"     // IWYU pragma: export
#include "ui/fields.h"       // IWYU pragma: export
#include "ui/flow_row.h"     // IWYU pragma: export
#include "ui/list_row.h"     // IWYU pragma: export
#include "ui/number_field.h" // IWYU pragma: export
#include "ui/panel.h"        // IWYU pragma: export
#include "ui/scroll_area.h"  // IWYU pragma: export
#include "ui/sheet.h"        // IWYU pragma: export
