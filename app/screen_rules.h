// SPDX-License-Identifier: GPL-3.0-or-later
// What the owner's settings mean for the screen at the door.
#pragma once

#include "core/settings.h"
#include "core/time.h"
#include "ui/doctor_page.h"
#include "ui/kiosk_window.h"

namespace facelatch::app {

ui::Theme screenTheme(const core::Settings& settings, const core::LocalTime& time);
/// `locale` is the one of the texts.
ui::KioskConfig windowConfig(const core::Settings& settings, const QLocale& locale, bool demo);
ui::ServicePage servicePage(const core::Settings& settings);

} // namespace facelatch::app
