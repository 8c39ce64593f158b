// SPDX-License-Identifier: GPL-3.0-or-later
// Making the admin's screens.
#include "app/admin_screens.h"

#include "app/clock.h"
#include "app/rules.h"
#include "resources/translator.h"
#include "ui/admin_pages.h"

#include <QCoreApplication>

#include <cstdio>

namespace facelatch::app {

AdminScreens::AdminScreens(ui::KioskWindow& window, ui::AdminPort& port, core::LatestFrame& frames,
                           const core::Settings& settings, const QLocale& locale)
    : m_screen(new ui::AdminScreen(
          window, {port, frames, now,
                   [](const QString& language) {
                       return resources::installTranslator(*QCoreApplication::instance(), language);
                   },
                   locale, QString::fromStdString(settings.text("door.name")), settings.flag("camera.mirror"),
                   settings.flag("screen.shuffled_pad"), ui::adminPages()})) {
    QObject::connect(&window, &ui::KioskWindow::adminWanted, m_screen, &ui::AdminScreen::enter);
    QObject::connect(m_screen, &ui::AdminScreen::opened, m_screen,
                     [] { std::fprintf(stderr, "facelatch: the admin's screens are open\n"); });
    QObject::connect(m_screen, &ui::AdminScreen::left, m_screen,
                     [] { std::fprintf(stderr, "facelatch: the admin's screens are closed\n"); });
    QObject::connect(m_screen, &ui::AdminScreen::setUpDone, m_screen, [] {
        std::fprintf(stderr, "facelatch: the door is set up, and starts again\n");
        QCoreApplication::quit(); // the service starts it again
    });
    if (realLock(settings))
        m_screen->offerSetUp();
}

} // namespace facelatch::app
