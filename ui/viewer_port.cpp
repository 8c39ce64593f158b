// SPDX-License-Identifier: GPL-3.0-or-later
// The port's virtual table.
#include "ui/viewer_port.h"

namespace facelatch::ui {

ViewerPort::~ViewerPort() = default;

} // namespace facelatch::ui
