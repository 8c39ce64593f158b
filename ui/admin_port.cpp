// SPDX-License-Identifier: GPL-3.0-or-later
// The port's own half: what a QObject needs.
#include "ui/admin_port.h"

namespace facelatch::ui {

AdminPort::~AdminPort() = default;

} // namespace facelatch::ui
