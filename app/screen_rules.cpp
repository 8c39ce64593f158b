// SPDX-License-Identifier: GPL-3.0-or-later
// Settings to what the window takes.
#include "app/screen_rules.h"

#include "app/clock.h"
#include "app/rules.h"

namespace facelatch::app {

ui::Theme screenTheme(const core::Settings& settings, const core::LocalTime& time) {
    return lightScreen(settings, time) ? ui::Theme::Light : ui::Theme::Dark;
}

ui::KioskConfig windowConfig(const core::Settings& settings, const QLocale& locale, bool demo) {
    ui::KioskConfig config;
    config.doorName = QString::fromStdString(settings.text("door.name"));
    config.helpContact = QString::fromStdString(settings.text("door.help_contact"));
    config.locale = locale;
    config.mirrored = settings.flag("camera.mirror");
    config.reduceMotion = settings.flag("screen.reduce_motion");
    config.showCursor = settings.flag("screen.show_cursor");
    config.adminEntry = true;
    config.adminButton = settings.flag("screen.admin_button");
    if (demo)
        config.banners.insert(ui::Banner::Demo);
    else if (!realLock(settings))
        config.banners.insert(ui::Banner::SimulatedLock);
    if (settings.text("liveness.policy") == "off")
        config.banners.insert(ui::Banner::LivenessOff);
    if (settings.flag("screen.installer_overlay"))
        config.banners.insert(ui::Banner::Installer);
    config.shuffledPad = settings.flag("screen.shuffled_pad");
    config.theme = screenTheme(settings, toLocal(now().wall));
    return config;
}

ui::ServicePage servicePage(const core::Settings& settings) {
    const std::string& when = settings.text("screen.service_page");
    return when == "off"      ? ui::ServicePage::Off
           : when == "always" ? ui::ServicePage::Always
                              : ui::ServicePage::OutOfService;
}

} // namespace facelatch::app
