// SPDX-License-Identifier: GPL-3.0-or-later
// The screen's light and sleep.
#include "app/clock.h"
#include "app/kiosk.h"
#include "hardware/backlight.h"

#include <algorithm>

namespace facelatch::app {

namespace {

/// A clock that is to be found in a dark hall, and lights no room.
constexpr int clockLight = 20;

} // namespace

void Kiosk::startRest(const KioskOptions& options) {
    const core::Settings& settings = options.loaded.settings;
    const int brightness = static_cast<int>(settings.integer("screen.brightness"));
    const core::RestTimes times{std::chrono::seconds(settings.integer("screen.dim_after_s")),
                                std::chrono::seconds(settings.integer("screen.off_after_s"))};
    m_rest = new ui::RestScreen(m_window, times, options.locale, now);
    // A light that is set once stays; a demonstration has no business with the panel of whoever looks at it.
    auto light = options.demo ? std::nullopt : hardware::Backlight::find();
    if (!light || !light->set(brightness)) {
        m_rest->setBrightness(brightness);
        return;
    }
    // Some milliseconds in the gui thread, twice a night.
    connect(m_rest, &ui::RestScreen::restChanged, this, [light = *light, brightness](core::Rest rest) mutable {
        light.set(rest == core::Rest::Dark    ? 0
                  : rest == core::Rest::Clock ? std::min(brightness, clockLight)
                                              : brightness);
    });
}

} // namespace facelatch::app
