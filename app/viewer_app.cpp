// SPDX-License-Identifier: GPL-3.0-or-later
// The viewer, put together.
#include "app/viewer_app.h"

#include "app/clock.h"
#include "resources/translator.h"
#include "ui/notice_words.h"

#include <QApplication>
#include <QDBusConnection>

#include <cstdio>

namespace facelatch::app {

namespace {

constexpr int volume = 60;

ui::Sound soundOf(ui::NoticeKind kind) {
    switch (kind) {
    case ui::NoticeKind::Granted:
        return ui::Sound::Granted;
    case ui::NoticeKind::Refused:
        return ui::Sound::Refused;
    case ui::NoticeKind::Alarm:
    case ui::NoticeKind::Doorbell:
        return ui::Sound::Error;
    }
    return ui::Sound::Refused;
}

} // namespace

QLocale installLanguage(const QString& language) {
    return resources::installTranslator(*QCoreApplication::instance(),
                                        language.isEmpty() ? QStringLiteral("auto") : language);
}

ViewerApp::ViewerApp(const ViewerPlaces& places, ViewerBook book, bool hidden)
    : m_language(book.settings.language),
      m_locale(installLanguage(m_language)),
      m_desk({places, m_locale}, std::move(book)),
      m_sounds(QStringLiteral("sounds"), [] { return std::make_unique<ui::Sounds>(volume); }),
      m_notifier(QDBusConnection::sessionBus()) {
    connect(&m_desk, &ViewerDesk::notice, this, &ViewerApp::tell);
    connect(&m_desk, &ViewerDesk::noticeOver, &m_notifier, &ViewerNotifier::close);
    connect(&m_desk, &ViewerDesk::doorChanged, this, &ViewerApp::updateTray);
    connect(&m_desk, &ViewerDesk::doorsChanged, this, &ViewerApp::updateTray);
    connect(&m_desk, &ViewerDesk::settingsChanged, this, &ViewerApp::settingsChanged, Qt::QueuedConnection);
    connect(&m_notifier, &ViewerNotifier::opened, this, &ViewerApp::open);
    connect(&m_notifier, &ViewerNotifier::otherwise, this, &ViewerApp::otherwise);
    connect(&m_tray, &ViewerTray::opened, this, &ViewerApp::open);
    connect(&m_tray, &ViewerTray::showAsked, this, &ViewerApp::showWindow);
    connect(&m_tray, &ViewerTray::quitAsked, this, &ViewerApp::quit);
    makeWindow();
    updateTray();
    if (!(hidden || m_desk.settings().startInTray) || !m_tray.there())
        showWindow();
}

ViewerApp::~ViewerApp() {
    m_desk.keepWindow(m_window->saveState());
    m_window.reset(); // before the port it asks
}

core::Status ViewerApp::listen(const ViewerPlaces& places) {
    auto server = network::ControlServer::listen(
        places.socket().toStdString(), [this](const QJsonObject& request, const network::ControlReply& reply) {
            const QString command = request.value(u"command").toString();
            if (command == u"viewer.show")
                showWindow();
            else if (command == u"viewer.reload")
                m_desk.reload();
            else {
                reply(core::Error{core::ErrorKind::Usage, "no such command", command.toStdString(), {}});
                return;
            }
            reply(QJsonObject{});
        });
    if (!server)
        return server.error();
    m_server = *std::move(server);
    return core::Done{};
}

void ViewerApp::makeWindow() {
    m_window = std::make_unique<ui::ViewerWindow>(
        ui::ViewerContext{m_desk, [] { return now().wall; }, m_locale, std::nullopt, true});
    m_window->setWindowTitle(QStringLiteral("Facelatch"));
    m_window->setWindowIcon(viewerIcon(false));
    m_window->restoreState(m_desk.window());
    connect(m_window.get(), &ui::ViewerWindow::closed, this, &ViewerApp::closed);
    connect(m_window.get(), &ui::ViewerWindow::quitAsked, this, &ViewerApp::quit);
}

void ViewerApp::showWindow() {
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

void ViewerApp::closed() {
    m_desk.keepWindow(m_window->saveState());
    if (!m_tray.there())
        quit();
}

void ViewerApp::quit() {
    QCoreApplication::quit();
}

void ViewerApp::tell(const Notice& notice) {
    const ui::ViewerSettings settings = m_desk.settings();
    const QTime time = QTime::currentTime();
    if (tellsBySound(settings, notice.kind, time))
        m_sounds.post([sound = soundOf(notice.kind)](ui::Sounds& sounds) { sounds.play(sound); });
    if (!tellsOnDesktop(settings, notice.kind, time))
        return;
    m_notifier.show(notice);
    m_desk.pictureOf(notice, [this, key = notice.key](const QImage& picture) { m_notifier.addPicture(key, picture); });
}

void ViewerApp::open(const Notice& notice) {
    showWindow();
    if (notice.visit)
        m_window->showVisit(notice.door, *notice.visit);
    else
        m_window->showDoor(notice.door);
    m_notifier.close(notice.key);
}

void ViewerApp::otherwise(const Notice& notice) {
    if (m_tray.tell(notice) || std::exchange(m_saidNowhere, true))
        return;
    std::fprintf(stderr,
                 "facelatch-viewer: no notification service and no panel: what happens is seen in the window\n");
}

void ViewerApp::settingsChanged() {
    const QString language = m_desk.settings().language;
    if (language == m_language)
        return;
    m_language = language;
    m_locale = installLanguage(language);
    m_desk.setLocale(m_locale);
    m_tray.retranslate();
    const bool shown = m_window->isVisible();
    m_desk.keepWindow(m_window->saveState());
    makeWindow();
    if (shown)
        showWindow();
}

void ViewerApp::updateTray() {
    m_tray.setDoors(m_desk.doors());
}

} // namespace facelatch::app
