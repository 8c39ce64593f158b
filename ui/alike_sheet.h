// SPDX-License-Identifier: GPL-3.0-or-later
// Two people whom the door hardly tells apart: both pictures, what it means, and what can be done about it.
#pragma once

#include "ui/admin_page.h"

namespace facelatch::ui {

/// `first` and `second`: {id, name}. Offers face and PIN for both (person.face_and_pin). `page` asks and tells.
void showAlike(AdminPage* page, AdminPort& port, const QJsonObject& first, const QJsonObject& second);

} // namespace facelatch::ui
